package org.ampay.tariff;

import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** The checks that the records of this package share. */
final class Checks {

  /** Integer digits of a number: above any price, energy or power. */
  static final int MAX_INTEGER_DIGITS = 12;

  private Checks() {}

  static void require(boolean holds, String path, String reason) {
    if (!holds) {
      throw new InvalidInputException(path, reason);
    }
  }

  /** Not negative, at most 12 digits before and {@code decimals} behind the point. */
  static void amount(@Nullable BigDecimal value, int decimals, String path) {
    if (value == null) {
      return;
    }
    digits(value, decimals, path);
    require(value.signum() >= 0, path, "must not be negative");
  }

  /** At most 12 digits before and {@code decimals} behind the point; never an exponent. */
  static void digits(BigDecimal value, int decimals, String path) {
    // The texts are made only when they are needed: this runs for each segment of each session.
    if (value.scale() < 0 || value.scale() > decimals) {
      throw new InvalidInputException(
          path, "must have at most " + decimals + " digits behind the point");
    }
    if (value.precision() - value.scale() > MAX_INTEGER_DIGITS) {
      throw new InvalidInputException(
          path, "must have at most " + MAX_INTEGER_DIGITS + " digits before the point");
    }
  }

  /** A currency that money is paid in: XTS, XAU and the like have no minor unit. */
  static void currency(String code) {
    boolean pays;
    try {
      pays = Currency.getInstance(code).getDefaultFractionDigits() >= 0;
    } catch (IllegalArgumentException e) {
      pays = false;
    }
    require(pays, "currency", "must be an ISO 4217 currency code");
  }

  static void text(@Nullable String value, int maxLength, String path) {
    if (value == null) {
      return;
    }
    require(!value.isBlank(), path, "must not be empty");
    require(value.length() <= maxLength, path, "must have at most " + maxLength + " characters");
    require(
        value.chars().noneMatch(c -> c < ' ' && c != '\n'),
        path,
        "must not have control characters");
  }
}
