package org.ampay.charging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ampay.access.IdToken;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.charging.StoredSession.Past;
import org.ampay.charging.Write.FactKey;
import org.ampay.station.EvseRef;
import org.ampay.station.Protocol;
import org.ampay.store.JobStore;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.tariff.SegmentState;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in the SQL database.
 *
 * <p>A group is written as if nothing in it were a repeat, which is nearly always so: no look-up.
 * When a unique key says otherwise, the transaction goes back to its start, the keys of the group
 * are looked up at once, and what is left is written.
 */
public final class SqlSessionStore implements SessionStore {

  private static final int DUPLICATE_KEY = 1062;

  /** Parameters of one statement are bounded; keys are looked up in chunks. */
  private static final int CHUNK = 256;

  private static final String SESSION_COLUMNS = "SELECT s.* FROM charging_session s WHERE ";

  /** Only what is not over needs its history. */
  private static final Predicate<SessionRow> OPEN = row -> row.end() == null;

  private final JobStore jobs;
  private final LongPredicate roaming;

  /** Where no partner is told of sessions. */
  public SqlSessionStore(JobStore jobs) {
    this(jobs, driver -> false);
  }

  /**
   * A store.
   *
   * @param roaming whether a partner pays in the name of that driver; from memory
   */
  public SqlSessionStore(JobStore jobs, LongPredicate roaming) {
    this.jobs = jobs;
    this.roaming = roaming;
  }

  @Override
  public List<Outcome> write(Tx tx, List<Decision> decisions) {
    SessionInserts all = new SessionInserts(roaming);
    decisions.forEach(decision -> decision.writes().forEach(all::add));
    boolean written = SqlTx.of(tx).jdbc(connection -> writeUnlessRepeat(connection, all));
    if (written) {
      jobs.insert(tx, all.jobs());
      return decisions.stream().<Outcome>map(decision -> new Outcome.Stored()).toList();
    }
    Repeats repeats = SqlTx.of(tx).jdbc(connection -> repeats(connection, decisions));
    SessionInserts left = new SessionInserts(roaming);
    List<Outcome> outcomes = new ArrayList<>(decisions.size());
    for (Decision decision : decisions) {
      Repeats.Filtered filtered = repeats.filter(decision);
      filtered.writes().forEach(left::add);
      outcomes.add(filtered.outcome());
    }
    SqlTx.of(tx)
        .jdbc(
            connection -> {
              left.run(connection);
              return true;
            });
    jobs.insert(tx, left.jobs());
    return outcomes;
  }

  @Override
  public Optional<Outcome> written(Tx tx, Decision decision) {
    Repeats repeats = SqlTx.of(tx).jdbc(connection -> repeats(connection, List.of(decision)));
    return repeats.filter(decision).outcome() instanceof Outcome.Duplicate duplicate
        ? Optional.of(new Outcome.Duplicate(duplicate.answer(), true))
        : Optional.empty();
  }

  private static boolean writeUnlessRepeat(Connection connection, SessionInserts all)
      throws SQLException {
    try {
      all.run(connection);
      return true;
    } catch (SQLIntegrityConstraintViolationException | BatchUpdateException e) {
      if (e.getErrorCode() != DUPLICATE_KEY) {
        throw e;
      }
      // Nothing else was done before: what follows begins the transaction anew.
      connection.rollback();
      return false;
    }
  }

  private static Repeats repeats(Connection connection, List<Decision> decisions)
      throws SQLException {
    List<FactKey> facts = new ArrayList<>();
    List<byte[]> sessions = new ArrayList<>();
    for (Decision decision : decisions) {
      facts.addAll(Repeats.facts(decision));
      for (Write write : decision.writes()) {
        if (write instanceof Write.NewSession made) {
          sessions.add(made.session().identity().key());
        }
      }
    }
    Map<FactKey, Optional<String>> answers = new HashMap<>();
    for (List<FactKey> chunk : chunks(facts)) {
      answers(connection, chunk, answers);
    }
    Set<ByteBuffer> stored = new HashSet<>();
    for (List<byte[]> chunk : chunks(sessions)) {
      sessionKeys(connection, chunk, stored);
    }
    return new Repeats(answers, stored);
  }

  private static void answers(
      Connection connection, List<FactKey> keys, Map<FactKey, Optional<String>> answers)
      throws SQLException {
    String sql =
        "SELECT station_id, fact_ms, fact_key, answer FROM session_fact WHERE "
            + repeated("(station_id = ? AND fact_ms = ? AND fact_key = ?)", " OR ", keys.size());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int index = 1;
      for (FactKey key : keys) {
        statement.setLong(index++, key.stationId());
        statement.setLong(index++, key.factMs());
        statement.setBytes(index++, key.key());
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          FactKey key = new FactKey(row.getLong(1), row.getLong(2), row.getBytes(3));
          answers.put(key, Optional.ofNullable(row.getString(4)));
        }
      }
    }
  }

  private static void sessionKeys(Connection connection, List<byte[]> keys, Set<ByteBuffer> stored)
      throws SQLException {
    String sql =
        "SELECT session_key FROM charging_session WHERE session_key IN ("
            + repeated("?", ", ", keys.size())
            + ")";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < keys.size(); i++) {
        statement.setBytes(i + 1, keys.get(i));
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          stored.add(ByteBuffer.wrap(row.getBytes(1)));
        }
      }
    }
  }

  @Override
  public List<StoredSession> active(Tx tx, Collection<Long> stationIds) {
    List<SessionRow> rows = new ArrayList<>();
    for (List<Long> chunk : chunks(List.copyOf(stationIds))) {
      String sql =
          SESSION_COLUMNS
              + "s.state = 'active' AND s.station_id IN ("
              + repeated("?", ", ", chunk.size())
              + ") ORDER BY s.id";
      rows.addAll(SqlTx.of(tx).jdbc(connection -> rows(connection, sql, List.copyOf(chunk))));
    }
    return withHistory(tx, rows, OPEN);
  }

  @Override
  public Map<TransactionRef, StoredSession> transactions(Tx tx, Collection<TransactionRef> refs) {
    List<SessionRow> rows = new ArrayList<>();
    for (List<TransactionRef> chunk : chunks(List.copyOf(refs))) {
      String sql =
          SESSION_COLUMNS
              + repeated("(s.station_id = ? AND s.transaction_id = ?)", " OR ", chunk.size())
              + " ORDER BY s.id";
      List<Object> values =
          chunk.stream()
              .flatMap(ref -> Stream.<Object>of(ref.stationId(), ref.transactionId()))
              .toList();
      rows.addAll(SqlTx.of(tx).jdbc(connection -> rows(connection, sql, values)));
    }
    Map<TransactionRef, SessionRow> best = new LinkedHashMap<>();
    for (SessionRow row : rows) {
      TransactionRef ref =
          new TransactionRef(row.identity().stationId(), row.identity().transactionId());
      best.merge(ref, row, SqlSessionStore::better);
    }
    return withHistory(tx, List.copyOf(best.values()), OPEN).stream()
        .collect(
            Collectors.toMap(
                stored ->
                    new TransactionRef(
                        stored.row().identity().stationId(),
                        stored.row().identity().transactionId()),
                stored -> stored));
  }

  @Override
  public Map<Long, StoredSession> whole(Tx tx, Collection<Long> sessionIds) {
    List<SessionRow> rows = new ArrayList<>();
    for (List<Long> chunk : chunks(List.copyOf(sessionIds))) {
      String sql = SESSION_COLUMNS + "s.id IN (" + repeated("?", ", ", chunk.size()) + ")";
      rows.addAll(SqlTx.of(tx).jdbc(connection -> rows(connection, sql, List.copyOf(chunk))));
    }
    return withHistory(tx, rows, row -> true).stream()
        .collect(Collectors.toMap(stored -> stored.row().identity().id(), stored -> stored));
  }

  private static SessionRow better(SessionRow earlier, SessionRow later) {
    boolean worse = earlier.state() != SessionState.ORPHAN && later.state() == SessionState.ORPHAN;
    return worse ? earlier : later;
  }

  @Override
  public void quarantine(Tx tx, QuarantinedFrame frame) {
    SqlTx.of(tx)
        .jdbc(
            connection -> {
              try (PreparedStatement statement =
                  connection.prepareStatement(
                      "INSERT INTO quarantine (id, station_id, received_at, protocol, frame,"
                          + " reason) VALUES (?, ?, ?, ?, ?, ?)")) {
                new Columns(statement)
                    .number(frame.id())
                    .number(frame.stationId())
                    .time(frame.receivedAt())
                    .text(frame.protocol())
                    .bytes(frame.frame().getBytes(StandardCharsets.UTF_8))
                    .text(frame.reason());
                return statement.executeUpdate();
              }
            });
  }

  @Override
  public List<BillableSession> billable(Tx tx, List<Long> sessionIds) {
    List<BillableSession> sessions = new ArrayList<>(sessionIds.size());
    for (List<Long> chunk : chunks(sessionIds.stream().sorted().distinct().toList())) {
      String sql =
          "SELECT s.*, st.identity FROM charging_session s JOIN station st ON st.id = s.station_id"
              + " WHERE s.state = 'finished' AND s.id IN ("
              + repeated("?", ", ", chunk.size())
              + ") ORDER BY s.id";
      sessions.addAll(
          SqlTx.of(tx)
              .jdbc(
                  connection ->
                      query(
                          connection,
                          sql,
                          List.copyOf(chunk),
                          row -> row(row).billable(row.getString("identity")))));
    }
    return sessions;
  }

  @Override
  public void settlementState(Tx tx, Map<Long, String> states) {
    Map<String, List<Long>> byState = new TreeMap<>();
    states.forEach((id, state) -> byState.computeIfAbsent(state, s -> new ArrayList<>()).add(id));
    byState.forEach((state, ids) -> settlementState(tx, state, ids));
  }

  /** One statement for all of a state; the rows are locked in the order of their ids. */
  private static void settlementState(Tx tx, String state, List<Long> ids) {
    List<Object> values = new ArrayList<>(ids.size() + 1);
    values.add(state);
    values.addAll(padded(ids.stream().sorted().toList()));
    String sql =
        "UPDATE charging_session SET settlement_state = ? WHERE id IN ("
            + repeated("?", ", ", values.size() - 1)
            + ")";
    SqlTx.of(tx)
        .jdbc(
            connection -> {
              try (PreparedStatement statement = statement(connection, sql, values)) {
                return statement.executeUpdate();
              }
            });
  }

  private static List<StoredSession> withHistory(
      Tx tx, List<SessionRow> rows, Predicate<SessionRow> needsIt) {
    Map<Long, List<Past>> history = new HashMap<>();
    List<SessionRow> wanted = rows.stream().filter(needsIt).toList();
    List<Long> ids = wanted.stream().map(row -> row.identity().id()).toList();
    for (List<Long> chunk : chunks(ids)) {
      SqlTx.of(tx)
          .jdbc(
              connection -> {
                readings(connection, chunk, history);
                phases(connection, chunk, history);
                return true;
              });
    }
    history.values().forEach(list -> list.sort(Comparator.comparingLong(Past::id)));
    Map<Long, Sequence> events = EventRows.sequences(tx, wanted);
    return rows.stream().map(row -> stored(row, history, events)).toList();
  }

  private static StoredSession stored(
      SessionRow row, Map<Long, List<Past>> history, Map<Long, Sequence> events) {
    long id = row.identity().id();
    return new StoredSession(
        row, history.getOrDefault(id, List.of()), events.getOrDefault(id, Sequence.NONE));
  }

  private static void readings(
      Connection connection, List<Long> sessions, Map<Long, List<Past>> history)
      throws SQLException {
    String sql =
        "SELECT session_id, id, received_at, read_at, register_mwh, current_ma FROM meter_reading"
            + " WHERE session_id IN ("
            + repeated("?", ", ", sessions.size())
            + ")";
    try (PreparedStatement statement = statement(connection, sql, sessions);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        MeterReading reading =
            new MeterReading(
                Columns.time(row, "read_at"),
                null,
                Columns.energy(row, "register_mwh"),
                null,
                Columns.number(row, "current_ma"),
                null,
                null,
                null);
        history
            .computeIfAbsent(row.getLong("session_id"), id -> new ArrayList<>())
            .add(new Past.Read(row.getLong("id"), Columns.time(row, "received_at"), reading));
      }
    }
  }

  private static void phases(
      Connection connection, List<Long> sessions, Map<Long, List<Past>> history)
      throws SQLException {
    String sql =
        "SELECT session_id, id, from_at, phase FROM session_phase WHERE session_id IN ("
            + repeated("?", ", ", sessions.size())
            + ")";
    try (PreparedStatement statement = statement(connection, sql, sessions);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        history
            .computeIfAbsent(row.getLong("session_id"), id -> new ArrayList<>())
            .add(
                new Past.Phased(
                    row.getLong("id"),
                    Columns.time(row, "from_at"),
                    SegmentState.valueOf(row.getString("phase"))));
      }
    }
  }

  /** Makes something of one row. */
  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static List<SessionRow> rows(Connection connection, String sql, List<?> values)
      throws SQLException {
    return query(connection, sql, values, SqlSessionStore::row);
  }

  private static <T> List<T> query(
      Connection connection, String sql, List<?> values, Reader<T> reader) throws SQLException {
    try (PreparedStatement statement = statement(connection, sql, values);
        ResultSet row = statement.executeQuery()) {
      List<T> all = new ArrayList<>();
      while (row.next()) {
        all.add(reader.read(row));
      }
      return all;
    }
  }

  private static PreparedStatement statement(Connection connection, String sql, List<?> values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
    return statement;
  }

  private static SessionRow row(ResultSet row) throws SQLException {
    String uid = row.getString("token_uid");
    String type = row.getString("token_type");
    return new SessionRow(
        new Session.Identity(
            row.getLong("id"),
            row.getBytes("session_key"),
            row.getLong("operator_id"),
            row.getLong("site_id"),
            row.getLong("station_id"),
            Protocol.ofVersion(row.getString("protocol")),
            row.getString("transaction_id")),
        new EvseRef(row.getInt("evse_no"), row.getInt("connector_no")),
        new Session.Begin(
            Columns.time(row, "started_at"),
            Columns.time(row, "start_received"),
            Columns.energy(row, "meter_start_mwh")),
        uid == null ? null : new IdToken(uid, Objects.requireNonNullElse(type, "")),
        Columns.number(row, "token_id"),
        Columns.number(row, "driver_id"),
        Columns.number(row, "hold_id"),
        Columns.number(row, "snapshot_id"),
        row.getString("currency"),
        SessionState.ofStored(row.getString("state")),
        end(row),
        Remarks.of(row.getString("review_reason")),
        Columns.timeOrNull(row, "priced_from"));
  }

  private static Session.@Nullable End end(ResultSet row) throws SQLException {
    Instant at = Columns.timeOrNull(row, "stopped_at");
    if (at == null) {
      return null;
    }
    String currency = row.getString("currency");
    Long total = Columns.number(row, "total_minor");
    Energy energy = Columns.energy(row, "energy_mwh");
    return new Session.End(
        at,
        Columns.time(row, "stop_received"),
        row.getString("stop_reason"),
        Columns.energy(row, "meter_stop_mwh"),
        energy,
        row.getString("price_facts"),
        currency == null || total == null ? null : new Money(currency, total));
  }

  /**
   * The last one again and again up to a power of two: few texts of statements, so that each of
   * them is prepared once and found again.
   */
  private static <T> List<T> padded(List<T> some) {
    int size = some.size();
    int rounded = size <= 1 ? size : Integer.highestOneBit(size - 1) << 1;
    List<T> all = new ArrayList<>(some);
    all.addAll(Collections.nCopies(rounded - size, some.getLast()));
    return all;
  }

  private static String repeated(String part, String separator, int times) {
    return String.join(separator, Collections.nCopies(times, part));
  }

  private static <T> List<List<T>> chunks(List<T> all) {
    List<List<T>> chunks = new ArrayList<>();
    for (int from = 0; from < all.size(); from += CHUNK) {
      chunks.add(padded(all.subList(from, Math.min(all.size(), from + CHUNK))));
    }
    return chunks;
  }
}
