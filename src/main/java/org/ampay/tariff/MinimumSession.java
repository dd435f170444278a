package org.ampay.tariff;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A session that stays below every figure given is not billed.
 *
 * @param kwh all the energy of the session; null: does not count
 * @param seconds from the session's start to its end, parking included; null: does not count
 */
public record MinimumSession(@Nullable BigDecimal kwh, @Nullable Integer seconds) {

  private static final int MAX_SECONDS = 10_000_000;

  public MinimumSession {
    Checks.require(kwh != null || seconds != null, "", "needs kwh or seconds");
    Checks.amount(kwh, Restrictions.Bounds.DECIMALS, "kwh");
    Checks.require(kwh == null || kwh.signum() > 0, "kwh", "must be above 0");
    Checks.require(
        seconds == null || seconds > 0 && seconds <= MAX_SECONDS,
        "seconds",
        "must be from 1 to " + MAX_SECONDS);
  }
}
