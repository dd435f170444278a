package org.ampay.billing.promotion;

import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import org.ampay.base.Money;
import org.ampay.tariff.Adjustment;
import org.ampay.tariff.Exact;
import org.ampay.tariff.LineDimension;
import org.ampay.tariff.Price;

/**
 * What a price used of what was reserved for its session.
 *
 * @param byRef minor units with tax that coupons took off, by claim or campaign
 */
record BillUse(Map<Long, Long> byRef, long points) {

  static BillUse of(Price price) {
    Map<Long, Exact> sums = new TreeMap<>();
    for (Adjustment adjustment : price.adjustments()) {
      Long ref = adjustment.ref();
      if (adjustment.kind() == LineDimension.COUPON && ref != null) {
        sums.merge(ref, adjustment.change().incl(), Exact::plus);
      }
    }
    Map<Long, Long> byRef = new TreeMap<>();
    sums.forEach((ref, sum) -> byRef.put(ref, off(price.currency(), sum)));
    byRef.values().removeIf(minor -> minor <= 0);
    return new BillUse(byRef, price.pointsUsed());
  }

  private static long off(String currency, Exact sum) {
    return -Money.of(
            currency,
            sum.round(Money.exponent(currency), RoundingMode.HALF_UP),
            RoundingMode.HALF_UP)
        .minor();
  }
}
