package org.ampay.tariff;

import java.util.List;

/**
 * The driver's membership tier.
 *
 * @param discounts of each cost the first that names it counts
 */
public record TierTerm(long id, String name, List<TierDiscount> discounts, Funder funder) {

  static final int MAX_DISCOUNTS = 20;

  public TierTerm {
    discounts = List.copyOf(discounts);
    Checks.text(name, DriverTerms.MAX_NAME, "name");
    Checks.require(
        discounts.size() <= MAX_DISCOUNTS, "discounts", "must have at most " + MAX_DISCOUNTS);
  }
}
