package org.ampay.billing.promotion;

import static org.ampay.store.tables.Tables.BILL;
import static org.ampay.store.tables.Tables.BILL_BENEFIT;
import static org.ampay.store.tables.Tables.CAMPAIGN;
import static org.ampay.store.tables.Tables.CAMPAIGN_HOLD;
import static org.ampay.store.tables.Tables.DRIVER;
import static org.ampay.store.tables.Tables.PAYMENT_OPERATION;
import static org.ampay.store.tables.Tables.SETTLEMENT;
import static org.ampay.store.tables.Tables.START_HOLD;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.ampay.billing.Bill;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.CampaignHoldRecord;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Budgets of discounts, and how far the benefits of bills are. */
final class BenefitStore {

  private static final String RESERVED = "reserved";

  /** A discount's money. */
  record Budget(long budgetMinor, long reservedMinor, long spentMinor) {
    long left() {
      return budgetMinor - reservedMinor - spentMinor;
    }

    Budget reserving(long more) {
      return new Budget(budgetMinor, reservedMinor + more, spentMinor);
    }
  }

  /** What a discount reserved for a session, and spent. */
  record CampaignHold(
      long holdId, long campaignId, long operatorId, long reservedMinor, long spentMinor) {}

  /**
   * A bill with how it is paid.
   *
   * @param settledMinor captured and charged, 0 while there is no settlement
   * @param giftMinor the part of that which was no real money
   * @param terms what the start reserved; null: nothing
   */
  record PaidBill(
      long id,
      long operatorId,
      long driverId,
      long sessionId,
      @Nullable Long holdId,
      long snapshotId,
      String currency,
      long totalMinor,
      long settledMinor,
      long refundedMinor,
      long giftMinor,
      @Nullable String terms) {

    boolean paid() {
      return totalMinor > 0 && settledMinor == totalMinor;
    }

    long realMinor() {
      return settledMinor - giftMinor;
    }

    boolean refunded() {
      return refundedMinor > 0 && refundedMinor >= realMinor();
    }
  }

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  // ---- campaigns ----

  /** Locked, in the order of their ids. */
  Map<Long, Budget> lockBudgets(Tx tx, Collection<Long> campaignIds) {
    return dsl(tx)
        .select(CAMPAIGN.ID, CAMPAIGN.BUDGET_MINOR, CAMPAIGN.RESERVED_MINOR, CAMPAIGN.SPENT_MINOR)
        .from(CAMPAIGN.forceIndex("PRIMARY"))
        .where(CAMPAIGN.ID.in(campaignIds))
        .orderBy(CAMPAIGN.ID)
        .forUpdate()
        .fetchMap(r -> r.value1(), r -> new Budget(r.value2(), r.value3(), r.value4()));
  }

  /** A start that is held again overwrites what it released. */
  void reserve(Tx tx, CampaignHold hold) {
    dsl(tx)
        .insertInto(CAMPAIGN_HOLD)
        .set(CAMPAIGN_HOLD.HOLD_ID, hold.holdId())
        .set(CAMPAIGN_HOLD.CAMPAIGN_ID, hold.campaignId())
        .set(CAMPAIGN_HOLD.OPERATOR_ID, hold.operatorId())
        .set(CAMPAIGN_HOLD.RESERVED_MINOR, hold.reservedMinor())
        .set(CAMPAIGN_HOLD.SPENT_MINOR, 0L)
        .set(CAMPAIGN_HOLD.STATE, RESERVED)
        .onDuplicateKeyUpdate()
        .set(CAMPAIGN_HOLD.RESERVED_MINOR, hold.reservedMinor())
        .set(CAMPAIGN_HOLD.STATE, RESERVED)
        .execute();
    dsl(tx)
        .update(CAMPAIGN)
        .set(CAMPAIGN.RESERVED_MINOR, CAMPAIGN.RESERVED_MINOR.plus(hold.reservedMinor()))
        .where(CAMPAIGN.ID.eq(hold.campaignId()))
        .execute();
  }

  /** What discounts reserved for these holds, locked. */
  List<CampaignHold> lockReserved(Tx tx, Collection<Long> holdIds) {
    return dsl(tx)
        .selectFrom(CAMPAIGN_HOLD)
        .where(CAMPAIGN_HOLD.HOLD_ID.in(holdIds))
        .and(CAMPAIGN_HOLD.STATE.eq(RESERVED))
        .orderBy(CAMPAIGN_HOLD.CAMPAIGN_ID, CAMPAIGN_HOLD.HOLD_ID)
        .forUpdate()
        .fetch(BenefitStore::campaignHold);
  }

  /** Frees the reserved budget; what was spent of it is. */
  void settle(Tx tx, CampaignHold hold, long spent, @Nullable Long billId) {
    dsl(tx)
        .update(CAMPAIGN_HOLD)
        .set(CAMPAIGN_HOLD.RESERVED_MINOR, 0L)
        .set(CAMPAIGN_HOLD.SPENT_MINOR, spent)
        .set(CAMPAIGN_HOLD.STATE, spent == 0 ? "released" : "settled")
        .set(CAMPAIGN_HOLD.BILL_ID, billId)
        .where(CAMPAIGN_HOLD.HOLD_ID.eq(hold.holdId()))
        .and(CAMPAIGN_HOLD.CAMPAIGN_ID.eq(hold.campaignId()))
        .execute();
    dsl(tx)
        .update(CAMPAIGN)
        .set(CAMPAIGN.RESERVED_MINOR, CAMPAIGN.RESERVED_MINOR.minus(hold.reservedMinor()))
        .set(CAMPAIGN.SPENT_MINOR, CAMPAIGN.SPENT_MINOR.plus(spent))
        .where(CAMPAIGN.ID.eq(hold.campaignId()))
        .execute();
  }

  /** A refund makes a discount undone: its budget has it again. */
  void unspend(Tx tx, long campaignId, long billId) {
    Long spent =
        dsl(tx)
            .select(CAMPAIGN_HOLD.SPENT_MINOR)
            .from(CAMPAIGN_HOLD)
            .where(CAMPAIGN_HOLD.CAMPAIGN_ID.eq(campaignId))
            .and(CAMPAIGN_HOLD.BILL_ID.eq(billId))
            .forUpdate()
            .fetchOne(CAMPAIGN_HOLD.SPENT_MINOR);
    if (spent == null || spent == 0) {
      return;
    }
    dsl(tx)
        .update(CAMPAIGN_HOLD)
        .set(CAMPAIGN_HOLD.SPENT_MINOR, 0L)
        .set(CAMPAIGN_HOLD.STATE, "released")
        .where(CAMPAIGN_HOLD.CAMPAIGN_ID.eq(campaignId))
        .and(CAMPAIGN_HOLD.BILL_ID.eq(billId))
        .execute();
    dsl(tx)
        .update(CAMPAIGN)
        .set(CAMPAIGN.SPENT_MINOR, CAMPAIGN.SPENT_MINOR.minus(spent))
        .where(CAMPAIGN.ID.eq(campaignId))
        .execute();
  }

  private static CampaignHold campaignHold(CampaignHoldRecord row) {
    return new CampaignHold(
        row.getHoldId(),
        row.getCampaignId(),
        row.getOperatorId(),
        row.getReservedMinor(),
        row.getSpentMinor());
  }

  // ---- bills ----

  /** Charges that somebody pays, with how they are paid; in the order of their ids. */
  List<PaidBill> bills(Tx tx, Collection<Long> billIds) {
    Field<BigDecimal> gift =
        DSL.field(
            DSL.select(DSL.sum(PAYMENT_OPERATION.GIFT_MINOR))
                .from(PAYMENT_OPERATION)
                .where(PAYMENT_OPERATION.SETTLEMENT_ID.eq(SETTLEMENT.ID))
                .and(PAYMENT_OPERATION.STATE.eq("succeeded"))
                .and(PAYMENT_OPERATION.KIND.ne("refund")));
    return dsl(tx)
        .select(BILL.fields())
        .select(SETTLEMENT.SETTLED_MINOR, SETTLEMENT.REFUNDED_MINOR, START_HOLD.TERMS, gift)
        .from(BILL)
        .leftJoin(SETTLEMENT)
        .on(SETTLEMENT.BILL_ID.eq(BILL.ID))
        .leftJoin(START_HOLD)
        .on(START_HOLD.ID.eq(BILL.HOLD_ID))
        .where(BILL.ID.in(billIds))
        .and(BILL.DRIVER_ID.isNotNull())
        .and(BILL.KIND.eq(Bill.Kind.CHARGE.code()))
        .andNotExists(
            DSL.selectOne()
                .from(DRIVER)
                .where(DRIVER.ID.eq(BILL.DRIVER_ID))
                .and(DRIVER.KIND.eq("partner"))) // who roams gets what his own provider gives
        .orderBy(BILL.ID)
        .fetch(r -> bill(r, r.get(gift)));
  }

  private static PaidBill bill(Record r, @Nullable BigDecimal gift) {
    return new PaidBill(
        r.get(BILL.ID),
        r.get(BILL.OPERATOR_ID),
        r.get(BILL.DRIVER_ID),
        r.get(BILL.SESSION_ID),
        r.get(BILL.HOLD_ID),
        r.get(BILL.SNAPSHOT_ID),
        r.get(BILL.CURRENCY),
        r.get(BILL.TOTAL_MINOR),
        number(r.get(SETTLEMENT.SETTLED_MINOR)),
        number(r.get(SETTLEMENT.REFUNDED_MINOR)),
        gift == null ? 0 : gift.longValueExact(),
        r.get(START_HOLD.TERMS));
  }

  private static long number(@Nullable Long value) {
    return value == null ? 0 : value;
  }

  /** Locked. */
  Map<Long, BillBenefit> lockBenefits(Tx tx, Collection<Long> billIds) {
    return dsl(tx)
        .selectFrom(BILL_BENEFIT.forceIndex("PRIMARY"))
        .where(BILL_BENEFIT.BILL_ID.in(billIds))
        .orderBy(BILL_BENEFIT.BILL_ID)
        .forUpdate()
        .fetchMap(
            row -> row.getBillId(),
            row ->
                new BillBenefit(
                    row.getBillId(),
                    row.getOperatorId(),
                    row.getDriverId(),
                    row.getPointsUsed(),
                    row.getUsedMinor(),
                    row.getPointsGiven(),
                    row.getGivenMinor(),
                    row.getPointsEarned(),
                    row.getPointsTaken(),
                    row.getFundedMinor(),
                    row.getUnfundedMinor(),
                    row.getSettled()));
  }

  void put(Tx tx, BillBenefit b, java.time.Instant now) {
    dsl(tx)
        .insertInto(BILL_BENEFIT)
        .set(BILL_BENEFIT.BILL_ID, b.billId())
        .set(BILL_BENEFIT.OPERATOR_ID, b.operatorId())
        .set(BILL_BENEFIT.DRIVER_ID, b.driverId())
        .set(values(b, now))
        .onDuplicateKeyUpdate()
        .set(values(b, now))
        .execute();
  }

  private static Map<Field<?>, Object> values(BillBenefit b, java.time.Instant now) {
    return Map.of(
        BILL_BENEFIT.POINTS_USED, b.pointsUsed(),
        BILL_BENEFIT.USED_MINOR, b.usedMinor(),
        BILL_BENEFIT.POINTS_GIVEN, b.pointsGiven(),
        BILL_BENEFIT.GIVEN_MINOR, b.givenMinor(),
        BILL_BENEFIT.POINTS_EARNED, b.pointsEarned(),
        BILL_BENEFIT.POINTS_TAKEN, b.pointsTaken(),
        BILL_BENEFIT.FUNDED_MINOR, b.fundedMinor(),
        BILL_BENEFIT.UNFUNDED_MINOR, b.unfundedMinor(),
        BILL_BENEFIT.SETTLED, b.settled(),
        BILL_BENEFIT.CHANGED_AT, now);
  }
}
