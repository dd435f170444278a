package org.ampay.billing.promotion;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.ampay.charging.StartGuard.Request;
import org.ampay.store.Tx;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.DriverTerms;
import org.ampay.tariff.PointsTerm;
import org.ampay.tariff.TierTerm;
import org.jspecify.annotations.Nullable;

/** Reserves for the starts of one transaction, one after the other, what was locked for them. */
final class StartGroup implements Benefits.Group {

  private static final Comparator<CouponClaim> ENDS_FIRST =
      Comparator.comparing(
              (CouponClaim claim) -> claim.expiresAt() == null ? Instant.MAX : claim.expiresAt())
          .thenComparingLong(CouponClaim::id);

  /** Where it writes. */
  record Stores(ClaimStore claims, PointsStore points, BenefitStore benefits) {}

  /** What was read; claims, lots and budgets are locked. */
  record Found(
      List<Membership> memberships,
      Map<Long, MemberStore.Choice> choices,
      List<CouponClaim> claims,
      List<PointsLot> lots,
      Map<Long, BenefitStore.Budget> budgets) {}

  /** A start of a driver at an operator who has something. */
  record Wish(Request start, long driver, PromotionBook.Live live) {

    /** Automatic discounts that hold there and then. */
    List<Campaign> discounts() {
      return live.campaigns().stream()
          .filter(campaign -> campaign.spec().action() instanceof Campaign.Action.Discount)
          .filter(campaign -> campaign.currency().equals(start.station().currency()))
          .filter(campaign -> covers(campaign.spec().scope()))
          .toList();
    }

    boolean covers(Scope scope) {
      return scope.covers(start.station().siteId(), start.startAt(), start.station().zone());
    }
  }

  private final Tx tx;
  private final Stores stores;
  private final Found found;
  private final PromotionBook book;
  private final Map<Long, CouponClaim> claims = new TreeMap<>();
  private final Map<Long, PointsLot> lots = new TreeMap<>();
  private final Map<Long, BenefitStore.Budget> budgets;
  private final List<CouponClaim> reservedClaims = new ArrayList<>();
  private final Map<Long, PointsLot> changedLots = new TreeMap<>();
  private final List<PointsStore.Hold> pointsHolds = new ArrayList<>();
  private final List<BenefitStore.CampaignHold> campaignHolds = new ArrayList<>();

  StartGroup(Tx tx, Stores stores, Found found, PromotionBook book) {
    this.tx = tx;
    this.stores = stores;
    this.found = found;
    this.book = book;
    found.claims().forEach(claim -> claims.put(claim.id(), claim));
    found.lots().forEach(lot -> lots.put(lot.id(), lot));
    this.budgets = new HashMap<>(found.budgets());
  }

  @Override
  public DriverTerms reserve(Request start, long holdId) {
    Long driver = start.authorization().driverId();
    PromotionBook.Live live = book.of(start.station().operatorId());
    if (driver == null || live == null) {
      return DriverTerms.NONE;
    }
    Wish wish = new Wish(start, driver, live);
    List<CouponTerm> coupons = new ArrayList<>(2);
    discount(wish, holdId).ifPresent(coupons::add);
    coupon(wish, holdId).ifPresent(coupons::add);
    return new DriverTerms(tier(wish), coupons, points(wish, holdId));
  }

  private @Nullable TierTerm tier(Wish wish) {
    return found.memberships().stream()
        .filter(m -> m.driverId() == wish.driver() && m.holdsAt(wish.start().startAt()))
        .map(m -> wish.live().tiers().get(m.tierId()))
        .filter(Objects::nonNull)
        .max(Comparator.comparingInt((Tier tier) -> tier.spec().rank()).thenComparingLong(Tier::id))
        .map(Tier::term)
        .orElse(null);
  }

  /** The first campaign that has enough of its budget left. */
  private Optional<CouponTerm> discount(Wish wish, long holdId) {
    for (Campaign campaign : wish.discounts()) {
      BenefitStore.Budget budget = budgets.get(campaign.id());
      if (budget == null
          || !(campaign.spec().action() instanceof Campaign.Action.Discount discount)) {
        continue;
      }
      long most = discount.mostMinor(campaign.currency());
      if (budget.left() >= most) {
        budgets.put(campaign.id(), budget.reserving(most));
        campaignHolds.add(
            new BenefitStore.CampaignHold(holdId, campaign.id(), campaign.operatorId(), most, 0));
        return Optional.of(
            discount.benefit().term(null, campaign.id(), campaign.name(), discount.funder()));
      }
    }
    return Optional.empty();
  }

  /** The one that the driver chose, else the one that ends first. */
  private Optional<CouponTerm> coupon(Wish wish, long holdId) {
    List<CouponClaim> usable =
        claims.values().stream().filter(claim -> usable(wish, claim)).sorted(ENDS_FIRST).toList();
    if (usable.isEmpty()) {
      return Optional.empty();
    }
    Long chosen =
        found.choices().getOrDefault(wish.driver(), MemberStore.Choice.NONE).chosenClaimId();
    CouponClaim claim =
        usable.stream()
            .filter(one -> chosen != null && one.id() == chosen)
            .findFirst()
            .orElse(usable.getFirst());
    claims.remove(claim.id());
    reservedClaims.add(claim.with(CouponClaim.State.RESERVED, holdId, null));
    Coupon coupon = Objects.requireNonNull(wish.live().coupons().get(claim.couponId()));
    return Optional.of(
        coupon
            .spec()
            .benefit()
            .term(claim.id(), coupon.id(), coupon.name(), coupon.spec().funder()));
  }

  private static boolean usable(Wish wish, CouponClaim claim) {
    Coupon coupon = wish.live().coupons().get(claim.couponId());
    return claim.driverId() == wish.driver()
        && coupon != null
        && coupon.currency().equals(wish.start().station().currency())
        && !claim.expired(wish.start().startAt())
        && wish.covers(coupon.spec().scope().withoutEnd());
  }

  private @Nullable PointsTerm points(Wish wish, long holdId) {
    PointsProgramme programme = wish.live().programme();
    if (programme == null
        || !programme.currency().equals(wish.start().station().currency())
        || !found.choices().getOrDefault(wish.driver(), MemberStore.Choice.NONE).usePoints()) {
      return null;
    }
    long most = 0;
    List<PointsLot> free =
        lots.values().stream()
            .filter(lot -> lot.driverId() == wish.driver() && lot.free() > 0)
            .filter(lot -> !lot.expired(wish.start().receivedAt()))
            .filter(lot -> lot.operatorId() == programme.operatorId())
            .toList();
    for (PointsLot lot : free) {
      pointsHolds.add(new PointsStore.Hold(holdId, lot.id(), lot.free()));
      most += lot.free();
      PointsLot reserved = lot.reserving(lot.free());
      lots.put(lot.id(), reserved);
      changedLots.put(lot.id(), reserved);
    }
    PointsProgramme.Spec spec = programme.spec();
    return most == 0 ? null : new PointsTerm(most, spec.value(), spec.maxPercent(), spec.funder());
  }

  @Override
  public void write() {
    reservedClaims.forEach(claim -> stores.claims().update(tx, claim));
    changedLots.values().forEach(lot -> stores.points().update(tx, lot));
    stores.points().insertHolds(tx, pointsHolds);
    campaignHolds.forEach(hold -> stores.benefits().reserve(tx, hold));
  }
}
