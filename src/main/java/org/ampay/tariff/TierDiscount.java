package org.ampay.tariff;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a tier takes off some costs.
 *
 * @param costs empty: all
 * @param percent from 0 to 100
 */
public record TierDiscount(Set<Price.Cost> costs, BigDecimal percent) {

  static final int PERCENT_DECIMALS = 4;

  public TierDiscount {
    costs = copy(costs);
    percent(percent, "percent");
  }

  static Set<Price.Cost> copy(Set<Price.Cost> costs) {
    return costs.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(costs));
  }

  static void percent(BigDecimal value, String path) {
    Checks.amount(value, PERCENT_DECIMALS, path);
    Checks.require(
        value.compareTo(BigDecimal.valueOf(100)) <= 0, path, "must be a percentage up to 100");
  }
}
