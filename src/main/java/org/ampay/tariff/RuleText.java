package org.ampay.tariff;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Restrictions in one short line that needs no language: {@code MON-FRI 08:00-11:00, < 10 kWh}. */
final class RuleText {

  private RuleText() {}

  static String of(Restrictions restrictions) {
    List<String> parts = new ArrayList<>();
    window(restrictions.window(), parts);
    if (!restrictions.calendarTiers().isEmpty()) {
      parts.add(
          restrictions.calendarTiers().stream()
              .map(TouTier::name)
              .collect(Collectors.joining(" ")));
    }
    bounds(restrictions.kwh(), "kWh", parts);
    bounds(restrictions.power(), "kW", parts);
    bounds(restrictions.current(), "A", parts);
    bounds(restrictions.duration(), "s", parts);
    if (restrictions.reservation() != null) {
      parts.add(restrictions.reservation().name());
    }
    return String.join(", ", parts);
  }

  /** {@code ≥ 900 s, not 22:00-08:00}. */
  static String of(Occupancy occupancy) {
    List<String> parts = new ArrayList<>();
    if (occupancy.graceSeconds() > 0) {
      parts.add("≥ " + occupancy.graceSeconds() + " s");
    }
    for (LocalWindow window : occupancy.exempt()) {
      List<String> own = new ArrayList<>();
      window(window, own);
      parts.add("not " + String.join(" ", own));
    }
    return String.join(", ", parts);
  }

  static void window(LocalWindow window, List<String> parts) {
    if (!window.days().isEmpty()) {
      parts.add(days(window));
    }
    if (window.hasClock()) {
      parts.add(clock(window));
    }
    if (window.startDate() != null || window.endDate() != null) {
      parts.add(
          (window.startDate() == null ? "" : window.startDate())
              + " ≤ date"
              + (window.endDate() == null ? "" : " < " + window.endDate()));
    }
  }

  /** {@code 08:00-11:00}; the end of the day is 24:00. */
  static String clock(LocalWindow window) {
    return time(window.startSecond()) + "-" + time(window.endSecond());
  }

  static void bounds(Restrictions.Bounds bounds, String unit, List<String> parts) {
    if (bounds.min() != null) {
      parts.add("≥ " + Exact.of(bounds.min()).toPlainString() + " " + unit);
    }
    if (bounds.max() != null) {
      parts.add("< " + Exact.of(bounds.max()).toPlainString() + " " + unit);
    }
  }

  private static String days(LocalWindow window) {
    return new TreeSet<DayOfWeek>(window.days())
        .stream().map(d -> d.name().substring(0, 3)).collect(Collectors.joining(" "));
  }

  static String time(int second) {
    int minute = second / 60;
    return two(minute / 60) + ":" + two(minute % 60);
  }

  private static String two(int value) {
    return value < 10 ? "0" + value : Integer.toString(value);
  }
}
