package org.ampay.billing.simulation;

import java.util.Locale;
import java.util.Optional;

/** What the other tariff's prices are compared with. */
public enum Basis {
  /**
   * The list price of the time: the frozen tariff without the driver's tier, coupons and points,
   * which are no part of a tariff. Both sides are list prices.
   */
  LIST,
  /** What was billed, discounts of the driver included: the other side is a list price still. */
  BILLED;

  /** As in the database and the API: {@code list}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The basis of a code, empty for an unknown one. */
  public static Optional<Basis> of(String code) {
    for (Basis basis : values()) {
      if (basis.code().equals(code)) {
        return Optional.of(basis);
      }
    }
    return Optional.empty();
  }
}
