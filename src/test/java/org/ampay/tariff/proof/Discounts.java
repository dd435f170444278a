package org.ampay.tariff.proof;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.DriverTerms;
import org.ampay.tariff.LineDimension;
import org.ampay.tariff.PointsTerm;
import org.ampay.tariff.Price;
import org.ampay.tariff.TierDiscount;
import org.ampay.tariff.TierTerm;
import org.jspecify.annotations.Nullable;

/** What a driver pays less: tier, then coupons, then points. */
final class Discounts {

  private static final Set<Price.Cost> PER_KWH = Set.of(Price.Cost.ENERGY, Price.Cost.SERVICE);

  private final Groups groups;
  private final Ratio kwh;
  private final List<Change> changes = new ArrayList<>();

  Discounts(Groups groups, Ratio kwh) {
    this.groups = groups;
    this.kwh = kwh;
  }

  /**
   * What one discount takes off at one tax rate.
   *
   * @param ref the coupon's id; 0 for tier and points
   */
  record Change(LineDimension kind, long ref, @Nullable Ratio rate, Ratio net, Ratio gross) {}

  List<Change> changes() {
    return changes;
  }

  /** Takes them off and tells how many points were used. */
  long take(DriverTerms terms) {
    if (terms.tier() != null) {
      TierTerm tier = terms.tier();
      takeOff(LineDimension.TIER, 0, part -> percent(tier, part.cost()));
    }
    Ratio before = groups.sum().incl();
    for (CouponTerm coupon : terms.coupons()) {
      if (coupon.minSpend() == null || before.isAtLeast(Ratio.of(coupon.minSpend()))) {
        take(coupon);
      }
    }
    return terms.points() == null ? 0 : take(terms.points());
  }

  private static Ratio percent(TierTerm tier, Price.Cost cost) {
    for (TierDiscount discount : tier.discounts()) {
      if (discount.costs().isEmpty() || discount.costs().contains(cost)) {
        return Ratio.of(discount.percent()).over(Ratio.HUNDRED);
      }
    }
    return Ratio.ZERO;
  }

  private void take(CouponTerm coupon) {
    Predicate<Groups.Part> scope =
        part ->
            (coupon.costs().isEmpty() || coupon.costs().contains(part.cost()))
                && (coupon.kind() != CouponTerm.Kind.KWH || PER_KWH.contains(part.cost()));
    Ratio sum = groups.sum(scope).incl();
    if (sum.sign() <= 0) {
      return;
    }
    Ratio value = Ratio.of(coupon.value());
    Ratio off =
        switch (coupon.kind()) {
          case AMOUNT -> value;
          case PERCENT -> sum.times(value).over(Ratio.HUNDRED);
          case KWH -> kwh.sign() == 0 ? Ratio.ZERO : sum.times(value.min(kwh)).over(kwh);
        };
    BigDecimal cap = coupon.cap();
    Ratio capped = cap == null ? off : off.min(Ratio.of(cap));
    Ratio share = capped.min(sum).over(sum);
    takeOff(LineDimension.COUPON, coupon.couponId(), part -> scope.test(part) ? share : Ratio.ZERO);
  }

  private long take(PointsTerm points) {
    Ratio sum = groups.sum().incl();
    if (sum.sign() <= 0) {
      return 0;
    }
    Ratio most = sum.times(Ratio.of(points.maxPercent())).over(Ratio.HUNDRED);
    BigInteger affordable = most.over(Ratio.of(points.value())).floor();
    BigInteger used = affordable.min(BigInteger.valueOf(points.most()));
    Ratio share = new Ratio(used, BigInteger.ONE).times(Ratio.of(points.value())).over(sum);
    takeOff(LineDimension.POINTS, 0, part -> share);
    return used.longValueExact();
  }

  private void takeOff(LineDimension kind, long ref, Function<Groups.Part, Ratio> share) {
    List<@Nullable Ratio> rates = groups.rates();
    List<Ratio> nets = rates.stream().map(this::net).toList();
    List<Ratio> grosses = rates.stream().map(this::gross).toList();
    groups.takeOff(share);
    for (int i = 0; i < rates.size(); i++) {
      Ratio rate = rates.get(i);
      Ratio net = net(rate).minus(nets.get(i));
      changes.add(new Change(kind, ref, rate, net, gross(rate).minus(grosses.get(i))));
    }
  }

  private Ratio net(@Nullable Ratio rate) {
    return groups.net(part -> Objects.equals(part.rate(), rate));
  }

  private Ratio gross(@Nullable Ratio rate) {
    return groups.sum(part -> Objects.equals(part.rate(), rate)).incl();
  }
}
