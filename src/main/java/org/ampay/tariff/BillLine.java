package org.ampay.tariff;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * A line of a bill: one price component over all the periods in which it applied, or what a stage
 * after the lines changed.
 *
 * @param by null for an adjustment
 * @param adjustment null for a component
 * @param from of the first period
 * @param to of the last period
 * @param billed kWh, hours or 1
 * @param excl without tax; all of it where the tax is not known
 * @param total {@code excl + tax}
 */
public record BillLine(
    LineDimension dimension,
    @Nullable PricedBy by,
    @Nullable Adjustment adjustment,
    Instant from,
    Instant to,
    Exact billed,
    Money excl,
    Money tax,
    Money total) {

  private static final int VOLUME_DECIMALS = 9;
  private static final int MAX_LABEL = 200;

  /** {@link #billed} as a decimal of 9 digits, half up. */
  public BigDecimal volume() {
    return billed.round(VOLUME_DECIMALS, RoundingMode.HALF_UP);
  }

  /** The price of a kWh, an hour or once; of an adjustment what it changed. */
  public BigDecimal unitPrice() {
    return by == null ? total.toDecimal() : by.price().price();
  }

  /** In percent; null when there is none or it is not known. */
  public @Nullable BigDecimal vat() {
    if (by != null) {
      return by.price().vat();
    }
    return adjustment == null ? null : adjustment.vat();
  }

  /** Index of the tariff element; null for occupancy and adjustments. */
  public @Nullable Integer element() {
    return by == null || by.element() == PricedBy.NO_ELEMENT ? null : by.element();
  }

  /** The rule that applied or the name of the discount, at most 200 characters; null for none. */
  public @Nullable String label() {
    String label = by != null ? by.rule() : adjustment == null ? null : adjustment.label();
    if (label == null || label.isEmpty()) {
      return null;
    }
    return label.length() <= MAX_LABEL ? label : label.substring(0, MAX_LABEL - 1) + "…";
  }

  /** Who bears a discount; null for all else. */
  public @Nullable Funder funder() {
    return adjustment == null ? null : adjustment.funder();
  }
}
