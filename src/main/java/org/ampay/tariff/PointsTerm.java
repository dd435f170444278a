package org.ampay.tariff;

import java.math.BigDecimal;

/**
 * Points that are reserved for the session.
 *
 * @param most points
 * @param value currency of one point, in major units
 * @param maxPercent of the sum before points that they may pay
 */
public record PointsTerm(long most, BigDecimal value, BigDecimal maxPercent, Funder funder) {

  private static final long MAX_POINTS = 1_000_000_000_000L;

  public PointsTerm {
    Checks.require(most >= 0 && most <= MAX_POINTS, "most", "must be from 0 to " + MAX_POINTS);
    Checks.amount(value, Tariff.PRICE_DECIMALS, "value");
    Checks.require(value.signum() > 0, "value", "must be above 0");
    TierDiscount.percent(maxPercent, "max_percent");
  }
}
