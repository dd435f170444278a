package org.ampay.billing.promotion;

import java.util.List;
import java.util.Set;
import org.ampay.billing.Bill;
import org.ampay.tariff.Funder;

/**
 * The part of a bill that the platform pays instead of the driver: the operator gets the price
 * before that, without tax; tax is due on what the driver pays.
 */
public final class PlatformPart {

  private static final Set<String> DISCOUNTS = Set.of("TIER", "COUPON", "POINTS");

  private PlatformPart() {}

  /** Minor units without tax; 0 where the platform funds nothing. */
  public static long of(List<Bill.Line> lines) {
    return lines.stream()
        .filter(line -> DISCOUNTS.contains(line.dimension()))
        .filter(line -> Funder.PLATFORM == line.funder())
        .mapToLong(line -> -line.excl().minor())
        .sum();
  }
}
