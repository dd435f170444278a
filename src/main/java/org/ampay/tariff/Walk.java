package org.ampay.tariff;

import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks over segments in the order of time and cuts them at every instant where another component
 * applies: clock, date, tier of the calendar, consumed energy, duration, end of the grace of
 * parking; power and state change only between segments.
 *
 * <p>All restrictions are half-open, so what holds at the left end of a stretch between two
 * thresholds holds in all of it. The walk therefore goes from threshold to threshold, looks the
 * components up at each, and hands over a {@link Slice} when they differ or the segment ends.
 */
final class Walk {

  private static final Exact NANOS = Exact.of(LocalClock.NANOS);
  private static final Exact SECONDS_PER_HOUR = Exact.of(3600);
  private static final Exact HOURS_PER_NANO = Exact.ofRatio(1, 3600 * LocalClock.NANOS);

  private final CompiledTariffs tariffs;
  private final LocalClock clock;
  private final Consumer<Slice> sink;
  private final Moment moment = new Moment();

  /** Energy of the segments that are done. */
  private Exact consumed = Exact.ZERO;

  /** Parking of the segments that are done. */
  private long parkedNanos;

  private @Nullable Long sessionStart;
  private @Nullable Long reservationStart;
  private boolean sessionFlatDue = true;
  private boolean reservationFlatDue = true;

  /** The last rates that only the clock decides, and from when to when they hold. */
  private @Nullable Rates known;

  Walk(TariffSnapshot snapshot, Consumer<Slice> sink) {
    this.tariffs = snapshot.compiled();
    this.clock = new LocalClock(snapshot.zone());
    this.sink = sink;
  }

  /** A walk that stands where this one does and goes on by itself. */
  Walk copy(TariffSnapshot snapshot, Consumer<Slice> otherSink) {
    Walk copy = new Walk(snapshot, otherSink);
    copy.consumed = consumed;
    copy.parkedNanos = parkedNanos;
    copy.sessionStart = sessionStart;
    copy.reservationStart = reservationStart;
    copy.sessionFlatDue = sessionFlatDue;
    copy.reservationFlatDue = reservationFlatDue;
    copy.known = known;
    return copy;
  }

  /** Goes over the next segment, which must not begin before the end of the last one. */
  void add(Segment segment) {
    Stretch stretch = new Stretch(segment);
    stretch.walk();
    consumed = consumed.plus(stretch.energy);
    if (segment.state() == SegmentState.PARKING) {
      parkedNanos += stretch.to - stretch.from;
    }
  }

  /** A place in a segment: nanoseconds and energy since its beginning. */
  private record Place(Exact nanos, Exact kwh) {}

  private static final Place START = new Place(Exact.ZERO, Exact.ZERO);

  /** The components that apply; {@code flat} only where it is still due. */
  private record Active(
      @Nullable Component flat,
      @Nullable Component time,
      @Nullable Component energy,
      @Nullable Component service,
      @Nullable Component occupancy) {

    boolean sameRates(Active other) {
      return time == other.time
          && energy == other.energy
          && service == other.service
          && occupancy == other.occupancy;
    }
  }

  /** What is found at a place; {@code occupancy} as if its grace were over. */
  private record Rates(
      Phase phase,
      LineDimension dimension,
      long from,
      long to,
      @Nullable Component time,
      @Nullable Component energy,
      @Nullable Component service,
      @Nullable Component occupancy) {}

  /** One segment being walked over. */
  private final class Stretch {

    final Segment segment;
    final String tariffId;
    final Phase phase;
    final long from;
    final long to;
    final Exact energy;
    final LineDimension timeDimension;
    final boolean energyCounts;

    /** Where durations count from: the beginning of the session, or of its reservation. */
    final long origin;

    /** When the grace of parking is over. */
    final long graceEnd;

    Stretch(Segment segment) {
      CompiledTariffs.Compiled tariff = tariffs.tariff(segment.tariffId());
      this.segment = segment;
      this.tariffId = tariff.id();
      this.phase = tariff.phase(segment.state());
      this.from = LocalClock.nanosOf(segment.from());
      this.to = LocalClock.nanosOf(segment.to());
      this.energy = Exact.of(segment.kwh());
      this.timeDimension = PricePeriod.timeDimension(segment.state());
      this.energyCounts = segment.state() == SegmentState.CHARGING || energy.signum() > 0;
      this.origin = origin(segment.state(), from);
      this.graceEnd = from + Math.max(0, phase.graceNanos() - parkedNanos);
      moment.power = phase.usesPower() ? power() : null;
      moment.current =
          phase.usesCurrent() && segment.currentA() != null ? Exact.of(segment.currentA()) : null;
    }

    void walk() {
      Place start = START;
      Active active = enter(start);
      Place place = start;
      for (Place next = next(place); next != null; next = next(place)) {
        Active there = enter(next);
        if (there.flat() != null || !active.sameRates(there)) {
          emit(start, next, active);
          start = next;
          active = there;
        }
        place = next;
      }
      emit(start, null, active);
    }

    /** The next threshold inside the segment, null when its end comes first. */
    private @Nullable Place next(Place place) {
      long at = from + place.nanos().floorLong();
      long time = Math.min(Math.min(nextDuration(at), nextClock(at)), nextGrace(at));
      if (phase.usesKwh()) {
        Place full = nextKwh(place, Math.min(time, to));
        if (full != null) {
          return full;
        }
      }
      if (time >= to) {
        return null;
      }
      return new Place(Exact.of(time - from), energy.times(Exact.ofRatio(time - from, to - from)));
    }

    /** Where the consumed energy passes a threshold, null when that is not before {@code until}. */
    private @Nullable Place nextKwh(Place place, long until) {
      Exact threshold = phase.nextKwh(consumed.plus(place.kwh()));
      if (threshold == null) {
        return null;
      }
      Exact ahead = threshold.minus(consumed);
      if (ahead.compareTo(energy) >= 0) {
        return null;
      }
      Exact nanos = Exact.of(to - from).times(ahead).dividedBy(energy);
      return nanos.compareTo(Exact.of(until - from)) <= 0 ? new Place(nanos, ahead) : null;
    }

    private long nextClock(long at) {
      Rates rates = known;
      if (rates != null && rates.phase() == phase && rates.from() <= at && at < rates.to()) {
        return rates.to();
      }
      int[] seconds = phase.clockSeconds();
      return seconds.length == 0 ? Long.MAX_VALUE : clock.nextBoundary(at, seconds);
    }

    private long nextDuration(long at) {
      long threshold = phase.nextDuration(at - origin);
      return threshold > Long.MAX_VALUE - origin ? Long.MAX_VALUE : origin + threshold;
    }

    private long nextGrace(long at) {
      return timeDimension == LineDimension.PARKING_TIME && at < graceEnd
          ? graceEnd
          : Long.MAX_VALUE;
    }

    /** What applies from here on; a FLAT that is found here is taken. */
    private Active enter(Place place) {
      long at = from + place.nanos().floorLong();
      boolean reservation = segment.state().isReservation();
      boolean flatDue =
          (reservation ? reservationFlatDue : sessionFlatDue) && phase.has(LineDimension.FLAT);
      Rates rates = known;
      if (flatDue || rates == null || !hold(rates, at)) {
        locate(at, place);
        rates = find(at);
        known = phase.isClockOnly() ? rates : null;
      }
      Component flat = flatDue ? phase.find(LineDimension.FLAT, moment) : null;
      if (flat != null && reservation) {
        reservationFlatDue = false;
      } else if (flat != null) {
        sessionFlatDue = false;
      }
      return new Active(
          flat,
          rates.time(),
          energyCounts ? rates.energy() : null,
          energyCounts ? rates.service() : null,
          at < graceEnd ? null : rates.occupancy());
    }

    private boolean hold(Rates rates, long at) {
      return rates.phase() == phase
          && rates.dimension() == timeDimension
          && rates.from() <= at
          && at < rates.to();
    }

    private void locate(long at, Place place) {
      if (phase.clockSeconds().length > 0) {
        clock.locate(at, moment);
        phase.locate(moment);
      }
      moment.kwh = consumed.plus(place.kwh());
      moment.elapsedSeconds = Exact.ofRatio(at - origin, LocalClock.NANOS);
    }

    private Rates find(long at) {
      return new Rates(
          phase,
          timeDimension,
          at,
          nextClock(at),
          phase.find(timeDimension, moment),
          phase.find(LineDimension.ENERGY, moment),
          phase.find(LineDimension.SERVICE, moment),
          timeDimension == LineDimension.PARKING_TIME ? phase.occupancy(moment) : null);
    }

    /** Hands the stretch over; {@code end} null is the end of the segment. */
    private void emit(Place start, @Nullable Place end, Active active) {
      Exact nanos = (end == null ? Exact.of(to - from) : end.nanos()).minus(start.nanos());
      PricePeriod period =
          new PricePeriod(
              start == START ? segment.from() : instant(start),
              end == null ? segment.to() : instant(end),
              segment.state(),
              tariffId,
              (end == null ? energy : end.kwh()).minus(start.kwh()),
              hours(nanos));
      sink.accept(
          new Slice(
              period,
              active.flat(),
              active.time(),
              active.energy(),
              active.service(),
              active.occupancy()));
    }

    private Instant instant(Place place) {
      return LocalClock.instantOf(from + place.nanos().floorLong());
    }

    /** As reported, else what the even flow of the energy means; unknown at a single instant. */
    private @Nullable Exact power() {
      if (segment.powerKw() != null) {
        return Exact.of(segment.powerKw());
      }
      return to == from
          ? null
          : energy.times(NANOS).times(SECONDS_PER_HOUR).dividedBy(Exact.of(to - from));
    }
  }

  /** Whole seconds stay small fractions: sums of them fit into longs. */
  private static Exact hours(Exact nanos) {
    if (nanos.isLong()) {
      long whole = nanos.floorLong();
      if (whole % LocalClock.NANOS == 0) {
        return Exact.ofRatio(whole / LocalClock.NANOS, 3600);
      }
    }
    return nanos.times(HOURS_PER_NANO);
  }

  private long origin(SegmentState state, long from) {
    if (state.isReservation()) {
      reservationStart = Objects.requireNonNullElse(reservationStart, from);
      return reservationStart;
    }
    sessionStart = Objects.requireNonNullElse(sessionStart, from);
    return sessionStart;
  }
}
