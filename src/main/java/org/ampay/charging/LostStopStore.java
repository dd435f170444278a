package org.ampay.charging;

import static org.ampay.store.tables.Tables.CHARGING_SESSION;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ampay.station.Protocol;
import org.ampay.store.Database;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Finds active sessions whose stop was lost, as far as the database can tell. */
public final class LostStopStore {

  private static final int MOST = 200;

  /**
   * A session that has probably ended.
   *
   * @param why for people
   * @param silent its station has not been heard of for long: it cannot be asked
   */
  record Suspect(
      long sessionId,
      long stationId,
      Protocol protocol,
      String transactionId,
      String why,
      boolean silent) {}

  private static final String COLUMNS = "SELECT s.id, s.station_id, s.protocol, s.transaction_id";

  private static final String SELECT =
      COLUMNS
          + " FROM charging_session s JOIN station t ON t.id = s.station_id"
          + " WHERE s.state = 'active'";

  private static final String ITS_CONNECTOR =
      " c.station_id = s.station_id AND c.evse_no = s.evse_no AND (s.connector_no = 0"
          + " OR c.connector_no = 0 OR c.connector_no = s.connector_no) ";

  /** Free since its session, longer than the limit, and nothing was read since. */
  private static final String FREE =
      COLUMNS
          + " FROM charging_session s JOIN connector f ON"
          + ITS_CONNECTOR.replace("c.", "f.")
          + "WHERE s.state = 'active' AND s.start_received <= {0}"
          + " AND f.status = 'Available' AND f.status_at <= {1} AND f.status_at > s.started_at"
          + " AND NOT EXISTS (SELECT 1 FROM meter_reading r WHERE r.session_id = s.id"
          + " AND r.read_at > f.status_at)"
          + " AND NOT EXISTS (SELECT 1 FROM connector c WHERE"
          + ITS_CONNECTOR
          + "AND c.status NOT IN ('Available', 'Unknown')) ORDER BY s.id LIMIT "
          + MOST;

  private static final String SILENT =
      SELECT
          + " AND s.start_received <= {0} AND COALESCE(t.last_seen_at, s.start_received) <= {1}"
          + " ORDER BY s.id LIMIT "
          + MOST;

  /** Booted during the session; since then no reading, and no connector that charges. */
  private static final String BOOTED =
      SELECT
          + " AND t.booted_at <= {0} AND t.booted_at > s.start_received"
          + " AND NOT EXISTS (SELECT 1 FROM meter_reading r WHERE r.session_id = s.id"
          + " AND r.received_at >= t.booted_at)"
          + " AND NOT EXISTS (SELECT 1 FROM connector c WHERE"
          + ITS_CONNECTOR
          + "AND c.status IN ('Charging', 'SuspendedEV', 'SuspendedEVSE', 'Occupied')"
          + " AND c.status_at >= t.booted_at - INTERVAL 1 MINUTE) ORDER BY s.id LIMIT "
          + MOST;

  private static final String NOWHERE =
      SELECT
          + " AND s.start_received <= {0} AND (s.evse_no <= 0 OR NOT EXISTS ("
          + "SELECT 1 FROM connector c WHERE"
          + ITS_CONNECTOR
          + "AND c.status <> 'Unknown'))"
          + " AND NOT EXISTS (SELECT 1 FROM meter_reading r WHERE r.session_id = s.id"
          + " AND r.received_at > {1}) ORDER BY s.id LIMIT "
          + MOST;

  private final Database database;

  public LostStopStore(Database database) {
    this.database = database;
  }

  /** Each session once, with the first rule that it meets. */
  List<Suspect> suspects(Instant now, LostStops.Limits limits) {
    List<Suspect> all = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    find(SILENT, now, limits.silent(), "nothing was heard of its station for ", true, seen, all);
    find(FREE, now, limits.free(), "its connector has been free for ", false, seen, all);
    find(BOOTED, now, limits.booted(), "not spoken of since a boot for ", false, seen, all);
    find(NOWHERE, now, limits.nowhere(), "on no known connector, silent for ", false, seen, all);
    return all;
  }

  private void find(
      String sql,
      Instant now,
      Duration limit,
      String why,
      boolean silent,
      Set<Long> seen,
      List<Suspect> all) {
    for (Record row : database.dsl().fetch(sql, since(now, limit), since(now, limit))) {
      long id = row.get(0, Long.class);
      if (seen.add(id)) {
        all.add(
            new Suspect(
                id,
                row.get(1, Long.class),
                Protocol.ofVersion(row.get(2, String.class)),
                row.get(3, String.class),
                why + text(limit),
                silent));
      }
    }
  }

  private static Param<Instant> since(Instant now, Duration limit) {
    return DSL.val(now.minus(limit), CHARGING_SESSION.STARTED_AT);
  }

  private static String text(Duration limit) {
    return limit.toMinutes() >= 1 ? limit.toMinutes() + " minutes" : limit.toSeconds() + " seconds";
  }
}
