package org.ampay.charging;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ampay.charging.Write.EventMark;
import org.ampay.station.Protocol;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;

/**
 * Reads the numbers of a session's events off its facts. Facts are found by station and time, not
 * by session: an index more would cost each event a page, and sessions are loaded seldom.
 */
final class EventRows {

  /** Events are stamped within a session; clocks that are set meanwhile are a day off at most. */
  private static final Duration AROUND = Duration.ofDays(1);

  private EventRows() {}

  static Map<Long, Sequence> sequences(Tx tx, List<SessionRow> rows) {
    Map<Long, Sequence> found = new HashMap<>();
    List<SessionRow> wanted =
        rows.stream().filter(row -> row.identity().protocol() == Protocol.OCPP_201).toList();
    for (SessionRow row : wanted) {
      found.put(row.identity().id(), Sequence.NONE);
    }
    for (int from = 0; from < wanted.size(); from += 100) {
      List<SessionRow> chunk = wanted.subList(from, Math.min(wanted.size(), from + 100));
      SqlTx.of(tx)
          .jdbc(
              connection -> {
                read(connection, chunk, found);
                return true;
              });
    }
    return found;
  }

  private static void read(Connection connection, List<SessionRow> rows, Map<Long, Sequence> found)
      throws SQLException {
    String places =
        rows.stream()
            .map(row -> "(station_id = ? AND fact_ms >= ? AND fact_ms <= ?)")
            .collect(Collectors.joining(" OR "));
    String sql =
        "SELECT session_id, seq_no, event FROM session_fact WHERE seq_no IS NOT NULL AND ("
            + places
            + ")";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int index = 1;
      for (SessionRow row : rows) {
        Instant last = row.stoppedAt();
        statement.setLong(index++, row.identity().stationId());
        statement.setLong(index++, row.begin().at().minus(AROUND).toEpochMilli());
        statement.setLong(
            index++, last == null ? Long.MAX_VALUE : last.plus(AROUND).toEpochMilli());
      }
      try (ResultSet fact = statement.executeQuery()) {
        while (fact.next()) {
          EventMark event = new EventMark(fact.getInt(2), fact.getString(3));
          found.computeIfPresent(
              fact.getLong(1), (id, events) -> events.plus(event.seqNo(), event.type()));
        }
      }
    }
  }
}
