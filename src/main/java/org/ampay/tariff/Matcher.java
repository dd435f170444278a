package org.ampay.tariff;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The restrictions of one element, ready for one question: do they hold at this moment? */
final class Matcher {

  private final int startSecond;
  private final int endSecond;
  private final long startDay;
  private final long endDay;
  private final int dayMask;
  private final int tierMask;
  private final boolean always;
  final Range kwh;
  private final Range duration;
  private final Range power;
  private final Range current;

  Matcher(Restrictions restrictions) {
    LocalWindow window = restrictions.window();
    startSecond = window.startSecond();
    endSecond = window.endSecond();
    startDay = day(window.startDate(), Long.MIN_VALUE);
    endDay = day(window.endDate(), Long.MAX_VALUE);
    int mask = 0;
    for (DayOfWeek day : window.days()) {
      mask |= 1 << day.ordinal();
    }
    dayMask = mask;
    int tiers = 0;
    for (TouTier tier : restrictions.calendarTiers()) {
      tiers |= 1 << tier.ordinal();
    }
    tierMask = tiers;
    always = window.isAlways();
    kwh = Range.of(restrictions.kwh());
    duration = Range.of(restrictions.duration());
    power = Range.of(restrictions.power());
    current = Range.of(restrictions.current());
  }

  boolean usesClock() {
    return !always;
  }

  boolean usesTiers() {
    return tierMask != 0;
  }

  boolean usesPower() {
    return power != Range.ALL;
  }

  boolean usesCurrent() {
    return current != Range.ALL;
  }

  /** Seconds of the local day at which the clock window opens and closes. */
  int[] clockSeconds() {
    return new int[] {startSecond, endSecond % LocalWindow.SECONDS_OF_DAY};
  }

  boolean matches(Moment moment) {
    return (always || matchesWindow(moment))
        && (tierMask == 0 || (tierMask & (1 << moment.tier)) != 0)
        && kwh.contains(moment.kwh)
        && duration.contains(moment.elapsedSeconds)
        && power.contains(moment.power)
        && current.contains(moment.current);
  }

  private boolean matchesWindow(Moment moment) {
    int second = moment.secondOfDay;
    boolean clock =
        startSecond < endSecond
            ? second >= startSecond && second < endSecond
            : second >= startSecond || second < endSecond;
    return clock
        && moment.epochDay >= startDay
        && moment.epochDay < endDay
        && (dayMask == 0 || (dayMask & (1 << moment.dayOfWeek())) != 0);
  }

  private static long day(@Nullable LocalDate date, long otherwise) {
    return date == null ? otherwise : date.toEpochDay();
  }

  /** From {@code min} inclusive to {@code max} exclusive. */
  record Range(@Nullable Exact min, @Nullable Exact max) {

    static final Range ALL = new Range(null, null);

    static Range of(Restrictions.Bounds bounds) {
      return bounds.isNone() ? ALL : new Range(exact(bounds.min()), exact(bounds.max()));
    }

    /** A value that is not known lies in no range that has bounds. */
    boolean contains(@Nullable Exact value) {
      if (this == ALL) {
        return true;
      }
      return value != null
          && (min == null || value.compareTo(min) >= 0)
          && (max == null || value.compareTo(max) < 0);
    }

    private static @Nullable Exact exact(@Nullable BigDecimal value) {
      return value == null ? null : Exact.of(value);
    }
  }
}
