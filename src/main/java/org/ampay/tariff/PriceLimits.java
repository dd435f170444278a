package org.ampay.tariff;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lifts a session's cost to the minimum and cuts it to the maximum, each sum by its own figure. */
final class PriceLimits {

  private static final Exact HUNDRED = Exact.of(100);

  private PriceLimits() {}

  static Amount apply(Tariff tariff, Amount sum) {
    PriceLimit min = tariff.limits().min();
    PriceLimit max = tariff.limits().max();
    Amount lifted = min == null ? sum : limit(tariff, sum, min, true);
    return max == null ? lifted : limit(tariff, lifted, max, false);
  }

  private static Amount limit(Tariff tariff, Amount sum, PriceLimit limit, boolean lift) {
    Exact excl = sum.excl() == null ? null : clamp(sum.excl(), Exact.of(limit.excl()), lift);
    Exact incl;
    if (limit.incl() != null) {
      incl = clamp(sum.incl(), Exact.of(limit.incl()), lift);
    } else if (sum.excl() == null || excl == null || excl.equals(sum.excl())) {
      incl = sum.incl();
    } else {
      incl = follow(tariff, sum.excl(), sum.incl(), excl);
    }
    return new Amount(excl, incl);
  }

  private static Exact clamp(Exact value, Exact limit, boolean lift) {
    return lift ? value.max(limit) : value.min(limit);
  }

  /** A limit without a figure for the sum with tax: the sum keeps its share of tax. */
  private static Exact follow(Tariff tariff, Exact excl, Exact incl, Exact newExcl) {
    if (excl.signum() != 0) {
      return incl.times(newExcl).dividedBy(excl);
    }
    Set<@Nullable String> rates = tariff.taxRates();
    String rate = rates.size() == 1 ? rates.iterator().next() : null;
    return rate == null
        ? newExcl
        : newExcl.times(
            Exact.ONE.plus(Exact.of(new java.math.BigDecimal(rate)).dividedBy(HUNDRED)));
  }
}
