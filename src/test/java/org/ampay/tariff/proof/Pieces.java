package org.ampay.tariff.proof;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ampay.tariff.LocalWindow;
import org.ampay.tariff.Occupancy;
import org.ampay.tariff.Restrictions;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffElement;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a session into pieces at every place where anything might change: far more often than
 * needed, which does no harm, since what is the same on both sides of a cut adds up to the same.
 *
 * <p>A place in a segment is the share of it that has passed, from 0 to 1. Time and energy both
 * grow evenly with it.
 */
final class Pieces {

  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);
  private static final Ratio HOUR = Ratio.of(3600);

  private final List<Piece> pieces = new ArrayList<>();
  private final TariffSnapshot snapshot;
  private final ZoneRules rules;

  /** Times of the day at which some window or slot may begin or end. */
  private final Set<LocalTime> times = new TreeSet<>();

  private final Set<Ratio> durations = new TreeSet<>();
  private final Set<Ratio> energies = new TreeSet<>();
  private final Set<Ratio> graces = new TreeSet<>();
  private @Nullable Instant session;
  private @Nullable Instant reservation;
  private Ratio consumed = Ratio.ZERO;
  private Ratio parked = Ratio.ZERO;

  private Pieces(TariffSnapshot snapshot) {
    this.snapshot = snapshot;
    this.rules = snapshot.zone().getRules();
    times.add(LocalTime.MIDNIGHT);
    snapshot.tariffs().forEach(this::collect);
  }

  static List<Piece> of(TariffSnapshot snapshot, SessionFacts facts) {
    Pieces all = new Pieces(snapshot);
    facts.segments().forEach(all::cut);
    return all.pieces;
  }

  private void collect(Tariff tariff) {
    for (TariffElement element : tariff.elements()) {
      collect(element.restrictions().window());
      collect(element.restrictions().duration(), durations);
      collect(element.restrictions().kwh(), energies);
    }
    if (tariff.extras().calendar() != null) {
      for (int half = 0; half < 48; half++) {
        times.add(LocalTime.MIDNIGHT.plusMinutes(30L * half));
      }
    }
    Occupancy occupancy = tariff.extras().occupancy();
    if (occupancy != null) {
      graces.add(Ratio.of(occupancy.graceSeconds()));
      occupancy.exempt().forEach(this::collect);
    }
  }

  private void collect(LocalWindow window) {
    if (window.startTime() != null) {
      times.add(window.startTime());
    }
    if (window.endTime() != null) {
      times.add(window.endTime());
    }
  }

  private static void collect(Restrictions.Bounds bounds, Set<Ratio> into) {
    if (bounds.min() != null) {
      into.add(Ratio.of(bounds.min()));
    }
    if (bounds.max() != null) {
      into.add(Ratio.of(bounds.max()));
    }
  }

  private void cut(Segment segment) {
    Ratio seconds = seconds(segment.from(), segment.to());
    Ratio kwh = Ratio.of(segment.kwh());
    Instant origin = origin(segment);
    List<Ratio> cuts = new ArrayList<>(shares(segment, origin));
    cuts.add(Ratio.ONE);
    for (int i = 0; i + 1 < cuts.size(); i++) {
      Ratio share = cuts.get(i);
      Ratio length = cuts.get(i + 1).minus(share);
      Ratio passed = seconds.times(share);
      int tariff = tariff(segment.tariffId());
      pieces.add(
          new Piece(
              segment,
              tariff,
              snapshot.tariffs().get(tariff),
              local(segment.from(), passed),
              seconds(origin, segment.from()).plus(passed),
              consumed.plus(kwh.times(share)),
              segment.state() == SegmentState.PARKING ? parked.plus(passed) : parked,
              power(segment, seconds, kwh),
              seconds.times(length).over(HOUR),
              kwh.times(length)));
    }
    consumed = consumed.plus(kwh);
    parked = segment.state() == SegmentState.PARKING ? parked.plus(seconds) : parked;
  }

  /** The shares of the segment at which something may change; 0 is one of them, 1 is not. */
  private Set<Ratio> shares(Segment segment, Instant origin) {
    Ratio seconds = seconds(segment.from(), segment.to());
    Ratio kwh = Ratio.of(segment.kwh());
    TreeSet<Ratio> shares = new TreeSet<>();
    shares.add(Ratio.ZERO);
    if (seconds.sign() > 0) {
      for (Instant change : clockChanges(segment.from(), segment.to())) {
        shares.add(seconds(segment.from(), change).over(seconds));
      }
      Ratio before = seconds(origin, segment.from());
      durations.forEach(duration -> shares.add(duration.minus(before).over(seconds)));
      if (segment.state() == SegmentState.PARKING) {
        graces.forEach(grace -> shares.add(grace.minus(parked).over(seconds)));
      }
    }
    if (kwh.sign() > 0) {
      energies.forEach(energy -> shares.add(energy.minus(consumed).over(kwh)));
    }
    return shares.subSet(Ratio.ZERO, Ratio.ONE);
  }

  /** Day by day, each time of the day in each offset that it has; and the changes of the offset. */
  private Set<Instant> clockChanges(Instant from, Instant to) {
    Set<Instant> changes = new TreeSet<>();
    LocalDate last = LocalDate.ofInstant(to, snapshot.zone()).plusDays(1);
    LocalDate day = LocalDate.ofInstant(from, snapshot.zone()).minusDays(1);
    for (; !day.isAfter(last); day = day.plusDays(1)) {
      for (LocalTime time : times) {
        LocalDateTime local = day.atTime(time);
        for (ZoneOffset offset : rules.getValidOffsets(local)) {
          changes.add(local.toInstant(offset));
        }
      }
    }
    ZoneOffsetTransition change = rules.nextTransition(from);
    while (change != null && change.getInstant().isBefore(to)) {
      changes.add(change.getInstant());
      change = rules.nextTransition(change.getInstant());
    }
    return changes;
  }

  private Instant origin(Segment segment) {
    boolean reserved =
        segment.state() == SegmentState.RESERVATION
            || segment.state() == SegmentState.RESERVATION_EXPIRED;
    if (reserved) {
      reservation = reservation == null ? segment.from() : reservation;
      return reservation;
    }
    session = session == null ? segment.from() : session;
    return session;
  }

  private int tariff(@Nullable String id) {
    for (int i = 0; i < snapshot.tariffs().size(); i++) {
      if (id == null || id.equals(snapshot.tariffs().get(i).info().id())) {
        return i;
      }
    }
    throw new IllegalArgumentException("no tariff " + id);
  }

  /** The clock shows whole nanoseconds, and no window begins between two. */
  private LocalDateTime local(Instant from, Ratio passed) {
    BigInteger nanos = passed.times(new Ratio(NANOS, BigInteger.ONE)).floor();
    return LocalDateTime.ofInstant(from.plusNanos(nanos.longValueExact()), snapshot.zone());
  }

  private static @Nullable Ratio power(Segment segment, Ratio seconds, Ratio kwh) {
    if (segment.powerKw() != null) {
      return Ratio.of(segment.powerKw());
    }
    return seconds.sign() == 0 ? null : kwh.times(HOUR).over(seconds);
  }

  private static Ratio seconds(Instant from, Instant to) {
    Duration duration = Duration.between(from, to);
    return Ratio.of(
        BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9)));
  }
}
