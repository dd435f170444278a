package org.ampay.tariff;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One price.
 *
 * @param price per kWh (ENERGY, SERVICE), per hour (TIME, PARKING_TIME) or once (FLAT), in major
 *     units; negative only in a tariff that allows it
 * @param vat in percent; null: not applicable or not known, which is not the same as 0
 * @param stepSize what is billed is rounded up to a multiple: Wh or seconds; 0 rounds nothing
 */
public record PriceComponent(
    Dimension type, BigDecimal price, @Nullable BigDecimal vat, int stepSize) {

  private static final BigDecimal MAX_VAT = BigDecimal.valueOf(100);
  private static final int VAT_DECIMALS = 4;
  private static final int MAX_STEP = 10_000_000;

  public PriceComponent {
    Checks.digits(price, Tariff.PRICE_DECIMALS, "price");
    check(vat, stepSize);
  }

  static void check(@Nullable BigDecimal vat, int stepSize) {
    Checks.amount(vat, VAT_DECIMALS, "vat");
    Checks.require(
        vat == null || vat.compareTo(MAX_VAT) <= 0, "vat", "must be a percentage up to 100");
    Checks.require(
        stepSize >= 0 && stepSize <= MAX_STEP, "step_size", "must be from 0 to " + MAX_STEP);
  }
}
