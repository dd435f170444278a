package org.ampay.tariff.proof;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.ampay.tariff.Dimension;
import org.ampay.tariff.LocalWindow;
import org.ampay.tariff.PriceComponent;
import org.ampay.tariff.ReservationKind;
import org.ampay.tariff.Restrictions;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.TariffCalendar;
import org.ampay.tariff.TariffElement;
import org.ampay.tariff.TouTier;
import org.jspecify.annotations.Nullable;

/** Which component of a tariff holds for a piece: the first that matches, read word by word. */
final class Lookup {

  private Lookup() {}

  /**
   * Where a price stands.
   *
   * @param id of the tariff, empty when it has none
   * @param element -1: the tariff's occupancy fee
   */
  record Place(int tariff, String id, int element, int component) {

    static Place ofOccupancy(Piece piece) {
      return new Place(piece.tariff(), piece.terms().idOrEmpty(), -1, 0);
    }

    boolean isOccupancy() {
      return element < 0;
    }
  }

  /** Null: free. */
  static @Nullable Place find(Piece piece, Dimension dimension) {
    List<TariffElement> elements = piece.terms().elements();
    for (int e = 0; e < elements.size(); e++) {
      if (!matches(piece, elements.get(e).restrictions())) {
        continue;
      }
      List<PriceComponent> components = elements.get(e).components();
      for (int c = 0; c < components.size(); c++) {
        if (components.get(c).type() == dimension) {
          return new Place(piece.tariff(), piece.terms().idOrEmpty(), e, c);
        }
      }
    }
    return null;
  }

  private static boolean matches(Piece piece, Restrictions r) {
    return isFor(r.reservation(), piece.segment().state())
        && matches(r.window(), piece.local())
        && (r.calendarTiers().isEmpty() || r.calendarTiers().contains(tier(piece)))
        && within(r.kwh(), piece.consumed())
        && within(r.duration(), piece.elapsed())
        && within(r.power(), piece.power())
        && within(
            r.current(),
            piece.segment().currentA() == null ? null : Ratio.of(piece.segment().currentA()));
  }

  private static boolean isFor(@Nullable ReservationKind kind, SegmentState state) {
    return switch (state) {
      case CHARGING, PARKING -> kind == null;
      case RESERVATION -> kind == ReservationKind.RESERVATION;
      case RESERVATION_EXPIRED -> kind != null;
    };
  }

  /** A holiday's own slots, else those of the first season and of the first row for the day. */
  private static TouTier tier(Piece piece) {
    TariffCalendar calendar = Objects.requireNonNull(piece.terms().extras().calendar());
    LocalDate date = piece.local().toLocalDate();
    for (TariffCalendar.Holiday holiday : calendar.holidays()) {
      if (holiday.date().equals(date)) {
        return tier(holiday.slots(), piece.local().toLocalTime());
      }
    }
    for (TariffCalendar.Season season : calendar.seasons()) {
      if (!has(season, MonthDay.from(date))) {
        continue;
      }
      for (TariffCalendar.DayRow row : season.days()) {
        if (row.daysOfWeek().isEmpty() || row.daysOfWeek().contains(date.getDayOfWeek())) {
          return tier(row.slots(), piece.local().toLocalTime());
        }
      }
    }
    throw new IllegalStateException("no tier on " + date);
  }

  private static boolean has(TariffCalendar.Season season, MonthDay day) {
    if (season.from() == null || season.to() == null) {
      return true;
    }
    boolean overNewYear = season.to().isBefore(season.from());
    return overNewYear
        ? day.compareTo(season.from()) >= 0 || day.compareTo(season.to()) <= 0
        : day.compareTo(season.from()) >= 0 && day.compareTo(season.to()) <= 0;
  }

  private static TouTier tier(List<TariffCalendar.Slot> slots, LocalTime clock) {
    return slots.stream()
        .filter(slot -> !clock.isBefore(slot.from()))
        .max(Comparator.comparing(TariffCalendar.Slot::from))
        .orElseThrow()
        .tier();
  }

  static boolean matches(LocalWindow window, LocalDateTime local) {
    LocalDate date = local.toLocalDate();
    DayOfWeek day = date.getDayOfWeek();
    return (window.days().isEmpty() || window.days().contains(day))
        && (window.startDate() == null || !date.isBefore(window.startDate()))
        && (window.endDate() == null || date.isBefore(window.endDate()))
        && matches(window.startTime(), window.endTime(), local.toLocalTime());
  }

  private static boolean matches(
      @Nullable LocalTime from, @Nullable LocalTime to, LocalTime clock) {
    LocalTime start = from == null ? LocalTime.MIDNIGHT : from;
    if (to == null || to.equals(LocalTime.MIDNIGHT)) {
      return !clock.isBefore(start);
    }
    if (to.isBefore(start)) {
      return !clock.isBefore(start) || clock.isBefore(to);
    }
    return !clock.isBefore(start) && clock.isBefore(to);
  }

  private static boolean within(Restrictions.Bounds bounds, @Nullable Ratio value) {
    if (bounds.min() == null && bounds.max() == null) {
      return true;
    }
    return value != null
        && (bounds.min() == null || value.isAtLeast(Ratio.of(bounds.min())))
        && (bounds.max() == null || !value.isAtLeast(Ratio.of(bounds.max())));
  }
}
