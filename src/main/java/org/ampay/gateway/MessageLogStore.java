package org.ampay.gateway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.ampay.base.IdSource;
import org.ampay.store.SqlTx;
import org.ampay.store.Transactor;
import org.jspecify.annotations.Nullable;

/** The table {@code message_log}. */
public final class MessageLogStore implements BufferedMessageLog.Store {

  private static final String INSERT =
      "INSERT INTO message_log (id, logged_at, station_id, direction, action, message_id,"
          + " error_code, frame) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
  // In the order of ids, which is that of time: the oldest are found without a search.
  private static final String OLDEST = "SELECT logged_at FROM message_log ORDER BY id LIMIT 1";
  private static final String DELETE =
      "DELETE FROM message_log WHERE logged_at < ? ORDER BY id LIMIT 5000";
  private static final int MAX_NAME = 50;

  private final Transactor transactor;
  private final IdSource ids;

  /**
   * The store.
   *
   * @param ids grow, so that an id orders the log
   */
  public MessageLogStore(Transactor transactor, IdSource ids) {
    this.transactor = transactor;
    this.ids = ids;
  }

  @Override
  public void insert(List<MessageLog.Entry> entries) {
    long[] rowIds = entries.stream().mapToLong(entry -> ids.next()).toArray();
    transactor.run(
        tx ->
            SqlTx.of(tx)
                .jdbc(
                    connection -> {
                      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                        for (int i = 0; i < rowIds.length; i++) {
                          add(insert, rowIds[i], entries.get(i));
                        }
                        return insert.executeBatch();
                      }
                    }));
  }

  @Override
  public int deleteBefore(Instant time) {
    LocalDateTime limit = stored(time);
    return transactor.call(tx -> SqlTx.of(tx).jdbc(connection -> delete(connection, limit)));
  }

  private static int delete(Connection connection, LocalDateTime limit) throws SQLException {
    try (PreparedStatement oldest = connection.prepareStatement(OLDEST);
        ResultSet found = oldest.executeQuery()) {
      if (!found.next() || !found.getObject(1, LocalDateTime.class).isBefore(limit)) {
        return 0;
      }
    }
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setObject(1, limit);
      return delete.executeUpdate();
    }
  }

  private static void add(PreparedStatement insert, long id, MessageLog.Entry entry)
      throws SQLException {
    insert.setLong(1, id);
    insert.setObject(2, stored(entry.at()));
    insert.setLong(3, entry.stationId());
    insert.setString(4, entry.incoming() ? "in" : "out");
    insert.setString(5, cut(entry.action()));
    insert.setString(6, cut(entry.messageId()));
    insert.setString(7, cut(entry.errorCode()));
    insert.setBytes(8, entry.frame());
    insert.addBatch();
  }

  private static LocalDateTime stored(Instant time) {
    return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME);
  }
}
