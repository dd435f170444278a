package org.ampay.charging;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ampay.base.Energy;
import org.jspecify.annotations.Nullable;

/**
 * Judges energy registers: energy is money. Nothing is refused here; a doubt holds the session from
 * being billed.
 *
 * <p>How much energy can be in an interval: the connector's power times the time, plus a tenth, plus
 * {@link #CLOCK_TOLERANCE} of full power (stations stamp whole seconds, at both ends), plus one step
 * of the register (some count in tenths or whole kWh, so that one step is a jump).
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

  /**
   * What a register says.
   *
   * @param delta energy since the last register, never negative
   * @param ignored it changes nothing: it is older than what is known
   */
  record Judgement(MeterTrack track, Energy delta, boolean ignored, List<String> doubts) {}

  /** Judges the next register of a session. */
  static Judgement judge(MeterTrack track, Instant at, Energy register, int maxPowerW) {
    Energy last = track.last();
    Instant lastAt = track.lastAt();
    if (last == null || lastAt == null) {
      List<String> doubts =
          register.isNegative() ? List.of("negative register " + register) : List.of();
      return new Judgement(MeterTrack.begin(at, register), Energy.ZERO, false, doubts);
    }
    if (at.isBefore(lastAt)) {
      return older(track, at, register, last);
    }
    Energy rise = register.minus(last);
    if (rise.compareTo(Energy.ZERO.minus(ROUNDING)) < 0) {
      String doubt = "register fell from " + last + " to " + register + at(at) + unitHint(last, register);
      return new Judgement(track.restarted(at, register), Energy.ZERO, false, List.of(doubt));
    }
    if (rise.isNegative()) {
      return new Judgement(track.moved(at, last, Energy.ZERO), Energy.ZERO, false, List.of());
    }
    return rise(track, at, register, rise, maxPowerW);
  }

  private static Judgement rise(
      MeterTrack track, Instant at, Energy register, Energy rise, int maxPowerW) {
    List<String> doubts = new ArrayList<>(1);
    Instant lastAt = present(track.lastAt());
    Energy last = present(track.last());
    if (rise.compareTo(most(lastAt, at, last, register, maxPowerW)) > 0) {
      doubts.add(
          "register jumped by " + rise + " in " + Duration.between(lastAt, at).toSeconds() + " s"
              + at(at) + unitHint(register, last));
    }
    MeterTrack moved = track.moved(at, register, rise);
    Instant firstAt = present(track.firstAt());
    if (doubts.isEmpty()
        && track.epochs() == 1
        && moved.delivered().compareTo(most(firstAt, at, present(track.first()), register, maxPowerW))
            > 0) {
      doubts.add("more energy than the connector can deliver: " + moved.delivered() + at(at));
    }
    return new Judgement(moved, rise, false, doubts);
  }

  /** Late, but true: it fits between what is known. Else one of the two clocks or registers lies. */
  private static Judgement older(MeterTrack track, Instant at, Energy register, Energy last) {
    List<String> doubts =
        register.minus(last).compareTo(ROUNDING) > 0
            ? List.of("register " + register + at(at) + " is above a later one, " + last)
            : List.of();
    return new Judgement(track, Energy.ZERO, true, doubts);
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
