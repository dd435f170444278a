package org.ampay.tariff;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sets of occasions in short text that needs no language: {@code MON TUE 22:00-24:00}. */
final class OccasionText {

  private static final int MOST = 4;

  private final Occasions occasions;
  private final Tariff tariff;

  OccasionText(Occasions occasions, Tariff tariff) {
    this.occasions = occasions;
    this.tariff = tariff;
  }

  String of(BitSet set) {
    Map<String, Map<DayOfWeek, List<int[]>>> groups = new LinkedHashMap<>();
    for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) {
      Occasions.Stretch stretch = occasions.stretch(i);
      String label = join(season(stretch.date()), figures(i));
      add(
          groups
              .computeIfAbsent(label, l -> new EnumMap<>(DayOfWeek.class))
              .computeIfAbsent(stretch.date().getDayOfWeek(), d -> new ArrayList<>()),
          stretch);
    }
    List<String> parts = new ArrayList<>();
    groups.forEach((label, days) -> week(days).forEach(text -> parts.add(join(label, text))));
    return parts.size() <= MOST
        ? String.join("; ", parts)
        : String.join("; ", parts.subList(0, MOST)) + "; …";
  }

  private static void add(List<int[]> ranges, Occasions.Stretch stretch) {
    for (int[] range : ranges) {
      if (range[1] == stretch.from()) {
        range[1] = stretch.to();
        return;
      }
      if (range[0] <= stretch.from() && stretch.to() <= range[1]) {
        return;
      }
    }
    ranges.add(new int[] {stretch.from(), stretch.to()});
  }

  /** Weekdays with the same hours are named together; all of them are not named. */
  private static List<String> week(Map<DayOfWeek, List<int[]>> days) {
    Map<String, List<String>> byHours = new LinkedHashMap<>();
    days.forEach(
        (day, ranges) ->
            byHours
                .computeIfAbsent(hours(ranges), h -> new ArrayList<>())
                .add(day.name().substring(0, 3)));
    List<String> texts = new ArrayList<>();
    byHours.forEach(
        (hours, names) ->
            texts.add(
                names.size() == DayOfWeek.values().length
                    ? hours
                    : String.join(" ", names) + " " + hours));
    return texts;
  }

  private static String hours(List<int[]> ranges) {
    return ranges.stream()
        .map(range -> RuleText.time(range[0]) + "-" + RuleText.time(range[1]))
        .collect(Collectors.joining(", "));
  }

  /** The name of the season or holiday, where there is more than one kind of day in the year. */
  private String season(LocalDate date) {
    TariffCalendar calendar = tariff.extras().calendar();
    if (calendar == null || !tariff.usesTiers()) {
      return "";
    }
    for (TariffCalendar.Holiday holiday : calendar.holidays()) {
      if (holiday.date().equals(date)) {
        return holiday.name().isEmpty() ? date.toString() : holiday.name();
      }
    }
    TariffCalendar.Season season = calendar.seasonOf(MonthDay.from(date));
    return calendar.seasons().size() == 1 ? "" : season.name();
  }

  private String figures(int occasion) {
    if (!occasions.hasPoints()) {
      return "";
    }
    Occasions.Point point = occasions.point(occasion);
    List<String> parts = new ArrayList<>();
    figure(point.kwh(), "kWh", parts);
    figure(point.duration(), "s", parts);
    BigDecimal current = point.current();
    if (current != null) {
      figure(current, "A", parts);
    }
    return String.join(" ", parts);
  }

  private static void figure(BigDecimal value, String unit, List<String> parts) {
    if (value.signum() > 0) {
      parts.add("≥ " + Exact.of(value).toPlainString() + " " + unit);
    }
  }

  private static String join(String a, String b) {
    return a.isEmpty() || b.isEmpty() ? a + b : a + " " + b;
  }
}
