package org.ampay.charging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.ampay.charging.LostStopStore.Suspect;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which active sessions are taken for lost. The limits are a quarter of an hour and a day. */
class LostStopStoreTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  private final LostStopStore store = new LostStopStore(DATABASE.database());

  @BeforeEach
  void empty() {
    DATABASE.clear();
    execute(
        "INSERT INTO station (id, operator_id, site_id, identity, name, security_profile,"
            + " registration, created_at, last_seen_at) VALUES (1, 1, 1, 'CP1', 'x', 0,"
            + " 'accepted', '2026-01-01', ?)",
        ago(1));
    session(7, 1, 120);
    connector("Charging", 118);
  }

  private static LocalDateTime ago(long minutes) {
    return LocalDateTime.ofInstant(NOW.minus(Duration.ofMinutes(minutes)), ZoneOffset.UTC);
  }

  private static void execute(String sql, Object... values) {
    DATABASE.dsl().execute(sql, values);
  }

  private static void session(long id, int evse, long minutesAgo) {
    execute(
        "INSERT INTO charging_session (id, session_key, operator_id, site_id, station_id, evse_no,"
            + " connector_no, protocol, transaction_id, started_at, start_received, state,"
            + " settlement_state) VALUES (?, RANDOM_BYTES(16), 1, 1, 1, ?, 1, '1.6', '5', ?, ?,"
            + " 'active', 'none')",
        id,
        evse,
        ago(minutesAgo),
        ago(minutesAgo));
  }

  private static void connector(String status, long minutesAgo) {
    execute(
        "REPLACE INTO connector (id, operator_id, station_id, evse_no, connector_no, standard,"
            + " status, status_at) VALUES (1, 1, 1, 1, 1, 'UNKNOWN', ?, ?)",
        status,
        ago(minutesAgo));
  }

  private static void reading(long session, long minutesAgo) {
    execute(
        "INSERT INTO meter_reading (session_id, id, received_at, station_id, evse_no, read_at)"
            + " VALUES (?, 1, ?, 1, 1, ?)",
        session,
        ago(minutesAgo),
        ago(minutesAgo));
  }

  private String why() {
    var suspects = store.suspects(NOW, LostStops.Limits.DEFAULT);
    assertThat(suspects).hasSizeLessThanOrEqualTo(1);
    return suspects.stream().map(Suspect::why).findFirst().orElse("");
  }

  @Test
  void sessionThatCharges_isNone() {
    assertThat(why()).isEmpty();
  }

  @Test
  void freeConnector_isOne_afterItsTime() {
    connector("Available", 14);
    assertThat(why()).isEmpty();
    connector("Available", 16);
    assertThat(why()).isEqualTo("its connector has been free for 15 minutes");
  }

  @Test
  void connectorThatWasFreeBeforeTheSession_saysNothing() {
    connector("Available", 125);
    assertThat(why()).isEmpty();
  }

  @Test
  void readingsSince_speakForTheSession() {
    connector("Available", 60);
    reading(7, 5);
    assertThat(why()).isEmpty();
  }

  @Test
  void silentStation_isOne_afterADay() {
    execute("UPDATE charging_session SET start_received = ?", ago(3_000));
    execute("UPDATE station SET last_seen_at = ?", ago(23 * 60));
    assertThat(why()).isEmpty();
    execute("UPDATE station SET last_seen_at = ?", ago(25 * 60));
    assertThat(why()).startsWith("nothing was heard of its station");
    assertThat(store.suspects(NOW, LostStops.Limits.DEFAULT)).allMatch(Suspect::silent);
  }

  @Test
  void bootSince_isOne_unlessTheSessionIsSpokenOf() {
    execute("UPDATE station SET booted_at = ?", ago(20));
    assertThat(why()).isEqualTo("not spoken of since a boot for 15 minutes");
    connector("Charging", 19);
    assertThat(why()).isEmpty();
    connector("Preparing", 19);
    assertThat(why()).isNotEmpty();
    reading(7, 18);
    assertThat(why()).isEmpty();
    execute("UPDATE station SET booted_at = ?", ago(10));
    assertThat(why()).isEmpty();
  }

  @Test
  void sessionOnNoConnector_isOne_afterADay() {
    execute("UPDATE charging_session SET evse_no = 0");
    assertThat(why()).isEmpty();
    execute("UPDATE charging_session SET start_received = ?", ago(25 * 60));
    assertThat(why()).startsWith("on no known connector");
    reading(7, 60);
    assertThat(why()).isEmpty();
  }
}
