package org.ampay.tariff;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a stage after the lines changed, unrounded: one a stage and tax rate.
 *
 * @param kind none of the tariff's own dimensions
 * @param label the name of a tier or coupon, the rule of a ceiling, the number of points
 * @param funder who bears it; null where the tariff itself says so
 * @param ref id of the tier, of the coupon's claim, or of the campaign's coupon
 * @param vat in percent; null: none, not known, or over several rates (limits and floor)
 * @param net the change without tax as a bill shows it: known also where that of {@code change} is
 *     not
 */
public record Adjustment(
    LineDimension kind,
    @Nullable String label,
    @Nullable Funder funder,
    @Nullable Long ref,
    @Nullable BigDecimal vat,
    Amount change,
    Exact net) {

  /** Whether it changes the sum as a whole, over all tax rates. */
  boolean isOfTheSum() {
    return switch (kind) {
      case MIN_PRICE, MAX_PRICE, FLOOR, MINIMUM_SESSION -> true;
      case CEILING, TIER, COUPON, POINTS -> false;
      case FLAT, ENERGY, SERVICE, TIME, PARKING_TIME, RESERVATION_TIME, OCCUPANCY ->
          throw new IllegalStateException(kind + " is a line of the tariff");
    };
  }
}
