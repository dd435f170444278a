package org.ampay.web.console;

import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ampay.tariff.TariffCalendar;
import org.ampay.tariff.TariffCalendar.Holiday;

/**
 * A year of a calendar: which of its kinds of day each day is.
 *
 * @param kinds in the order of their first day
 */
public record CalendarYear(int year, List<Kind> kinds, List<MonthRow> months) {

  /**
   * Days of the same slots.
   *
   * @param letters 48, one a half hour
   * @param days how many there are in the year
   */
  public record Kind(String letters, int days) {}

  /**
   * @param blanks days of the week before the first
   */
  public record MonthRow(String name, int blanks, List<Day> days) {}

  /**
   * @param kind index of its kind
   * @param holiday its name; empty on other days
   * @param isHoliday also for one without name
   */
  public record Day(int day, int kind, String holiday, boolean isHoliday) {}

  static CalendarYear of(Ui ui, TariffCalendar calendar, int year) {
    Map<LocalDate, String> holidays = new HashMap<>();
    for (Holiday holiday : calendar.holidays()) {
      holidays.put(holiday.date(), holiday.name());
    }
    List<String> kinds = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    List<MonthRow> months = new ArrayList<>();
    for (Month month : Month.values()) {
      List<Day> days = new ArrayList<>();
      LocalDate first = LocalDate.of(year, month, 1);
      for (int i = 0; i < YearMonth.from(first).lengthOfMonth(); i++) {
        LocalDate date = first.plusDays(i);
        String letters = CalendarSlots.of(calendar.slotsOf(date));
        if (!kinds.contains(letters)) {
          kinds.add(letters);
          counts.add(0);
        }
        int kind = kinds.indexOf(letters);
        counts.set(kind, counts.get(kind) + 1);
        String name = holidays.getOrDefault(date, "");
        days.add(new Day(i + 1, kind, name, holidays.containsKey(date)));
      }
      String name = month.getDisplayName(TextStyle.SHORT_STANDALONE, ui.language().locale());
      months.add(new MonthRow(name, first.getDayOfWeek().getValue() - 1, days));
    }
    List<Kind> all = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      all.add(new Kind(kinds.get(i), counts.get(i)));
    }
    return new CalendarYear(year, all, months);
  }
}
