package org.ampay.billing.promotion;

import static org.ampay.store.tables.Tables.BILL;
import static org.ampay.store.tables.Tables.CHARGING_SESSION;
import static org.ampay.store.tables.Tables.DRIVER_BENEFIT;
import static org.ampay.store.tables.Tables.MEMBERSHIP;
import static org.ampay.store.tables.Tables.PAYMENT_OPERATION;
import static org.ampay.store.tables.Tables.SETTLEMENT;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.ampay.base.Money;
import org.ampay.billing.Bill;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.MembershipRecord;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Memberships, and what drivers have chosen. */
final class MemberStore {

  /** What a driver has chosen. */
  record Choice(boolean usePoints, @Nullable Long chosenClaimId) {
    static final Choice NONE = new Choice(false, null);
  }

  /** What a driver spent and charged. */
  record Turnover(long spentMinor, long chargedWh) {}

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  // ---- choices ----

  Map<Long, Choice> choices(Tx tx, Collection<Long> drivers) {
    return dsl(tx)
        .select(DRIVER_BENEFIT.DRIVER_ID, DRIVER_BENEFIT.USE_POINTS, DRIVER_BENEFIT.CHOSEN_CLAIM_ID)
        .from(DRIVER_BENEFIT)
        .where(DRIVER_BENEFIT.DRIVER_ID.in(drivers))
        .fetchMap(r -> r.value1(), r -> new Choice(r.value2(), r.value3()));
  }

  /** Locks drivers' benefits until the end of the transaction, in the order of their ids. */
  void lock(Tx tx, long operatorId, Collection<Long> drivers, Instant now) {
    for (Long driver : new TreeSet<>(drivers)) {
      dsl(tx)
          .insertInto(DRIVER_BENEFIT)
          .set(DRIVER_BENEFIT.DRIVER_ID, driver)
          .set(DRIVER_BENEFIT.OPERATOR_ID, operatorId)
          .set(DRIVER_BENEFIT.USE_POINTS, false)
          .set(DRIVER_BENEFIT.CHANGED_AT, now)
          .onDuplicateKeyUpdate()
          .set(DRIVER_BENEFIT.DRIVER_ID, driver)
          .execute();
    }
  }

  void usePoints(Tx tx, long driverId, boolean use, Instant now) {
    dsl(tx)
        .update(DRIVER_BENEFIT)
        .set(DRIVER_BENEFIT.USE_POINTS, use)
        .set(DRIVER_BENEFIT.CHANGED_AT, now)
        .where(DRIVER_BENEFIT.DRIVER_ID.eq(driverId))
        .execute();
  }

  void choose(Tx tx, long driverId, @Nullable Long claimId, Instant now) {
    dsl(tx)
        .update(DRIVER_BENEFIT)
        .set(DRIVER_BENEFIT.CHOSEN_CLAIM_ID, claimId)
        .set(DRIVER_BENEFIT.CHANGED_AT, now)
        .where(DRIVER_BENEFIT.DRIVER_ID.eq(driverId))
        .execute();
  }

  // ---- memberships ----

  void insert(Tx tx, Membership m, byte @Nullable [] requestKey, Instant now) {
    dsl(tx)
        .insertInto(MEMBERSHIP)
        .set(MEMBERSHIP.ID, m.id())
        .set(MEMBERSHIP.OPERATOR_ID, m.operatorId())
        .set(MEMBERSHIP.DRIVER_ID, m.driverId())
        .set(MEMBERSHIP.TIER_ID, m.tierId())
        .set(MEMBERSHIP.SOURCE, m.source().code())
        .set(MEMBERSHIP.VALID_FROM, m.from())
        .set(MEMBERSHIP.VALID_UNTIL, m.until())
        .set(MEMBERSHIP.ENDED_AT, m.endedAt())
        .set(MEMBERSHIP.CURRENCY, m.price().currency())
        .set(MEMBERSHIP.PRICE_MINOR, m.price().minor())
        .set(MEMBERSHIP.TAX_MINOR, m.tax().minor())
        .set(MEMBERSHIP.TAX_ACCOUNT, m.taxAccount())
        .set(MEMBERSHIP.REFUNDED_MINOR, m.refunded().minor())
        .set(MEMBERSHIP.REQUEST_KEY, requestKey)
        .set(MEMBERSHIP.CREATED_BY, m.createdBy())
        .set(MEMBERSHIP.CREATED_AT, now)
        .execute();
  }

  void end(Tx tx, long id, Instant at) {
    dsl(tx)
        .update(MEMBERSHIP)
        .set(MEMBERSHIP.ENDED_AT, at)
        .where(MEMBERSHIP.ID.eq(id))
        .and(MEMBERSHIP.ENDED_AT.isNull())
        .execute();
  }

  void refunded(Tx tx, long id, long refundedMinor) {
    dsl(tx)
        .update(MEMBERSHIP)
        .set(MEMBERSHIP.REFUNDED_MINOR, refundedMinor)
        .where(MEMBERSHIP.ID.eq(id))
        .execute();
  }

  Optional<Membership> lock(Tx tx, long operatorId, long id) {
    return dsl(tx)
        .selectFrom(MEMBERSHIP)
        .where(MEMBERSHIP.ID.eq(id))
        .and(MEMBERSHIP.OPERATOR_ID.eq(operatorId))
        .forUpdate()
        .fetchOptional(MemberStore::membership);
  }

  Optional<Membership> byRequest(Tx tx, long operatorId, byte[] requestKey) {
    return dsl(tx)
        .selectFrom(MEMBERSHIP)
        .where(MEMBERSHIP.OPERATOR_ID.eq(operatorId))
        .and(MEMBERSHIP.REQUEST_KEY.eq(requestKey))
        .fetchOptional(MemberStore::membership);
  }

  /** Of these drivers, those that were not ended. */
  List<Membership> open(Tx tx, Collection<Long> drivers) {
    return dsl(tx)
        .selectFrom(MEMBERSHIP)
        .where(MEMBERSHIP.DRIVER_ID.in(drivers))
        .and(MEMBERSHIP.ENDED_AT.isNull())
        .fetch(MemberStore::membership);
  }

  /** Newest first. */
  List<Membership> ofDriver(Tx tx, long operatorId, long driverId, int limit) {
    return dsl(tx)
        .selectFrom(MEMBERSHIP)
        .where(MEMBERSHIP.OPERATOR_ID.eq(operatorId))
        .and(MEMBERSHIP.DRIVER_ID.eq(driverId))
        .orderBy(MEMBERSHIP.ID.desc())
        .limit(limit)
        .fetch(MemberStore::membership);
  }

  /** Members of a tier at a time, by driver; drivers above {@code afterDriver}. */
  List<Membership> ofTier(Tx tx, long operatorId, long tierId, long beforeId, int limit) {
    return dsl(tx)
        .selectFrom(MEMBERSHIP)
        .where(MEMBERSHIP.OPERATOR_ID.eq(operatorId))
        .and(MEMBERSHIP.TIER_ID.eq(tierId))
        .and(MEMBERSHIP.ENDED_AT.isNull())
        .and(MEMBERSHIP.ID.lt(beforeId))
        .orderBy(MEMBERSHIP.ID.desc())
        .limit(limit)
        .fetch(MemberStore::membership);
  }

  /** Live memberships by rule, in the order of their ids. */
  List<Membership> byRule(Tx tx, long afterId, int limit) {
    return dsl(tx)
        .selectFrom(MEMBERSHIP)
        .where(MEMBERSHIP.SOURCE.eq(Membership.Source.RULE.code()))
        .and(MEMBERSHIP.ENDED_AT.isNull())
        .and(MEMBERSHIP.ID.gt(afterId))
        .orderBy(MEMBERSHIP.ID)
        .limit(limit)
        .fetch(MemberStore::membership);
  }

  /** Real money paid for bills since then, refunds taken off, and the energy of their sessions. */
  Turnover turnover(Tx tx, long operatorId, long driverId, Instant since) {
    Field<BigDecimal> gift =
        DSL.field(
            DSL.select(DSL.coalesce(DSL.sum(PAYMENT_OPERATION.GIFT_MINOR), BigDecimal.ZERO))
                .from(PAYMENT_OPERATION)
                .where(PAYMENT_OPERATION.SETTLEMENT_ID.eq(SETTLEMENT.ID))
                .and(PAYMENT_OPERATION.STATE.eq("succeeded"))
                .and(PAYMENT_OPERATION.KIND.ne("refund")));
    Field<BigDecimal> spent =
        DSL.sum(SETTLEMENT.SETTLED_MINOR.minus(SETTLEMENT.REFUNDED_MINOR).minus(gift));
    Field<BigDecimal> charged = DSL.sum(CHARGING_SESSION.ENERGY_MWH);
    return dsl(tx)
        .select(spent, charged)
        .from(SETTLEMENT)
        .join(BILL)
        .on(BILL.ID.eq(SETTLEMENT.BILL_ID))
        .join(CHARGING_SESSION)
        .on(CHARGING_SESSION.ID.eq(SETTLEMENT.SESSION_ID))
        .where(SETTLEMENT.DRIVER_ID.eq(driverId))
        .and(SETTLEMENT.OPERATOR_ID.eq(operatorId))
        .and(BILL.CREATED_AT.ge(since))
        .and(BILL.KIND.eq(Bill.Kind.CHARGE.code()))
        .fetchSingle(r -> new Turnover(whole(r.get(spent)), whole(r.get(charged)) / 1_000));
  }

  private static long whole(@Nullable BigDecimal sum) {
    return sum == null ? 0 : sum.longValueExact();
  }

  private static Membership membership(MembershipRecord row) {
    String currency = row.getCurrency();
    return new Membership(
        row.getId(),
        row.getOperatorId(),
        row.getDriverId(),
        row.getTierId(),
        Membership.Source.ofCode(row.getSource()),
        row.getValidFrom(),
        row.getValidUntil(),
        row.getEndedAt(),
        new Money(currency, row.getPriceMinor()),
        new Money(currency, row.getTaxMinor()),
        row.getTaxAccount(),
        new Money(currency, row.getRefundedMinor()),
        row.getCreatedBy());
  }
}
