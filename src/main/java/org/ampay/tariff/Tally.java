package org.ampay.tariff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a session adds up to: a volume a component, and which component was the last of a dimension.
 * Its size does not grow with the session, so that a running cost costs the same at any length.
 */
final class Tally implements Consumer<Slice> {

  private static final Exact WH_PER_KWH = Exact.of(1000);
  private static final Exact SECONDS_PER_HOUR = Exact.of(3600);

  private final CompiledTariffs tariffs;
  private final @Nullable Exact[] volumes;
  private final Map<LineDimension, Component> last = new EnumMap<>(LineDimension.class);

  /** TIME or PARKING_TIME, whichever priced the last time: only that one is rounded. */
  private @Nullable LineDimension lastTime;

  private String lastTariff = "";

  Tally(CompiledTariffs tariffs) {
    this.tariffs = tariffs;
    this.volumes = new @Nullable Exact[tariffs.size()];
  }

  Tally copy() {
    Tally copy = new Tally(tariffs);
    System.arraycopy(volumes, 0, copy.volumes, 0, volumes.length);
    copy.last.putAll(last);
    copy.lastTime = lastTime;
    copy.lastTariff = lastTariff;
    return copy;
  }

  @Override
  public void accept(Slice slice) {
    lastTariff = slice.period().tariffId();
    if (slice.flat() != null) {
      add(slice.flat(), Exact.ONE);
    }
    if (slice.time() != null) {
      add(slice.time(), slice.period().hours());
    }
    if (slice.energy() != null) {
      add(slice.energy(), slice.period().kwh());
    }
    if (slice.service() != null) {
      add(slice.service(), slice.period().kwh());
    }
  }

  private void add(Component component, Exact volume) {
    Exact before = volumes[component.index];
    volumes[component.index] = before == null ? volume : before.plus(volume);
    LineDimension dimension = component.dimension;
    if (volume.signum() > 0) {
      last.put(dimension, component);
      if (dimension == LineDimension.TIME || dimension == LineDimension.PARKING_TIME) {
        lastTime = dimension;
      }
    }
  }

  /** The sum of all components, after their steps and before the price limits. */
  Amount sum() {
    Exact[] surplus = new Exact[volumes.length];
    Arrays.fill(surplus, Exact.ZERO);
    for (LineDimension dimension : stepped()) {
      StepApplied step = step(dimension);
      if (step != null) {
        surplus[lastOf(dimension).index] = step.surplus();
      }
    }
    Amount sum = Amount.ZERO;
    for (int i = 0; i < volumes.length; i++) {
      Exact volume = volumes[i];
      if (volume != null) {
        sum = sum.plus(tariffs.component(i).amount(volume.plus(surplus[i])));
      }
    }
    return sum;
  }

  /** The sum within the limits of the tariff that held last. */
  Amount total() {
    return PriceLimits.apply(tariffs.tariff(lastTariff).tariff(), sum());
  }

  /** The dimensions whose volume grows by rounding, with the component that pays for it. */
  List<StepApplied> steps() {
    List<StepApplied> steps = new ArrayList<>();
    for (LineDimension dimension : stepped()) {
      StepApplied step = step(dimension);
      if (step != null) {
        steps.add(step);
      }
    }
    return steps;
  }

  private List<LineDimension> stepped() {
    return lastTime == null
        ? List.of(LineDimension.ENERGY, LineDimension.SERVICE, LineDimension.RESERVATION_TIME)
        : List.of(
            LineDimension.ENERGY, LineDimension.SERVICE, lastTime, LineDimension.RESERVATION_TIME);
  }

  private @Nullable StepApplied step(LineDimension dimension) {
    Component component = last.get(dimension);
    if (component == null || component.stepSize == 0) {
      return null;
    }
    boolean energy = dimension == LineDimension.ENERGY || dimension == LineDimension.SERVICE;
    Exact unit = energy ? WH_PER_KWH : SECONDS_PER_HOUR;
    Exact volume = priced(dimension);
    Exact billed = volume.times(unit).ceilingTo(Exact.of(component.stepSize)).dividedBy(unit);
    return billed.compareTo(volume) > 0
        ? new StepApplied(dimension, component.by, volume, billed)
        : null;
  }

  private Component lastOf(LineDimension dimension) {
    Component component = last.get(dimension);
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
