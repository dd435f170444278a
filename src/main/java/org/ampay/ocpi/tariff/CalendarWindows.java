package org.ampay.ocpi.tariff;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ampay.tariff.LocalWindow;
import org.ampay.tariff.TariffCalendar;
import org.ampay.tariff.TouTier;

/**
 * A time-of-use calendar as windows of OCPI: dates, days of the week, times. OCPI has no seasons
 * that come back each year and no holidays, so a stretch of time is cut into date ranges within
 * which each day of the week is like itself; a holiday ends one.
 */
final class CalendarWindows {

  private CalendarWindows() {}

  /** Days in a row of which each weekday has the same slots. */
  private record Range(
      LocalDate first, LocalDate end, Map<DayOfWeek, List<TariffCalendar.Slot>> days) {}

  /** A part of a day. {@code to} midnight: the end of the day. */
  private record Hours(LocalTime from, LocalTime to) {}

  /** When one of the tiers holds, from {@code first} until before {@code end}. */
  static List<LocalWindow> of(
      TariffCalendar calendar, Set<TouTier> tiers, LocalDate first, LocalDate end) {
    List<LocalWindow> windows = new ArrayList<>();
    for (Range range : ranges(calendar, first, end)) {
      Map<Hours, Set<DayOfWeek>> byHours = new LinkedHashMap<>();
      range
          .days()
          .forEach(
              (day, slots) -> {
                for (Hours hours : hours(slots, tiers)) {
                  byHours.computeIfAbsent(hours, h -> EnumSet.noneOf(DayOfWeek.class)).add(day);
                }
              });
      byHours.forEach(
          (hours, days) ->
              windows.add(
                  new LocalWindow(
                      hours.from().equals(LocalTime.MIDNIGHT) ? null : hours.from(),
                      hours.to().equals(LocalTime.MIDNIGHT) ? null : hours.to(),
                      range.first(),
                      range.end(),
                      days.size() == range.days().size() ? Set.of() : days)));
    }
    return windows;
  }

  private static List<Range> ranges(TariffCalendar calendar, LocalDate first, LocalDate end) {
    List<Range> ranges = new ArrayList<>();
    Map<DayOfWeek, List<TariffCalendar.Slot>> days = new EnumMap<>(DayOfWeek.class);
    LocalDate start = first;
    for (LocalDate date = first; date.isBefore(end); date = date.plusDays(1)) {
      List<TariffCalendar.Slot> slots = calendar.slotsOf(date);
      List<TariffCalendar.Slot> known = days.get(date.getDayOfWeek());
      if (known != null && !known.equals(slots)) {
        ranges.add(new Range(start, date, days));
        days = new EnumMap<>(DayOfWeek.class);
        start = date;
      }
      days.put(date.getDayOfWeek(), slots);
    }
    ranges.add(new Range(start, end, days));
    return ranges;
  }

  private static List<Hours> hours(List<TariffCalendar.Slot> slots, Set<TouTier> tiers) {
    List<Hours> hours = new ArrayList<>();
    LocalTime since = null;
    LocalTime at = LocalTime.MIDNIGHT;
    TouTier tier = TouTier.FLAT; // before the first slot
    for (int i = 0; i <= slots.size(); i++) {
      boolean last = i == slots.size();
      LocalTime until = last ? LocalTime.MIDNIGHT : slots.get(i).from();
      boolean empty = !last && until.equals(at);
      if (!empty && tiers.contains(tier) && since == null) {
        since = at;
      }
      if (!empty && !tiers.contains(tier) && since != null) {
        hours.add(new Hours(since, at));
        since = null;
      }
      if (!last) {
        at = until;
        tier = slots.get(i).tier();
      }
    }
    if (since != null) {
      hours.add(new Hours(since, LocalTime.MIDNIGHT));
    }
    return hours;
  }
}
