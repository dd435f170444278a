package org.ampay.billing.promotion;

import java.math.BigDecimal;
import org.ampay.tariff.Funder;
import org.ampay.tariff.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** The checks that the records of this package share; each names the field in JSON. */
final class Rules {

  private static final int MAX_NAME = 100;
  private static final int MAX_DECIMALS = 4;
  private static final int MAX_DIGITS = 9;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Rules() {}

  static void require(boolean holds, String path, String reason) {
    if (!holds) {
      throw new InvalidInputException(path, reason);
    }
  }

  static String name(String name) {
    String stripped = name.strip();
    require(
        !stripped.isEmpty() && stripped.length() <= MAX_NAME,
        "name",
        "must have 1 to " + MAX_NAME + " characters");
    require(
        stripped.chars().noneMatch(Character::isISOControl),
        "name",
        "must not have control characters");
    return stripped;
  }

  static void positive(BigDecimal value, String path) {
    require(value.signum() > 0, path, "must be positive");
    digits(value, path);
  }

  static void positiveOrNone(@Nullable BigDecimal value, String path) {
    if (value != null) {
      positive(value, path);
    }
  }

  static void atMost(BigDecimal value, BigDecimal most, String path) {
    require(value.compareTo(most) <= 0, path, "must be at most " + most.toPlainString());
  }

  static void percent(BigDecimal value, String path) {
    positive(value, path);
    require(value.compareTo(HUNDRED) <= 0, path, "must be at most 100");
  }

  static void within(long value, long least, long most, String path) {
    require(value >= least && value <= most, path, "must be from " + least + " to " + most);
  }

  private static void digits(BigDecimal value, String path) {
    require(
        value.stripTrailingZeros().scale() <= MAX_DECIMALS
            && value.precision() - value.scale() <= MAX_DIGITS,
        path,
        "must have at most "
            + MAX_DIGITS
            + " digits before and "
            + MAX_DECIMALS
            + " behind the point");
  }

  /** Only the platform spends the platform's money. */
  static void mayFund(Who who, Funder funder) {
    require(who.platform() || funder != Funder.PLATFORM, "funder", "only the platform may fund it");
  }
}
