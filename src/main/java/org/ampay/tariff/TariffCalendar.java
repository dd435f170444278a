package org.ampay.tariff;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tier holds when: up to 48 half-hour slots a day, by season, weekday and holiday. Several
 * tariffs may share one. Each minute of each day has a tier.
 *
 * @param id of the stored calendar; null where it stands in a tariff by itself
 * @param version of the stored calendar, 0 where it stands in a tariff by itself
 * @param seasons in the order in which they are looked up
 * @param holidays come before the seasons
 */
public record TariffCalendar(
    @Nullable Long id, int version, String name, List<Season> seasons, List<Holiday> holidays) {

  static final int MAX_NAME = 100;
  static final int MAX_SEASONS = 12;
  static final int MAX_DAY_ROWS = 7;
  static final int MAX_HOLIDAYS = 400;
  static final int MAX_SLOTS = 48;
  static final int SLOT_MINUTES = 30;

  /** Any leap year: its days are all the days that a year may have. */
  private static final int LEAP_YEAR = 2024;

  /**
   * A part of the year.
   *
   * @param name may be empty
   * @param from its first day; null, as {@code to}: all the year
   * @param to its last day, inclusive; before {@code from} where the season goes over New Year
   * @param days rows by weekday, the first that matches counts
   */
  public record Season(
      String name, @Nullable MonthDay from, @Nullable MonthDay to, List<DayRow> days) {

    public Season {
      days = List.copyOf(days);
      nameOrEmpty(name);
      Checks.require(
          (from == null) == (to == null),
          from == null ? "from" : "to",
          "is required: from and to go together");
      Checks.require(!days.isEmpty(), "days", "must not be empty");
      Checks.require(days.size() <= MAX_DAY_ROWS, "days", "must have at most " + MAX_DAY_ROWS);
      for (DayOfWeek day : DayOfWeek.values()) {
        Checks.require(
            days.stream().anyMatch(row -> row.covers(day)), "days", "no row is for " + day);
      }
    }

    boolean covers(MonthDay day) {
      if (from == null || to == null) {
        return true;
      }
      boolean begun = !day.isBefore(from);
      boolean open = !day.isAfter(to);
      return from.isAfter(to) ? begun || open : begun && open;
    }

    DayRow row(DayOfWeek day) {
      return days.stream()
          .filter(row -> row.covers(day))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("every day has a row"));
    }
  }

  /**
   * The slots of some weekdays.
   *
   * @param daysOfWeek empty: every day
   */
  public record DayRow(Set<DayOfWeek> daysOfWeek, List<Slot> slots) {

    public DayRow {
      daysOfWeek =
          daysOfWeek.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(daysOfWeek));
      slots = List.copyOf(slots);
      checkSlots(slots);
    }

    boolean covers(DayOfWeek day) {
      return daysOfWeek.isEmpty() || daysOfWeek.contains(day);
    }
  }

  /** A tier from a half hour on, up to the next slot or the end of the day. */
  public record Slot(LocalTime from, TouTier tier) {}

  /** A day with slots of its own, whatever its season and weekday. */
  public record Holiday(LocalDate date, String name, List<Slot> slots) {

    public Holiday {
      slots = List.copyOf(slots);
      nameOrEmpty(name);
      checkSlots(slots);
    }
  }

  public TariffCalendar {
    seasons = List.copyOf(seasons);
    holidays = List.copyOf(holidays);
    Checks.require(id == null || id > 0, "id", "must be positive");
    Checks.require(version >= 0, "version", "must not be negative");
    Checks.text(name, MAX_NAME, "name");
    Checks.require(!seasons.isEmpty(), "seasons", "must not be empty");
    Checks.require(seasons.size() <= MAX_SEASONS, "seasons", "must have at most " + MAX_SEASONS);
    Checks.require(
        holidays.size() <= MAX_HOLIDAYS, "holidays", "must have at most " + MAX_HOLIDAYS);
    Set<LocalDate> dates = new HashSet<>();
    for (int i = 0; i < holidays.size(); i++) {
      Checks.require(
          dates.add(holidays.get(i).date()), "holidays[" + i + "].date", "is there already");
    }
    checkYear(seasons);
  }

  /** The tier at a local date and time. */
  public TouTier tierAt(LocalDateTime local) {
    TouTier tier = TouTier.FLAT;
    for (Slot slot : slotsOf(local.toLocalDate())) {
      if (!slot.from().isAfter(local.toLocalTime())) {
        tier = slot.tier();
      }
    }
    return tier;
  }

  /** The slots of a day. */
  public List<Slot> slotsOf(LocalDate date) {
    for (Holiday holiday : holidays) {
      if (holiday.date().equals(date)) {
        return holiday.slots();
      }
    }
    return seasonOf(MonthDay.from(date)).row(date.getDayOfWeek()).slots();
  }

  /** The first season that has the day. */
  Season seasonOf(MonthDay day) {
    return seasons.stream()
        .filter(season -> season.covers(day))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("every day has a season"));
  }

  private static void checkYear(List<Season> seasons) {
    LocalDate first = LocalDate.of(LEAP_YEAR, Month.JANUARY, 1);
    for (LocalDate date = first; date.getYear() == LEAP_YEAR; date = date.plusDays(1)) {
      MonthDay day = MonthDay.from(date);
      Checks.require(
          seasons.stream().anyMatch(season -> season.covers(day)),
          "seasons",
          CalendarJson.text(day) + " is in no season");
    }
  }

  private static void checkSlots(List<Slot> slots) {
    Checks.require(!slots.isEmpty(), "slots", "must not be empty");
    Checks.require(slots.size() <= MAX_SLOTS, "slots", "must have at most " + MAX_SLOTS);
    for (int i = 0; i < slots.size(); i++) {
      LocalTime from = slots.get(i).from();
      String path = "slots[" + i + "].from";
      Checks.require(
          from.getMinute() % SLOT_MINUTES == 0 && from.getSecond() == 0 && from.getNano() == 0,
          path,
          "must be a full or half hour");
      Checks.require(i > 0 || from.equals(LocalTime.MIDNIGHT), path, "must be 00:00");
      Checks.require(
          i == 0 || from.isAfter(slots.get(i - 1).from()), path, "must be after the slot before");
    }
  }

  private static void nameOrEmpty(String name) {
    if (!name.isEmpty()) {
      Checks.text(name, MAX_NAME, "name");
    }
  }
}
