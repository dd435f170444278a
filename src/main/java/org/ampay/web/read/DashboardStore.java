package org.ampay.web.read;

import static org.ampay.store.tables.Tables.BILL;
import static org.ampay.store.tables.Tables.CERTIFICATE_REQUEST;
import static org.ampay.store.tables.Tables.CHARGING_SESSION;
import static org.ampay.store.tables.Tables.QUARANTINE;
import static org.ampay.store.tables.Tables.SETTLEMENT;
import static org.ampay.store.tables.Tables.STATION;
import static org.ampay.store.tables.Tables.STATION_CERTIFICATE;
import static org.ampay.store.tables.Tables.UNKNOWN_TOKEN;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.store.Database;
import org.jooq.impl.DSL;

/** The figures of the first page. */
public final class DashboardStore extends ScopeStore {

  /** Above this a figure is shown as "more than": nobody waits for an exact count of a flood. */
  public static final int MOST = 1_000;

  public DashboardStore(Database database) {
    super(database);
  }

  /** What was billed in a span of time. */
  public record Billed(Energy energy, List<Money> revenue, int sessions) {}

  /** A frame whose decision could not be committed. */
  public record QuarantineRow(
      long id, String station, Instant receivedAt, String protocol, String frame, String reason) {}

  /** The ids of the operator's stations, to be asked for their connection. */
  public List<Long> stationIds(Scope scope) {
    return dsl()
        .select(STATION.ID)
        .from(STATION)
        .where(in(scope, STATION.OPERATOR_ID))
        .fetch(STATION.ID);
  }

  public int sessionsIn(Scope scope, String state) {
    return bounded(
        dsl()
            .selectOne()
            .from(CHARGING_SESSION)
            .where(CHARGING_SESSION.STATE.eq(state))
            .and(in(scope, CHARGING_SESSION.OPERATOR_ID))
            .limit(MOST + 1));
  }

  public int settlementsIn(Scope scope, String state) {
    return bounded(
        dsl()
            .selectOne()
            .from(SETTLEMENT)
            .where(SETTLEMENT.STATE.eq(state))
            .and(in(scope, SETTLEMENT.OPERATOR_ID))
            .limit(MOST + 1));
  }

  public int unknownTokens(Scope scope) {
    return bounded(
        dsl()
            .selectOne()
            .from(UNKNOWN_TOKEN)
            .where(in(scope, UNKNOWN_TOKEN.OPERATOR_ID))
            .limit(MOST + 1));
  }

  public int quarantined(Scope scope) {
    return bounded(
        dsl()
            .selectOne()
            .from(QUARANTINE)
            .join(STATION)
            .on(STATION.ID.eq(QUARANTINE.STATION_ID))
            .where(QUARANTINE.RESOLVED_AT.isNull())
            .and(in(scope, STATION.OPERATOR_ID))
            .limit(MOST + 1));
  }

  /** Certificates of stations that are in use and end before then. */
  public int certificatesEnding(Scope scope, Instant before) {
    return bounded(
        dsl()
            .selectOne()
            .from(STATION_CERTIFICATE)
            .where(STATION_CERTIFICATE.STATE.eq("current"))
            .and(STATION_CERTIFICATE.NOT_AFTER.lt(before))
            .and(in(scope, STATION_CERTIFICATE.OPERATOR_ID))
            .limit(MOST + 1));
  }

  /** Certificates that stations refused or that could not be signed, since then. */
  public int certificatesFailed(Scope scope, Instant from) {
    return bounded(
        dsl()
            .selectOne()
            .from(CERTIFICATE_REQUEST)
            .where(CERTIFICATE_REQUEST.STATE.in("refused", "rejected", "failed"))
            .and(CERTIFICATE_REQUEST.CHANGED_AT.ge(from))
            .and(in(scope, CERTIFICATE_REQUEST.OPERATOR_ID))
            .limit(MOST + 1));
  }

  /** Open quarantined frames, newest first. */
  public List<QuarantineRow> quarantine(Scope scope, int limit) {
    return dsl()
        .select(QUARANTINE.fields())
        .select(STATION.IDENTITY)
        .from(QUARANTINE)
        .join(STATION)
        .on(STATION.ID.eq(QUARANTINE.STATION_ID))
        .where(QUARANTINE.RESOLVED_AT.isNull())
        .and(in(scope, STATION.OPERATOR_ID))
        .orderBy(QUARANTINE.ID.desc())
        .limit(limit)
        .fetch(
            r ->
                new QuarantineRow(
                    r.get(QUARANTINE.ID),
                    r.get(STATION.IDENTITY),
                    r.get(QUARANTINE.RECEIVED_AT),
                    r.get(QUARANTINE.PROTOCOL),
                    new String(r.get(QUARANTINE.FRAME), StandardCharsets.UTF_8),
                    r.get(QUARANTINE.REASON)));
  }

  /** What was billed from {@code from} on. */
  public Billed billed(Scope scope, Instant from) {
    var energy = DSL.sum(CHARGING_SESSION.ENERGY_MWH).as("energy");
    var total = DSL.sum(BILL.TOTAL_MINOR).as("total");
    var sessions = DSL.countDistinct(BILL.SESSION_ID).as("sessions");
    var rows =
        dsl()
            .select(BILL.CURRENCY, energy, total, sessions)
            .from(BILL)
            .join(CHARGING_SESSION)
            .on(CHARGING_SESSION.ID.eq(BILL.SESSION_ID))
            .where(in(scope, BILL.OPERATOR_ID))
            .and(BILL.CREATED_AT.ge(from))
            .and(BILL.KIND.eq("charge"))
            .groupBy(BILL.CURRENCY)
            .orderBy(BILL.CURRENCY)
            .fetch();
    long milliWh = 0;
    int count = 0;
    for (var row : rows) {
      milliWh += row.get(energy) == null ? 0 : row.get(energy).longValueExact();
      count += row.get(sessions);
    }
    List<Money> revenue =
        rows.map(row -> new Money(row.get(BILL.CURRENCY), row.get(total).longValueExact()));
    return new Billed(new Energy(milliWh), revenue, count);
  }

  private int bounded(org.jooq.Select<?> rows) {
    Integer count = dsl().selectCount().from(rows.asTable("bounded")).fetchOne(0, Integer.class);
    return count == null ? 0 : count;
  }
}
