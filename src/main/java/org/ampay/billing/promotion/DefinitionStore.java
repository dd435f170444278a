package org.ampay.billing.promotion;

import static org.ampay.store.tables.Tables.CAMPAIGN;
import static org.ampay.store.tables.Tables.COUPON;
import static org.ampay.store.tables.Tables.DRIVER;
import static org.ampay.store.tables.Tables.MEMBER_TIER;
import static org.ampay.store.tables.Tables.OPERATOR;
import static org.ampay.store.tables.Tables.POINTS_PROGRAMME;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.store.ChangeCounter;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.CampaignRecord;
import org.ampay.store.tables.CouponRecord;
import org.ampay.store.tables.MemberTierRecord;
import org.jooq.DSLContext;

/** What people define: tiers, coupons, campaigns, programmes of points. */
final class DefinitionStore {

  /** The name of its change counter. */
  static final String COUNTER = "promotions";

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  void changed(Tx tx) {
    ChangeCounter.changed(tx, COUNTER);
  }

  Optional<String> currency(Tx tx, long operatorId) {
    return dsl(tx)
        .select(OPERATOR.CURRENCY)
        .from(OPERATOR)
        .where(OPERATOR.ID.eq(operatorId))
        .fetchOptional(OPERATOR.CURRENCY);
  }

  Optional<String> country(Tx tx, long operatorId) {
    return dsl(tx)
        .select(OPERATOR.COUNTRY_CODE)
        .from(OPERATOR)
        .where(OPERATOR.ID.eq(operatorId))
        .fetchOptional(OPERATOR.COUNTRY_CODE);
  }

  boolean isDriver(Tx tx, long operatorId, long driverId) {
    return dsl(tx)
        .fetchExists(DRIVER, DRIVER.ID.eq(driverId).and(DRIVER.OPERATOR_ID.eq(operatorId)));
  }

  // ---- tiers ----

  void insert(Tx tx, Tier tier) {
    dsl(tx)
        .insertInto(MEMBER_TIER)
        .set(MEMBER_TIER.ID, tier.id())
        .set(MEMBER_TIER.OPERATOR_ID, tier.operatorId())
        .set(MEMBER_TIER.NAME, tier.name())
        .set(MEMBER_TIER.TIER_RANK, tier.spec().rank())
        .set(MEMBER_TIER.SPEC, PromotionJson.write(tier.spec()))
        .set(MEMBER_TIER.ACTIVE, tier.active())
        .set(MEMBER_TIER.CREATED_AT, tier.createdAt())
        .execute();
  }

  void update(Tx tx, Tier tier) {
    dsl(tx)
        .update(MEMBER_TIER)
        .set(MEMBER_TIER.NAME, tier.name())
        .set(MEMBER_TIER.TIER_RANK, tier.spec().rank())
        .set(MEMBER_TIER.SPEC, PromotionJson.write(tier.spec()))
        .set(MEMBER_TIER.ACTIVE, tier.active())
        .where(MEMBER_TIER.ID.eq(tier.id()))
        .execute();
  }

  Optional<Tier> tier(Tx tx, long operatorId, long id) {
    return dsl(tx)
        .selectFrom(MEMBER_TIER)
        .where(MEMBER_TIER.ID.eq(id))
        .and(MEMBER_TIER.OPERATOR_ID.eq(operatorId))
        .forUpdate()
        .fetchOptional(DefinitionStore::tier);
  }

  List<Tier> tiers(Tx tx, long operatorId) {
    return dsl(tx)
        .selectFrom(MEMBER_TIER)
        .where(MEMBER_TIER.OPERATOR_ID.eq(operatorId))
        .orderBy(MEMBER_TIER.TIER_RANK.desc(), MEMBER_TIER.ID)
        .fetch(DefinitionStore::tier);
  }

  List<Tier> activeTiers(Tx tx) {
    return dsl(tx)
        .selectFrom(MEMBER_TIER)
        .where(MEMBER_TIER.ACTIVE.isTrue())
        .fetch(DefinitionStore::tier);
  }

  private static Tier tier(MemberTierRecord row) {
    return new Tier(
        row.getId(),
        row.getOperatorId(),
        PromotionJson.read(row.getSpec(), Tier.Spec.class),
        row.getActive(),
        row.getCreatedAt());
  }

  // ---- coupons ----

  void insert(Tx tx, Coupon coupon) {
    dsl(tx)
        .insertInto(COUPON)
        .set(COUPON.ID, coupon.id())
        .set(COUPON.OPERATOR_ID, coupon.operatorId())
        .set(COUPON.NAME, coupon.name())
        .set(COUPON.CURRENCY, coupon.currency())
        .set(COUPON.SPEC, PromotionJson.write(coupon.spec()))
        .set(COUPON.STATE, coupon.state().code())
        .set(COUPON.TOTAL_LIMIT, coupon.spec().limits().total())
        .set(COUPON.CLAIMED, coupon.claimed())
        .set(COUPON.SHARED_CODE, coupon.sharedCode())
        .set(COUPON.VALID_UNTIL, coupon.spec().scope().until())
        .set(COUPON.CREATED_AT, coupon.createdAt())
        .execute();
  }

  /** Everything but how often it was claimed. */
  void update(Tx tx, Coupon coupon) {
    dsl(tx)
        .update(COUPON)
        .set(COUPON.NAME, coupon.name())
        .set(COUPON.SPEC, PromotionJson.write(coupon.spec()))
        .set(COUPON.STATE, coupon.state().code())
        .set(COUPON.TOTAL_LIMIT, coupon.spec().limits().total())
        .set(COUPON.SHARED_CODE, coupon.sharedCode())
        .set(COUPON.VALID_UNTIL, coupon.spec().scope().until())
        .where(COUPON.ID.eq(coupon.id()))
        .execute();
  }

  /** A claim was given back, perhaps long after the coupon's end: it is known until then. */
  void usableUntil(Tx tx, long couponId, Instant until) {
    dsl(tx)
        .update(COUPON)
        .set(COUPON.VALID_UNTIL, until)
        .where(COUPON.ID.eq(couponId))
        .and(COUPON.VALID_UNTIL.lt(until))
        .execute();
  }

  void claimed(Tx tx, long couponId, int more) {
    dsl(tx)
        .update(COUPON)
        .set(COUPON.CLAIMED, COUPON.CLAIMED.plus(more))
        .where(COUPON.ID.eq(couponId))
        .execute();
  }

  /** Locked: its limits are counted under the lock. */
  Optional<Coupon> lockCoupon(Tx tx, long operatorId, long id) {
    return dsl(tx)
        .selectFrom(COUPON)
        .where(COUPON.ID.eq(id))
        .and(COUPON.OPERATOR_ID.eq(operatorId))
        .forUpdate()
        .fetchOptional(DefinitionStore::coupon);
  }

  Optional<Coupon> coupon(Tx tx, long operatorId, long id) {
    return dsl(tx)
        .selectFrom(COUPON)
        .where(COUPON.ID.eq(id))
        .and(COUPON.OPERATOR_ID.eq(operatorId))
        .fetchOptional(DefinitionStore::coupon);
  }

  List<Coupon> coupons(Tx tx, long operatorId, long beforeId, int limit) {
    return dsl(tx)
        .selectFrom(COUPON)
        .where(COUPON.OPERATOR_ID.eq(operatorId))
        .and(COUPON.ID.lt(beforeId))
        .orderBy(COUPON.ID.desc())
        .limit(limit)
        .fetch(DefinitionStore::coupon);
  }

  /** Those of which a claim may be used; given-back claims live longer than their coupon. */
  List<Coupon> usableCoupons(Tx tx, Instant endedAfter) {
    return dsl(tx)
        .selectFrom(COUPON)
        .where(COUPON.STATE.eq(Coupon.State.ACTIVE.code()))
        .and(COUPON.VALID_UNTIL.isNull().or(COUPON.VALID_UNTIL.gt(endedAfter)))
        .fetch(DefinitionStore::coupon);
  }

  private static Coupon coupon(CouponRecord row) {
    return new Coupon(
        row.getId(),
        row.getOperatorId(),
        row.getCurrency(),
        PromotionJson.read(row.getSpec(), Coupon.Spec.class),
        Coupon.State.ofCode(row.getState()),
        row.getClaimed(),
        row.getSharedCode(),
        row.getCreatedAt());
  }

  // ---- campaigns ----

  void insert(Tx tx, Campaign campaign) {
    dsl(tx)
        .insertInto(CAMPAIGN)
        .set(CAMPAIGN.ID, campaign.id())
        .set(CAMPAIGN.OPERATOR_ID, campaign.operatorId())
        .set(CAMPAIGN.NAME, campaign.name())
        .set(CAMPAIGN.CURRENCY, campaign.currency())
        .set(CAMPAIGN.KIND, campaign.spec().action().code())
        .set(CAMPAIGN.SPEC, PromotionJson.write(campaign.spec()))
        .set(CAMPAIGN.STATE, campaign.state().code())
        .set(CAMPAIGN.BUDGET_MINOR, budget(campaign))
        .set(CAMPAIGN.RESERVED_MINOR, 0L)
        .set(CAMPAIGN.SPENT_MINOR, 0L)
        .set(CAMPAIGN.GRANTED, 0)
        .set(CAMPAIGN.SEEN_UNTIL, campaign.seenUntil())
        .set(CAMPAIGN.VALID_UNTIL, campaign.spec().scope().until())
        .set(CAMPAIGN.CREATED_AT, campaign.createdAt())
        .execute();
  }

  /** Everything that a person decides. */
  void update(Tx tx, Campaign campaign) {
    dsl(tx)
        .update(CAMPAIGN)
        .set(CAMPAIGN.NAME, campaign.name())
        .set(CAMPAIGN.SPEC, PromotionJson.write(campaign.spec()))
        .set(CAMPAIGN.STATE, campaign.state().code())
        .set(CAMPAIGN.BUDGET_MINOR, budget(campaign))
        .set(CAMPAIGN.VALID_UNTIL, campaign.spec().scope().until())
        .where(CAMPAIGN.ID.eq(campaign.id()))
        .execute();
  }

  private static long budget(Campaign campaign) {
    return campaign.spec().action() instanceof Campaign.Action.Discount discount
        ? discount.budgetMinor()
        : 0;
  }

  void granted(Tx tx, long campaignId, int more) {
    dsl(tx)
        .update(CAMPAIGN)
        .set(CAMPAIGN.GRANTED, CAMPAIGN.GRANTED.plus(more))
        .where(CAMPAIGN.ID.eq(campaignId))
        .execute();
  }

  void seen(Tx tx, long campaignId, Instant until) {
    dsl(tx)
        .update(CAMPAIGN)
        .set(CAMPAIGN.SEEN_UNTIL, until)
        .where(CAMPAIGN.ID.eq(campaignId))
        .execute();
  }

  Optional<Campaign> lockCampaign(Tx tx, long operatorId, long id) {
    return dsl(tx)
        .selectFrom(CAMPAIGN)
        .where(CAMPAIGN.ID.eq(id))
        .and(CAMPAIGN.OPERATOR_ID.eq(operatorId))
        .forUpdate()
        .fetchOptional(DefinitionStore::campaign);
  }

  Optional<Campaign> campaign(Tx tx, long operatorId, long id) {
    return dsl(tx)
        .selectFrom(CAMPAIGN)
        .where(CAMPAIGN.ID.eq(id))
        .and(CAMPAIGN.OPERATOR_ID.eq(operatorId))
        .fetchOptional(DefinitionStore::campaign);
  }

  List<Campaign> campaigns(Tx tx, long operatorId, long beforeId, int limit) {
    return dsl(tx)
        .selectFrom(CAMPAIGN)
        .where(CAMPAIGN.OPERATOR_ID.eq(operatorId))
        .and(CAMPAIGN.ID.lt(beforeId))
        .orderBy(CAMPAIGN.ID.desc())
        .limit(limit)
        .fetch(DefinitionStore::campaign);
  }

  List<Campaign> activeCampaigns(Tx tx, Instant now) {
    return dsl(tx)
        .selectFrom(CAMPAIGN)
        .where(CAMPAIGN.STATE.eq(Coupon.State.ACTIVE.code()))
        .and(CAMPAIGN.VALID_UNTIL.isNull().or(CAMPAIGN.VALID_UNTIL.gt(now)))
        .orderBy(CAMPAIGN.ID)
        .fetch(DefinitionStore::campaign);
  }

  private static Campaign campaign(CampaignRecord row) {
    String currency = row.getCurrency();
    return new Campaign(
        row.getId(),
        row.getOperatorId(),
        currency,
        PromotionJson.campaign(row.getSpec(), row.getKind()),
        Coupon.State.ofCode(row.getState()),
        new Money(currency, row.getReservedMinor()),
        new Money(currency, row.getSpentMinor()),
        row.getGranted(),
        row.getSeenUntil(),
        row.getCreatedAt());
  }

  // ---- points ----

  void put(Tx tx, PointsProgramme programme, String actor, Instant now) {
    String spec = PromotionJson.write(programme.spec());
    dsl(tx)
        .insertInto(POINTS_PROGRAMME)
        .set(POINTS_PROGRAMME.OPERATOR_ID, programme.operatorId())
        .set(POINTS_PROGRAMME.CURRENCY, programme.currency())
        .set(POINTS_PROGRAMME.SPEC, spec)
        .set(POINTS_PROGRAMME.ACTIVE, programme.active())
        .set(POINTS_PROGRAMME.CHANGED_BY, actor)
        .set(POINTS_PROGRAMME.CHANGED_AT, now)
        .onDuplicateKeyUpdate()
        .set(POINTS_PROGRAMME.SPEC, spec)
        .set(POINTS_PROGRAMME.ACTIVE, programme.active())
        .set(POINTS_PROGRAMME.CHANGED_BY, actor)
        .set(POINTS_PROGRAMME.CHANGED_AT, now)
        .execute();
  }

  Optional<PointsProgramme> programme(Tx tx, long operatorId) {
    return dsl(tx)
        .selectFrom(POINTS_PROGRAMME)
        .where(POINTS_PROGRAMME.OPERATOR_ID.eq(operatorId))
        .fetchOptional(
            row ->
                new PointsProgramme(
                    row.getOperatorId(),
                    row.getCurrency(),
                    PromotionJson.read(row.getSpec(), PointsProgramme.Spec.class),
                    row.getActive()));
  }

  List<PointsProgramme> programmes(Tx tx) {
    return dsl(tx)
        .selectFrom(POINTS_PROGRAMME)
        .fetch(
            row ->
                new PointsProgramme(
                    row.getOperatorId(),
                    row.getCurrency(),
                    PromotionJson.read(row.getSpec(), PointsProgramme.Spec.class),
                    row.getActive()));
  }
}
