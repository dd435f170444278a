package org.ampay.tariff;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Conditions of a price for people: {@code 周一、周六, 08:00-11:00, < 10 kWh}. */
final class PriceWhen {

  private PriceWhen() {}

  static String text(Restrictions restrictions, PriceWords words) {
    List<String> parts = new ArrayList<>();
    if (!restrictions.calendarTiers().isEmpty()) {
      parts.add(words.tiers(restrictions.calendarTiers()));
    }
    String window = window(restrictions.window(), words);
    if (!window.isEmpty()) {
      parts.add(window);
    }
    RuleText.bounds(restrictions.kwh(), "kWh", parts);
    RuleText.bounds(restrictions.power(), "kW", parts);
    RuleText.bounds(restrictions.current(), "A", parts);
    RuleText.bounds(minutes(restrictions.duration()), "min", parts);
    ReservationKind reservation = restrictions.reservation();
    if (reservation != null) {
      parts.add(
          switch (reservation) {
            case RESERVATION -> words.whens().reservation();
            case RESERVATION_EXPIRES -> words.whens().expired();
          });
    }
    return String.join(", ", parts);
  }

  static String window(LocalWindow window, PriceWords words) {
    List<String> parts = new ArrayList<>();
    if (!window.days().isEmpty()) {
      parts.add(words.days(window.days()));
    }
    RuleText.window(
        new LocalWindow(
            window.startTime(), window.endTime(), window.startDate(), window.endDate(), Set.of()),
        parts);
    return String.join(", ", parts);
  }

  private static Restrictions.Bounds minutes(Restrictions.Bounds seconds) {
    return new Restrictions.Bounds(minutes(seconds.min()), minutes(seconds.max()));
  }

  private static @Nullable BigDecimal minutes(@Nullable BigDecimal seconds) {
    return seconds == null ? null : seconds.divide(BigDecimal.valueOf(60), 2, RoundingMode.HALF_UP);
  }
}
