package org.ampay.power;

import static org.ampay.store.tables.Tables.CHARGING_SESSION;
import static org.ampay.store.tables.Tables.EV_CHARGING_NEEDS;
import static org.ampay.store.tables.Tables.EV_CHARGING_SCHEDULE;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ampay.station.StationInfo;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** What EVs need and do, and the transactions that go on. */
final class EvStore {

  private static final int MAX_RUNNING = 200;

  private final Database database;

  EvStore(Database database) {
    this.database = database;
  }

  /** The transactions of a station, newest first. */
  List<RunningTransaction> running(long stationId) {
    return database
        .dsl()
        .select(CHARGING_SESSION.TRANSACTION_ID, CHARGING_SESSION.EVSE_NO)
        .from(CHARGING_SESSION)
        .where(CHARGING_SESSION.STATE.eq("active"))
        .and(CHARGING_SESSION.STATION_ID.eq(stationId))
        .orderBy(CHARGING_SESSION.ID.desc())
        .limit(MAX_RUNNING)
        .fetch(
            r ->
                new RunningTransaction(
                    r.get(CHARGING_SESSION.TRANSACTION_ID), r.get(CHARGING_SESSION.EVSE_NO)));
  }

  /** Whether an EV told its needs in that transaction, or on that EVSE before it was known. */
  boolean needsKnown(long stationId, String transactionId) {
    return database
        .dsl()
        .fetchExists(
            EV_CHARGING_NEEDS,
            EV_CHARGING_NEEDS
                .STATION_ID
                .eq(stationId)
                .and(EV_CHARGING_NEEDS.TRANSACTION_ID.eq(transactionId)));
  }

  static void insert(Tx tx, StationInfo station, NeedsRow row, @Nullable Integer maxTuples) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(EV_CHARGING_NEEDS)
        .set(EV_CHARGING_NEEDS.ID, row.id())
        .set(EV_CHARGING_NEEDS.OPERATOR_ID, station.operatorId())
        .set(EV_CHARGING_NEEDS.STATION_ID, station.id())
        .set(EV_CHARGING_NEEDS.EVSE_NO, row.evseNo())
        .set(EV_CHARGING_NEEDS.TRANSACTION_ID, row.transactionId())
        .set(EV_CHARGING_NEEDS.MAX_TUPLES, maxTuples)
        .set(EV_CHARGING_NEEDS.NEEDS, row.json())
        .set(EV_CHARGING_NEEDS.STATUS, row.status())
        .set(EV_CHARGING_NEEDS.REASON, ProfileStore.cut(row.reason()))
        .set(EV_CHARGING_NEEDS.RECEIVED_AT, row.received())
        .execute();
  }

  /** What followed. */
  void followed(
      long id,
      @Nullable String transactionId,
      @Nullable Integer profileId,
      @Nullable String reason) {
    database
        .transactor()
        .run(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .update(EV_CHARGING_NEEDS)
                    .set(EV_CHARGING_NEEDS.TRANSACTION_ID, transactionId)
                    .set(EV_CHARGING_NEEDS.PROFILE_ID, profileId)
                    .set(EV_CHARGING_NEEDS.REASON, ProfileStore.cut(reason))
                    .where(EV_CHARGING_NEEDS.ID.eq(id))
                    .execute());
  }

  /** The ids of the profiles that were sent for needs in a transaction. */
  Set<Integer> profilesOf(long stationId, int evseNo, String transactionId) {
    return new HashSet<>(
        database
            .dsl()
            .select(EV_CHARGING_NEEDS.PROFILE_ID)
            .from(EV_CHARGING_NEEDS)
            .where(EV_CHARGING_NEEDS.STATION_ID.eq(stationId))
            .and(EV_CHARGING_NEEDS.EVSE_NO.eq(evseNo))
            .and(EV_CHARGING_NEEDS.TRANSACTION_ID.eq(transactionId))
            .and(EV_CHARGING_NEEDS.PROFILE_ID.isNotNull())
            .fetch(EV_CHARGING_NEEDS.PROFILE_ID));
  }

  List<NeedsRow> newest(long stationId, int limit) {
    return database
        .dsl()
        .selectFrom(EV_CHARGING_NEEDS)
        .where(EV_CHARGING_NEEDS.STATION_ID.eq(stationId))
        .orderBy(EV_CHARGING_NEEDS.ID.desc())
        .limit(limit)
        .fetch(EvStore::needs);
  }

  static void insert(Tx tx, StationInfo station, EvScheduleRow row) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(EV_CHARGING_SCHEDULE)
        .set(EV_CHARGING_SCHEDULE.ID, row.id())
        .set(EV_CHARGING_SCHEDULE.OPERATOR_ID, station.operatorId())
        .set(EV_CHARGING_SCHEDULE.STATION_ID, station.id())
        .set(EV_CHARGING_SCHEDULE.EVSE_NO, row.evseNo())
        .set(EV_CHARGING_SCHEDULE.TIME_BASE, row.base())
        .set(EV_CHARGING_SCHEDULE.SCHEDULE, row.json())
        .set(EV_CHARGING_SCHEDULE.ACCEPTED, row.accepted())
        .set(EV_CHARGING_SCHEDULE.REASON, ProfileStore.cut(row.reason()))
        .set(EV_CHARGING_SCHEDULE.RECEIVED_AT, row.received())
        .execute();
  }

  List<EvScheduleRow> schedules(long stationId, int limit) {
    return database
        .dsl()
        .selectFrom(EV_CHARGING_SCHEDULE)
        .where(EV_CHARGING_SCHEDULE.STATION_ID.eq(stationId))
        .orderBy(EV_CHARGING_SCHEDULE.ID.desc())
        .limit(limit)
        .fetch(
            r ->
                new EvScheduleRow(
                    r.get(EV_CHARGING_SCHEDULE.ID),
                    r.get(EV_CHARGING_SCHEDULE.EVSE_NO),
                    r.get(EV_CHARGING_SCHEDULE.TIME_BASE),
                    r.get(EV_CHARGING_SCHEDULE.SCHEDULE),
                    r.get(EV_CHARGING_SCHEDULE.ACCEPTED),
                    r.get(EV_CHARGING_SCHEDULE.REASON),
                    r.get(EV_CHARGING_SCHEDULE.RECEIVED_AT)));
  }

  static void deleteBefore(Tx tx, Instant time, int limit) {
    SqlTx.of(tx)
        .dsl()
        .deleteFrom(EV_CHARGING_NEEDS)
        .where(EV_CHARGING_NEEDS.RECEIVED_AT.lt(time))
        .limit(limit)
        .execute();
    SqlTx.of(tx)
        .dsl()
        .deleteFrom(EV_CHARGING_SCHEDULE)
        .where(EV_CHARGING_SCHEDULE.RECEIVED_AT.lt(time))
        .limit(limit)
        .execute();
  }

  private static NeedsRow needs(Record r) {
    return new NeedsRow(
        r.get(EV_CHARGING_NEEDS.ID),
        r.get(EV_CHARGING_NEEDS.EVSE_NO),
        r.get(EV_CHARGING_NEEDS.TRANSACTION_ID),
        r.get(EV_CHARGING_NEEDS.NEEDS),
        r.get(EV_CHARGING_NEEDS.STATUS),
        r.get(EV_CHARGING_NEEDS.REASON),
        r.get(EV_CHARGING_NEEDS.PROFILE_ID),
        r.get(EV_CHARGING_NEEDS.RECEIVED_AT));
  }
}
