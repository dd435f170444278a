package org.ampay.charging;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.ampay.base.Energy;
import org.jspecify.annotations.Nullable;

/**
 * Judges energy registers: energy is money. Nothing is refused here; a doubt holds the session from
 * being billed.
 *
 * <p>How much energy can be in an interval: the connector's power times the time, plus a tenth,
 * plus {@link #CLOCK_TOLERANCE} of full power (stations stamp whole seconds, at both ends), plus
 * one step of the register (some count in tenths or whole kWh, so that one step is a jump).
 */
final class MeterSanity {

  /** A station's clock may run ahead of ours by this. */
  static final Duration FUTURE_TOLERANCE = Duration.ofMinutes(5);

  /** For connectors whose power nobody entered: above any that is built. */
  static final int UNKNOWN_POWER_W = 1_500_000;

  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  /** Whole watt-hours beside fractions of them: a fall this small is rounding. */
  private static final Energy ROUNDING = Energy.ofWh(1);

  /** Steps in which registers count, mWh: 1 kWh, 100 Wh, 10 Wh. */
  private static final long[] STEPS = {1_000_000, 100_000, 10_000};

  private static final long MILLIS_PER_HOUR = 3_600_000;

  private MeterSanity() {}

  /** What a register says. */
  sealed interface Judgement {

    MeterTrack track();

    List<String> doubts();

    /** The register goes on from the last one; {@code delta} is never negative. */
    record Advance(MeterTrack track, Instant at, Energy delta, List<String> doubts)
        implements Judgement {}

    /** A late reading from before the first one: {@code delta} flowed between the two. */
    record Earlier(MeterTrack track, Instant at, Energy delta, List<String> doubts)
        implements Judgement {}

    /** Late or senseless: it changes nothing. */
    record Ignored(MeterTrack track, List<String> doubts) implements Judgement {}
  }

  /**
   * Judges the next register of a session.
   *
   * @param maxPowerW of the connector, 0 when unknown
   */
  static Judgement judge(MeterTrack track, Instant at, Energy register, int maxPowerW) {
    Energy last = track.last();
    Instant lastAt = track.lastAt();
    if (register.isNegative()) {
      return new Judgement.Ignored(track, negative(at, register));
    }
    if (last == null || lastAt == null) {
      return new Judgement.Advance(MeterTrack.begin(at, register), at, Energy.ZERO, List.of());
    }
    if (at.isBefore(lastAt)) {
      return late(track, at, register, maxPowerW);
    }
    Energy rise = register.minus(last);
    if (rise.plus(ROUNDING).isNegative()) {
      String doubt =
          "register fell from " + last + " to " + register + at(at) + unitHint(last, register);
      return new Judgement.Advance(track.restarted(at, register), at, Energy.ZERO, List.of(doubt));
    }
    if (rise.isNegative()) {
      return new Judgement.Advance(track.moved(at, last, Energy.ZERO), at, Energy.ZERO, List.of());
    }
    MeterTrack moved = track.moved(at, register, rise);
    return new Judgement.Advance(moved, at, rise, doubts(track, moved, rise, maxPowerW));
  }

  private static List<String> doubts(
      MeterTrack before, MeterTrack after, Energy rise, int maxPowerW) {
    Instant from = present(before.lastAt());
    Instant to = present(after.lastAt());
    Energy low = present(before.last());
    Energy high = present(after.last());
    if (rise.compareTo(most(from, to, low, high, maxPowerW)) > 0) {
      return List.of(
          "register jumped by "
              + rise
              + " in "
              + Duration.between(from, to).toMillis()
              + " ms"
              + at(to)
              + unitHint(high, low));
    }
    Energy all = most(present(after.firstAt()), to, present(after.first()), high, maxPowerW);
    return after.epochs() == 1 && after.delivered().compareTo(all) > 0
        ? List.of("more energy than the connector can deliver")
        : List.of();
  }

  /** Late, and mostly true: it fits between what is known. Else a clock or a register lies. */
  private static Judgement late(MeterTrack track, Instant at, Energy register, int maxPowerW) {
    Instant firstAt = present(track.firstAt());
    Instant lastAt = present(track.lastAt());
    Energy last = present(track.last());
    boolean above = register.compareTo(last) >= 0;
    if (above && !at.plus(CLOCK_TOLERANCE).isBefore(lastAt)) {
      return judge(track, lastAt, register, maxPowerW);
    }
    if (register.minus(last).compareTo(ROUNDING) > 0) {
      return new Judgement.Ignored(
          track, List.of("register " + register + at(at) + " is above a later one, " + last));
    }
    Energy delta = present(track.first()).minus(register);
    return track.epochs() == 1 && at.isBefore(firstAt) && !delta.isNegative()
        ? new Judgement.Earlier(track.earlier(at, register, delta), at, delta, List.of())
        : new Judgement.Ignored(track, List.of());
  }

  /** The most energy that can have been delivered between two registers. */
  static Energy most(Instant from, Instant to, Energy low, Energy high, int maxPowerW) {
    long watts = maxPowerW > 0 ? maxPowerW : UNKNOWN_POWER_W;
    long millis = Math.max(0, Duration.between(from, to).toMillis());
    long milliWh = saturated(watts, millis);
    long clock = watts * CLOCK_TOLERANCE.toMillis() * 1000 / MILLIS_PER_HOUR;
    return new Energy(milliWh)
        .plus(new Energy(milliWh / 10))
        .plus(new Energy(clock))
        .plus(step(low, high));
  }

  /** Watts times milliseconds in mWh, without overflow for senseless times. */
  private static long saturated(long watts, long millis) {
    long limit = Long.MAX_VALUE / 4 / watts / 1000;
    return watts * Math.min(millis, limit) * 1000 / MILLIS_PER_HOUR;
  }

  private static Energy step(Energy low, Energy high) {
    for (long step : STEPS) {
      if (low.milliWh() % step == 0 && high.milliWh() % step == 0) {
        return new Energy(step);
      }
    }
    return ROUNDING;
  }

  /** Doubts about a register that no meter shows. */
  static List<String> negative(Instant at, Energy register) {
    return register.isNegative() ? List.of("negative register " + register + at(at)) : List.of();
  }

  /** Doubts about a time stamp. */
  static List<String> clock(Instant at, Instant receivedAt) {
    return at.isAfter(receivedAt.plus(FUTURE_TOLERANCE))
        ? List.of("stamped " + at + ", ahead of its receipt at " + receivedAt)
        : List.of();
  }

  /** A factor of about 1000 between neighbours is mostly a unit. */
  private static String unitHint(Energy large, Energy small) {
    long thousandth = large.milliWh() / 1000;
    long distance = Math.abs(thousandth - small.milliWh());
    return small.milliWh() > 0 && distance <= thousandth / 50 ? " (Wh and kWh mixed up?)" : "";
  }

  private static String at(Instant at) {
    return " at " + at;
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("a track with a last register has a first one");
    }
    return value;
  }
}
