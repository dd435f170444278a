package org.ampay.tariff;

import java.math.BigDecimal;

/** Lifts a session's cost to the minimum and cuts it to the maximum, each sum by its own figure. */
final class PriceLimits {

  private PriceLimits() {}

  static Amount apply(Tariff tariff, Amount sum) {
    PriceLimit min = tariff.limits().min();
    PriceLimit max = tariff.limits().max();
    Amount lifted = min == null ? sum : limit(tariff, sum, min, true);
    return max == null ? lifted : limit(tariff, lifted, max, false);
  }

  private static Amount limit(Tariff tariff, Amount sum, PriceLimit limit, boolean lift) {
    Exact excl = sum.excl() == null ? null : clamp(sum.excl(), Exact.of(limit.excl()), lift);
    Exact figure = withTax(tariff, limit, lift);
    if (limit.incl() == null && excl == null) {
      return sum;
    }
    return new Amount(excl, clamp(sum.incl(), figure, lift));
  }

  /**
   * The figure with tax. Where the limit has none it follows from the tariff's rates: the lowest
   * for a minimum, the highest for a maximum. A share of the session's own tax would let a session
   * with more energy cost less.
   */
  private static Exact withTax(Tariff tariff, PriceLimit limit, boolean lift) {
    BigDecimal incl = limit.incl();
    if (incl != null) {
      return Exact.of(incl);
    }
    Exact rate = lift ? tariff.taxRates().first() : tariff.taxRates().last();
    return Exact.of(limit.excl()).times(Exact.ONE.plus(rate.dividedBy(Exact.of(100))));
  }

  private static Exact clamp(Exact value, Exact limit, boolean lift) {
    return lift ? value.max(limit) : value.min(limit);
  }
}
