package org.ampay.power;

import static org.ampay.store.tables.Tables.CHARGING_LIMIT;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.ampay.power.Schedule.Unit;
import org.ampay.station.StationInfo;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Limits that others have set at stations. */
final class OutsideStore {

  private final Database database;

  OutsideStore(Database database) {
    this.database = database;
  }

  /** A source has one limit at a place: the new one ends the old one. */
  static void insert(Tx tx, long id, StationInfo station, LimitReport limit, Instant at) {
    end(tx, place(station.id(), limit.source(), limit.evseNo()), at);
    SqlTx.of(tx)
        .dsl()
        .insertInto(CHARGING_LIMIT)
        .set(CHARGING_LIMIT.ID, id)
        .set(CHARGING_LIMIT.OPERATOR_ID, station.operatorId())
        .set(CHARGING_LIMIT.STATION_ID, station.id())
        .set(CHARGING_LIMIT.EVSE_NO, limit.evseNo())
        .set(CHARGING_LIMIT.SOURCE, limit.source())
        .set(CHARGING_LIMIT.GRID_CRITICAL, limit.gridCritical())
        .set(CHARGING_LIMIT.SCHEDULES, limit.json())
        .set(CHARGING_LIMIT.LOWEST_A, lowest(limit, Unit.A))
        .set(CHARGING_LIMIT.LOWEST_W, lowest(limit, Unit.W))
        .set(CHARGING_LIMIT.RECEIVED_AT, at)
        .execute();
  }

  private static @Nullable BigDecimal lowest(LimitReport limit, Unit unit) {
    return limit.schedules().stream()
        .filter(schedule -> schedule.unit() == unit)
        .flatMap(schedule -> schedule.periods().stream())
        .map(period -> period.limit().max(BigDecimal.ZERO))
        .min(BigDecimal::compareTo)
        .map(lowest -> lowest.min(BigDecimal.valueOf(1_000_000_000)))
        .orElse(null);
  }

  /**
   * A source has taken its limit back.
   *
   * @param evseNo 0: all of them
   */
  static void clear(Tx tx, StationInfo station, String source, int evseNo, Instant at) {
    Condition source1 =
        CHARGING_LIMIT.STATION_ID.eq(station.id()).and(CHARGING_LIMIT.SOURCE.eq(source));
    end(tx, evseNo == 0 ? source1 : place(station.id(), source, evseNo), at);
  }

  private static Condition place(long stationId, String source, int evseNo) {
    return CHARGING_LIMIT
        .STATION_ID
        .eq(stationId)
        .and(CHARGING_LIMIT.SOURCE.eq(source))
        .and(CHARGING_LIMIT.EVSE_NO.eq(evseNo));
  }

  private static void end(Tx tx, Condition which, Instant at) {
    SqlTx.of(tx)
        .dsl()
        .update(CHARGING_LIMIT)
        .set(CHARGING_LIMIT.CLEARED_AT, at)
        .where(which)
        .and(CHARGING_LIMIT.CLEARED_AT.isNull())
        .execute();
  }

  /** The lowest limits that hold at an EVSE, its own and the station's. */
  Outside lowest(long stationId, int evseNo) {
    var amperes = DSL.min(CHARGING_LIMIT.LOWEST_A);
    var watts = DSL.min(CHARGING_LIMIT.LOWEST_W);
    return database
        .dsl()
        .select(amperes, watts)
        .from(CHARGING_LIMIT)
        .where(CHARGING_LIMIT.STATION_ID.eq(stationId))
        .and(CHARGING_LIMIT.CLEARED_AT.isNull())
        .and(CHARGING_LIMIT.EVSE_NO.in(0, evseNo))
        .fetchOptional(r -> new Outside(r.get(amperes), r.get(watts)))
        .orElse(Outside.NONE);
  }

  List<LimitRow> newest(long stationId, int limit) {
    return database
        .dsl()
        .selectFrom(CHARGING_LIMIT)
        .where(CHARGING_LIMIT.STATION_ID.eq(stationId))
        .orderBy(CHARGING_LIMIT.CLEARED_AT.isNull().desc(), CHARGING_LIMIT.ID.desc())
        .limit(limit)
        .fetch(
            r ->
                new LimitRow(
                    r.get(CHARGING_LIMIT.ID),
                    r.get(CHARGING_LIMIT.EVSE_NO),
                    r.get(CHARGING_LIMIT.SOURCE),
                    r.get(CHARGING_LIMIT.GRID_CRITICAL),
                    r.get(CHARGING_LIMIT.SCHEDULES),
                    r.get(CHARGING_LIMIT.RECEIVED_AT),
                    r.get(CHARGING_LIMIT.CLEARED_AT)));
  }

  static void deleteBefore(Tx tx, Instant time, int limit) {
    SqlTx.of(tx)
        .dsl()
        .deleteFrom(CHARGING_LIMIT)
        .where(CHARGING_LIMIT.CLEARED_AT.lt(time))
        .limit(limit)
        .execute();
  }
}
