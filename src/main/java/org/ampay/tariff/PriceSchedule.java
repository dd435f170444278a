package org.ampay.tariff;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.ampay.tariff.PriceNow.Rate;
import org.jspecify.annotations.Nullable;

/** What a kWh costs over one day, where only clock and calendar decide. */
final class PriceSchedule {

  /**
   * A price of the day.
   *
   * @param tier null: the tariff has no calendar
   * @param energy per kWh, as the tariff has it, without the service fee
   * @param windows {@code 08:00-11:00}, in order; they do not touch each other
   */
  record Row(@Nullable TouTier tier, BigDecimal energy, BigDecimal service, List<String> windows) {

    BigDecimal sum() {
      return energy.add(service);
    }
  }

  private PriceSchedule() {}

  /** Whether nothing but clock and calendar decides about the price of a kWh, and they do. */
  static boolean fits(Tariff tariff) {
    boolean varies = false;
    for (TariffElement element : tariff.elements()) {
      Restrictions r = element.restrictions();
      if (element.components().stream().anyMatch(PriceSchedule::isPerKwh)) {
        if (!r.kwh().isNone()
            || !r.power().isNone()
            || !r.current().isNone()
            || !r.duration().isNone()
            || r.reservation() != null) {
          return false;
        }
        varies |= !r.calendarTiers().isEmpty() || !r.window().isAlways();
      }
    }
    return varies && (tariff.extras().calendarId() == null);
  }

  static boolean isPerKwh(PriceComponent component) {
    return component.type() == Dimension.ENERGY || component.type() == Dimension.SERVICE;
  }

  private record Price(@Nullable TouTier tier, BigDecimal energy, BigDecimal service) {}

  /** The prices of a day, in the order of the clock's first use of each. */
  static List<Row> of(Tariff tariff, LocalDate date) {
    Map<Price, List<int[]>> windows = new LinkedHashMap<>();
    TreeSet<LocalTime> times = PriceNow.times(tariff, date);
    for (LocalTime from : times) {
      LocalTime next = times.higher(from);
      int to = next == null ? LocalWindow.SECONDS_OF_DAY : next.toSecondOfDay();
      List<Rate> rates = PriceNow.rates(tariff, date.atTime(from), PriceNow.Standing.START);
      Price price =
          new Price(
              PriceNow.tier(tariff, date.atTime(from)),
              price(rates, Dimension.ENERGY),
              price(rates, Dimension.SERVICE));
      List<int[]> list = windows.computeIfAbsent(price, p -> new ArrayList<>());
      if (!list.isEmpty() && list.getLast()[1] == from.toSecondOfDay()) {
        list.getLast()[1] = to;
      } else {
        list.add(new int[] {from.toSecondOfDay(), to});
      }
    }
    List<Row> rows = new ArrayList<>();
    windows.forEach((p, list) -> rows.add(new Row(p.tier(), p.energy(), p.service(), texts(list))));
    return rows;
  }

  private static BigDecimal price(List<Rate> rates, Dimension dimension) {
    return rates.stream()
        .filter(rate -> rate.dimension() == dimension)
        .map(Rate::price)
        .findFirst()
        .orElse(BigDecimal.ZERO)
        .stripTrailingZeros();
  }

  private static List<String> texts(List<int[]> windows) {
    return windows.stream().map(w -> time(w[0]) + "-" + time(w[1])).toList();
  }

  private static String time(int second) {
    return "%02d:%02d".formatted(second / 3600, second / 60 % 60);
  }
}
