package org.ampay.billing.promotion;

import static org.ampay.store.tables.Tables.POINTS_ENTRY;
import static org.ampay.store.tables.Tables.POINTS_HOLD;
import static org.ampay.store.tables.Tables.POINTS_LOT;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ampay.store.Rows;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.PointsLotRecord;
import org.jooq.DSLContext;
import org.jooq.Field;

/** Points at rest. */
final class PointsStore {

  private static final List<Field<?>> HOLD_COLUMNS =
      List.of(POINTS_HOLD.HOLD_ID, POINTS_HOLD.LOT_ID, POINTS_HOLD.POINTS);

  private static final List<Field<?>> ENTRY_COLUMNS =
      List.of(
          POINTS_ENTRY.ID,
          POINTS_ENTRY.OPERATOR_ID,
          POINTS_ENTRY.DRIVER_ID,
          POINTS_ENTRY.LOT_ID,
          POINTS_ENTRY.KIND,
          POINTS_ENTRY.POINTS,
          POINTS_ENTRY.AMOUNT_MINOR,
          POINTS_ENTRY.BILL_ID,
          POINTS_ENTRY.ACTOR,
          POINTS_ENTRY.NOTE,
          POINTS_ENTRY.AT);

  /** Points of a lot that a start reserved. */
  record Hold(long holdId, long lotId, long points) {}

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  /** The lots of drivers that have points left, locked. */
  List<PointsLot> lock(Tx tx, Collection<Long> drivers) {
    return dsl(tx)
        .selectFrom(POINTS_LOT.forceIndex("points_lot_driver"))
        .where(POINTS_LOT.DRIVER_ID.in(drivers))
        .and(POINTS_LOT.REMAINING.gt(0L))
        .orderBy(POINTS_LOT.ID)
        .forUpdate()
        .fetch(PointsStore::lot);
  }

  /** Lots by their ids, locked. */
  List<PointsLot> lockByIds(Tx tx, Collection<Long> ids) {
    return dsl(tx)
        .selectFrom(POINTS_LOT.forceIndex("PRIMARY"))
        .where(POINTS_LOT.ID.in(ids))
        .orderBy(POINTS_LOT.ID)
        .forUpdate()
        .fetch(PointsStore::lot);
  }

  /** Lots that have expired with free points. */
  List<Long> driversOfExpired(Tx tx, Instant now, int limit) {
    return dsl(tx)
        .selectDistinct(POINTS_LOT.DRIVER_ID)
        .from(POINTS_LOT)
        .where(POINTS_LOT.EXPIRES_AT.le(now))
        .and(POINTS_LOT.REMAINING.gt(POINTS_LOT.RESERVED))
        .limit(limit)
        .fetch(POINTS_LOT.DRIVER_ID);
  }

  List<PointsLot> ofDriver(Tx tx, long operatorId, long driverId) {
    return dsl(tx)
        .selectFrom(POINTS_LOT)
        .where(POINTS_LOT.DRIVER_ID.eq(driverId))
        .and(POINTS_LOT.OPERATOR_ID.eq(operatorId))
        .and(POINTS_LOT.REMAINING.gt(0L))
        .fetch(PointsStore::lot);
  }

  void insert(Tx tx, PointsLot lot, byte[] sourceKey) {
    dsl(tx)
        .insertInto(POINTS_LOT)
        .set(POINTS_LOT.ID, lot.id())
        .set(POINTS_LOT.OPERATOR_ID, lot.operatorId())
        .set(POINTS_LOT.DRIVER_ID, lot.driverId())
        .set(POINTS_LOT.CURRENCY, lot.currency())
        .set(POINTS_LOT.POINTS, lot.points())
        .set(POINTS_LOT.REMAINING, lot.remaining())
        .set(POINTS_LOT.RESERVED, lot.reserved())
        .set(POINTS_LOT.REMAINING_MINOR, lot.remainingMinor())
        .set(POINTS_LOT.SOURCE_KEY, sourceKey)
        .set(POINTS_LOT.CREATED_AT, lot.createdAt())
        .set(POINTS_LOT.EXPIRES_AT, lot.expiresAt())
        .execute();
  }

  /** What is left of a locked lot. */
  void update(Tx tx, PointsLot lot) {
    dsl(tx)
        .update(POINTS_LOT)
        .set(POINTS_LOT.REMAINING, lot.remaining())
        .set(POINTS_LOT.RESERVED, lot.reserved())
        .set(POINTS_LOT.REMAINING_MINOR, lot.remainingMinor())
        .where(POINTS_LOT.ID.eq(lot.id()))
        .execute();
  }

  void insertHolds(Tx tx, List<Hold> holds) {
    Rows.insert(
        tx,
        POINTS_HOLD,
        HOLD_COLUMNS,
        holds.stream().map(h -> new Object[] {h.holdId(), h.lotId(), h.points()}).toList());
  }

  /** What starts reserved, by hold; in the order of the lots' ids. */
  Map<Long, List<Hold>> holds(Tx tx, Collection<Long> holdIds) {
    Map<Long, List<Hold>> found = new HashMap<>();
    dsl(tx)
        .selectFrom(POINTS_HOLD)
        .where(POINTS_HOLD.HOLD_ID.in(holdIds))
        .orderBy(POINTS_HOLD.HOLD_ID, POINTS_HOLD.LOT_ID)
        .forUpdate()
        .forEach(
            row ->
                found
                    .computeIfAbsent(row.getHoldId(), id -> new java.util.ArrayList<>())
                    .add(new Hold(row.getHoldId(), row.getLotId(), row.getPoints())));
    return found;
  }

  void deleteHolds(Tx tx, Collection<Long> holdIds) {
    dsl(tx).deleteFrom(POINTS_HOLD).where(POINTS_HOLD.HOLD_ID.in(holdIds)).execute();
  }

  void insertEntries(Tx tx, List<PointsEntry> entries) {
    Rows.insert(
        tx,
        POINTS_ENTRY,
        ENTRY_COLUMNS,
        entries.stream()
            .map(
                e ->
                    new Object[] {
                      e.id(),
                      e.operatorId(),
                      e.driverId(),
                      e.lotId(),
                      e.kind().code(),
                      e.points(),
                      e.minor(),
                      e.billId(),
                      e.actor(),
                      e.note(),
                      e.at()
                    })
            .toList());
  }

  /** When the lots end that a bill's points came from; null where one never does. */
  List<PointsLot> usedBy(Tx tx, long billId) {
    return dsl(tx)
        .select(POINTS_LOT.fields())
        .from(POINTS_LOT)
        .join(POINTS_ENTRY)
        .on(POINTS_ENTRY.LOT_ID.eq(POINTS_LOT.ID))
        .where(POINTS_ENTRY.BILL_ID.eq(billId))
        .and(POINTS_ENTRY.KIND.eq(PointsEntry.Kind.USED.code()))
        .fetchInto(POINTS_LOT)
        .map(PointsStore::lot);
  }

  /** The lot that a bill earned, 0 when it earned none. */
  long earnedBy(Tx tx, long billId) {
    return dsl(tx)
        .select(POINTS_ENTRY.LOT_ID)
        .from(POINTS_ENTRY)
        .where(POINTS_ENTRY.BILL_ID.eq(billId))
        .and(POINTS_ENTRY.KIND.eq(PointsEntry.Kind.EARNED.code()))
        .fetchOptional(POINTS_ENTRY.LOT_ID)
        .orElse(0L);
  }

  /** Newest first. */
  List<PointsEntry> entries(Tx tx, long operatorId, long driverId, long beforeId, int limit) {
    return dsl(tx)
        .selectFrom(POINTS_ENTRY)
        .where(POINTS_ENTRY.OPERATOR_ID.eq(operatorId))
        .and(POINTS_ENTRY.DRIVER_ID.eq(driverId))
        .and(POINTS_ENTRY.ID.lt(beforeId))
        .orderBy(POINTS_ENTRY.ID.desc())
        .limit(limit)
        .fetch(
            row ->
                new PointsEntry(
                    row.getId(),
                    row.getOperatorId(),
                    row.getDriverId(),
                    row.getLotId(),
                    PointsEntry.Kind.ofCode(row.getKind()),
                    row.getPoints(),
                    row.getAmountMinor(),
                    row.getBillId(),
                    row.getActor(),
                    row.getNote(),
                    row.getAt()));
  }

  private static PointsLot lot(PointsLotRecord row) {
    return new PointsLot(
        row.getId(),
        row.getOperatorId(),
        row.getDriverId(),
        row.getCurrency(),
        row.getPoints(),
        row.getRemaining(),
        row.getReserved(),
        row.getRemainingMinor(),
        row.getCreatedAt(),
        row.getExpiresAt());
  }
}
