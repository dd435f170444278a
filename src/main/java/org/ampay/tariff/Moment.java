package org.ampay.tariff;

import org.jspecify.annotations.Nullable;

/** What restrictions look at, at one instant. Belongs to one walk, which moves it. */
final class Moment {

  private static final int DAYS_OF_WEEK = 7;

  /** 1970-01-01 was a Thursday, the fourth day of its week. */
  private static final int EPOCH_DAY_OF_WEEK = 3;

  int secondOfDay;
  long epochDay;

  /** Ordinal of the calendar's tier. */
  int tier;

  Exact kwh = Exact.ZERO;
  Exact elapsedSeconds = Exact.ZERO;
  @Nullable Exact power;
  @Nullable Exact current;

  /** 0 is Monday. */
  int dayOfWeek() {
    return (int) Math.floorMod(epochDay + EPOCH_DAY_OF_WEEK, (long) DAYS_OF_WEEK);
  }
}
