package org.ampay.tariff;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All occasions that the restrictions of some tariffs can tell apart: a stretch of some kind of
 * day, together with a range of consumed energy, power, current and duration. What matches at the
 * beginning of such an occasion matches in all of it, so that sets of occasions answer whether an
 * element ever matches, is hidden, or leaves a gap.
 */
final class Occasions {

  private static final int MOST_DAYS = 4_000;
  private static final int MOST_POINTS = 400;
  private static final int MOST_OCCASIONS = 200_000;
  private static final int WEEK = 7;

  /** Any leap year. */
  private static final int ANY_YEAR = 2024;

  /** A stretch of a kind of day, shown by the first day of that kind. */
  record Stretch(LocalDate date, int from, int to) {

    LocalDateTime start() {
      return date.atTime(LocalTime.ofSecondOfDay(from));
    }
  }

  /**
   * A range of each figure, shown by a value in it.
   *
   * @param current null: the station does not report it
   */
  record Point(
      BigDecimal kwh, BigDecimal power, @Nullable BigDecimal current, BigDecimal duration) {}

  private final List<Tariff> tariffs;
  private final List<Stretch> stretches;
  private final List<Point> points;

  Occasions(Tariff... tariffs) {
    this.tariffs = List.of(tariffs);
    this.stretches = makeStretches();
    List<Point> all = makePoints();
    // Beyond that nobody waits for the answer: then only the ranges that begin at 0 are looked at.
    boolean few =
        all.size() <= MOST_POINTS && (long) all.size() * stretches.size() <= MOST_OCCASIONS;
    this.points = few ? all : all.subList(0, 1);
  }

  int size() {
    return stretches.size() * points.size();
  }

  Stretch stretch(int occasion) {
    return stretches.get(occasion / points.size());
  }

  Point point(int occasion) {
    return points.get(occasion % points.size());
  }

  /** Whether occasions differ in anything but the time. */
  boolean hasPoints() {
    return points.size() > 1;
  }

  List<Stretch> stretches() {
    return stretches;
  }

  /** All of them. */
  BitSet all() {
    BitSet all = new BitSet(size());
    all.set(0, size());
    return all;
  }

  /** Where restrictions of a tariff match; reservations are left to the caller. */
  BitSet matching(Tariff tariff, Restrictions restrictions) {
    BitSet found = new BitSet(size());
    for (int s = 0; s < stretches.size(); s++) {
      if (covers(tariff, restrictions, stretches.get(s))) {
        for (int p = 0; p < points.size(); p++) {
          if (covers(restrictions, points.get(p))) {
            found.set(s * points.size() + p);
          }
        }
      }
    }
    return found;
  }

  private static boolean covers(Tariff tariff, Restrictions restrictions, Stretch at) {
    TariffCalendar calendar = tariff.extras().calendar();
    return covers(restrictions.window(), at)
        && (restrictions.calendarTiers().isEmpty()
            || calendar != null
                && restrictions.calendarTiers().contains(calendar.tierAt(at.start())));
  }

  static boolean covers(LocalWindow window, Stretch at) {
    LocalDate date = at.date();
    int start = window.startSecond();
    int end = window.endSecond();
    boolean begun = at.from() >= start;
    boolean open = at.from() < end;
    return (window.days().isEmpty() || window.days().contains(date.getDayOfWeek()))
        && (window.startDate() == null || !date.isBefore(window.startDate()))
        && (window.endDate() == null || date.isBefore(window.endDate()))
        && (start < end ? begun && open : begun || open);
  }

  private static boolean covers(Restrictions restrictions, Point at) {
    return covers(restrictions.kwh(), at.kwh())
        && covers(restrictions.power(), at.power())
        && covers(restrictions.current(), at.current())
        && covers(restrictions.duration(), at.duration());
  }

  private static boolean covers(Restrictions.Bounds bounds, @Nullable BigDecimal value) {
    if (value == null) {
      return bounds.isNone();
    }
    return (bounds.min() == null || value.compareTo(bounds.min()) >= 0)
        && (bounds.max() == null || value.compareTo(bounds.max()) < 0);
  }

  // ---- which days and hours there are ----

  /** What makes days alike. */
  private record Kind(int dayOfWeek, BitSet dates, List<List<TariffCalendar.Slot>> slots) {}

  private List<Stretch> makeStretches() {
    List<LocalWindow> windows =
        tariffs.stream().flatMap(tariff -> windows(tariff).stream()).distinct().toList();
    Map<Kind, LocalDate> days = new HashMap<>();
    List<LocalDate> order = new ArrayList<>();
    LocalDate date = firstDay(windows);
    LocalDate end = lastDay(windows);
    for (int i = 0; i < MOST_DAYS && !date.isAfter(end); i++) {
      if (days.putIfAbsent(kind(date, windows), date) == null) {
        order.add(date);
      }
      date = date.plusDays(1);
    }
    List<Stretch> all = new ArrayList<>();
    order.forEach(day -> addDay(day, windows, all));
    return all;
  }

  private static List<LocalWindow> windows(Tariff tariff) {
    List<LocalWindow> windows = new ArrayList<>();
    tariff.elements().forEach(e -> windows.add(e.restrictions().window()));
    Occupancy occupancy = tariff.extras().occupancy();
    if (occupancy != null) {
      windows.addAll(occupancy.exempt());
    }
    return windows;
  }

  private Kind kind(LocalDate date, List<LocalWindow> windows) {
    BitSet dates = new BitSet();
    for (int i = 0; i < windows.size(); i++) {
      LocalWindow w = windows.get(i);
      dates.set(
          i,
          (w.startDate() == null || !date.isBefore(w.startDate()))
              && (w.endDate() == null || date.isBefore(w.endDate())));
    }
    return new Kind(
        date.getDayOfWeek().getValue(),
        dates,
        calendars().stream().map(calendar -> calendar.slotsOf(date)).toList());
  }

  private List<TariffCalendar> calendars() {
    return tariffs.stream()
        .filter(Tariff::usesTiers)
        .flatMap(tariff -> java.util.stream.Stream.ofNullable(tariff.extras().calendar()))
        .toList();
  }

  private void addDay(LocalDate date, List<LocalWindow> windows, List<Stretch> all) {
    TreeSet<Integer> cuts = new TreeSet<>(Set.of(0, LocalWindow.SECONDS_OF_DAY));
    for (LocalWindow window : windows) {
      cuts.add(window.startSecond());
      cuts.add(window.endSecond());
    }
    calendars()
        .forEach(c -> c.slotsOf(date).forEach(slot -> cuts.add(slot.from().toSecondOfDay())));
    List<Integer> seconds = List.copyOf(cuts);
    IntStream.range(1, seconds.size())
        .forEach(i -> all.add(new Stretch(date, seconds.get(i - 1), seconds.get(i))));
  }

  /** A week before anything changes by date; whole years where there are seasons. */
  private LocalDate firstDay(List<LocalWindow> windows) {
    LocalDate first = dates(windows).stream().min(LocalDate::compareTo).orElse(anyDay());
    LocalDate begin = calendars().isEmpty() ? first.minusDays(WEEK) : first.withDayOfYear(1);
    LocalDate valid = anyValidity(Tariff.Validity::start);
    return valid != null && valid.isAfter(begin) ? valid : begin;
  }

  private LocalDate lastDay(List<LocalWindow> windows) {
    LocalDate last = dates(windows).stream().max(LocalDate::compareTo).orElse(anyDay());
    LocalDate end =
        calendars().isEmpty() ? last.plusDays(WEEK) : last.withDayOfYear(last.lengthOfYear());
    LocalDate valid = anyValidity(Tariff.Validity::end);
    return valid != null && valid.isBefore(end) ? valid : end;
  }

  private LocalDate anyDay() {
    LocalDate valid = anyValidity(Tariff.Validity::start);
    LocalDate ends = anyValidity(Tariff.Validity::end);
    LocalDate day = valid == null ? ends : valid;
    return day == null ? LocalDate.ofYearDay(ANY_YEAR, 1) : day;
  }

  /** Of the first tariff, which the others are compared with. */
  private @Nullable LocalDate anyValidity(
      Function<Tariff.Validity, java.time.@Nullable Instant> which) {
    java.time.Instant at = which.apply(tariffs.getFirst().validity());
    return at == null ? null : at.atZone(ZoneOffset.UTC).toLocalDate();
  }

  private Set<LocalDate> dates(List<LocalWindow> windows) {
    Set<LocalDate> dates = new HashSet<>();
    for (LocalWindow window : windows) {
      if (window.startDate() != null) {
        dates.add(window.startDate());
      }
      if (window.endDate() != null) {
        dates.add(window.endDate());
      }
    }
    calendars().forEach(c -> c.holidays().forEach(holiday -> dates.add(holiday.date())));
    return dates;
  }

  // ---- which figures there are ----

  private List<Point> makePoints() {
    List<@Nullable BigDecimal> currents = new ArrayList<>();
    currents.add(null);
    Collection<BigDecimal> bounds = values(Restrictions::current);
    if (bounds.size() > 1) {
      currents.addAll(bounds);
    }
    List<Point> all = new ArrayList<>();
    for (BigDecimal kwh : values(Restrictions::kwh)) {
      for (BigDecimal power : positive(values(Restrictions::power))) {
        for (BigDecimal current : currents) {
          for (BigDecimal duration : values(Restrictions::duration)) {
            if (all.size() > MOST_POINTS) {
              return all;
            }
            all.add(new Point(kwh, power, current, duration));
          }
        }
      }
    }
    return all;
  }

  private Collection<BigDecimal> values(Function<Restrictions, Restrictions.Bounds> which) {
    TreeSet<BigDecimal> values = new TreeSet<>(Set.of(BigDecimal.ZERO));
    for (Tariff tariff : tariffs) {
      for (TariffElement element : tariff.elements()) {
        Restrictions.Bounds bounds = which.apply(element.restrictions());
        if (bounds.min() != null) {
          values.add(bounds.min());
        }
        if (bounds.max() != null) {
          values.add(bounds.max());
        }
      }
    }
    return values;
  }

  /** Nothing flows at 0 kW: the first range is shown by a value inside it. */
  private static Collection<BigDecimal> positive(Collection<BigDecimal> values) {
    List<BigDecimal> all = new ArrayList<>(values);
    BigDecimal first =
        all.size() == 1
            ? BigDecimal.ONE
            : all.get(1).divide(BigDecimal.TWO, Restrictions.Bounds.DECIMALS, RoundingMode.UP);
    all.set(0, first);
    return all;
  }
}
