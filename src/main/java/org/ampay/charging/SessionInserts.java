package org.ampay.charging;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ampay.access.IdToken;
import org.ampay.charging.Write.Fact;
import org.ampay.store.NewJob;

/**
 * The writes of a group by kind, and the statements that store each kind at once: batches that the
 * driver makes multi-row. The hot path of the whole program.
 */
final class SessionInserts {

  private static final String FACT =
      "INSERT INTO session_fact (station_id, fact_ms, fact_key, session_id, kind, answer)"
          + " VALUES (?, ?, ?, ?, ?, ?)";

  private static final String READING =
      "INSERT INTO meter_reading (session_id, id, received_at, station_id, evse_no, read_at,"
          + " context, register_mwh, power_mw, current_ma, voltage_mv, soc_milli, extra)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String PHASE =
      "INSERT INTO session_phase (session_id, id, from_at, phase) VALUES (?, ?, ?, ?)";

  private static final String SESSION =
      "INSERT INTO charging_session (id, session_key, operator_id, site_id, station_id, protocol,"
          + " transaction_id, start_received, settlement_state, "
          + "evse_no, connector_no, token_uid, token_type, token_id, driver_id, hold_id,"
          + " started_at, stopped_at, stop_received, stop_reason, meter_start_mwh,"
          + " meter_stop_mwh, energy_mwh, state, review_reason, snapshot_id, price_facts,"
          + " currency, total_minor)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'none', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
          + " ?, ?, ?, ?, ?)";

  /**
   * A changed row is inserted again: a batch of such statements is one, a batch of UPDATEs would be
   * as many as it has rows. All that a fact may change; never the settlement's column.
   */
  private static final String CHANGE =
      SESSION
          + " ON DUPLICATE KEY UPDATE "
          + Stream.of(
                  "evse_no",
                  "connector_no",
                  "token_uid",
                  "token_type",
                  "token_id",
                  "driver_id",
                  "hold_id",
                  "started_at",
                  "stopped_at",
                  "stop_received",
                  "stop_reason",
                  "meter_start_mwh",
                  "meter_stop_mwh",
                  "energy_mwh",
                  "state",
                  "review_reason",
                  "snapshot_id",
                  "price_facts",
                  "currency",
                  "total_minor")
              .map(column -> column + " = VALUES(" + column + ")")
              .collect(Collectors.joining(", "));

  private final List<Fact> facts = new ArrayList<>();
  private final List<Session> made = new ArrayList<>();
  private final List<Session> changed = new ArrayList<>();
  private final List<Write.Reading> readings = new ArrayList<>();
  private final List<Write.Phase> phases = new ArrayList<>();
  private final List<NewJob> jobs = new ArrayList<>();

  void add(Write write) {
    switch (write) {
      case Fact fact -> facts.add(fact);
      case Write.NewSession session -> made.add(session.session());
      case Write.ChangedSession session -> changed.add(session.session());
      case Write.Reading reading -> {
        readings.add(reading);
        if (reading.fact() != null) {
          facts.add(reading.fact());
        }
      }
      case Write.Phase phase -> phases.add(phase);
      case Write.Bill bill -> jobs.add(new NewJob(SessionJobs.BILL, bill.sessionId(), bill.at()));
    }
  }

  List<NewJob> jobs() {
    return jobs;
  }

  /** Facts first: where one is a repeat, nothing else was done in vain. */
  void run(Connection connection) throws SQLException {
    facts(connection);
    sessions(connection, SESSION, made);
    sessions(connection, CHANGE, changed);
    readings(connection);
    phases(connection);
  }

  private void facts(Connection connection) throws SQLException {
    if (facts.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(FACT)) {
      Columns row = new Columns(statement);
      for (Fact fact : facts) {
        row.number(fact.key().stationId())
            .number(fact.key().factMs())
            .bytes(fact.key().key())
            .number(fact.sessionId())
            .text(fact.kind().stored())
            .text(fact.answer())
            .add();
      }
      statement.executeBatch();
    }
  }

  private void readings(Connection connection) throws SQLException {
    if (readings.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(READING)) {
      Columns row = new Columns(statement);
      for (Write.Reading read : readings) {
        MeterReading reading = read.reading();
        Integer soc = reading.socMilli();
        row.number(read.sessionId())
            .number(read.id())
            .time(read.receivedAt())
            .number(read.stationId())
            .number(read.evseNo())
            .time(reading.at())
            .text(reading.context())
            .energy(reading.register())
            .number(reading.powerMw())
            .number(reading.currentMa())
            .number(reading.voltageMv())
            .number(soc == null ? null : (Long) soc.longValue())
            .text(reading.extra())
            .add();
      }
      statement.executeBatch();
    }
  }

  private void phases(Connection connection) throws SQLException {
    if (phases.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(PHASE)) {
      Columns row = new Columns(statement);
      for (Write.Phase phase : phases) {
        row.number(phase.sessionId())
            .number(phase.id())
            .time(phase.at())
            .text(phase.state().name())
            .add();
      }
      statement.executeBatch();
    }
  }

  private static void sessions(Connection connection, String sql, List<Session> sessions)
      throws SQLException {
    if (sessions.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Columns row = new Columns(statement);
      for (Session session : sessions) {
        Session.Identity identity = session.identity();
        row.number(identity.id())
            .bytes(identity.key())
            .number(identity.operatorId())
            .number(identity.siteId())
            .number(identity.stationId())
            .text(identity.protocol().version())
            .text(identity.transactionId())
            .time(session.begin().receivedAt());
        changing(row, SessionRow.of(session));
        row.add();
      }
      statement.executeBatch();
    }
  }

  private static void changing(Columns row, SessionRow session) throws SQLException {
    IdToken token = session.token();
    Session.End end = session.end();
    row.number(session.evse().evseNo())
        .number(session.evse().connectorNo())
        .text(token == null ? null : token.uid())
        .text(token == null ? null : token.type())
        .number(session.tokenId())
        .number(session.driverId())
        .number(session.holdId())
        .time(session.begin().at())
        .time(end == null ? null : end.at())
        .time(end == null ? null : end.receivedAt())
        .text(end == null ? null : end.reason())
        .energy(session.begin().register())
        .energy(end == null ? null : end.register())
        .energy(end == null ? null : end.energy())
        .text(session.state().stored())
        .text(session.remarks().stored())
        .number(session.snapshotId())
        .text(end == null ? null : end.priceFacts())
        .text(session.currency())
        .number(session.total() == null ? null : (Long) session.total().minor());
  }
}
