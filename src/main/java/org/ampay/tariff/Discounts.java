package org.ampay.tariff;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the driver pays less. A discount is an amount with tax; it takes the same share of the part
 * without tax and of the part with tax of each group in its scope, so the tax follows the price
 * that is paid.
 */
final class Discounts {

  private static final Exact HUNDRED = Exact.of(100);
  private static final Set<Price.Cost> BY_ENERGY =
      EnumSet.of(Price.Cost.ENERGY, Price.Cost.SERVICE);

  /** What is still due of a kind of cost at a tax rate; nothing is below 0. */
  private static final class Part {
    final Price.Cost cost;
    final @Nullable BigDecimal vat;
    final boolean known;
    Exact excl;
    Exact incl;

    Part(Price.Cost cost, @Nullable BigDecimal vat, boolean known, Exact excl, Exact incl) {
      this.cost = cost;
      this.vat = vat;
      this.known = known;
      this.excl = excl;
      this.incl = incl;
    }
  }

  /** Who and what a discount is. */
  private record Reason(
      LineDimension kind, @Nullable String label, Funder funder, @Nullable Long ref) {}

  private final List<Part> parts = new ArrayList<>();
  private final List<Adjustment> adjustments = new ArrayList<>();
  private final List<CouponTerm> couponsUsed = new ArrayList<>();
  private long pointsUsed;

  /**
   * Shares the sums that are due over the groups.
   *
   * @param sums of the groups, before the price limits
   * @param excl all that is due without tax, after the limits
   * @param incl all that is due with tax, after the limits
   */
  Discounts(List<CompiledTariffs.Group> groups, @Nullable Amount[] sums, Exact excl, Exact incl) {
    for (int i = 0; i < sums.length; i++) {
      Amount sum = sums[i];
      if (sum != null) {
        CompiledTariffs.Group group = groups.get(i);
        parts.add(
            new Part(
                group.cost(),
                group.vat(),
                sum.excl() != null,
                sum.exclOrAll().max(Exact.ZERO),
                sum.incl().max(Exact.ZERO)));
      }
    }
    spread(excl, incl);
  }

  /** Limits and negative prices change the sum as a whole: each part bears its share of that. */
  private void spread(Exact excl, Exact incl) {
    Amount now = left();
    Exact sum = now.exclOrAll();
    Exact net = factor(sum, excl);
    Exact gross = factor(now.incl(), incl);
    for (Part part : parts) {
      part.excl = part.excl.times(net);
      part.incl = part.incl.times(gross);
    }
    Exact restExcl = sum.signum() > 0 ? Exact.ZERO : excl;
    Exact restIncl = now.incl().signum() > 0 ? Exact.ZERO : incl;
    if (restExcl.signum() != 0 || restIncl.signum() != 0) {
      parts.add(new Part(Price.Cost.FIXED, null, true, restExcl, restIncl));
    }
  }

  private static Exact factor(Exact sum, Exact due) {
    return sum.signum() > 0 && !sum.equals(due) ? due.dividedBy(sum) : Exact.ONE;
  }

  void take(DriverTerms terms, Exact kwh) {
    TierTerm tier = terms.tier();
    if (tier != null) {
      tier(tier);
    }
    Exact spend = left().incl();
    for (CouponTerm coupon : terms.coupons()) {
      coupon(coupon, spend, kwh);
    }
    PointsTerm points = terms.points();
    if (points != null) {
      points(points);
    }
  }

  private void tier(TierTerm tier) {
    Exact[] shares = new Exact[parts.size()];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Exact.ZERO;
      for (TierDiscount discount : tier.discounts()) {
        if (covers(discount.costs(), parts.get(i))) {
          shares[i] = Exact.of(discount.percent()).dividedBy(HUNDRED);
          break;
        }
      }
    }
    off(shares, new Reason(LineDimension.TIER, tier.name(), tier.funder(), tier.id()));
  }

  private void coupon(CouponTerm coupon, Exact spend, Exact kwh) {
    BigDecimal least = coupon.minSpend();
    if (least != null && spend.compareTo(Exact.of(least)) < 0) {
      return;
    }
    Set<Price.Cost> scope = coupon.costs();
    boolean byEnergy = coupon.kind() == CouponTerm.Kind.KWH;
    Exact sum = Exact.ZERO;
    for (Part part : parts) {
      if (covers(scope, part) && (!byEnergy || BY_ENERGY.contains(part.cost))) {
        sum = sum.plus(part.incl);
      }
    }
    Exact worth = worth(coupon, sum, kwh).min(sum);
    if (coupon.cap() != null) {
      worth = worth.min(Exact.of(coupon.cap()));
    }
    if (worth.signum() <= 0) {
      return;
    }
    Exact share = worth.dividedBy(sum);
    Exact[] shares = new Exact[parts.size()];
    for (int i = 0; i < shares.length; i++) {
      Part part = parts.get(i);
      boolean covered = covers(scope, part) && (!byEnergy || BY_ENERGY.contains(part.cost));
      shares[i] = covered ? share : Exact.ZERO;
    }
    Long ref = coupon.claimId() == null ? Long.valueOf(coupon.couponId()) : coupon.claimId();
    off(shares, new Reason(LineDimension.COUPON, coupon.name(), coupon.funder(), ref));
    couponsUsed.add(coupon);
  }

  private static Exact worth(CouponTerm coupon, Exact sum, Exact kwh) {
    Exact value = Exact.of(coupon.value());
    return switch (coupon.kind()) {
      case AMOUNT -> value;
      case PERCENT -> sum.times(value).dividedBy(HUNDRED);
      case KWH -> kwh.signum() == 0 ? Exact.ZERO : sum.times(value.min(kwh)).dividedBy(kwh);
    };
  }

  private void points(PointsTerm points) {
    Exact sum = left().incl();
    Exact most = sum.times(Exact.of(points.maxPercent())).dividedBy(HUNDRED);
    Exact value = Exact.of(points.value());
    Exact number = most.dividedBy(value).min(Exact.of(points.most()));
    pointsUsed = number.floorLong();
    if (pointsUsed > 0) {
      Exact share = Exact.of(pointsUsed).times(value).dividedBy(sum);
      Exact[] shares = new Exact[parts.size()];
      Arrays.fill(shares, share);
      String label = Long.toString(pointsUsed);
      off(shares, new Reason(LineDimension.POINTS, label, points.funder(), null));
    }
  }

  private static boolean covers(Set<Price.Cost> costs, Part part) {
    return costs.isEmpty() || costs.contains(part.cost);
  }

  /** Takes a share off each part; one adjustment a tax rate. */
  private void off(Exact[] shares, Reason reason) {
    Map<String, Adjustment> byRate = new LinkedHashMap<>();
    for (int i = 0; i < shares.length; i++) {
      Part part = parts.get(i);
      if (shares[i].signum() > 0) {
        Exact excl = part.excl.times(shares[i]);
        Exact incl = part.incl.times(shares[i]);
        part.excl = part.excl.minus(excl);
        part.incl = part.incl.minus(incl);
        Amount change = new Amount(part.known ? excl.negate() : null, incl.negate());
        if (excl.signum() != 0 || incl.signum() != 0) {
          byRate.merge(String.valueOf(part.vat), adjustment(reason, part, change), Discounts::plus);
        }
      }
    }
    adjustments.addAll(byRate.values());
  }

  private static Adjustment adjustment(Reason reason, Part part, Amount change) {
    return new Adjustment(
        reason.kind(), reason.label(), reason.funder(), reason.ref(), part.vat, change);
  }

  private static Adjustment plus(Adjustment a, Adjustment b) {
    return new Adjustment(
        a.kind(), a.label(), a.funder(), a.ref(), a.vat(), a.change().plus(b.change()));
  }

  List<Adjustment> adjustments() {
    return adjustments;
  }

  List<CouponTerm> couponsUsed() {
    return List.copyOf(couponsUsed);
  }

  long pointsUsed() {
    return pointsUsed;
  }

  /** What is still due; without tax as the lines of a bill show it. */
  Amount left() {
    Exact excl = Exact.ZERO;
    Exact incl = Exact.ZERO;
    for (Part part : parts) {
      excl = excl.plus(part.excl);
      incl = incl.plus(part.incl);
    }
    return new Amount(excl, incl);
  }
}
