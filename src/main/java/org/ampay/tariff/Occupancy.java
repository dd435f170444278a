package org.ampay.tariff;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fee for staying plugged in when the EV no longer asks for power (占位费), beside and independent
 * of any PARKING_TIME component.
 *
 * @param price per hour of parking, in major units
 * @param vat in percent; null: not applicable or not known
 * @param stepSize seconds; what is billed is rounded up to a multiple; 0 rounds nothing
 * @param graceSeconds of the session's parking that are free, from its first second on by the
 *     clock, exempt or not
 * @param maxPrice the most that a session pays for it, with or without tax as {@code price}
 * @param exempt local windows in which it is free
 */
public record Occupancy(
    BigDecimal price,
    @Nullable BigDecimal vat,
    int stepSize,
    int graceSeconds,
    @Nullable BigDecimal maxPrice,
    List<LocalWindow> exempt) {

  static final int MAX_EXEMPT = 50;
  private static final int MAX_GRACE = 10_000_000;

  public Occupancy {
    exempt = List.copyOf(exempt);
    PriceComponent.check(vat, stepSize);
    Checks.digits(price, Tariff.PRICE_DECIMALS, "price");
    Checks.amount(maxPrice, Tariff.PRICE_DECIMALS, "max_price");
    Checks.require(
        graceSeconds >= 0 && graceSeconds <= MAX_GRACE,
        "grace_seconds",
        "must be from 0 to " + MAX_GRACE);
    Checks.require(exempt.size() <= MAX_EXEMPT, "exempt", "must have at most " + MAX_EXEMPT);
    for (int i = 0; i < exempt.size(); i++) {
      Checks.require(
          !exempt.get(i).isAlways(), "exempt[" + i + "]", "must not be empty: nothing would cost");
    }
  }
}
