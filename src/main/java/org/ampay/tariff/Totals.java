package org.ampay.tariff;

import java.util.List;

/**
 * The sums of a price and how the lines became them.
 *
 * @param lines the sum of the lines
 * @param beforeLimits after the ceilings
 * @param total what is due
 * @param couponsUsed those of the terms that took anything off
 * @param pointsUsed how many points were paid with
 * @param belowMinimum whether nothing is billed because the session was too small
 */
record Totals(
    Amount lines,
    Amount beforeLimits,
    Amount total,
    List<Adjustment> adjustments,
    List<CouponTerm> couponsUsed,
    long pointsUsed,
    boolean belowMinimum) {

  /** Of a session below the minimum. */
  static final Totals BELOW_MINIMUM =
      new Totals(
          Amount.ZERO,
          Amount.ZERO,
          Amount.ZERO,
          List.of(
              new Adjustment(
                  LineDimension.MINIMUM_SESSION, null, null, null, null, Amount.ZERO, Exact.ZERO)),
          List.of(),
          0,
          true);
}
