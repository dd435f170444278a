package org.ampay.tariff;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * A line of a bill: one price component over all the periods in which it applied, or what a price
 * limit changed.
 *
 * @param by null for a price limit
 * @param from of the first period
 * @param to of the last period
 * @param billed kWh, hours or 1
 * @param excl without tax; all of it where the tax is not known
 * @param total {@code excl + tax}
 */
public record BillLine(
    LineDimension dimension,
    @Nullable PricedBy by,
    Instant from,
    Instant to,
    Exact billed,
    Money excl,
    Money tax,
    Money total) {

  private static final int VOLUME_DECIMALS = 9;

  /** {@link #billed} as a decimal of 9 digits, half up. */
  public BigDecimal volume() {
    return billed.round(VOLUME_DECIMALS, RoundingMode.HALF_UP);
  }

  /** The price of a kWh, an hour or once; of a price limit what it changed. */
  public BigDecimal unitPrice() {
    return by == null ? total.toDecimal() : by.price().price();
  }

  /** In percent; null when there is none or it is not known. */
  public @Nullable BigDecimal vat() {
    return by == null ? null : by.price().vat();
  }

  /** Index of the tariff element, null for a price limit. */
  public @Nullable Integer element() {
    return by == null ? null : by.element();
  }
}
