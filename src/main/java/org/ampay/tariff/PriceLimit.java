package org.ampay.tariff;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A minimum or maximum of a session's cost; the two figures act each on its own sum.
 *
 * @param excl without tax ({@code excl_vat}, {@code before_taxes})
 * @param incl with tax ({@code incl_vat}, {@code after_taxes}); null: follows {@code excl} by the
 *     tariff's lowest (minimum) or highest (maximum) tax rate
 */
public record PriceLimit(BigDecimal excl, @Nullable BigDecimal incl) {

  public PriceLimit {
    Checks.amount(excl, Tariff.PRICE_DECIMALS, "");
    Checks.amount(incl, Tariff.PRICE_DECIMALS, "");
    Checks.require(
        incl == null || incl.compareTo(excl) >= 0,
        "",
        "the figure with tax must not be below the one without");
  }
}
