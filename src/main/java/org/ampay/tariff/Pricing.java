package org.ampay.tariff;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The engine: facts of a session and a frozen tariff in, an exact price out. The same input gives
 * the same price bit by bit, on any machine and in any year.
 */
public final class Pricing {

  private Pricing() {}

  /**
   * The price with its lines and periods.
   *
   * @throws InvalidInputException when a segment names a tariff that the snapshot has not
   */
  public static Price price(TariffSnapshot snapshot, SessionFacts facts) {
    Tally tally = new Tally(snapshot.compiled());
    int size = facts.segments().size() + facts.segments().size() / 2 + 4;
    List<PricePeriod> periods = new ArrayList<>(size);
    List<PriceLine> lines = new ArrayList<>(size * 2);
    Walk walk =
        new Walk(
            snapshot,
            slice -> {
              tally.accept(slice);
              add(lines, periods.size(), slice);
              periods.add(slice.period());
            });
    facts.segments().forEach(walk::add);
    Totals totals = tally.totals(snapshot.terms());
    List<StepApplied> steps = totals.belowMinimum() ? List.of() : tally.steps();
    for (StepApplied step : steps) {
      addSurplus(lines, step, tally.lastOf(step.dimension()));
    }
    return new Price(
        snapshot.currency(),
        snapshot.rounding(),
        totals,
        totals.belowMinimum() ? List.of() : lines,
        periods,
        steps);
  }

  /** The total alone, equal to that of {@link #price} and cheaper. */
  public static Amount total(TariffSnapshot snapshot, SessionFacts facts) {
    Tally tally = new Tally(snapshot.compiled());
    Walk walk = new Walk(snapshot, tally);
    facts.segments().forEach(walk::add);
    return tally.totals(snapshot.terms()).total();
  }

  private static void add(List<PriceLine> lines, int period, Slice slice) {
    Exact hours = slice.period().hours();
    Exact kwh = slice.period().kwh();
    add(lines, period, slice.flat(), Exact.ONE);
    add(lines, period, slice.time(), hours);
    add(lines, period, slice.energy(), kwh);
    add(lines, period, slice.service(), kwh);
    add(lines, period, slice.occupancy(), hours);
  }

  private static void add(
      List<PriceLine> lines, int period, @Nullable Component component, Exact volume) {
    if (component != null) {
      lines.add(
          new PriceLine(
              period, component.dimension, component.by, volume, volume, component.amount(volume)));
    }
  }

  /** What rounding adds belongs to the last line of its dimension that has any volume. */
  private static void addSurplus(List<PriceLine> lines, StepApplied step, Component component) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      PriceLine line = lines.get(i);
      if (line.dimension() == step.dimension() && line.volume().signum() > 0) {
        Exact billed = line.volume().plus(step.surplus());
        lines.set(
            i,
            new PriceLine(
                line.period(),
                line.dimension(),
                line.by(),
                line.volume(),
                billed,
                component.amount(billed)));
        return;
      }
    }
    throw new IllegalStateException("no line has the volume that was rounded: " + step);
  }
}
