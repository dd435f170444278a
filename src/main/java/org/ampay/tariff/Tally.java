package org.ampay.tariff;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a session adds up to: a volume a component, and which component was the last of a dimension.
 * Its size does not grow with the session, so that a running cost costs the same at any length.
 */
final class Tally implements Consumer<Slice> {

  private static final Exact WH_PER_KWH = Exact.of(1000);
  private static final Exact SECONDS_PER_HOUR = Exact.of(3600);
  private static final int DIMENSIONS = LineDimension.values().length;

  private final CompiledTariffs tariffs;
  private final @Nullable Exact[] volumes;
  private final @Nullable Component[] last = new @Nullable Component[DIMENSIONS];

  /** TIME or PARKING_TIME, whichever priced the last time: only that one is rounded. */
  private @Nullable LineDimension lastTime;

  private String lastTariff = "";
  private Exact kwh = Exact.ZERO;

  /** Of the session itself, without its reservation. */
  private @Nullable Instant from;

  private Instant to = Instant.MIN;

  Tally(CompiledTariffs tariffs) {
    this.tariffs = tariffs;
    this.volumes = new @Nullable Exact[tariffs.size()];
  }

  Tally copy() {
    Tally copy = new Tally(tariffs);
    System.arraycopy(volumes, 0, copy.volumes, 0, volumes.length);
    System.arraycopy(last, 0, copy.last, 0, last.length);
    copy.lastTime = lastTime;
    copy.lastTariff = lastTariff;
    copy.kwh = kwh;
    copy.from = from;
    copy.to = to;
    return copy;
  }

  @Override
  public void accept(Slice slice) {
    PricePeriod period = slice.period();
    lastTariff = period.tariffId();
    kwh = kwh.plus(period.kwh());
    if (!period.state().isReservation()) {
      from = from == null ? period.from() : from;
      to = period.to();
    }
    add(slice.flat(), Exact.ONE);
    add(slice.time(), period.hours());
    add(slice.energy(), period.kwh());
    add(slice.service(), period.kwh());
    add(slice.occupancy(), period.hours());
  }

  private void add(@Nullable Component component, Exact volume) {
    if (component == null) {
      return;
    }
    Exact before = volumes[component.index];
    volumes[component.index] = before == null ? volume : before.plus(volume);
    LineDimension dimension = component.dimension;
    if (volume.signum() > 0) {
      last[dimension.ordinal()] = component;
      if (dimension == LineDimension.TIME || dimension == LineDimension.PARKING_TIME) {
        lastTime = dimension;
      }
    }
  }

  /** What is due, with the changes that led there. */
  Totals totals(DriverTerms terms) {
    CompiledTariffs.Compiled tariff = tariffs.tariff(lastTariff);
    return isBelow(tariff.tariff().extras().minimumSession())
        ? Totals.BELOW_MINIMUM
        : Stages.apply(tariffs, tariff, sums(), terms, kwh);
  }

  /** What is due with tax, the same as in {@link #totals} and cheaper. */
  Exact due(DriverTerms terms) {
    CompiledTariffs.Compiled tariff = tariffs.tariff(lastTariff);
    return isBelow(tariff.tariff().extras().minimumSession())
        ? Exact.ZERO
        : Stages.due(tariffs, tariff, sums(), terms, kwh);
  }

  private boolean isBelow(@Nullable MinimumSession minimum) {
    if (minimum == null || from == null) {
      return false;
    }
    Integer seconds = minimum.seconds();
    return (minimum.kwh() == null || kwh.compareTo(Exact.of(minimum.kwh())) < 0)
        && (seconds == null
            || Duration.between(from, to).compareTo(Duration.ofSeconds(seconds)) < 0);
  }

  /** The sums of the groups after their steps, null where nothing was priced. */
  private @Nullable Amount[] sums() {
    @Nullable Exact[] billed = volumes.clone();
    for (StepApplied step : steps()) {
      int index = lastOf(step.dimension()).index;
      Exact volume = billed[index];
      billed[index] = volume == null ? step.surplus() : volume.plus(step.surplus());
    }
    @Nullable Amount[] sums = new @Nullable Amount[tariffs.groups().size()];
    for (int i = 0; i < billed.length; i++) {
      Exact volume = billed[i];
      if (volume != null) {
        Component component = tariffs.component(i);
        Amount amount = component.amount(volume);
        Amount before = sums[component.group];
        sums[component.group] = before == null ? amount : before.plus(amount);
      }
    }
    return sums;
  }

  /** The dimensions whose volume grows by rounding, with the component that pays for it. */
  List<StepApplied> steps() {
    List<StepApplied> steps = new ArrayList<>(4);
    step(steps, LineDimension.ENERGY, WH_PER_KWH);
    step(steps, LineDimension.SERVICE, WH_PER_KWH);
    if (lastTime != null) {
      step(steps, lastTime, SECONDS_PER_HOUR);
    }
    step(steps, LineDimension.OCCUPANCY, SECONDS_PER_HOUR);
    step(steps, LineDimension.RESERVATION_TIME, SECONDS_PER_HOUR);
    return steps;
  }

  private void step(List<StepApplied> steps, LineDimension dimension, Exact unit) {
    Component component = last[dimension.ordinal()];
    if (component == null || component.stepSize == 0) {
      return;
    }
    Exact volume = priced(dimension);
    Exact billed = volume.times(unit).ceilingTo(Exact.of(component.stepSize)).dividedBy(unit);
    if (billed.compareTo(volume) > 0) {
      steps.add(new StepApplied(dimension, component.by, volume, billed));
    }
  }

  /** The component that priced the last volume of a dimension. */
  Component lastOf(LineDimension dimension) {
    Component component = last[dimension.ordinal()];
    if (component == null) {
      throw new IllegalStateException("nothing was priced for " + dimension);
    }
    return component;
  }

  private Exact priced(LineDimension dimension) {
    Exact sum = Exact.ZERO;
    for (int i = 0; i < volumes.length; i++) {
      Exact volume = volumes[i];
      if (volume != null && tariffs.component(i).dimension == dimension) {
        sum = sum.plus(volume);
      }
    }
    return sum;
  }
}
