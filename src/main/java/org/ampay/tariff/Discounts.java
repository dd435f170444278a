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
 *
 * <p>The fractions of the shares grow with every stage. A running cost needs only what is due with
 * tax, which stays a plain number; so without detail a discount of everything is kept as the ratio
 * of {@link #due} to {@link #base} and the parts are not touched.
 */
final class Discounts {

  private static final Exact HUNDRED = Exact.of(100);
  private static final Set<Price.Cost> BY_ENERGY =
      EnumSet.of(Price.Cost.ENERGY, Price.Cost.SERVICE);

  /** What is still due of a kind of cost at a tax rate. */
  private static final class Part {
    final Price.Cost cost;
    final @Nullable BigDecimal vat;
    final boolean known;
    Exact net;
    Exact tax;
    Exact incl;

    Part(Price.Cost cost, @Nullable BigDecimal vat, boolean known, Exact net, Exact tax) {
      this.cost = cost;
      this.vat = vat;
      this.known = known;
      this.net = net;
      this.tax = tax;
      this.incl = net.plus(tax);
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
  private Exact base;

  /** What is due with tax. */
  private Exact due;

  /**
   * Shares the sums that are due over the groups.
   *
   * @param sums of the groups, before the price limits
   * @param net all that is due without tax, after the limits
   * @param incl all that is due with tax, after the limits
   * @param detail whether more counts than {@link #due}
   */
  Discounts(
      List<CompiledTariffs.Group> groups,
      @Nullable Amount[] sums,
      Exact net,
      Exact incl,
      boolean detail) {
    this.detail = detail;
    this.due = incl;
    this.base = incl;
    Exact netSum = Exact.ZERO;
    Exact taxSum = Exact.ZERO;
    for (int i = 0; i < sums.length; i++) {
      Amount sum = sums[i];
      if (sum != null) {
        CompiledTariffs.Group group = groups.get(i);
        Exact own = sum.exclOrAll();
        Part part =
            new Part(
                group.cost(),
                group.vat(),
                sum.excl() != null,
                own.max(Exact.ZERO),
                sum.incl().minus(own).max(Exact.ZERO));
        netSum = netSum.plus(part.net);
        taxSum = taxSum.plus(part.tax);
        parts.add(part);
      }
    }
    Exact tax = incl.minus(net);
    if (!net.equals(netSum) || !tax.equals(taxSum)) {
      spread(net, tax, netSum, taxSum);
    }
  }

  /**
   * Limits and negative prices change the sum as a whole: each part bears its share of that, of net
   * by its net and of tax by its tax. A tax below 0 follows the net.
   */
  private void spread(Exact net, Exact tax, Exact netSum, Exact taxSum) {
    Exact byNet = factor(netSum, net);
    for (Part part : parts) {
      part.net = part.net.times(byNet);
      part.tax =
          tax.signum() < 0
              ? part.net.times(tax).dividedBy(net)
              : part.tax.times(factor(taxSum, tax));
      part.incl = part.net.plus(part.tax);
    }
    Exact restNet = netSum.signum() > 0 ? Exact.ZERO : net;
    Exact restTax = taxSum.signum() > 0 || tax.signum() < 0 ? Exact.ZERO : tax;
    if (restNet.signum() != 0 || restTax.signum() != 0) {
      parts.add(new Part(Price.Cost.FIXED, null, true, restNet, restTax));
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
        Exact net = part.net.times(share);
        part.net = part.net.minus(net);
        if (net.signum() != 0 || incl.signum() != 0) {
          byRate.merge(
              String.valueOf(part.vat),
              adjustment(reason, part, net.negate(), incl.negate()),
              Discounts::plus);
        }
      }
    }
    adjustments.addAll(byRate.values());
  }

  private static Adjustment adjustment(Reason reason, Part part, Exact net, Exact incl) {
    return new Adjustment(
        reason.kind(),
        reason.label(),
        reason.funder(),
        reason.ref(),
        part.vat,
        new Amount(part.known ? net : null, incl),
        net);
  }

  private static Adjustment plus(Adjustment a, Adjustment b) {
    return new Adjustment(
        a.kind(),
        a.label(),
        a.funder(),
        a.ref(),
        a.vat(),
        a.change().plus(b.change()),
        a.net().plus(b.net()));
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
  Exact net() {
    Exact sum = Exact.ZERO;
    for (Part part : parts) {
      sum = sum.plus(part.net);
    }
    return sum;
  }
}
