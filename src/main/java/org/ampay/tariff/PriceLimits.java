package org.ampay.tariff;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Lifts a session's cost to a tariff's minimum and cuts it to its maximum, each sum by its own
 * figure.
 */
final class PriceLimits {

  private static final Exact HUNDRED = Exact.of(100);

  private final @Nullable Figures min;
  private final @Nullable Figures max;

  /**
   * @param inclGiven whether {@code incl} stands in the tariff and does not only follow from rates
   */
  private record Figures(Exact excl, Exact incl, boolean inclGiven) {}

  PriceLimits(Tariff tariff) {
    min = figures(tariff, tariff.limits().min(), true);
    max = figures(tariff, tariff.limits().max(), false);
  }

  Amount apply(Amount sum) {
    Amount lifted = min == null ? sum : limit(sum, min, true);
    return max == null ? lifted : limit(lifted, max, false);
  }

  private static Amount limit(Amount sum, Figures figures, boolean lift) {
    if (!figures.inclGiven() && sum.excl() == null) {
      return sum;
    }
    Exact excl = sum.excl() == null ? null : clamp(sum.excl(), figures.excl(), lift);
    return new Amount(excl, clamp(sum.incl(), figures.incl(), lift));
  }

  /**
   * Where a limit has no figure with tax it follows from the tariff's rates: the lowest for a
   * minimum, the highest for a maximum. A share of the session's own tax would let a session with
   * more energy cost less.
   */
  private static @Nullable Figures figures(
      Tariff tariff, @Nullable PriceLimit limit, boolean lift) {
    if (limit == null) {
      return null;
    }
    Exact excl = Exact.of(limit.excl());
    BigDecimal incl = limit.incl();
    if (incl != null) {
      return new Figures(excl, Exact.of(incl), true);
    }
    Exact rate = lift ? tariff.taxRates().first() : tariff.taxRates().last();
    return new Figures(excl, excl.times(Exact.ONE.plus(rate.dividedBy(HUNDRED))), false);
  }

  private static Exact clamp(Exact value, Exact limit, boolean lift) {
    return lift ? value.max(limit) : value.min(limit);
  }
}
