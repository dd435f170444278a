package org.ampay.tariff;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A slow, obviously right reading of the restrictions for sessions of whole minutes: looks at the
 * local clock once a minute. Knows nothing of thresholds, boundaries and offsets.
 */
final class MinuteByMinute {

  private final Map<String, Exact> volumes = new TreeMap<>();
  private final TariffSnapshot snapshot;
  private Exact kwh = Exact.ZERO;

  private MinuteByMinute(TariffSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** Hours and energy by component, as the engine's lines have them. */
  static Map<String, Exact> volumes(Price price) {
    Map<String, Exact> volumes = new TreeMap<>();
    for (PriceLine line : price.lines()) {
      if (line.dimension() != LineDimension.FLAT && line.volume().signum() > 0) {
        String key = line.dimension() + " " + line.by().element();
        volumes.merge(key, line.volume(), Exact::plus);
      }
    }
    return volumes;
  }

  static Map<String, Exact> volumes(TariffSnapshot snapshot, SessionFacts facts) {
    MinuteByMinute walk = new MinuteByMinute(snapshot);
    Instant start = facts.segments().getFirst().from();
    facts.segments().forEach(segment -> walk.add(segment, start));
    return walk.volumes;
  }

  private void add(Segment segment, Instant start) {
    long minutes = Duration.between(segment.from(), segment.to()).toMinutes();
    Exact each = minutes == 0 ? Exact.ZERO : Exact.of(segment.kwh()).dividedBy(Exact.of(minutes));
    BigDecimal power = segment.powerKw();
    Exact kw = power == null ? each.times(Exact.of(60)) : Exact.of(power);
    Dimension time =
        segment.state() == SegmentState.PARKING ? Dimension.PARKING_TIME : Dimension.TIME;
    for (long m = 0; m < minutes; m++) {
      Instant at = segment.from().plusSeconds(60 * m);
      long elapsed = Duration.between(start, at).toSeconds();
      price(time, at, elapsed, kw, Exact.ofRatio(1, 60));
      price(Dimension.ENERGY, at, elapsed, kw, each);
      price(Dimension.SERVICE, at, elapsed, kw, each);
      kwh = kwh.plus(each);
    }
  }

  private void price(Dimension dimension, Instant at, long elapsed, Exact kw, Exact volume) {
    Tariff tariff = snapshot.tariffs().getFirst();
    for (int e = 0; e < tariff.elements().size(); e++) {
      TariffElement element = tariff.elements().get(e);
      boolean has = element.components().stream().anyMatch(c -> c.type() == dimension);
      if (has && matches(element.restrictions(), at.atZone(snapshot.zone()), elapsed, kw)) {
        if (volume.signum() > 0) {
          volumes.merge(dimension + " " + e, volume, Exact::plus);
        }
        return;
      }
    }
  }

  private boolean matches(Restrictions r, ZonedDateTime local, long elapsed, Exact kw) {
    LocalWindow w = r.window();
    LocalTime time = local.toLocalTime();
    LocalTime start = w.startTime() == null ? LocalTime.MIDNIGHT : w.startTime();
    LocalTime end = w.endTime() == null ? LocalTime.MIDNIGHT : w.endTime();
    boolean endOfDay = end.equals(LocalTime.MIDNIGHT);
    boolean clock =
        endOfDay || start.isBefore(end)
            ? !time.isBefore(start) && (endOfDay || time.isBefore(end))
            : !time.isBefore(start) || time.isBefore(end);
    return clock
        && (w.startDate() == null || !local.toLocalDate().isBefore(w.startDate()))
        && (w.endDate() == null || local.toLocalDate().isBefore(w.endDate()))
        && (w.days().isEmpty() || w.days().contains(local.getDayOfWeek()))
        && within(r.kwh(), kwh)
        && within(r.power(), kw)
        && within(r.duration(), Exact.of(elapsed));
  }

  private static boolean within(Restrictions.Bounds bounds, Exact value) {
    return atLeast(value, bounds.min()) && (bounds.max() == null || !atLeast(value, bounds.max()));
  }

  private static boolean atLeast(Exact value, @Nullable BigDecimal bound) {
    return bound == null || value.compareTo(Exact.of(bound)) >= 0;
  }
}
