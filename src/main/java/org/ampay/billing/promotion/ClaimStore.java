package org.ampay.billing.promotion;

import static org.ampay.store.tables.Tables.COUPON_BATCH;
import static org.ampay.store.tables.Tables.COUPON_CLAIM;
import static org.ampay.store.tables.Tables.COUPON_CODE;
import static org.ampay.store.tables.Tables.COUPON_USE;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.store.Rows;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.CouponClaimRecord;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Codes, claims, and what bills used of them. */
final class ClaimStore {

  private static final List<Field<?>> CODE_COLUMNS =
      List.of(
          COUPON_CODE.OPERATOR_ID,
          COUPON_CODE.CODE_HASH,
          COUPON_CODE.COUPON_ID,
          COUPON_CODE.BATCH_ID);

  /** A code that was found. */
  record Code(long couponId, boolean shared, @Nullable Long claimId) {}

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  // ---- codes ----

  void insertCodes(Tx tx, long operatorId, long couponId, long batchId, List<byte[]> hashes) {
    Rows.insert(
        tx,
        COUPON_CODE,
        CODE_COLUMNS,
        hashes.stream().map(h -> new Object[] {operatorId, h, couponId, batchId}).toList());
  }

  void insertBatch(Tx tx, long operatorId, CouponBatch batch) {
    dsl(tx)
        .insertInto(COUPON_BATCH)
        .set(COUPON_BATCH.ID, batch.id())
        .set(COUPON_BATCH.OPERATOR_ID, operatorId)
        .set(COUPON_BATCH.COUPON_ID, batch.couponId())
        .set(COUPON_BATCH.CODES, batch.codes())
        .set(COUPON_BATCH.CREATED_BY, batch.createdBy())
        .set(COUPON_BATCH.CREATED_AT, batch.createdAt())
        .execute();
  }

  /** Newest first. */
  List<CouponBatch> batches(Tx tx, long operatorId, long couponId) {
    Map<Long, Integer> used =
        dsl(tx)
            .select(COUPON_CODE.BATCH_ID, DSL.count(COUPON_CODE.CLAIM_ID))
            .from(COUPON_CODE)
            .where(COUPON_CODE.COUPON_ID.eq(couponId))
            .and(COUPON_CODE.OPERATOR_ID.eq(operatorId))
            .groupBy(COUPON_CODE.BATCH_ID)
            .fetchMap(COUPON_CODE.BATCH_ID, DSL.count(COUPON_CODE.CLAIM_ID));
    return dsl(tx)
        .selectFrom(COUPON_BATCH)
        .where(COUPON_BATCH.COUPON_ID.eq(couponId))
        .and(COUPON_BATCH.OPERATOR_ID.eq(operatorId))
        .orderBy(COUPON_BATCH.ID.desc())
        .fetch(
            row ->
                new CouponBatch(
                    row.getId(),
                    row.getCouponId(),
                    row.getCodes(),
                    used.getOrDefault(row.getId(), 0),
                    row.getCreatedBy(),
                    row.getCreatedAt()));
  }

  void deleteSharedCode(Tx tx, long operatorId, long couponId) {
    dsl(tx)
        .deleteFrom(COUPON_CODE)
        .where(COUPON_CODE.COUPON_ID.eq(couponId))
        .and(COUPON_CODE.OPERATOR_ID.eq(operatorId))
        .and(COUPON_CODE.BATCH_ID.eq(0L))
        .execute();
  }

  /** Locked: a unique code is claimed once. */
  Optional<Code> lockCode(Tx tx, long operatorId, byte[] hash) {
    return dsl(tx)
        .selectFrom(COUPON_CODE)
        .where(COUPON_CODE.OPERATOR_ID.eq(operatorId))
        .and(COUPON_CODE.CODE_HASH.eq(hash))
        .forUpdate()
        .fetchOptional(row -> new Code(row.getCouponId(), row.getBatchId() == 0, row.getClaimId()));
  }

  void claimedBy(Tx tx, long operatorId, byte[] hash, long claimId) {
    dsl(tx)
        .update(COUPON_CODE)
        .set(COUPON_CODE.CLAIM_ID, claimId)
        .where(COUPON_CODE.OPERATOR_ID.eq(operatorId))
        .and(COUPON_CODE.CODE_HASH.eq(hash))
        .execute();
  }

  // ---- claims ----

  void insert(Tx tx, CouponClaim claim, byte[] sourceKey) {
    dsl(tx)
        .insertInto(COUPON_CLAIM)
        .set(COUPON_CLAIM.ID, claim.id())
        .set(COUPON_CLAIM.OPERATOR_ID, claim.operatorId())
        .set(COUPON_CLAIM.COUPON_ID, claim.couponId())
        .set(COUPON_CLAIM.DRIVER_ID, claim.driverId())
        .set(COUPON_CLAIM.STATE, claim.state().code())
        .set(COUPON_CLAIM.SOURCE_KEY, sourceKey)
        .set(COUPON_CLAIM.CLAIMED_AT, claim.claimedAt())
        .set(COUPON_CLAIM.EXPIRES_AT, claim.expiresAt())
        .set(COUPON_CLAIM.CAMPAIGN_ID, claim.campaignId())
        .execute();
  }

  /** State, expiry, hold and bill. */
  void update(Tx tx, CouponClaim claim) {
    dsl(tx)
        .update(COUPON_CLAIM)
        .set(COUPON_CLAIM.STATE, claim.state().code())
        .set(COUPON_CLAIM.EXPIRES_AT, claim.expiresAt())
        .set(COUPON_CLAIM.HOLD_ID, claim.holdId())
        .set(COUPON_CLAIM.BILL_ID, claim.billId())
        .where(COUPON_CLAIM.ID.eq(claim.id()))
        .execute();
  }

  boolean exists(Tx tx, long operatorId, byte[] sourceKey) {
    return dsl(tx)
        .fetchExists(
            COUPON_CLAIM,
            COUPON_CLAIM.OPERATOR_ID.eq(operatorId).and(COUPON_CLAIM.SOURCE_KEY.eq(sourceKey)));
  }

  int count(Tx tx, long couponId, long driverId) {
    return dsl(tx)
        .fetchCount(
            COUPON_CLAIM,
            COUPON_CLAIM.COUPON_ID.eq(couponId).and(COUPON_CLAIM.DRIVER_ID.eq(driverId)));
  }

  /** How many a driver could use. */
  int countOpen(Tx tx, long driverId) {
    return dsl(tx)
        .fetchCount(
            COUPON_CLAIM,
            COUPON_CLAIM
                .DRIVER_ID
                .eq(driverId)
                .and(COUPON_CLAIM.STATE.eq(CouponClaim.State.CLAIMED.code())));
  }

  Optional<CouponClaim> find(Tx tx, long operatorId, long id) {
    return dsl(tx)
        .selectFrom(COUPON_CLAIM)
        .where(COUPON_CLAIM.ID.eq(id))
        .and(COUPON_CLAIM.OPERATOR_ID.eq(operatorId))
        .fetchOptional(ClaimStore::claim);
  }

  Optional<CouponClaim> lock(Tx tx, long operatorId, long id) {
    return dsl(tx)
        .selectFrom(COUPON_CLAIM)
        .where(COUPON_CLAIM.ID.eq(id))
        .and(COUPON_CLAIM.OPERATOR_ID.eq(operatorId))
        .forUpdate()
        .fetchOptional(ClaimStore::claim);
  }

  /** What drivers could use, locked. */
  List<CouponClaim> lockOpen(Tx tx, Collection<Long> drivers) {
    return dsl(tx)
        .selectFrom(COUPON_CLAIM.forceIndex("coupon_claim_driver"))
        .where(COUPON_CLAIM.DRIVER_ID.in(drivers))
        .and(COUPON_CLAIM.STATE.eq(CouponClaim.State.CLAIMED.code()))
        .orderBy(COUPON_CLAIM.ID)
        .forUpdate()
        .fetch(ClaimStore::claim);
  }

  /** What holds have reserved, locked. */
  List<CouponClaim> lockReserved(Tx tx, Collection<Long> holdIds) {
    return dsl(tx)
        .selectFrom(COUPON_CLAIM.forceIndex("coupon_claim_hold"))
        .where(COUPON_CLAIM.HOLD_ID.in(holdIds))
        .and(COUPON_CLAIM.STATE.eq(CouponClaim.State.RESERVED.code()))
        .orderBy(COUPON_CLAIM.ID)
        .forUpdate()
        .fetch(ClaimStore::claim);
  }

  /** Newest first. */
  List<CouponClaim> ofDriver(Tx tx, long operatorId, long driverId, long beforeId, int limit) {
    return dsl(tx)
        .selectFrom(COUPON_CLAIM)
        .where(COUPON_CLAIM.OPERATOR_ID.eq(operatorId))
        .and(COUPON_CLAIM.DRIVER_ID.eq(driverId))
        .and(COUPON_CLAIM.ID.lt(beforeId))
        .orderBy(COUPON_CLAIM.ID.desc())
        .limit(limit)
        .fetch(ClaimStore::claim);
  }

  /** Newest first. */
  List<CouponClaim> ofCoupon(Tx tx, long operatorId, long couponId, long beforeId, int limit) {
    return dsl(tx)
        .selectFrom(COUPON_CLAIM)
        .where(COUPON_CLAIM.OPERATOR_ID.eq(operatorId))
        .and(COUPON_CLAIM.COUPON_ID.eq(couponId))
        .and(COUPON_CLAIM.ID.lt(beforeId))
        .orderBy(COUPON_CLAIM.ID.desc())
        .limit(limit)
        .fetch(ClaimStore::claim);
  }

  // ---- uses ----

  void insert(Tx tx, CouponUse use, long operatorId, long driverId) {
    dsl(tx)
        .insertInto(COUPON_USE)
        .set(COUPON_USE.BILL_ID, use.billId())
        .set(COUPON_USE.REF_ID, use.refId())
        .set(COUPON_USE.OPERATOR_ID, operatorId)
        .set(COUPON_USE.COUPON_ID, use.couponId())
        .set(COUPON_USE.DRIVER_ID, driverId)
        .set(COUPON_USE.AMOUNT_MINOR, use.amountMinor())
        .set(COUPON_USE.USED_AT, use.usedAt())
        .execute();
  }

  /** What a bill used and has not given back. */
  List<CouponUse> uses(Tx tx, long billId) {
    return dsl(tx)
        .selectFrom(COUPON_USE)
        .where(COUPON_USE.BILL_ID.eq(billId))
        .and(COUPON_USE.GIVEN_BACK_AT.isNull())
        .orderBy(COUPON_USE.REF_ID)
        .fetch(
            row ->
                new CouponUse(
                    row.getBillId(),
                    row.getRefId(),
                    row.getCouponId(),
                    row.getAmountMinor(),
                    row.getUsedAt(),
                    row.getGivenBackAt()));
  }

  /** The uses of a claim or campaign, newest bill first. */
  List<CouponUse> usesOf(Tx tx, long operatorId, long refId, long beforeBill, int limit) {
    return dsl(tx)
        .selectFrom(COUPON_USE)
        .where(COUPON_USE.REF_ID.eq(refId))
        .and(COUPON_USE.OPERATOR_ID.eq(operatorId))
        .and(COUPON_USE.BILL_ID.lt(beforeBill))
        .orderBy(COUPON_USE.BILL_ID.desc())
        .limit(limit)
        .fetch(
            row ->
                new CouponUse(
                    row.getBillId(),
                    row.getRefId(),
                    row.getCouponId(),
                    row.getAmountMinor(),
                    row.getUsedAt(),
                    row.getGivenBackAt()));
  }

  void givenBack(Tx tx, CouponUse use, Instant at) {
    dsl(tx)
        .update(COUPON_USE)
        .set(COUPON_USE.GIVEN_BACK_AT, at)
        .where(COUPON_USE.BILL_ID.eq(use.billId()))
        .and(COUPON_USE.REF_ID.eq(use.refId()))
        .execute();
  }

  private static CouponClaim claim(CouponClaimRecord row) {
    return new CouponClaim(
        row.getId(),
        row.getOperatorId(),
        row.getCouponId(),
        row.getDriverId(),
        CouponClaim.State.ofCode(row.getState()),
        row.getClaimedAt(),
        row.getExpiresAt(),
        row.getHoldId(),
        row.getBillId(),
        row.getCampaignId());
  }
}
