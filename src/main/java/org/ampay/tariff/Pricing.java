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
    List<Slice> slices = new ArrayList<>();
    Walk walk =
        new Walk(
            snapshot,
            slice -> {
              tally.accept(slice);
              slices.add(slice);
            });
    facts.segments().forEach(walk::add);
    List<StepApplied> steps = tally.steps();
    return new Price(
        snapshot.currency(),
        snapshot.rounding(),
        tally.total(),
        tally.sum(),
        lines(slices, steps),
        slices.stream().map(Slice::period).toList(),
        steps);
  }

  /** The total alone, equal to that of {@link #price} and cheaper. */
  public static Amount total(TariffSnapshot snapshot, SessionFacts facts) {
    Tally tally = new Tally(snapshot.compiled());
    Walk walk = new Walk(snapshot, tally);
    facts.segments().forEach(walk::add);
    return tally.total();
  }

  private static List<PriceLine> lines(List<Slice> slices, List<StepApplied> steps) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      Slice slice = slices.get(i);
      draft(drafts, i, slice.flat(), Exact.ONE);
      draft(drafts, i, slice.time(), slice.period().hours());
      draft(drafts, i, slice.energy(), slice.period().kwh());
      draft(drafts, i, slice.service(), slice.period().kwh());
    }
    for (StepApplied step : steps) {
      addSurplus(drafts, step);
    }
    return drafts.stream().map(Draft::line).toList();
  }

  private static void draft(
      List<Draft> drafts, int period, @Nullable Component component, Exact volume) {
    if (component != null) {
      drafts.add(new Draft(period, component, volume));
    }
  }

  /** What rounding adds belongs to the last line of its dimension that has any volume. */
  private static void addSurplus(List<Draft> drafts, StepApplied step) {
    for (int i = drafts.size() - 1; i >= 0; i--) {
      Draft draft = drafts.get(i);
      if (draft.component.dimension == step.dimension() && draft.volume.signum() > 0) {
        draft.billed = draft.volume.plus(step.surplus());
        return;
      }
    }
    throw new IllegalStateException("no line has the volume that was rounded: " + step);
  }

  private static final class Draft {
    final int period;
    final Component component;
    final Exact volume;
    Exact billed;

    Draft(int period, Component component, Exact volume) {
      this.period = period;
      this.component = component;
      this.volume = volume;
      this.billed = volume;
    }

    PriceLine line() {
      return new PriceLine(
          period, component.dimension, component.by, volume, billed, component.amount(billed));
    }
  }
}
