package org.ampay.tariff;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of the calendar in which an element holds, in the site's local time. Each part is tested
 * on the momentary local date and time by itself, also when the clock window wraps midnight.
 *
 * @param startTime inclusive; null is 00:00
 * @param endTime exclusive; null and 00:00 are the end of the day; before {@code startTime}: the
 *     window wraps midnight
 * @param startDate inclusive
 * @param endDate exclusive
 * @param days empty: every day
 */
public record LocalWindow(
    @Nullable LocalTime startTime,
    @Nullable LocalTime endTime,
    @Nullable LocalDate startDate,
    @Nullable LocalDate endDate,
    Set<DayOfWeek> days) {

  static final int SECONDS_OF_DAY = 86_400;

  public static final LocalWindow ALWAYS = new LocalWindow(null, null, null, null, Set.of());

  public LocalWindow {
    days = days.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(days));
    Checks.require(
        startTime == null
            || endTime == null
            || endTime.equals(LocalTime.MIDNIGHT)
            || !startTime.equals(endTime),
        "end_time",
        "equals start_time, so the window never matches");
    Checks.require(
        startDate == null || endDate == null || startDate.isBefore(endDate),
        "end_date",
        "must be after start_date, else the window never matches");
  }

  /** Second of the day at which the window opens. */
  int startSecond() {
    return startTime == null ? 0 : startTime.toSecondOfDay();
  }

  /** Second of the day at which the window closes, 86400 at the end of the day. */
  int endSecond() {
    return endTime == null || endTime.equals(LocalTime.MIDNIGHT)
        ? SECONDS_OF_DAY
        : endTime.toSecondOfDay();
  }

  boolean hasClock() {
    return startTime != null || endTime != null;
  }

  boolean isAlways() {
    return !hasClock() && startDate == null && endDate == null && days.isEmpty();
  }
}
