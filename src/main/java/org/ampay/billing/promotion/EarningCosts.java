package org.ampay.billing.promotion;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ampay.billing.Bill;
import org.ampay.tariff.Price;
import org.jspecify.annotations.Nullable;

/** The part of what was paid for a bill that was for some of its costs. */
final class EarningCosts {

  private static final Map<String, Price.Cost> BY_DIMENSION =
      Map.of(
          "ENERGY", Price.Cost.ENERGY,
          "SERVICE", Price.Cost.SERVICE,
          "TIME", Price.Cost.TIME,
          "PARKING_TIME", Price.Cost.PARKING,
          "RESERVATION_TIME", Price.Cost.RESERVATION,
          "OCCUPANCY", Price.Cost.OCCUPANCY,
          "FLAT", Price.Cost.FIXED);

  private EarningCosts() {}

  /**
   * Discounts lie on all costs alike.
   *
   * @param costs empty: all
   */
  static long part(long paidMinor, List<Bill.Line> lines, Set<Price.Cost> costs) {
    if (costs.isEmpty()) {
      return paidMinor;
    }
    long all = 0;
    long those = 0;
    for (Bill.Line line : lines) {
      Price.@Nullable Cost cost = BY_DIMENSION.get(line.dimension());
      if (cost != null) {
        all += line.total().minor();
        those += costs.contains(cost) ? line.total().minor() : 0;
      }
    }
    return all <= 0 || those <= 0
        ? 0
        : BigInteger.valueOf(paidMinor)
            .multiply(BigInteger.valueOf(Math.min(those, all)))
            .divide(BigInteger.valueOf(all))
            .longValueExact();
  }
}
