package org.ampay.tariff;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The part of a tariff that holds in one phase of a session (the session itself, its reservation,
 * its reservation that expired), and the thresholds at which a restriction of it may change.
 */
final class Phase {

  private record Candidate(Matcher matcher, Component component) {}

  private static final long MOST_SECONDS = Long.MAX_VALUE / LocalClock.NANOS;

  private final @Nullable CompiledCalendar calendar;
  private final Candidate[][] candidates;
  private final int[] clockSeconds;
  private final Exact[] kwh;
  private final long[] durationNanos;
  private final boolean usesPower;
  private final boolean usesCurrent;
  private final @Nullable Component occupancy;
  private final long graceNanos;
  private final Matcher[] exempt;

  private Phase(Builder builder) {
    calendar = builder.calendar;
    candidates = new Candidate[builder.candidates.size()][];
    for (int i = 0; i < candidates.length; i++) {
      candidates[i] = builder.candidates.get(i).toArray(Candidate[]::new);
    }
    clockSeconds = builder.clock.stream().mapToInt(Integer::intValue).toArray();
    kwh = builder.kwh.toArray(Exact[]::new);
    durationNanos = builder.duration.stream().mapToLong(Long::longValue).toArray();
    usesPower = builder.usesPower;
    usesCurrent = builder.usesCurrent;
    occupancy = builder.occupancy;
    graceNanos = builder.graceNanos;
    exempt = builder.exempt.toArray(Matcher[]::new);
  }

  /** Collects the elements of a phase. */
  static final class Builder {

    private final @Nullable CompiledCalendar calendar;
    private final List<List<Candidate>> candidates = new ArrayList<>();
    private final TreeSet<Integer> clock = new TreeSet<>();
    private final TreeSet<Exact> kwh = new TreeSet<>();
    private final TreeSet<Long> duration = new TreeSet<>();
    private final List<Matcher> exempt = new ArrayList<>();
    private boolean usesPower;
    private boolean usesCurrent;
    private @Nullable Component occupancy;
    private long graceNanos;

    Builder(@Nullable CompiledCalendar calendar) {
      this.calendar = calendar;
      for (int i = 0; i < LineDimension.values().length; i++) {
        candidates.add(new ArrayList<>());
      }
    }

    /** Adds the next element, in order. */
    void add(Restrictions restrictions, List<Component> components) {
      Matcher matcher = new Matcher(restrictions);
      for (Component component : components) {
        candidates.get(component.dimension.ordinal()).add(new Candidate(matcher, component));
      }
      addClock(matcher);
      if (matcher.usesTiers() && calendar != null) {
        addSeconds(calendar.seconds());
      }
      Matcher.Range energy = matcher.kwh;
      if (energy.min() != null) {
        kwh.add(energy.min());
      }
      if (energy.max() != null) {
        kwh.add(energy.max());
      }
      addDuration(restrictions.duration().min());
      addDuration(restrictions.duration().max());
      usesPower |= matcher.usesPower();
      usesCurrent |= matcher.usesCurrent();
    }

    /** Adds the fee for parking. */
    void add(Occupancy fee, Component component) {
      occupancy = component;
      graceNanos = fee.graceSeconds() * LocalClock.NANOS;
      for (LocalWindow window : fee.exempt()) {
        Matcher matcher = new Matcher(Restrictions.of(window));
        exempt.add(matcher);
        addClock(matcher);
      }
    }

    Phase build() {
      return new Phase(this);
    }

    private void addClock(Matcher matcher) {
      if (matcher.usesClock()) {
        addSeconds(matcher.clockSeconds());
      }
    }

    private void addSeconds(int[] seconds) {
      clock.add(0);
      for (int second : seconds) {
        clock.add(second);
      }
    }

    /** Durations have at most 6 decimals; one that is longer than any session never comes. */
    private void addDuration(@Nullable BigDecimal seconds) {
      if (seconds != null && seconds.compareTo(BigDecimal.valueOf(MOST_SECONDS)) < 0) {
        duration.add(seconds.multiply(BigDecimal.valueOf(LocalClock.NANOS)).longValueExact());
      }
    }
  }

  /** Whether any component has the dimension. */
  boolean has(LineDimension dimension) {
    return candidates[dimension.ordinal()].length > 0;
  }

  /** Sets the moment's tier, of a date and time that are known. */
  void locate(Moment moment) {
    if (calendar != null) {
      moment.tier = calendar.tier(moment.epochDay, moment.secondOfDay);
    }
  }

  /** The first component in order that has the dimension and matches, null: free. */
  @Nullable Component find(LineDimension dimension, Moment moment) {
    for (Candidate candidate : candidates[dimension.ordinal()]) {
      if (candidate.matcher.matches(moment)) {
        return candidate.component;
      }
    }
    return null;
  }

  /** The fee for parking once its grace is over; null where there is none or none now. */
  @Nullable Component occupancy(Moment moment) {
    for (Matcher matcher : exempt) {
      if (matcher.matches(moment)) {
        return null;
      }
    }
    return occupancy;
  }

  /** The parking that is free, 0 without a fee. */
  long graceNanos() {
    return graceNanos;
  }

  /** Seconds of the local day at which something may change, ascending; empty: never. */
  int[] clockSeconds() {
    return clockSeconds;
  }

  /** The first threshold of the consumed energy above {@code consumed}. */
  @Nullable Exact nextKwh(Exact consumed) {
    for (Exact threshold : kwh) {
      if (threshold.compareTo(consumed) > 0) {
        return threshold;
      }
    }
    return null;
  }

  boolean usesKwh() {
    return kwh.length > 0;
  }

  /** The first threshold of the elapsed nanoseconds above {@code elapsed}, else the greatest. */
  long nextDuration(long elapsed) {
    int found = Arrays.binarySearch(durationNanos, elapsed + 1);
    int index = found < 0 ? -found - 1 : found;
    return index == durationNanos.length ? Long.MAX_VALUE : durationNanos[index];
  }

  boolean usesPower() {
    return usesPower;
  }

  boolean usesCurrent() {
    return usesCurrent;
  }

  /** Whether the components that apply depend on the clock alone. */
  boolean isClockOnly() {
    return !usesPower && !usesCurrent && kwh.length == 0 && durationNanos.length == 0;
  }
}
