package org.ampay.billing.promotion;

import java.math.BigDecimal;
import java.util.Set;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.Funder;
import org.ampay.tariff.Price;
import org.jspecify.annotations.Nullable;

/**
 * What a coupon or an automatic discount takes off a bill.
 *
 * @param value currency units, percent or kWh
 * @param cap the most that a percentage takes off, in currency units with tax; null: any amount
 * @param minSpend the least sum with tax before it, in currency units
 * @param costs what it is taken off; empty: everything
 */
public record Benefit(
    CouponTerm.Kind kind,
    BigDecimal value,
    @Nullable BigDecimal cap,
    @Nullable BigDecimal minSpend,
    Set<Price.Cost> costs) {

  public Benefit {
    costs = Set.copyOf(costs);
    Rules.positive(value, "value");
    if (kind == CouponTerm.Kind.PERCENT) {
      Rules.percent(value, "value");
    }
    Rules.require(
        cap == null || kind == CouponTerm.Kind.PERCENT, "cap", "only a percentage has one");
    Rules.positiveOrNone(cap, "cap");
    Rules.positiveOrNone(minSpend, "min_spend");
    Rules.require(
        costs.isEmpty() || kind != CouponTerm.Kind.KWH, "costs", "kWh are of the energy alone");
  }

  CouponTerm term(@Nullable Long claimId, long id, String name, Funder funder) {
    return new CouponTerm(claimId, id, name, kind, value, cap, minSpend, costs, funder);
  }
}
