package org.ampay.billing.promotion;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.ampay.base.Money;
import org.ampay.tariff.Funder;
import org.ampay.tariff.Price;
import org.jspecify.annotations.Nullable;

/** How an operator's drivers earn and use points. */
public record PointsProgramme(long operatorId, String currency, Spec spec, boolean active) {

  /** Of points that come in at once; with the most that one is worth still a small sum. */
  static final long MOST_POINTS = 1_000_000_000L;

  /**
   * What a person decides of it.
   *
   * @param pointsPerUnit for each currency unit of real money that was paid; parts are dropped
   * @param costs what earns; empty: everything
   * @param value of a point in currency units
   * @param maxPercent the most of a bill that points pay
   * @param months after which points expire; 0: never
   */
  public record Spec(
      BigDecimal pointsPerUnit,
      Set<Price.Cost> costs,
      BigDecimal value,
      BigDecimal maxPercent,
      int months,
      Funder funder) {
    private static final BigDecimal MOST_PER_UNIT = new BigDecimal("10000");
    private static final BigDecimal MOST_VALUE = new BigDecimal("1000000");

    public Spec {
      costs = Set.copyOf(costs);
      Rules.positive(pointsPerUnit, "points_per_unit");
      Rules.atMost(pointsPerUnit, MOST_PER_UNIT, "points_per_unit");
      Rules.positive(value, "value");
      Rules.atMost(value, MOST_VALUE, "value");
      Rules.percent(maxPercent, "max_percent");
      Rules.within(months, 0, 120, "months");
    }
  }

  /** What so many points are worth in the ledger, rounded half up. */
  long worth(long points) {
    return Money.of(
            currency, spec.value().multiply(BigDecimal.valueOf(points)), RoundingMode.HALF_UP)
        .minor();
  }

  @Nullable Instant expiry(Instant earned) {
    return spec.months() == 0
        ? null
        : earned.atZone(ZoneOffset.UTC).plusMonths(spec.months()).toInstant();
  }

  /** Points for real money that was paid, at most {@link #MOST_POINTS}. */
  long earned(Money paid, BigDecimal multiplier) {
    return paid.toDecimal()
        .multiply(spec.pointsPerUnit())
        .multiply(multiplier)
        .setScale(0, RoundingMode.DOWN)
        .min(BigDecimal.valueOf(MOST_POINTS))
        .longValueExact();
  }
}
