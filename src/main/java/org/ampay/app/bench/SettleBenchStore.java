package org.ampay.app.bench;

import static org.ampay.store.tables.Tables.CHARGING_SESSION;
import static org.ampay.store.tables.Tables.PAYMENT_OPERATION;
import static org.ampay.store.tables.Tables.START_HOLD;
import static org.ampay.store.tables.Tables.STATION;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.ampay.base.Digests;
import org.ampay.base.Money;
import org.ampay.store.Rows;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Writes sessions that have ended, with what their starts had reserved. */
final class SettleBenchStore {

  private static final long KWH_10_MWH = 10_000_000;

  private static final List<Field<?>> SESSION =
      List.of(
          CHARGING_SESSION.ID,
          CHARGING_SESSION.SESSION_KEY,
          CHARGING_SESSION.OPERATOR_ID,
          CHARGING_SESSION.SITE_ID,
          CHARGING_SESSION.STATION_ID,
          CHARGING_SESSION.EVSE_NO,
          CHARGING_SESSION.CONNECTOR_NO,
          CHARGING_SESSION.PROTOCOL,
          CHARGING_SESSION.TRANSACTION_ID,
          CHARGING_SESSION.TOKEN_UID,
          CHARGING_SESSION.TOKEN_TYPE,
          CHARGING_SESSION.DRIVER_ID,
          CHARGING_SESSION.HOLD_ID,
          CHARGING_SESSION.STARTED_AT,
          CHARGING_SESSION.START_RECEIVED,
          CHARGING_SESSION.STOPPED_AT,
          CHARGING_SESSION.STOP_RECEIVED,
          CHARGING_SESSION.METER_START_MWH,
          CHARGING_SESSION.METER_STOP_MWH,
          CHARGING_SESSION.ENERGY_MWH,
          CHARGING_SESSION.STATE,
          CHARGING_SESSION.SNAPSHOT_ID,
          CHARGING_SESSION.PRICE_FACTS,
          CHARGING_SESSION.CURRENCY,
          CHARGING_SESSION.TOTAL_MINOR,
          CHARGING_SESSION.SETTLEMENT_STATE);

  private static final List<Field<?>> HOLD =
      List.of(
          START_HOLD.ID,
          START_HOLD.HOLD_KEY,
          START_HOLD.OPERATOR_ID,
          START_HOLD.STATION_ID,
          START_HOLD.DRIVER_ID,
          START_HOLD.PROVIDER,
          START_HOLD.ACCOUNT_ID,
          START_HOLD.REFERENCE,
          START_HOLD.CURRENCY,
          START_HOLD.AMOUNT_MINOR,
          START_HOLD.GIFT_MINOR,
          START_HOLD.CAPTURED_MINOR,
          START_HOLD.TIMES_HELD,
          START_HOLD.STATE,
          START_HOLD.SESSION_ID,
          START_HOLD.CREATED_AT);

  private SettleBenchStore() {}

  /**
   * What all the sessions have in common.
   *
   * @param accountId of the provider that holds the money; null: the wallet
   */
  record Like(
      Place place,
      String provider,
      @Nullable Long accountId,
      Money total,
      Money hold,
      long snapshotId,
      String facts,
      Instant from,
      Instant to) {

    /** Nothing was reserved: the driver is charged after the end. */
    static final String NO_HOLD = "";
  }

  /** Where they were. */
  record Place(long operatorId, long siteId, long stationId) {}

  /** Whether the database was used for sessions before. */
  static boolean isUsed(Tx tx) {
    return SqlTx.of(tx).dsl().fetchExists(CHARGING_SESSION);
  }

  /** Any station. */
  static Place place(Tx tx) {
    return SqlTx.of(tx)
        .dsl()
        .select(STATION.OPERATOR_ID, STATION.SITE_ID, STATION.ID)
        .from(STATION)
        .orderBy(STATION.ID)
        .limit(1)
        .fetchSingle(r -> new Place(r.value1(), r.value2(), r.value3()));
  }

  /** Writes sessions and their holds; both have the same id. */
  static void insert(Tx tx, Like like, List<Long> ids, LongFunction<Long> driverOf) {
    List<Object[]> sessions = new ArrayList<>(ids.size());
    List<Object[]> holds = new ArrayList<>(ids.size());
    for (long id : ids) {
      byte[] key = Digests.key16("bench", id);
      sessions.add(session(like, id, key, driverOf.apply(id)));
      if (!like.provider().equals(Like.NO_HOLD)) {
        holds.add(hold(like, id, key, driverOf.apply(id)));
      }
    }
    if (!holds.isEmpty()) {
      Rows.insert(tx, START_HOLD, HOLD, holds);
    }
    Rows.insert(tx, CHARGING_SESSION, SESSION, sessions);
  }

  /**
   * How long after that moment each operation that was open then was closed: milliseconds, sorted.
   */
  static List<Long> closedAfter(Tx tx, Instant moment) {
    return SqlTx.of(tx)
        .dsl()
        .select(PAYMENT_OPERATION.UPDATED_AT)
        .from(PAYMENT_OPERATION)
        .where(PAYMENT_OPERATION.CREATED_AT.lt(moment))
        .and(PAYMENT_OPERATION.UPDATED_AT.gt(moment))
        .orderBy(PAYMENT_OPERATION.UPDATED_AT)
        .fetch(r -> Duration.between(moment, r.value1()).toMillis());
  }

  /** What we know to have been charged through an account. */
  static String charged(Tx tx, long account) {
    return SqlTx.of(tx)
        .dsl()
        .select(DSL.count(), DSL.sum(PAYMENT_OPERATION.DONE_MINOR))
        .from(PAYMENT_OPERATION)
        .where(PAYMENT_OPERATION.ACCOUNT_ID.eq(account))
        .and(PAYMENT_OPERATION.STATE.eq("succeeded"))
        .fetchSingle(r -> r.value1() + " charges, " + r.value2());
  }

  private static Object[] session(Like like, long id, byte[] key, long driver) {
    return new Object[] {
      id,
      key,
      like.place().operatorId(),
      like.place().siteId(),
      like.place().stationId(),
      1,
      1,
      "1.6",
      Long.toString(id),
      "BENCH",
      "ISO14443",
      driver,
      like.provider().equals(Like.NO_HOLD) ? null : id,
      like.from(),
      like.from(),
      like.to(),
      like.to(),
      0L,
      KWH_10_MWH,
      KWH_10_MWH,
      "finished",
      like.snapshotId(),
      like.facts(),
      like.total().currency(),
      like.total().minor(),
      "none"
    };
  }

  private static Object[] hold(Like like, long id, byte[] key, long driver) {
    return new Object[] {
      id,
      key,
      like.place().operatorId(),
      like.place().stationId(),
      driver,
      like.provider(),
      like.accountId(),
      "hold:" + id,
      like.hold().currency(),
      like.hold().minor(),
      0L,
      0L,
      1,
      "held",
      id,
      like.from()
    };
  }
}
