package org.ampay.tariff;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes after the lines, in its one order: ceilings, price limits, floor, and then what the
 * driver pays less. Works on the sums of {@link CompiledTariffs.Group}, so that its cost does not
 * grow with the session.
 */
final class Stages {

  private final CompiledTariffs tariffs;
  private final CompiledTariffs.Compiled tariff;
  private final @Nullable Amount[] sums;
  private final List<Adjustment> adjustments = new ArrayList<>(4);

  private Stages(
      CompiledTariffs tariffs, CompiledTariffs.Compiled tariff, @Nullable Amount[] sums) {
    this.tariffs = tariffs;
    this.tariff = tariff;
    this.sums = sums;
  }

  /**
   * Goes through the stages.
   *
   * @param tariff the one that held last
   * @param sums by the index of the groups, null where nothing was priced; is changed
   * @param kwh all the energy of the session
   */
  static Totals apply(
      CompiledTariffs tariffs,
      CompiledTariffs.Compiled tariff,
      @Nullable Amount[] sums,
      DriverTerms terms,
      Exact kwh) {
    Stages stages = new Stages(tariffs, tariff, sums);
    Amount lines = stages.sum();
    Amount beforeLimits = stages.ceilings() ? stages.sum() : lines;
    Amount limited = stages.limit(beforeLimits);
    if (terms.isNone()) {
      return new Totals(
          lines, beforeLimits, limited, List.copyOf(stages.adjustments), List.of(), 0, false);
    }
    Discounts discounts =
        new Discounts(tariffs.groups(), sums, stages.billed(beforeLimits), limited.incl());
    discounts.take(terms, kwh);
    stages.adjustments.addAll(discounts.adjustments());
    return new Totals(
        lines,
        beforeLimits,
        new Amount(limited.excl() == null ? null : discounts.excl(), discounts.due()),
        List.copyOf(stages.adjustments),
        discounts.couponsUsed(),
        discounts.pointsUsed(),
        false);
  }

  /** What is due with tax, the same as in {@link #apply} and cheaper. */
  static Exact due(
      CompiledTariffs tariffs,
      CompiledTariffs.Compiled tariff,
      @Nullable Amount[] sums,
      DriverTerms terms,
      Exact kwh) {
    Stages stages = new Stages(tariffs, tariff, sums);
    stages.ceilings();
    Exact limited = stages.limit(stages.sum()).incl();
    if (terms.isNone()) {
      return limited;
    }
    Discounts discounts = new Discounts(tariffs.groups(), sums, null, limited);
    discounts.take(terms, kwh);
    return discounts.due();
  }

  private Amount sum() {
    Amount sum = Amount.ZERO;
    for (Amount amount : sums) {
      if (amount != null) {
        sum = sum.plus(amount);
      }
    }
    return sum;
  }

  /** The sum without tax as the lines of a bill show it: with tax where that is all we know. */
  private Exact billed(Amount beforeLimits) {
    Exact sum = Exact.ZERO;
    if (beforeLimits.excl() != null) {
      sum = beforeLimits.excl();
    } else {
      for (Amount amount : sums) {
        sum = amount == null ? sum : sum.plus(amount.exclOrAll());
      }
    }
    for (Adjustment adjustment : adjustments) {
      if (adjustment.isOfTheSum()) {
        sum = sum.plus(adjustment.change().exclOrAll());
      }
    }
    return sum;
  }

  private boolean ceilings() {
    int before = adjustments.size();
    for (Ceiling ceiling : tariff.ceilings()) {
      ceiling(ceiling);
    }
    return adjustments.size() > before;
  }

  private void ceiling(Ceiling ceiling) {
    boolean withTax = tariff.tariff().taxIncluded() == TaxIncluded.YES;
    Exact sum = Exact.ZERO;
    for (int i = 0; i < sums.length; i++) {
      Amount amount = sums[i];
      if (amount != null && tariffs.groups().get(i).cost() == ceiling.cost()) {
        sum = sum.plus(withTax ? amount.incl() : amount.exclOrAll());
      }
    }
    Exact most = Exact.of(ceiling.price());
    if (sum.compareTo(most) <= 0) {
      return;
    }
    Exact factor = most.dividedBy(sum);
    for (int i = 0; i < sums.length; i++) {
      Amount amount = sums[i];
      CompiledTariffs.Group group = tariffs.groups().get(i);
      if (amount != null && group.cost() == ceiling.cost()) {
        Amount cut = amount.times(factor);
        sums[i] = cut;
        adjust(LineDimension.CEILING, ceiling.label(), group.vat(), cut.minus(amount));
      }
    }
  }

  private Amount limit(Amount sum) {
    Amount limited = tariff.limits().apply(sum);
    Amount change = limited.minus(sum);
    if (!change.isZero()) {
      int direction =
          change.incl().signum() != 0 ? change.incl().signum() : change.exclOrAll().signum();
      adjust(direction > 0 ? LineDimension.MIN_PRICE : LineDimension.MAX_PRICE, null, null, change);
    }
    if (!tariffs.hasNegative()) {
      return limited;
    }
    Exact excl = limited.excl();
    Amount lifted =
        new Amount(excl == null ? null : excl.max(Exact.ZERO), limited.incl().max(Exact.ZERO));
    Amount floor = lifted.minus(limited);
    if (!floor.isZero()) {
      adjust(LineDimension.FLOOR, null, null, floor);
    }
    return lifted;
  }

  private void adjust(
      LineDimension kind, @Nullable String label, @Nullable BigDecimal vat, Amount change) {
    if (!change.isZero()) {
      adjustments.add(new Adjustment(kind, label, null, null, vat, change));
    }
  }
}
