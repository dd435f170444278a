package org.ampay.charging;

import java.time.Instant;
import org.ampay.access.IdToken;
import org.ampay.base.Digests;
import org.ampay.base.Energy;
import org.ampay.charging.Write.FactKey;
import org.ampay.station.EvseRef;
import org.jspecify.annotations.Nullable;

/** The contents by which facts and sessions are recognised. */
final class FactKeys {

  private FactKeys() {}

  /** OCPP 1.6: station, connector, time, token, register. */
  static byte[] session(long stationId, SessionCommand.Start start) {
    return Digests.key16(
        "start",
        stationId,
        start.evse().evseNo(),
        start.at().toEpochMilli(),
        start.token().uid(),
        start.meterStart().milliWh());
  }

  /** OCPP 2.0.1: station, transactionId. */
  static byte[] session(long stationId, String transactionId) {
    return Digests.key16("transaction", stationId, transactionId);
  }

  /** A session of which only a stray fact is known. */
  static byte[] orphan(FactKey fact) {
    return Digests.key16("orphan", fact.stationId(), fact.factMs(), fact.key());
  }

  static FactKey start(long stationId, SessionCommand.Start start, byte[] sessionKey) {
    return new FactKey(stationId, start.at().toEpochMilli(), sessionKey);
  }

  static FactKey stop(long stationId, SessionCommand.Stop stop) {
    return of(
        stationId,
        stop.at(),
        "stop",
        stop.transactionId(),
        milliWh(stop.meterStop()),
        uid(stop.token()));
  }

  /**
   * The time belongs to it: a station that begins its numbers again within a transaction (after a
   * reset) sends other events by the same numbers, and to pass over one of them would lose energy.
   * A repeat that is stamped anew is one fact more, which changes no total.
   */
  static FactKey event(long stationId, SessionCommand.Event event) {
    return of(
        stationId, event.at(), "event", event.transactionId(), event.seqNo(), event.type().name());
  }

  static FactKey reading(long stationId, EvseRef evse, String transactionId, MeterReading reading) {
    return of(
        stationId,
        reading.at(),
        "reading",
        evse.evseNo(),
        transactionId,
        reading.context(),
        milliWh(reading.register()),
        reading.powerMw(),
        reading.currentMa(),
        reading.voltageMv(),
        reading.socMilli(),
        reading.extra());
  }

  static FactKey connector(long stationId, SessionCommand.ConnectorState report) {
    EvseRef evse = report.evse();
    return of(stationId, report.at(), "status", evse.evseNo(), evse.connectorNo(), report.status());
  }

  /** The server's own finding that a session's stop never came. */
  static FactKey lost(Session session) {
    return of(session.identity().stationId(), session.begin().at(), "lost", session.id());
  }

  /** A decision of the server or of a person about a session. */
  static FactKey ruling(Session after, Rule rule, Instant now) {
    return of(
        after.identity().stationId(),
        now,
        "ruling",
        after.id(),
        rule.getClass().getSimpleName(),
        after.state().stored(),
        after.remarks().text());
  }

  private static FactKey of(long stationId, Instant at, @Nullable Object... parts) {
    Object[] content = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      content[i] = parts[i] == null ? "" : parts[i];
    }
    return new FactKey(stationId, at.toEpochMilli(), Digests.key16(content));
  }

  private static @Nullable Long milliWh(@Nullable Energy energy) {
    return energy == null ? null : energy.milliWh();
  }

  private static String uid(@Nullable IdToken token) {
    return token == null ? "" : token.uid();
  }
}
