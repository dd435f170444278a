package org.ampay.tariff;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A calendar ready for one question: which tier does a local date and second have? */
final class CompiledCalendar {

  private static final int SLOT_SECONDS = TariffCalendar.SLOT_MINUTES * 60;
  private static final int DAYS_OF_MONTH = 31;
  private static final int LEAP_YEAR = 2024;

  /** By {@link #key}: the tiers of the days of that date, by weekday from Monday. */
  private final byte[][][] dates;

  private final Map<Long, byte[]> holidays = new HashMap<>();
  private final int[] seconds;

  CompiledCalendar(TariffCalendar calendar) {
    TreeSet<Integer> changes = new TreeSet<>();
    Map<TariffCalendar.Season, byte[][]> weeks = new HashMap<>();
    for (TariffCalendar.Season season : calendar.seasons()) {
      byte[][] week = new byte[DayOfWeek.values().length][];
      for (DayOfWeek day : DayOfWeek.values()) {
        week[day.ordinal()] = slots(season.row(day).slots(), changes);
      }
      weeks.put(season, week);
    }
    for (TariffCalendar.Holiday holiday : calendar.holidays()) {
      holidays.put(holiday.date().toEpochDay(), slots(holiday.slots(), changes));
    }
    dates = new byte[Month.values().length * DAYS_OF_MONTH][][];
    LocalDate first = LocalDate.of(LEAP_YEAR, Month.JANUARY, 1);
    for (LocalDate date = first; date.getYear() == LEAP_YEAR; date = date.plusDays(1)) {
      dates[key(date)] = weeks.get(calendar.seasonOf(MonthDay.from(date)));
    }
    seconds = changes.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Seconds of the local day at which some day may change its tier. */
  int[] seconds() {
    return seconds;
  }

  /** Ordinal of the tier. */
  int tier(long epochDay, int secondOfDay) {
    byte[] slots = holidays.isEmpty() ? null : holidays.get(epochDay);
    if (slots == null) {
      LocalDate date = LocalDate.ofEpochDay(epochDay);
      slots = dates[key(date)][date.getDayOfWeek().ordinal()];
    }
    return slots[secondOfDay / SLOT_SECONDS];
  }

  private static int key(LocalDate date) {
    return (date.getMonthValue() - 1) * DAYS_OF_MONTH + date.getDayOfMonth() - 1;
  }

  private static byte[] slots(List<TariffCalendar.Slot> slots, TreeSet<Integer> changes) {
    byte[] tiers = new byte[TariffCalendar.MAX_SLOTS];
    int next = 0;
    for (int i = 0; i < tiers.length; i++) {
      if (next < slots.size() && slots.get(next).from().toSecondOfDay() == i * SLOT_SECONDS) {
        tiers[i] = (byte) slots.get(next).tier().ordinal();
        next++;
        if (i == 0 || tiers[i] != tiers[i - 1]) {
          changes.add(i * SLOT_SECONDS);
        }
      } else {
        tiers[i] = tiers[i - 1];
      }
    }
    return tiers;
  }
}
