package org.ampay.tariff;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Local time of a zone for growing instants. Inside a stretch of constant offset local time is a
 * sum; at a change of the offset the stretch ends, and everything is looked at anew: that is all
 * that both DST nights need.
 */
final class LocalClock {

  static final long NANOS = 1_000_000_000L;

  private static final long DAY_NANOS = LocalWindow.SECONDS_OF_DAY * NANOS;
  private static final long LAST_SECOND = Long.MAX_VALUE / NANOS;

  private final ZoneRules rules;
  private long validFrom = Long.MAX_VALUE;
  private long validTo = Long.MIN_VALUE;
  private long offsetNanos;

  LocalClock(ZoneId zone) {
    this.rules = zone.getRules();
  }

  static long nanosOf(Instant instant) {
    return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano());
  }

  static Instant instantOf(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }

  /** Sets the moment's local date and time. */
  void locate(long at, Moment moment) {
    long local = at + offset(at);
    moment.epochDay = Math.floorDiv(local, DAY_NANOS);
    moment.secondOfDay = (int) (Math.floorMod(local, DAY_NANOS) / NANOS);
  }

  /**
   * The first instant after {@code at} at which the local clock shows one of the seconds of the
   * day, or at which the zone's offset changes.
   *
   * @param seconds ascending, not empty
   */
  long nextBoundary(long at, int[] seconds) {
    long local = at + offset(at);
    long midnight = Math.floorDiv(local, DAY_NANOS) * DAY_NANOS;
    long next = midnight + DAY_NANOS + seconds[0] * NANOS;
    for (int second : seconds) {
      if (midnight + second * NANOS > local) {
        next = midnight + second * NANOS;
        break;
      }
    }
    return Math.min(next - offsetNanos, validTo);
  }

  private long offset(long at) {
    if (at < validFrom || at >= validTo) {
      Instant instant = instantOf(at);
      offsetNanos = rules.getOffset(instant).getTotalSeconds() * NANOS;
      validFrom = at;
      ZoneOffsetTransition next = rules.nextTransition(instant);
      validTo =
          next == null || next.getInstant().getEpochSecond() > LAST_SECOND
              ? Long.MAX_VALUE
              : nanosOf(next.getInstant());
    }
    return offsetNanos;
  }
}
