package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.ampay.app.simulator.Eventually;
import org.ampay.charging.LostStops;
import org.ampay.store.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Sessions whose stop never comes, on a server that takes seconds for what is minutes elsewhere:
 * closed by rule, with the reason; then decided by a person, or by the stop that comes late.
 */
class LostStopsTest {

  private static ScenarioServer server;

  @BeforeAll
  static void startServer() {
    server =
        ScenarioServer.start(
            Map.of(
                "sessions.sweep", "1",
                "sessions.lost_stop_free", "2",
                "sessions.lost_stop_booted", "2"));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private static JsonNode awaitReview(ScenarioStation station, Object transaction, String why) {
    JsonNode session =
        server
            .api()
            .awaitSession(station, transaction, s -> s.path("state").asText().equals("review"));
    assertThat(session.path("review_reason").asText()).contains("its stop was lost: " + why);
    return session;
  }

  private static JsonNode awaitSettled(ScenarioStation station, Object transaction) {
    return server
        .api()
        .awaitSession(
            station, transaction, s -> s.path("settlement_state").asText().equals("settled"));
  }

  private static JsonNode wallet(long driver) {
    return server.api().get("/drivers/" + driver + "/wallet").expect(200);
  }

  private static Database database() {
    return server.server().foundation().database();
  }

  /** The connector is free now; the station's own clock is hours behind in these scenarios. */
  private static void free(ScenarioStation station) {
    String now = ScenarioStation.now();
    station.ok(
        "StatusNotification",
        station instanceof Station16
            ? Map.of(
                "connectorId", 1, "status", "Available", "errorCode", "NoError", "timestamp", now)
            : Map.of(
                "evseId", 1, "connectorId", 1, "connectorStatus", "Available", "timestamp", now));
  }

  @Test
  void freeConnector_closesTheSession_andAWaiverGivesTheHoldBack() {
    try (Station16 station = Station16.online(Setup.on(server))) {
      String token = Unique.token();
      long driver = server.api().driver(token, 10_000);
      int transaction =
          station.start(1, token, 0, ScenarioStation.minutesAgo(30)).path("transactionId").asInt();
      station.meter(1, transaction, 1_000, ScenarioStation.minutesAgo(20));
      assertThat(wallet(driver).path("held").path("minor").asLong()).isPositive();
      free(station);
      JsonNode session = awaitReview(station, transaction, "its connector has been free");
      assertThat(session.path("energy_wh").asInt()).isEqualTo(1_000);
      assertThat(session.path("total").path("minor").isNumber()).isFalse();

      String path = "/sessions/" + session.path("session_id").asLong() + "/resolution";
      ScenarioApi.Reply wrong = server.api().post(path, Map.of("decision", "forgive"));
      assertThat(wrong.status()).isEqualTo(400);
      assertThat(wrong.field()).isEqualTo("decision");
      assertThat(server.api().post(path, Map.of("decision", "corrected")).field())
          .isEqualTo("meter_stop_wh");
      JsonNode resolved =
          server
              .api()
              .post(path, Map.of("decision", "waived", "note", "broken station"))
              .expect(200);
      assertThat(resolved.path("state").asText()).isEqualTo("finished");
      assertThat(resolved.path("total").path("minor").asLong()).isZero();
      Eventually.await(
          "the hold is given back", () -> wallet(driver).path("held").path("minor").asLong() == 0);
      assertThat(wallet(driver).path("available").path("minor").asLong()).isEqualTo(10_000);
      assertThat(server.api().post(path, Map.of("decision", "measured")).status()).isEqualTo(409);
      assertThat(
              database()
                  .dsl()
                  .fetchValue(
                      "SELECT CONCAT(actor, ' ', note) FROM session_resolution WHERE session_id ="
                          + " ?",
                      session.path("session_id").asLong())
                  .toString())
          .endsWith(" broken station");
      assertThat(
              database()
                  .dsl()
                  .fetchValue(
                      "SELECT COUNT(*) FROM audit_entry WHERE action = 'session.resolve'"
                          + " AND subject = ?",
                      "session:" + session.path("session_id").asLong()))
          .hasToString("1");
    }
  }

  @Test
  void lateStop_ofAClosedSession_isBilledAsIfInTime() {
    try (Station16 station = Station16.online(Setup.on(server))) {
      String token = server.api().token();
      int transaction =
          station.start(1, token, 0, ScenarioStation.minutesAgo(60)).path("transactionId").asInt();
      free(station);
      awaitReview(station, transaction, "its connector has been free");
      station.stop(transaction, token, 5_000, "PowerLoss", ScenarioStation.minutesAgo(10));
      JsonNode session = awaitSettled(station, transaction);
      assertThat(session.path("state").asText()).isEqualTo("finished");
      assertThat(session.path("energy_wh").asInt()).isEqualTo(5_000);
      assertThat(session.path("total").path("minor").asLong()).isEqualTo(550);
      assertThat(session.path("stop_reason").asText()).isEqualTo("PowerLoss");
    }
  }

  @Test
  void bootedStation_thatDoesNotSpeakOfTheSession_closesIt_andAPersonCorrectsTheRegister() {
    try (Station16 station = Station16.online(Setup.on(server))) {
      String token = server.api().token();
      int transaction =
          station
              .start(1, token, 1_000, ScenarioStation.minutesAgo(60))
              .path("transactionId")
              .asInt();
      station.bootAccepted();
      JsonNode session = awaitReview(station, transaction, "not spoken of since a boot");
      server
          .api()
          .post(
              "/sessions/" + session.path("session_id").asLong() + "/resolution",
              Map.of("decision", "corrected", "meter_stop_wh", 3_500.5))
          .expect(200);
      JsonNode billed = awaitSettled(station, transaction);
      assertThat(billed.path("energy_wh").decimalValue()).isEqualByComparingTo("2500.5");
      assertThat(billed.path("total").path("minor").asLong()).isEqualTo(300);
    }
  }

  @Test
  void bootedStation201_isAskedFirst() {
    try (Station201 station = Station201.online(Setup.on(server))) {
      Transaction201 tx = Transaction201.on(station);
      station.answers(
          "GetTransactionStatus", "{\"ongoingIndicator\": true, \"messagesInQueue\": false}");
      tx.started("Authorized", e -> e.evse(1).token(tx.token).state("EVConnected"));
      station.bootAccepted();
      assertThat(station.awaitCall("GetTransactionStatus").payload().path("transactionId").asText())
          .isEqualTo(tx.id);
      assertThat(tx.session().path("state").asText()).isEqualTo("active");
    }
  }

  @Test
  void station201_thatKnowsTheTransactionAsOver_closesIt() {
    try (Station201 station = Station201.online(Setup.on(server))) {
      Transaction201 tx = Transaction201.on(station);
      station.answers(
          "GetTransactionStatus", "{\"ongoingIndicator\": false, \"messagesInQueue\": false}");
      tx.started("Authorized", e -> e.evse(1).token(tx.token).state("EVConnected").meter(0));
      free(station);
      JsonNode session = awaitReview(station, tx.id, "its connector has been free");
      assertThat(session.path("review_reason").asText()).contains("its station says");
    }
  }

  @Test
  void silentStation_andSessionNowhere_areClosed() {
    try (Station16 station = Station16.online(Setup.on(server))) {
      String token = server.api().token();
      int nowhere =
          station.start(0, token, 0, ScenarioStation.minutesAgo(9)).path("transactionId").asInt();
      int silent =
          station
              .start(1, server.api().token(), 0, ScenarioStation.minutesAgo(8))
              .path("transactionId")
              .asInt();
      station.plug(1);
      station.disconnect();
      Instant dayBefore = Instant.now().minus(Duration.ofHours(30));
      database()
          .dsl()
          .execute(
              "UPDATE charging_session s JOIN station t ON t.id = s.station_id"
                  + " SET s.start_received = ? WHERE t.identity = ?",
              java.time.LocalDateTime.ofInstant(dayBefore, java.time.ZoneOffset.UTC),
              station.identity());
      awaitReview(station, nowhere, "on no known connector");
      // Signs of life are written behind: the last one must not come after the change.
      Eventually.await(
          "the station is silent",
          () -> {
            database()
                .dsl()
                .execute(
                    "UPDATE station SET last_seen_at = ? WHERE identity = ?",
                    java.time.LocalDateTime.ofInstant(dayBefore, java.time.ZoneOffset.UTC),
                    station.identity());
            return server.api().session(station, silent).path("state").asText().equals("review");
          });
      awaitReview(station, silent, "nothing was heard of its station");
      assertThat(LostStops.Limits.DEFAULT.silent()).isEqualTo(Duration.ofDays(1));
    }
  }

  @Test
  void quarantinedFrame_isMarkedAsDealtWith() {
    try (Station16 station = Station16.online(Setup.on(server))) {
      database()
          .dsl()
          .execute(
              "INSERT INTO quarantine (id, station_id, received_at, protocol, frame, reason)"
                  + " SELECT 900000000000, id, '2026-01-01', '1.6', '[2]', 'test' FROM station"
                  + " WHERE identity = ?",
              station.identity());
      JsonNode open = server.api().get("/quarantine").expect(200).path("items");
      assertThat(open).hasSize(1);
      String path = "/quarantine/" + open.at("/0/id").asLong() + "/resolution";
      JsonNode done = server.api().post(path, Map.of("note", "sent again by hand")).expect(200);
      assertThat(done.path("resolution").asText()).isEqualTo("sent again by hand");
      assertThat(server.api().get("/quarantine").expect(200).path("items")).isEmpty();
      assertThat(server.api().get("/quarantine?state=resolved").expect(200).path("items"))
          .hasSize(1);
      assertThat(server.api().post(path, Map.of("note", "again")).status()).isEqualTo(409);
    }
  }
}
