package org.ampay.web.read;

import static org.ampay.store.tables.Tables.BILL;
import static org.ampay.store.tables.Tables.BILL_BENEFIT;
import static org.ampay.store.tables.Tables.CAMPAIGN;
import static org.ampay.store.tables.Tables.COUPON;
import static org.ampay.store.tables.Tables.COUPON_CLAIM;
import static org.ampay.store.tables.Tables.COUPON_USE;
import static org.ampay.store.tables.Tables.MEMBER_TIER;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.store.Database;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Whose a tier, coupon or campaign is, and what bills used of them. */
public final class PromotionReadStore extends ScopeStore {

  public PromotionReadStore(Database database) {
    super(database);
  }

  /** A coupon in a driver's hands; {@code state} is claimed, reserved, consumed or revoked. */
  public record ClaimRow(
      long id,
      long couponId,
      long driverId,
      String state,
      Instant claimedAt,
      @Nullable Instant expiresAt,
      @Nullable Long billId,
      @Nullable Long campaignId) {}

  /** What a bill used: of a claim, or by itself of a campaign, then without a coupon. */
  public record UseRow(
      long billId,
      long sessionId,
      long refId,
      @Nullable Long couponId,
      long driverId,
      Money amount,
      Instant usedAt,
      @Nullable Instant givenBackAt) {}

  /** What bills did to a driver's points; given back and taken back by refunds. */
  public record PointsRow(long used, long givenBack, long earned, long takenBack) {}

  public Optional<Long> ownerOfTier(Scope scope, long id) {
    return dsl()
        .select(MEMBER_TIER.OPERATOR_ID)
        .from(MEMBER_TIER)
        .where(MEMBER_TIER.ID.eq(id))
        .and(in(scope, MEMBER_TIER.OPERATOR_ID))
        .fetchOptional(MEMBER_TIER.OPERATOR_ID);
  }

  public Optional<Long> ownerOfCoupon(Scope scope, long id) {
    return dsl()
        .select(COUPON.OPERATOR_ID)
        .from(COUPON)
        .where(COUPON.ID.eq(id))
        .and(in(scope, COUPON.OPERATOR_ID))
        .fetchOptional(COUPON.OPERATOR_ID);
  }

  public Optional<Long> ownerOfCampaign(Scope scope, long id) {
    return dsl()
        .select(CAMPAIGN.OPERATOR_ID)
        .from(CAMPAIGN)
        .where(CAMPAIGN.ID.eq(id))
        .and(in(scope, CAMPAIGN.OPERATOR_ID))
        .fetchOptional(CAMPAIGN.OPERATOR_ID);
  }

  /** A claim of a driver. */
  public Optional<ClaimRow> claim(long operatorId, long driverId, long id) {
    return claims(
            COUPON_CLAIM
                .ID
                .eq(id)
                .and(COUPON_CLAIM.OPERATOR_ID.eq(operatorId))
                .and(COUPON_CLAIM.DRIVER_ID.eq(driverId)),
            1)
        .stream()
        .findFirst();
  }

  /** What a campaign gave of its coupon, with a smaller id, newest first. */
  public List<ClaimRow> granted(
      long operatorId, long couponId, long campaignId, long beforeId, int limit) {
    return claims(
        COUPON_CLAIM
            .COUPON_ID
            .eq(couponId)
            .and(COUPON_CLAIM.OPERATOR_ID.eq(operatorId))
            .and(COUPON_CLAIM.CAMPAIGN_ID.eq(campaignId))
            .and(COUPON_CLAIM.ID.lt(beforeId)),
        limit);
  }

  private List<ClaimRow> claims(Condition condition, int limit) {
    return dsl()
        .selectFrom(COUPON_CLAIM)
        .where(condition)
        .orderBy(COUPON_CLAIM.ID.desc())
        .limit(limit)
        .fetch(
            r ->
                new ClaimRow(
                    r.getId(),
                    r.getCouponId(),
                    r.getDriverId(),
                    r.getState(),
                    r.getClaimedAt(),
                    r.getExpiresAt(),
                    r.getBillId(),
                    r.getCampaignId()));
  }

  /** The bills before that one that used claims of a coupon, newest first. */
  public List<UseRow> usesOfCoupon(long operatorId, long couponId, long beforeBill, int limit) {
    return uses(
        COUPON_USE
            .REF_ID
            .in(
                DSL.select(COUPON_CLAIM.ID)
                    .from(COUPON_CLAIM)
                    .where(COUPON_CLAIM.COUPON_ID.eq(couponId)))
            .and(COUPON_USE.OPERATOR_ID.eq(operatorId))
            .and(COUPON_USE.BILL_ID.lt(beforeBill)),
        limit);
  }

  /** The bills before that one that an automatic discount reduced, newest first. */
  public List<UseRow> usesOfCampaign(long operatorId, long campaignId, long beforeBill, int limit) {
    return uses(
        COUPON_USE
            .REF_ID
            .eq(campaignId)
            .and(COUPON_USE.OPERATOR_ID.eq(operatorId))
            .and(COUPON_USE.BILL_ID.lt(beforeBill)),
        limit);
  }

  /** What bills the caller has found in its scope used. */
  public List<UseRow> usesOfBills(Collection<Long> bills) {
    return bills.isEmpty() ? List.of() : uses(COUPON_USE.BILL_ID.in(bills), 1_000);
  }

  private List<UseRow> uses(Condition condition, int limit) {
    return dsl()
        .select(COUPON_USE.fields())
        .select(BILL.SESSION_ID, BILL.CURRENCY)
        .from(COUPON_USE)
        .join(BILL)
        .on(BILL.ID.eq(COUPON_USE.BILL_ID))
        .where(condition)
        .orderBy(COUPON_USE.BILL_ID.desc(), COUPON_USE.REF_ID)
        .limit(limit)
        .fetch(PromotionReadStore::use);
  }

  private static UseRow use(Record r) {
    return new UseRow(
        r.get(COUPON_USE.BILL_ID),
        r.get(BILL.SESSION_ID),
        r.get(COUPON_USE.REF_ID),
        r.get(COUPON_USE.COUPON_ID),
        r.get(COUPON_USE.DRIVER_ID),
        new Money(r.get(BILL.CURRENCY), r.get(COUPON_USE.AMOUNT_MINOR)),
        r.get(COUPON_USE.USED_AT),
        r.get(COUPON_USE.GIVEN_BACK_AT));
  }

  /** Empty when none of the bills has to do with points yet. */
  public Optional<PointsRow> pointsOfBills(Collection<Long> bills) {
    List<PointsRow> rows =
        dsl()
            .selectFrom(BILL_BENEFIT)
            .where(BILL_BENEFIT.BILL_ID.in(bills))
            .fetch(
                r ->
                    new PointsRow(
                        r.getPointsUsed(),
                        r.getPointsGiven(),
                        r.getPointsEarned(),
                        r.getPointsTaken()));
    return rows.stream()
        .reduce(
            (a, b) ->
                new PointsRow(
                    a.used + b.used,
                    a.givenBack + b.givenBack,
                    a.earned + b.earned,
                    a.takenBack + b.takenBack));
  }
}
