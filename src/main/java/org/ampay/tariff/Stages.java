package org.ampay.tariff;

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

  /** What is due without tax as a bill shows it. */
  private Exact net = Exact.ZERO;

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
    Discounts discounts = new Discounts(tariffs.groups(), sums, stages.net, limited.incl(), true);
    discounts.take(terms, kwh);
    stages.adjustments.addAll(discounts.adjustments());
    return new Totals(
        lines,
        beforeLimits,
        new Amount(limited.excl() == null ? null : discounts.net(), discounts.due()),
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
    Discounts discounts = new Discounts(tariffs.groups(), sums, stages.net, limited, false);
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
        Amount change = cut.minus(amount);
        if (change.isZero()) {
          continue;
        }
        adjustments.add(
            new Adjustment(
                LineDimension.CEILING,
                ceiling.label(),
                null,
                null,
                group.vat(),
                change,
                change.exclOrAll()));
      }
    }
  }

  private Amount limit(Amount sum) {
    net = net(sum);
    Amount limited = tariff.limits().apply(sum);
    if (limited.equals(sum) && !tariffs.hasNegative()) {
      return sum;
    }
    Amount change = limited.minus(sum);
    int direction =
        change.incl().signum() != 0 ? change.incl().signum() : change.exclOrAll().signum();
    adjust(direction > 0 ? LineDimension.MIN_PRICE : LineDimension.MAX_PRICE, sum, change);
    Exact excl = limited.excl();
    Amount lifted =
        new Amount(excl == null ? null : excl.max(Exact.ZERO), limited.incl().max(Exact.ZERO));
    adjust(LineDimension.FLOOR, limited, lifted.minus(limited));
    return lifted;
  }

  /** The sum without tax as the lines of a bill show it: with tax where that is all we know. */
  private Exact net(Amount sum) {
    if (sum.excl() != null) {
      return sum.excl();
    }
    Exact all = Exact.ZERO;
    for (Amount amount : sums) {
      all = amount == null ? all : all.plus(amount.exclOrAll());
    }
    return all;
  }

  /**
   * Changes the sum as a whole. Where the sum without tax is not known the bill's net and tax both
   * bear their share.
   */
  private void adjust(LineDimension kind, Amount sum, Amount change) {
    if (change.isZero()) {
      return;
    }
    Exact own = change.excl();
    if (own == null) {
      own =
          sum.incl().signum() == 0 ? change.incl() : net.times(change.incl()).dividedBy(sum.incl());
    }
    net = net.plus(own);
    adjustments.add(new Adjustment(kind, null, null, null, null, change, own));
  }
}
