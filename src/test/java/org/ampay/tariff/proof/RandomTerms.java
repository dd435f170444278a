package org.ampay.tariff.proof;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.DriverTerms;
import org.ampay.tariff.Funder;
import org.ampay.tariff.PointsTerm;
import org.ampay.tariff.Price;
import org.ampay.tariff.TierDiscount;
import org.ampay.tariff.TierTerm;

/** Random discounts of a driver: often too large, sometimes nothing. */
final class RandomTerms {

  private final Random random;

  RandomTerms(Random random) {
    this.random = random;
  }

  DriverTerms terms() {
    List<CouponTerm> coupons = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      coupons.add(coupon(i));
    }
    return new DriverTerms(
        random.nextBoolean() ? null : tier(), coupons, random.nextBoolean() ? null : points());
  }

  private TierTerm tier() {
    List<TierDiscount> discounts = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      discounts.add(new TierDiscount(costs(), percent()));
    }
    return new TierTerm(1 + random.nextInt(9), "gold", discounts, funder());
  }

  private CouponTerm coupon(int number) {
    CouponTerm.Kind kind =
        CouponTerm.Kind.values()[random.nextInt(CouponTerm.Kind.values().length)];
    BigDecimal value =
        switch (kind) {
          case AMOUNT -> BigDecimal.valueOf(1L + random.nextInt(2_000), 2);
          case PERCENT -> percent().max(BigDecimal.ONE);
          case KWH -> BigDecimal.valueOf(1L + random.nextInt(15_000), 3);
        };
    return new CouponTerm(
        random.nextBoolean() ? null : (long) number,
        number,
        "coupon " + number,
        kind,
        value,
        random.nextInt(3) > 0 ? null : money(1_000),
        random.nextInt(3) > 0 ? null : money(4_000),
        costs(),
        funder());
  }

  private PointsTerm points() {
    return new PointsTerm(
        random.nextInt(20) == 0 ? 0 : random.nextInt(5_000),
        BigDecimal.valueOf(1L + random.nextInt(50), 1 + random.nextInt(4)),
        percent(),
        funder());
  }

  private Set<Price.Cost> costs() {
    Set<Price.Cost> costs = EnumSet.noneOf(Price.Cost.class);
    if (random.nextBoolean()) {
      return costs;
    }
    for (Price.Cost cost : Price.Cost.values()) {
      if (random.nextInt(3) == 0) {
        costs.add(cost);
      }
    }
    return costs;
  }

  private BigDecimal percent() {
    return switch (random.nextInt(6)) {
      case 0 -> BigDecimal.valueOf(100);
      case 1 -> BigDecimal.ZERO;
      default -> BigDecimal.valueOf(random.nextInt(10_000), 2);
    };
  }

  private BigDecimal money(int most) {
    return BigDecimal.valueOf(random.nextInt(most), 2);
  }

  private Funder funder() {
    return Funder.values()[random.nextInt(Funder.values().length)];
  }
}
