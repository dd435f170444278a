package org.ampay.charging;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ampay.access.IdToken;
import org.ampay.charging.Write.Fact;
import org.ampay.store.MultiRow;
import org.ampay.store.NewJob;

/**
 * The writes of a group by kind, and the multi-row statements that store each kind at once. The hot
 * path of the whole program.
 */
final class SessionInserts {

  private static final MultiRow FACT =
      MultiRow.insert(
          "session_fact",
          "station_id",
          "fact_ms",
          "fact_key",
          "session_id",
          "kind",
          "answer",
          "seq_no",
          "event");

  private static final MultiRow READING =
      MultiRow.insert(
          "meter_reading",
          "session_id",
          "id",
          "received_at",
          "station_id",
          "evse_no",
          "read_at",
          "context",
          "register_mwh",
          "power_mw",
          "current_ma",
          "voltage_mv",
          "soc_milli",
          "extra");

  private static final MultiRow PHASE =
      MultiRow.insert("session_phase", "session_id", "id", "from_at", "phase");

  private static final MultiRow RESOLUTION =
      MultiRow.insert(
          "session_resolution",
          "session_id",
          "operator_id",
          "decision",
          "meter_start_mwh",
          "meter_stop_mwh",
          "snapshot_id",
          "actor",
          "note",
          "resolved_at");

  private static final List<String> FIXED =
      List.of(
          "id",
          "session_key",
          "operator_id",
          "site_id",
          "station_id",
          "protocol",
          "transaction_id",
          "start_received",
          "settlement_state");

  /** All that a fact may change; never the settlement's column. */
  private static final List<String> CHANGING =
      List.of(
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
          "total_minor",
          "priced_from");

  private static final MultiRow SESSION =
      MultiRow.insert(
          "charging_session",
          Stream.concat(FIXED.stream(), CHANGING.stream()).toArray(String[]::new));

  /**
   * A changed row is inserted again: many of them are one statement, where UPDATEs would be as many
   * as there are rows.
   */
  private static final MultiRow CHANGE =
      SESSION.followedBy(
          CHANGING.stream()
              .map(column -> column + " = VALUES(" + column + ")")
              .collect(Collectors.joining(", ", " ON DUPLICATE KEY UPDATE ", "")));

  private final List<Fact> facts = new ArrayList<>();
  private final List<Session> made = new ArrayList<>();
  private final List<Session> changed = new ArrayList<>();
  private final List<Write.Reading> readings = new ArrayList<>();
  private final List<Write.Phase> phases = new ArrayList<>();
  private final List<Write.Resolved> resolutions = new ArrayList<>(0);
  private final List<NewJob> jobs = new ArrayList<>();
  private final LongPredicate roaming;

  /**
   * Nothing yet.
   *
   * @param roaming whether a partner pays in the name of that driver
   */
  SessionInserts(LongPredicate roaming) {
    this.roaming = roaming;
  }

  void add(Write write) {
    switch (write) {
      case Fact fact -> facts.add(fact);
      case Write.NewSession session -> {
        made.add(session.session());
        roaming(session.session());
      }
      case Write.ChangedSession session -> {
        changed.add(session.session());
        roaming(session.session());
      }
      case Write.Reading reading -> {
        readings.add(reading);
        if (reading.fact() != null) {
          facts.add(reading.fact());
        }
      }
      case Write.Phase phase -> phases.add(phase);
      case Write.Resolved resolved -> resolutions.add(resolved);
      case Write.Check check ->
          jobs.add(new NewJob(SessionJobs.CHECK, check.sessionId(), check.at()));
      case Write.Bill bill -> jobs.add(new NewJob(SessionJobs.BILL, bill.sessionId(), bill.at()));
    }
  }

  private void roaming(Session session) {
    Long driver = session.payer().driverId();
    if (driver != null && roaming.test(driver)) {
      Session.End end = session.end();
      jobs.add(
          new NewJob(
              SessionJobs.ROAMING,
              session.id(),
              end == null ? session.begin().receivedAt() : end.receivedAt()));
    }
  }

  List<NewJob> jobs() {
    return jobs;
  }

  /** Facts first: where one is a repeat, nothing else was done in vain. */
  void run(Connection connection) throws SQLException {
    FACT.write(connection, facts, (row, from, fact) -> bind(new Columns(row, from), fact));
    SESSION.write(connection, made, (row, from, it) -> bind(new Columns(row, from), it));
    CHANGE.write(connection, changed, (row, from, it) -> bind(new Columns(row, from), it));
    READING.write(connection, readings, (row, from, it) -> bind(new Columns(row, from), it));
    PHASE.write(connection, phases, (row, from, it) -> bind(new Columns(row, from), it));
    RESOLUTION.write(connection, resolutions, (row, from, it) -> bind(new Columns(row, from), it));
  }

  private static void bind(Columns row, Fact fact) throws SQLException {
    row.number(fact.key().stationId())
        .number(fact.key().factMs())
        .bytes(fact.key().key())
        .number(fact.sessionId())
        .text(fact.kind().stored())
        .text(fact.answer())
        .number(fact.event() == null ? null : (Long) (long) fact.event().seqNo())
        .text(fact.event() == null ? null : fact.event().words());
  }

  private static void bind(Columns row, Write.Resolved resolved) throws SQLException {
    Session.Frozen before = resolved.session().payer().snapshot();
    Rule.Resolve how = resolved.how();
    row.number(resolved.session().id())
        .number(resolved.session().identity().operatorId())
        .text(how.decision().stored())
        .energy(how.meterStart())
        .energy(how.meterStop())
        .number(before == null ? null : (Long) before.id())
        .text(how.actor())
        .text(how.note())
        .time(resolved.at());
  }

  private static void bind(Columns row, Write.Reading read) throws SQLException {
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
        .text(reading.extra());
  }

  private static void bind(Columns row, Write.Phase phase) throws SQLException {
    row.number(phase.sessionId()).number(phase.id()).time(phase.at()).text(phase.state().name());
  }

  private static void bind(Columns row, Session session) throws SQLException {
    Session.Identity identity = session.identity();
    row.number(identity.id())
        .bytes(identity.key())
        .number(identity.operatorId())
        .number(identity.siteId())
        .number(identity.stationId())
        .text(identity.protocol().version())
        .text(identity.transactionId())
        .time(session.begin().receivedAt())
        .text("none");
    changing(row, SessionRow.of(session));
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
        .number(session.total() == null ? null : (Long) session.total().minor())
        .time(session.pricedFrom());
  }
}
