package org.ampay.tariff;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the driver pays less. A discount is an amount with tax; it takes the same share of the part
 * without tax and of the part with tax of each group in its scope, so the tax follows the price
 * that is paid.
 *
 * <p>The fractions of the shares grow with every stage. A running cost needs only what is due with
 * tax, which stays a plain number; so without detail a discount of everything is kept as the ratio
 * of {@link #due} to {@link #base} and the parts are not touched.
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

  private final boolean detail;
  private final List<Part> parts = new ArrayList<>();
  private final List<Adjustment> adjustments = new ArrayList<>();
  private final List<CouponTerm> couponsUsed = new ArrayList<>();
  private long pointsUsed;

  /** The sum with tax of the parts as they stand. */
  private Exact base = Exact.ZERO;

  /** What is due with tax. */
  private Exact due;

  /**
   * Shares the sums that are due over the groups.
   *
   * @param sums of the groups, before the price limits
   * @param excl all that is due without tax, after the limits; null where only {@link #due} counts
   * @param incl all that is due with tax, after the limits
   */
  Discounts(
      List<CompiledTariffs.Group> groups,
      @Nullable Amount[] sums,
      @Nullable Exact excl,
      Exact incl) {
    this.detail = excl != null;
    for (int i = 0; i < sums.length; i++) {
      Amount sum = sums[i];
      if (sum != null) {
        CompiledTariffs.Group group = groups.get(i);
        Exact gross = sum.incl().max(Exact.ZERO);
        base = base.plus(gross);
        parts.add(
            new Part(
                group.cost(),
                group.vat(),
                sum.excl() != null,
                sum.exclOrAll().max(Exact.ZERO),
                gross));
      }
    }
    this.due = incl;
    spread(Objects.requireNonNullElse(excl, Exact.ZERO));
  }

  /** Limits and negative prices change the sum as a whole: each part bears its share of that. */
  private void spread(Exact excl) {
    Exact sum = Exact.ZERO;
    if (detail) {
      for (Part part : parts) {
        sum = sum.plus(part.excl);
      }
    }
    Exact net = factor(sum, excl);
    Exact gross = factor(base, due);
    for (Part part : parts) {
      part.excl = part.excl.times(net);
      part.incl = part.incl.times(gross);
    }
    Exact restExcl = sum.signum() > 0 ? Exact.ZERO : excl;
    Exact restIncl = base.signum() > 0 ? Exact.ZERO : due;
    if (restExcl.signum() != 0 || restIncl.signum() != 0) {
      parts.add(new Part(Price.Cost.FIXED, null, true, restExcl, restIncl));
    }
    base = due;
  }

  private static Exact factor(Exact sum, Exact due) {
    return sum.signum() > 0 && !sum.equals(due) ? due.dividedBy(sum) : Exact.ONE;
  }

  void take(DriverTerms terms, Exact kwh) {
    TierTerm tier = terms.tier();
    if (tier != null) {
      tier(tier);
    }
    Exact spend = due;
    for (CouponTerm coupon : terms.coupons()) {
      coupon(coupon, spend, kwh);
    }
    PointsTerm points = terms.points();
    if (points != null) {
      points(points);
    }
  }

  private void tier(TierTerm tier) {
    @Nullable Exact[] shares = new @Nullable Exact[parts.size()];
    Exact left = due;
    for (int i = 0; i < shares.length; i++) {
      Part part = parts.get(i);
      for (TierDiscount discount : tier.discounts()) {
        if (discount.costs().isEmpty() || discount.costs().contains(part.cost)) {
          Exact share = Exact.of(discount.percent()).dividedBy(HUNDRED);
          shares[i] = share;
          left = left.minus(part.incl.times(share));
          break;
        }
      }
    }
    off(shares, new Reason(LineDimension.TIER, tier.name(), tier.funder(), tier.id()));
    due = left;
    base = left;
  }

  private void coupon(CouponTerm coupon, Exact spend, Exact kwh) {
    BigDecimal least = coupon.minSpend();
    if (least != null && spend.compareTo(Exact.of(least)) < 0) {
      return;
    }
    boolean all = true;
    for (Part part : parts) {
      all &= part.incl.signum() == 0 || covers(coupon, part);
    }
    if (!all) {
      settle();
    }
    Exact sum = all ? due : scope(coupon);
    Exact worth = worth(coupon, sum, kwh).min(sum);
    if (coupon.cap() != null) {
      worth = worth.min(Exact.of(coupon.cap()));
    }
    if (worth.signum() <= 0) {
      return;
    }
    if (!all || detail) {
      Exact share = worth.dividedBy(sum);
      @Nullable Exact[] shares = new @Nullable Exact[parts.size()];
      for (int i = 0; i < shares.length; i++) {
        shares[i] = covers(coupon, parts.get(i)) ? share : null;
      }
      Long ref = coupon.claimId() == null ? Long.valueOf(coupon.couponId()) : coupon.claimId();
      off(shares, new Reason(LineDimension.COUPON, coupon.name(), coupon.funder(), ref));
      base = due.minus(worth);
    }
    due = due.minus(worth);
    couponsUsed.add(coupon);
  }

  private static boolean covers(CouponTerm coupon, Part part) {
    return (coupon.costs().isEmpty() || coupon.costs().contains(part.cost))
        && (coupon.kind() != CouponTerm.Kind.KWH || BY_ENERGY.contains(part.cost));
  }

  private Exact scope(CouponTerm coupon) {
    Exact sum = Exact.ZERO;
    for (Part part : parts) {
      if (covers(coupon, part)) {
        sum = sum.plus(part.incl);
      }
    }
    return sum;
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
    Exact value = Exact.of(points.value());
    Exact most = due.times(Exact.of(points.maxPercent())).dividedBy(HUNDRED);
    pointsUsed = most.dividedBy(value).min(Exact.of(points.most())).floorLong();
    if (pointsUsed == 0) {
      return;
    }
    Exact worth = Exact.of(pointsUsed).times(value);
    if (detail) {
      @Nullable Exact[] shares = new @Nullable Exact[parts.size()];
      Arrays.fill(shares, worth.dividedBy(due));
      String label = Long.toString(pointsUsed);
      off(shares, new Reason(LineDimension.POINTS, label, points.funder(), null));
      base = due.minus(worth);
    }
    due = due.minus(worth);
  }

  /** Brings the parts to what is due. */
  private void settle() {
    Exact factor = factor(base, due);
    if (factor != Exact.ONE) {
      for (Part part : parts) {
        part.incl = part.incl.times(factor);
      }
      base = due;
    }
  }

  /** Takes a share off each part; with detail one adjustment a tax rate. */
  private void off(@Nullable Exact[] shares, Reason reason) {
    Map<String, Adjustment> byRate = new LinkedHashMap<>();
    for (int i = 0; i < shares.length; i++) {
      Part part = parts.get(i);
      Exact share = shares[i];
      if (share == null || share.signum() == 0) {
        continue;
      }
      Exact incl = part.incl.times(share);
      part.incl = part.incl.minus(incl);
      if (detail) {
        Exact excl = part.excl.times(share);
        part.excl = part.excl.minus(excl);
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

  /** What is still due with tax. */
  Exact due() {
    return due;
  }

  /** What is still due without tax, as the lines of a bill show it; only with detail. */
  Exact excl() {
    Exact excl = Exact.ZERO;
    for (Part part : parts) {
      excl = excl.plus(part.excl);
    }
    return excl;
  }
}
