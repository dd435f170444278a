package org.ampay.tariff;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a tariff asks at one moment, for people and displays: of each dimension the component that
 * applies. A bill comes from {@link Pricing} alone.
 *
 * @param tier of the tariff's calendar; null without a calendar
 * @param rates in the order ENERGY, SERVICE, TIME, FLAT, PARKING_TIME; none where it is free
 * @param until when the clock makes another one apply, within two days; null: not that soon
 * @param nextKwh the energy of the session at which another one may apply; null: never
 */
public record PriceNow(
    @Nullable TouTier tier,
    List<Rate> rates,
    @Nullable Instant until,
    @Nullable BigDecimal nextKwh) {

  private static final int DAYS_AHEAD = 3;
  private static final List<Dimension> ORDER =
      List.of(
          Dimension.ENERGY,
          Dimension.SERVICE,
          Dimension.TIME,
          Dimension.FLAT,
          Dimension.PARKING_TIME);

  /**
   * A component that applies.
   *
   * @param price as the tariff has it, with or without tax
   * @param gross with tax
   * @param element its place in the tariff
   */
  public record Rate(Dimension dimension, BigDecimal price, BigDecimal gross, int element) {}

  /**
   * Where a session stands.
   *
   * @param kwh delivered so far
   * @param elapsed since its start
   * @param powerKw null: not known; then nothing matches that is restricted on power
   */
  public record Standing(BigDecimal kwh, Duration elapsed, @Nullable BigDecimal powerKw) {

    /** Of a session that has not begun. */
    public static final Standing START = new Standing(BigDecimal.ZERO, Duration.ZERO, null);
  }

  public PriceNow {
    rates = List.copyOf(rates);
  }

  /** What a session hears that begins now. */
  public static PriceNow at(TariffSnapshot snapshot, Instant at) {
    return at(snapshot, at, Standing.START);
  }

  /** What holds for a session that stands there. */
  public static PriceNow at(TariffSnapshot snapshot, Instant at, Standing standing) {
    Tariff tariff = snapshot.tariffs().getFirst();
    ZonedDateTime local = at.atZone(snapshot.zone());
    List<Rate> rates = rates(tariff, local.toLocalDateTime(), standing);
    return new PriceNow(
        tier(tariff, local.toLocalDateTime()),
        rates,
        until(tariff, at, snapshot.zone(), standing, rates),
        nextKwh(tariff, standing.kwh()));
  }

  /** The rates alone: cheaper, and all that is needed to see whether others apply. */
  public static List<Rate> rates(TariffSnapshot snapshot, Instant at, Standing standing) {
    return rates(
        snapshot.tariffs().getFirst(), at.atZone(snapshot.zone()).toLocalDateTime(), standing);
  }

  /** The rate of a dimension; empty: free. */
  public Optional<Rate> rate(Dimension dimension) {
    return rates.stream().filter(rate -> rate.dimension() == dimension).findFirst();
  }

  /** With tax, per kWh: electricity and service. */
  public BigDecimal perKwh() {
    return gross(Dimension.ENERGY).add(gross(Dimension.SERVICE));
  }

  /** With tax, 0 where it is free. */
  public BigDecimal gross(Dimension dimension) {
    return rate(dimension).map(Rate::gross).orElse(BigDecimal.ZERO);
  }

  static @Nullable TouTier tier(Tariff tariff, LocalDateTime local) {
    TariffCalendar calendar = tariff.extras().calendar();
    return calendar == null ? null : calendar.tierAt(local);
  }

  static List<Rate> rates(Tariff tariff, LocalDateTime local, Standing standing) {
    TouTier tier = tier(tariff, local);
    List<Rate> rates = new ArrayList<>();
    for (Dimension dimension : ORDER) {
      rate(tariff, dimension, local, tier, standing).ifPresent(rates::add);
    }
    return rates;
  }

  private static Optional<Rate> rate(
      Tariff tariff,
      Dimension dimension,
      LocalDateTime local,
      @Nullable TouTier tier,
      Standing standing) {
    for (int e = 0; e < tariff.elements().size(); e++) {
      TariffElement element = tariff.elements().get(e);
      for (PriceComponent component : element.components()) {
        if (component.type() == dimension
            && matches(element.restrictions(), local, tier, standing)) {
          return Optional.of(new Rate(dimension, component.price(), gross(tariff, component), e));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean matches(
      Restrictions restrictions, LocalDateTime local, @Nullable TouTier tier, Standing standing) {
    BigDecimal seconds = BigDecimal.valueOf(standing.elapsed().toMillis(), 3);
    return restrictions.reservation() == null
        && inside(restrictions.window(), local)
        && (restrictions.calendarTiers().isEmpty()
            || (tier != null && restrictions.calendarTiers().contains(tier)))
        && inside(restrictions.kwh(), standing.kwh())
        && inside(restrictions.duration(), seconds)
        && inside(restrictions.power(), standing.powerKw())
        && inside(restrictions.current(), null);
  }

  private static boolean inside(LocalWindow window, LocalDateTime local) {
    int second = local.toLocalTime().toSecondOfDay();
    int start = window.startSecond();
    int end = window.endSecond();
    boolean clock = start < end ? second >= start && second < end : second >= start || second < end;
    LocalDate date = local.toLocalDate();
    return clock
        && (window.startDate() == null || !date.isBefore(window.startDate()))
        && (window.endDate() == null || date.isBefore(window.endDate()))
        && (window.days().isEmpty() || window.days().contains(date.getDayOfWeek()));
  }

  private static boolean inside(Restrictions.Bounds bounds, @Nullable BigDecimal value) {
    if (bounds.isNone()) {
      return true;
    }
    return value != null
        && (bounds.min() == null || value.compareTo(bounds.min()) >= 0)
        && (bounds.max() == null || value.compareTo(bounds.max()) < 0);
  }

  private static BigDecimal gross(Tariff tariff, PriceComponent component) {
    BigDecimal vat = component.vat();
    return tariff.taxIncluded() == TaxIncluded.YES || vat == null
        ? component.price()
        : component.price().add(component.price().multiply(vat).movePointLeft(2));
  }

  private static @Nullable Instant until(
      Tariff tariff, Instant at, ZoneId zone, Standing standing, List<Rate> rates) {
    boolean clock =
        tariff.elements().stream()
            .map(TariffElement::restrictions)
            .anyMatch(r -> !r.window().isAlways() || !r.calendarTiers().isEmpty());
    if (!clock) {
      return null;
    }
    LocalDate today = at.atZone(zone).toLocalDate();
    for (int day = 0; day < DAYS_AHEAD; day++) {
      for (LocalTime time : times(tariff, today.plusDays(day))) {
        // A time that the clock leaves out has passed when it jumps.
        ZonedDateTime then = today.plusDays(day).atTime(time).atZone(zone);
        if (then.toInstant().isAfter(at)
            && !rates(tariff, then.toLocalDateTime(), standing).equals(rates)) {
          return then.toInstant();
        }
      }
    }
    return null;
  }

  /** The local times of a day at which something may change. */
  static TreeSet<LocalTime> times(Tariff tariff, LocalDate date) {
    TreeSet<LocalTime> times = new TreeSet<>();
    times.add(LocalTime.MIDNIGHT);
    for (TariffElement element : tariff.elements()) {
      LocalWindow window = element.restrictions().window();
      times.add(LocalTime.ofSecondOfDay(window.startSecond()));
      times.add(LocalTime.ofSecondOfDay(window.endSecond() % LocalWindow.SECONDS_OF_DAY));
    }
    TariffCalendar calendar = tariff.extras().calendar();
    if (calendar != null) {
      calendar.slotsOf(date).forEach(slot -> times.add(slot.from()));
    }
    return times;
  }

  private static @Nullable BigDecimal nextKwh(Tariff tariff, BigDecimal kwh) {
    BigDecimal next = null;
    for (TariffElement element : tariff.elements()) {
      Restrictions.Bounds bounds = element.restrictions().kwh();
      for (BigDecimal bound : new @Nullable BigDecimal[] {bounds.min(), bounds.max()}) {
        if (bound != null
            && bound.compareTo(kwh) > 0
            && (next == null || bound.compareTo(next) < 0)) {
          next = bound;
        }
      }
    }
    return next;
  }

  /** A price per hour as one per minute, at most six digits behind the point. */
  public static BigDecimal perMinute(BigDecimal perHour) {
    return perHour.divide(BigDecimal.valueOf(60), 6, RoundingMode.HALF_UP);
  }
}
