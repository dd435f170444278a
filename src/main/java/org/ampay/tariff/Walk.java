package org.ampay.tariff;

import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks over segments in the order of time and cuts them at every instant where another component
 * applies: clock, date, consumed energy, duration; power and state change only between segments.
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
    copy.sessionStart = sessionStart;
    copy.reservationStart = reservationStart;
    copy.sessionFlatDue = sessionFlatDue;
    copy.reservationFlatDue = reservationFlatDue;
    return copy;
  }

  /** Goes over the next segment, which must not begin before the end of the last one. */
  void add(Segment segment) {
    Stretch stretch = new Stretch(segment);
    stretch.walk();
    consumed = consumed.plus(stretch.energy);
  }

  /** A place in a segment: nanoseconds and energy since its beginning. */
  private record Place(Exact nanos, Exact kwh) {}

  /** The components that apply; {@code flat} only where it is still due. */
  private record Active(
      @Nullable Component flat,
      @Nullable Component time,
      @Nullable Component energy,
      @Nullable Component service) {}

  private record Rates(
      Phase phase,
      LineDimension dimension,
      long from,
      long to,
      @Nullable Component time,
      @Nullable Component energy,
      @Nullable Component service) {}

  /** One segment being walked over. */
  private final class Stretch {

    final Segment segment;
    final String tariffId;
    final Phase phase;
    final long from;
    final long to;
    final Exact energy;

    /** Where durations count from: the beginning of the session, or of its reservation. */
    final long origin;

    Stretch(Segment segment) {
      CompiledTariffs.Compiled tariff = tariffs.tariff(segment.tariffId());
      this.segment = segment;
      this.tariffId = tariff.id();
      this.phase = tariff.phase(segment.state());
      this.from = LocalClock.nanosOf(segment.from());
      this.to = LocalClock.nanosOf(segment.to());
      this.energy = Exact.of(segment.kwh());
      this.origin = origin(segment.state(), from);
      moment.power = phase.usesPower() ? power() : null;
      moment.current = segment.currentA() == null ? null : Exact.of(segment.currentA());
    }

    void walk() {
      Place start = new Place(Exact.ZERO, Exact.ZERO);
      Place end = new Place(Exact.of(to - from), energy);
      Active active = enter(start);
      Place place = start;
      for (Place next = next(place); next != null; next = next(place)) {
        Active there = enter(next);
        if (there.flat() != null || !sameRates(active, there)) {
          emit(start, next, active);
          start = next;
          active = there;
        }
        place = next;
      }
      emit(start, end, active);
    }

    /** The next threshold inside the segment, null when its end comes first. */
    private @Nullable Place next(Place place) {
      long at = from + place.nanos().floorLong();
      long time = Math.min(nextDuration(at), nextClock(at));
      Exact threshold = phase.nextKwh(consumed.plus(place.kwh()));
      if (threshold != null) {
        Exact ahead = threshold.minus(consumed);
        if (ahead.compareTo(energy) < 0) {
          Exact nanos = Exact.of(to - from).times(ahead).dividedBy(energy);
          if (nanos.compareTo(Exact.of(Math.min(time, to) - from)) <= 0) {
            return new Place(nanos, ahead);
          }
        }
      }
      if (time >= to) {
        return null;
      }
      return new Place(Exact.of(time - from), energy.times(Exact.ofRatio(time - from, to - from)));
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
      Exact threshold = phase.nextDuration(Exact.ofRatio(at - origin, LocalClock.NANOS));
      return threshold == null ? Long.MAX_VALUE : origin + threshold.times(NANOS).floorLong();
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
      boolean energyCounts = segment.state() == SegmentState.CHARGING || energy.signum() > 0;
      return new Active(
          flat,
          rates.time(),
          energyCounts ? rates.energy() : null,
          energyCounts ? rates.service() : null);
    }

    private boolean hold(Rates rates, long at) {
      return rates.phase() == phase
          && rates.dimension() == timeDimension()
          && rates.from() <= at
          && at < rates.to();
    }

    private void locate(long at, Place place) {
      if (phase.clockSeconds().length > 0) {
        clock.locate(at, moment);
      }
      moment.kwh = consumed.plus(place.kwh());
      moment.elapsedSeconds = Exact.ofRatio(at - origin, LocalClock.NANOS);
    }

    private Rates find(long at) {
      return new Rates(
          phase,
          timeDimension(),
          at,
          nextClock(at),
          phase.find(timeDimension(), moment),
          phase.find(LineDimension.ENERGY, moment),
          phase.find(LineDimension.SERVICE, moment));
    }

    private void emit(Place start, Place end, Active active) {
      PricePeriod period =
          new PricePeriod(
              instant(start),
              instant(end),
              segment.state(),
              tariffId,
              end.kwh().minus(start.kwh()),
              end.nanos().minus(start.nanos()).times(HOURS_PER_NANO));
      sink.accept(
          new Slice(period, active.flat(), active.time(), active.energy(), active.service()));
    }

    private Instant instant(Place place) {
      return LocalClock.instantOf(from + place.nanos().floorLong());
    }

    private LineDimension timeDimension() {
      return switch (segment.state()) {
        case CHARGING -> LineDimension.TIME;
        case PARKING -> LineDimension.PARKING_TIME;
        case RESERVATION, RESERVATION_EXPIRED -> LineDimension.RESERVATION_TIME;
      };
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

  private long origin(SegmentState state, long from) {
    if (state.isReservation()) {
      reservationStart = Objects.requireNonNullElse(reservationStart, from);
      return reservationStart;
    }
    sessionStart = Objects.requireNonNullElse(sessionStart, from);
    return sessionStart;
  }

  private static boolean sameRates(Active a, Active b) {
    return a.time() == b.time() && a.energy() == b.energy() && a.service() == b.service();
  }
}
