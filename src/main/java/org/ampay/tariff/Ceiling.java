package org.ampay.tariff;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * The most that the costs of one kind may add up to in a session.
 *
 * @param dimension {@code FLAT}, {@code ENERGY}, {@code SERVICE}, {@code TIME}, {@code
 *     PARKING_TIME}, {@code RESERVATION_TIME} (with the fixed fee of a reservation) or {@code
 *     OCCUPANCY}
 * @param price with tax where the tariff's prices have it, else without
 */
public record Ceiling(LineDimension dimension, BigDecimal price) {

  static final LineDimension[] DIMENSIONS =
      Arrays.stream(LineDimension.values())
          .filter(LineDimension::isBase)
          .toArray(LineDimension[]::new);

  public Ceiling {
    Checks.require(
        dimension.isBase(), "dimension", "must be one of " + Arrays.toString(DIMENSIONS));
    Checks.amount(price, Tariff.PRICE_DECIMALS, "price");
  }

  /** The rule in short text that needs no language. */
  String label() {
    return dimension.name() + " ≤ " + Exact.of(price).toPlainString();
  }

  /** The kind of cost that it holds down. */
  public Price.Cost cost() {
    return Price.Cost.of(dimension);
  }
}
