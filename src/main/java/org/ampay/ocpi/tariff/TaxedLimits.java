package org.ampay.ocpi.tariff;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ampay.tariff.Occupancy;
import org.ampay.tariff.PriceLimit;
import org.ampay.tariff.Tariff;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a tariff with both figures. Where ours has none with tax, the engine takes the
 * lowest rate for the minimum and the highest for the maximum: OCPI without the figure would mean
 * that there is no tax.
 */
final class TaxedLimits {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int DECIMALS = 9;

  private TaxedLimits() {}

  static Tariff.Limits of(Tariff tariff) {
    List<BigDecimal> rates = new ArrayList<>();
    tariff.elements().forEach(e -> e.components().forEach(c -> rates.add(rate(c.vat()))));
    Occupancy occupancy = tariff.extras().occupancy();
    if (occupancy != null) {
      rates.add(rate(occupancy.vat()));
    }
    Collections.sort(rates);
    return new Tariff.Limits(
        full(tariff.limits().min(), rates.getFirst()),
        full(tariff.limits().max(), rates.getLast()));
  }

  private static BigDecimal rate(@Nullable BigDecimal vat) {
    return vat == null ? BigDecimal.ZERO : vat;
  }

  private static @Nullable PriceLimit full(@Nullable PriceLimit limit, BigDecimal rate) {
    if (limit == null || limit.incl() != null || rate.signum() == 0) {
      return limit;
    }
    BigDecimal incl =
        limit.excl().multiply(HUNDRED.add(rate)).movePointLeft(2).stripTrailingZeros();
    return incl.scale() > DECIMALS
        ? limit
        : new PriceLimit(limit.excl(), incl.scale() < 0 ? incl.setScale(0) : incl);
  }
}
