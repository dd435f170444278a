package org.ampay.tariff;

import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A coupon that is reserved for the session, or a campaign that applies by itself.
 *
 * @param claimId the driver's claim; null for a campaign
 * @param value money with tax, percent, or kWh
 * @param cap the most that it takes off, with tax; null: no cap
 * @param minSpend it counts only where the driver would pay at least that before any coupon
 * @param costs what it is taken off; empty: all (a KWH coupon: of ENERGY and SERVICE)
 */
public record CouponTerm(
    @Nullable Long claimId,
    long couponId,
    String name,
    Kind kind,
    BigDecimal value,
    @Nullable BigDecimal cap,
    @Nullable BigDecimal minSpend,
    Set<Price.Cost> costs,
    Funder funder) {

  /** What {@code value} is. */
  public enum Kind {
    AMOUNT,
    PERCENT,
    KWH
  }

  public CouponTerm {
    costs = TierDiscount.copy(costs);
    Checks.text(name, DriverTerms.MAX_NAME, "name");
    Checks.amount(value, Tariff.PRICE_DECIMALS, "value");
    Checks.require(value.signum() > 0, "value", "must be above 0");
    if (kind == Kind.PERCENT) {
      TierDiscount.percent(value, "value");
    }
    Checks.amount(cap, Tariff.PRICE_DECIMALS, "cap");
    Checks.amount(minSpend, Tariff.PRICE_DECIMALS, "min_spend");
  }
}
