package org.ampay.station;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.ampay.base.IdSource;
import org.ampay.store.GroupCommit;
import org.ampay.store.SqlTx;
import org.ampay.store.StoreException;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Writes the changes of many stations' lives in a few statements. */
public final class StationLifeStore
    implements GroupCommit.Writer<StationLifeStore.Change, Boolean> {

  /** One change. */
  public sealed interface Change {
    record Booted(long stationId, BootReport report, Registration decision, Instant at)
        implements Change {}

    record Connector(long operatorId, long stationId, ConnectorReport report) implements Change {}

    record Connected(long stationId, Protocol protocol, Instant at) implements Change {}

    record Disconnected(long stationId, Instant at) implements Change {}

    record Seen(long stationId, Instant at) implements Change {}
  }

  private static final String BOOTED =
      "UPDATE station SET vendor = ?, model = ?, serial_number = ?, firmware_version = ?,"
          + " registration = ?, protocol = ?, booted_at = ?, last_seen_at = ? WHERE id = ?";
  private static final String CONNECTED =
      "UPDATE station SET protocol = ?, connected_at = ?, last_seen_at = ? WHERE id = ?";
  private static final String DISCONNECTED = "UPDATE station SET disconnected_at = ? WHERE id = ?";
  private static final String SEEN = "UPDATE station SET last_seen_at = ? WHERE id = ?";
  // status_at is assigned last: the comparisons before it read the stored one.
  private static final String CONNECTOR =
      "INSERT INTO connector (id, operator_id, station_id, evse_no, connector_no, standard,"
          + " status, error_code, error_info, status_at) VALUES (?, ?, ?, ?, ?, 'UNKNOWN', ?, ?,"
          + " ?, ?) ON DUPLICATE KEY UPDATE"
          + newer("status")
          + newer("error_code")
          + newer("error_info")
          + " status_at = GREATEST(COALESCE(status_at, VALUES(status_at)), VALUES(status_at))";

  private final IdSource ids;

  public StationLifeStore(IdSource ids) {
    this.ids = ids;
  }

  @Override
  public List<Boolean> write(Tx tx, List<Change> changes) {
    Connection connection = ((SqlTx) tx).connection();
    try (PreparedStatement booted = connection.prepareStatement(BOOTED);
        PreparedStatement connector = connection.prepareStatement(CONNECTOR);
        PreparedStatement connected = connection.prepareStatement(CONNECTED);
        PreparedStatement disconnected = connection.prepareStatement(DISCONNECTED);
        PreparedStatement seen = connection.prepareStatement(SEEN)) {
      for (Change change : changes) {
        switch (change) {
          case Change.Booted b -> add(booted, b);
          case Change.Connector c -> add(connector, c);
          case Change.Connected c -> add(connected, c);
          case Change.Disconnected d -> add(disconnected, stored(d.at()), d.stationId());
          case Change.Seen s -> add(seen, stored(s.at()), s.stationId());
        }
      }
      for (PreparedStatement statement :
          List.of(connected, booted, connector, seen, disconnected)) {
        statement.executeBatch();
      }
    } catch (SQLException e) {
      throw new StoreException("station states not stored", e);
    }
    return new ArrayList<>(Collections.nCopies(changes.size(), Boolean.TRUE));
  }

  @Override
  public Optional<Boolean> find(Tx tx, Change change) {
    return Optional.empty(); // setting a state twice does no harm
  }

  private static void add(PreparedStatement s, Change.Booted b) throws SQLException {
    BootReport r = b.report();
    add(
        s,
        cut(r.vendor()),
        cut(r.model()),
        cut(r.serialNumber()),
        cut(r.firmwareVersion()),
        StationStore.stored(b.decision()),
        r.protocol().version(),
        stored(b.at()),
        stored(b.at()),
        b.stationId());
  }

  private void add(PreparedStatement s, Change.Connector c) throws SQLException {
    ConnectorReport r = c.report();
    add(
        s,
        ids.next(),
        c.operatorId(),
        c.stationId(),
        r.place().evseNo(),
        r.place().connectorNo(),
        r.status(),
        r.errorCode(),
        r.info(),
        stored(r.at()));
  }

  private static void add(PreparedStatement s, Change.Connected c) throws SQLException {
    LocalDateTime at = stored(c.at());
    add(s, c.protocol().version(), at, at, c.stationId());
  }

  private static void add(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    statement.addBatch();
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= 50 ? text : text.substring(0, 50);
  }

  private static LocalDateTime stored(Instant at) {
    return LocalDateTime.ofInstant(at.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
  }

  private static String newer(String column) {
    return " %1$s = IF(status_at IS NULL OR VALUES(status_at) >= status_at, VALUES(%1$s), %1$s),"
        .formatted(column);
  }
}
