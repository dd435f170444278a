package org.ampay.tariff;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The part of a tariff that holds in one phase of a session (the session itself, its reservation,
 * its reservation that expired), and the thresholds at which a restriction of it may change.
 */
final class Phase {

  private record Candidate(Matcher matcher, Component component) {}

  private final Map<LineDimension, List<Candidate>> candidates = new EnumMap<>(LineDimension.class);
  private final TreeSet<Integer> clock = new TreeSet<>();
  private final TreeSet<Exact> kwh = new TreeSet<>();
  private final TreeSet<Exact> duration = new TreeSet<>();
  private int[] clockSeconds = {};
  private boolean usesPower;
  private boolean usesCurrent;

  /** Adds the next element, in order. */
  void add(Restrictions restrictions, List<Component> components) {
    Matcher matcher = new Matcher(restrictions);
    for (Component component : components) {
      candidates
          .computeIfAbsent(component.dimension, d -> new ArrayList<>())
          .add(new Candidate(matcher, component));
    }
    if (matcher.usesClock()) {
      clock.add(0);
      for (int second : matcher.clockSeconds()) {
        clock.add(second);
      }
      clockSeconds = clock.stream().mapToInt(Integer::intValue).toArray();
    }
    thresholds(matcher.kwh, kwh);
    thresholds(matcher.duration, duration);
    usesPower |= matcher.usesPower();
    usesCurrent |= matcher.usesCurrent();
  }

  /** Whether any component has the dimension. */
  boolean has(LineDimension dimension) {
    return candidates.containsKey(dimension);
  }

  /** The first component in order that has the dimension and matches, null: free. */
  @Nullable Component find(LineDimension dimension, Moment moment) {
    List<Candidate> list = candidates.get(dimension);
    if (list != null) {
      for (Candidate candidate : list) {
        if (candidate.matcher.matches(moment)) {
          return candidate.component;
        }
      }
    }
    return null;
  }

  /** Seconds of the local day at which something may change, ascending; empty: never. */
  int[] clockSeconds() {
    return clockSeconds;
  }

  /** The first threshold of the consumed energy above {@code kwh}. */
  @Nullable Exact nextKwh(Exact consumed) {
    return kwh.isEmpty() ? null : kwh.higher(consumed);
  }

  /** The first threshold of the elapsed seconds above {@code elapsed}. */
  @Nullable Exact nextDuration(Exact elapsed) {
    return duration.isEmpty() ? null : duration.higher(elapsed);
  }

  boolean usesPower() {
    return usesPower;
  }

  /** Whether the components that apply depend on the clock alone. */
  boolean isClockOnly() {
    return !usesPower && !usesCurrent && kwh.isEmpty() && duration.isEmpty();
  }

  private static void thresholds(Matcher.Range range, TreeSet<Exact> into) {
    if (range.min() != null) {
      into.add(range.min());
    }
    if (range.max() != null) {
      into.add(range.max());
    }
  }
}
