package org.ampay.web.read;

import static org.ampay.store.tables.Tables.CHARGING_SESSION;
import static org.ampay.store.tables.Tables.DRIVER;
import static org.ampay.store.tables.Tables.METER_READING;
import static org.ampay.store.tables.Tables.STATION;
import static org.ampay.store.tables.Tables.TARIFF_SNAPSHOT;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.charging.SessionState;
import org.ampay.store.Database;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Charging sessions and their readings. */
public final class SessionReadStore extends ScopeStore {

  public SessionReadStore(Database database) {
    super(database);
  }

  /** A session as stored. */
  public record SessionRow(
      long id,
      long operatorId,
      long siteId,
      long stationId,
      String station,
      int evse,
      int connector,
      String protocol,
      String transactionId,
      @Nullable String token,
      @Nullable String tokenType,
      @Nullable Long driverId,
      @Nullable String driverName,
      Instant startedAt,
      @Nullable Instant stoppedAt,
      @Nullable String stopReason,
      @Nullable Energy meterStart,
      @Nullable Energy meterStop,
      @Nullable Energy energy,
      String state,
      @Nullable String reviewReason,
      @Nullable Long snapshotId,
      @Nullable Money total,
      @Nullable String currency,
      String settlementState) {}

  /** A meter reading; energy and power in the units of the database. */
  public record ReadingRow(
      long id,
      Instant at,
      Instant receivedAt,
      @Nullable String context,
      @Nullable Energy register,
      @Nullable Long powerMw,
      @Nullable Long currentMa,
      @Nullable Long voltageMv,
      @Nullable Integer socMilli,
      @Nullable String extra) {}

  /**
   * Which sessions; null: whatever it is.
   *
   * @param from first start, by the station's clock
   * @param to start before
   */
  public record SessionFilter(
      @Nullable String state,
      @Nullable String settlementState,
      @Nullable String station,
      @Nullable String token,
      @Nullable Long driverId,
      @Nullable Instant from,
      @Nullable Instant to) {

    public static final SessionFilter ALL =
        new SessionFilter(null, null, null, null, null, null, null);

    public static SessionFilter ofStation(String identity) {
      return new SessionFilter(null, null, identity, null, null, null, null);
    }

    public static SessionFilter ofDriver(long driverId) {
      return new SessionFilter(null, null, null, null, driverId, null, null);
    }
  }

  public Optional<SessionRow> find(Scope scope, long id) {
    return select(in(scope, CHARGING_SESSION.OPERATOR_ID).and(CHARGING_SESSION.ID.eq(id)), 1)
        .stream()
        .findFirst();
  }

  /** The newest sessions with an id below {@code beforeId}. */
  public List<SessionRow> list(Scope scope, SessionFilter filter, long beforeId, int limit) {
    Condition condition =
        in(scope, CHARGING_SESSION.OPERATOR_ID).and(CHARGING_SESSION.ID.lt(beforeId));
    if (filter.state() != null) {
      condition = condition.and(CHARGING_SESSION.STATE.eq(filter.state()));
    }
    if (filter.settlementState() != null) {
      condition = condition.and(CHARGING_SESSION.SETTLEMENT_STATE.eq(filter.settlementState()));
    }
    if (filter.station() != null) {
      condition = condition.and(STATION.IDENTITY.eq(filter.station()));
    }
    if (filter.token() != null) {
      condition = condition.and(CHARGING_SESSION.TOKEN_UID.eq(filter.token()));
    }
    if (filter.driverId() != null) {
      condition = condition.and(CHARGING_SESSION.DRIVER_ID.eq(filter.driverId()));
    }
    if (filter.from() != null) {
      condition = condition.and(CHARGING_SESSION.STARTED_AT.ge(filter.from()));
    }
    if (filter.to() != null) {
      condition = condition.and(CHARGING_SESSION.STARTED_AT.lt(filter.to()));
    }
    return select(condition, limit);
  }

  /** The highest register so far of a session that runs: its end is not written yet. */
  private static final Field<Long> HIGHEST =
      DSL.when(
              CHARGING_SESSION.STATE.eq(SessionState.ACTIVE.stored()),
              DSL.field(
                  DSL.select(DSL.max(METER_READING.REGISTER_MWH))
                      .from(METER_READING)
                      .where(METER_READING.SESSION_ID.eq(CHARGING_SESSION.ID))))
          .as("highest_mwh");

  private List<SessionRow> select(Condition condition, int limit) {
    return dsl()
        .select(CHARGING_SESSION.fields())
        .select(STATION.IDENTITY, DRIVER.NAME, HIGHEST)
        .from(CHARGING_SESSION)
        .leftJoin(STATION)
        .on(STATION.ID.eq(CHARGING_SESSION.STATION_ID))
        .leftJoin(DRIVER)
        .on(DRIVER.ID.eq(CHARGING_SESSION.DRIVER_ID))
        .where(condition)
        .orderBy(CHARGING_SESSION.ID.desc())
        .limit(limit)
        .fetch(SessionReadStore::session);
  }

  /** The readings of a session the caller has found in its scope, in the order of receipt. */
  public List<ReadingRow> readings(long sessionId, long afterId, int limit) {
    return dsl()
        .selectFrom(METER_READING)
        .where(METER_READING.SESSION_ID.eq(sessionId))
        .and(METER_READING.ID.gt(afterId))
        .orderBy(METER_READING.ID)
        .limit(limit)
        .fetch(SessionReadStore::reading);
  }

  /** The text of a tariff snapshot. */
  public Optional<String> snapshot(long snapshotId) {
    return dsl()
        .select(TARIFF_SNAPSHOT.BODY)
        .from(TARIFF_SNAPSHOT)
        .where(TARIFF_SNAPSHOT.ID.eq(snapshotId))
        .fetchOptional(TARIFF_SNAPSHOT.BODY);
  }

  private static SessionRow session(Record r) {
    String currency = r.get(CHARGING_SESSION.CURRENCY);
    Long total = r.get(CHARGING_SESSION.TOTAL_MINOR);
    String station = r.get(STATION.IDENTITY);
    return new SessionRow(
        r.get(CHARGING_SESSION.ID),
        r.get(CHARGING_SESSION.OPERATOR_ID),
        r.get(CHARGING_SESSION.SITE_ID),
        r.get(CHARGING_SESSION.STATION_ID),
        station == null ? "#" + r.get(CHARGING_SESSION.STATION_ID) : station,
        r.get(CHARGING_SESSION.EVSE_NO),
        r.get(CHARGING_SESSION.CONNECTOR_NO),
        r.get(CHARGING_SESSION.PROTOCOL),
        r.get(CHARGING_SESSION.TRANSACTION_ID),
        r.get(CHARGING_SESSION.TOKEN_UID),
        r.get(CHARGING_SESSION.TOKEN_TYPE),
        r.get(CHARGING_SESSION.DRIVER_ID),
        r.get(DRIVER.NAME),
        r.get(CHARGING_SESSION.STARTED_AT),
        r.get(CHARGING_SESSION.STOPPED_AT),
        r.get(CHARGING_SESSION.STOP_REASON),
        energy(r.get(CHARGING_SESSION.METER_START_MWH)),
        energy(r.get(CHARGING_SESSION.METER_STOP_MWH)),
        energySoFar(r),
        r.get(CHARGING_SESSION.STATE),
        r.get(CHARGING_SESSION.REVIEW_REASON),
        r.get(CHARGING_SESSION.SNAPSHOT_ID),
        currency == null || total == null ? null : new Money(currency, total),
        currency,
        r.get(CHARGING_SESSION.SETTLEMENT_STATE));
  }

  private static @Nullable Energy energySoFar(Record r) {
    Long end = r.get(CHARGING_SESSION.ENERGY_MWH);
    Long start = r.get(CHARGING_SESSION.METER_START_MWH);
    Long highest = r.get(HIGHEST);
    boolean runs = end == null && start != null && highest != null && highest >= start;
    return energy(runs ? Long.valueOf(highest - start) : end);
  }

  private static ReadingRow reading(Record r) {
    return new ReadingRow(
        r.get(METER_READING.ID),
        r.get(METER_READING.READ_AT),
        r.get(METER_READING.RECEIVED_AT),
        r.get(METER_READING.CONTEXT),
        energy(r.get(METER_READING.REGISTER_MWH)),
        r.get(METER_READING.POWER_MW),
        r.get(METER_READING.CURRENT_MA),
        r.get(METER_READING.VOLTAGE_MV),
        r.get(METER_READING.SOC_MILLI),
        r.get(METER_READING.EXTRA));
  }

  private static @Nullable Energy energy(@Nullable Long milliWh) {
    return milliWh == null ? null : new Energy(milliWh);
  }
}
