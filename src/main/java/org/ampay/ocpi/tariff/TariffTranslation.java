package org.ampay.ocpi.tariff;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.ampay.tariff.Dimension;
import org.ampay.tariff.LocalWindow;
import org.ampay.tariff.Occupancy;
import org.ampay.tariff.PriceComponent;
import org.ampay.tariff.Restrictions;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffCalendar;
import org.ampay.tariff.TariffElement;
import org.ampay.tariff.TariffExtras;
import org.jspecify.annotations.Nullable;

/**
 * Says a tariff of ours in OCPI. What OCPI can say in other words is said so, exactly: tiers of a
 * calendar become dates, days and times, a service fee is added to the price of energy, an
 * occupancy fee to that of parking. What it cannot say is named.
 */
final class TariffTranslation {

  private final Tariff tariff;
  private final LocalDate today;
  private final Set<Unsaid> unsaid = EnumSet.noneOf(Unsaid.class);

  private TariffTranslation(Tariff tariff, LocalDate today) {
    this.tariff = tariff;
    this.today = today;
  }

  /**
   * The tariff as it is on a day.
   *
   * @param tariff with its calendar in it
   * @param today the local day; a calendar is said for a stretch of days around it
   */
  static OcpiTariff of(Tariff tariff, LocalDate today) {
    return new TariffTranslation(tariff, today).translate();
  }

  private OcpiTariff translate() {
    TariffExtras extras = tariff.extras();
    List<TariffElement> elements = elements();
    if (!extras.ceilings().isEmpty()) {
      unsaid.add(Unsaid.CEILING);
    }
    if (extras.minimumSession() != null) {
      unsaid.add(Unsaid.MINIMUM_SESSION);
    }
    if (extras.negativePrices()) {
      unsaid.add(Unsaid.FLOOR);
    }
    elements = elements.stream().map(this::wholeSeconds).toList();
    return new OcpiTariff(
        new Tariff(
            tariff.info(),
            tariff.currency(),
            tariff.taxIncluded(),
            elements,
            TaxedLimits.of(tariff),
            tariff.validity(),
            negativeOnly(extras)),
        unsaid);
  }

  /** OCPI's durations are whole seconds. */
  private TariffElement wholeSeconds(TariffElement element) {
    Restrictions r = element.restrictions();
    BigDecimal min = whole(r.duration().min());
    BigDecimal max = whole(r.duration().max());
    if (min != null && max != null && max.compareTo(min) <= 0) {
      max = min.add(BigDecimal.ONE); // never is no range
    }
    Restrictions.Bounds whole = new Restrictions.Bounds(min, max);
    if (whole.equals(r.duration())) {
      return element;
    }
    return new TariffElement(
        element.components(),
        new Restrictions(r.window(), r.kwh(), r.current(), r.power(), whole, r.reservation()));
  }

  private @Nullable BigDecimal whole(@Nullable BigDecimal seconds) {
    if (seconds == null) {
      return null;
    }
    BigDecimal whole = seconds.setScale(0, RoundingMode.CEILING);
    if (whole.compareTo(seconds) != 0) {
      unsaid.add(Unsaid.DURATION);
    }
    return whole;
  }

  private List<TariffElement> elements() {
    for (Stretch stretch : stretches()) {
      unsaid.clear();
      List<TariffElement> elements =
          withoutOccupancy(withoutService(withoutTiers(stretch.first(), stretch.end())));
      if (!elements.isEmpty() && elements.size() <= Tariff.MAX_ELEMENTS) {
        return elements;
      }
    }
    return elementsOfCoreOnly();
  }

  /** Days for which a calendar is said: {@code end} is the first after them. */
  private record Stretch(LocalDate first, LocalDate end) {}

  /** The longest comes first; each stays the same for a while, or partners were told each day. */
  private List<Stretch> stretches() {
    LocalDate year = today.withDayOfYear(1);
    LocalDate month = today.withDayOfMonth(1);
    LocalDate week = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    return tariff.usesTiers()
        ? List.of(
            new Stretch(year, year.plusYears(2)),
            new Stretch(month, month.plusMonths(6)),
            new Stretch(month, month.plusMonths(2)),
            new Stretch(week, week.plusWeeks(2)))
        : List.of(new Stretch(today, today));
  }

  /** Negative prices may stay: OCPI does not forbid them. */
  private static TariffExtras negativeOnly(TariffExtras extras) {
    return new TariffExtras(null, null, null, null, List.of(), extras.negativePrices());
  }

  /** Where nothing fits: what holds whatever the tier, or else one price. */
  private List<TariffElement> elementsOfCoreOnly() {
    unsaid.add(Unsaid.CALENDAR);
    List<TariffElement> plain =
        tariff.elements().stream()
            .filter(e -> e.restrictions().calendarTiers().isEmpty())
            .map(e -> keep(e, c -> c.type() != Dimension.SERVICE))
            .flatMap(Optional::stream)
            .toList();
    if (!plain.isEmpty()) {
      return plain;
    }
    PriceComponent any = tariff.elements().getFirst().components().getFirst();
    Dimension type = any.type() == Dimension.SERVICE ? Dimension.ENERGY : any.type();
    return List.of(
        new TariffElement(
            List.of(new PriceComponent(type, any.price(), any.vat(), any.stepSize())),
            Restrictions.NONE));
  }

  private List<TariffElement> withoutTiers(LocalDate first, LocalDate end) {
    TariffCalendar calendar = tariff.extras().calendar();
    if (!tariff.usesTiers()) {
      return tariff.elements();
    }
    if (calendar == null) {
      unsaid.add(Unsaid.CALENDAR);
      return tariff.elements().stream()
          .filter(e -> e.restrictions().calendarTiers().isEmpty())
          .toList();
    }
    List<TariffElement> elements = new ArrayList<>();
    for (TariffElement element : tariff.elements()) {
      Restrictions r = element.restrictions();
      if (r.calendarTiers().isEmpty()) {
        elements.add(element);
        continue;
      }
      for (LocalWindow tier : CalendarWindows.of(calendar, r.calendarTiers(), first, end)) {
        for (LocalWindow window : Windows.both(tier, r.window())) {
          elements.add(
              new TariffElement(
                  element.components(),
                  new Restrictions(
                      window, r.kwh(), r.current(), r.power(), r.duration(), r.reservation())));
        }
      }
    }
    return elements;
  }

  private List<TariffElement> withoutService(List<TariffElement> elements) {
    List<PricedRule> service = rules(elements, Dimension.SERVICE);
    if (service.isEmpty()) {
      return elements;
    }
    List<PricedRule> energy = rules(elements, Dimension.ENERGY);
    Optional<List<PricedRule>> sum = PricedRule.sum(Dimension.ENERGY, energy, service);
    if (sum.isEmpty()) {
      unsaid.add(Unsaid.SERVICE);
      return others(elements, c -> c.type() != Dimension.SERVICE);
    }
    return joined(
        sum.get(),
        others(elements, c -> c.type() != Dimension.SERVICE && c.type() != Dimension.ENERGY));
  }

  private List<TariffElement> withoutOccupancy(List<TariffElement> elements) {
    Occupancy occupancy = tariff.extras().occupancy();
    if (occupancy == null) {
      return elements;
    }
    Optional<List<PricedRule>> sum =
        occupancy.graceSeconds() > 0
                || occupancy.maxPrice() != null
                || !stepsFit(elements, occupancy)
            ? Optional.empty()
            : PricedRule.sum(
                Dimension.PARKING_TIME, rules(elements, Dimension.PARKING_TIME), rules(occupancy));
    if (sum.isEmpty()) {
      unsaid.add(Unsaid.OCCUPANCY);
      return elements;
    }
    return joined(sum.get(), others(elements, c -> c.type() != Dimension.PARKING_TIME));
  }

  /**
   * What is free is not rounded up with the rest; and of TIME and PARKING_TIME, OCPI rounds up only
   * the last one, where ours are rounded up each by itself.
   */
  private static boolean stepsFit(List<TariffElement> elements, Occupancy occupancy) {
    List<PricedRule> times = rules(elements, Dimension.TIME);
    return occupancy.stepSize() <= 1
        ? times.stream().allMatch(rule -> rule.price().stepSize() <= 1)
        : times.isEmpty() && occupancy.exempt().isEmpty();
  }

  private static List<PricedRule> rules(Occupancy occupancy) {
    List<PricedRule> rules = new ArrayList<>();
    for (LocalWindow free : occupancy.exempt()) {
      rules.add(new PricedRule(always(free), price(occupancy, BigDecimal.ZERO)));
    }
    rules.add(new PricedRule(Restrictions.NONE, price(occupancy, occupancy.price())));
    return rules;
  }

  private static PriceComponent price(Occupancy occupancy, BigDecimal price) {
    return new PriceComponent(Dimension.PARKING_TIME, price, occupancy.vat(), occupancy.stepSize());
  }

  private static Restrictions always(LocalWindow window) {
    return new Restrictions(
        window,
        Restrictions.Bounds.NONE,
        Restrictions.Bounds.NONE,
        Restrictions.Bounds.NONE,
        Restrictions.Bounds.NONE,
        null);
  }

  private static List<PricedRule> rules(List<TariffElement> elements, Dimension type) {
    List<PricedRule> rules = new ArrayList<>();
    for (TariffElement element : elements) {
      element.components().stream()
          .filter(component -> component.type() == type)
          .findFirst()
          .ifPresent(price -> rules.add(new PricedRule(element.restrictions(), price)));
    }
    return rules;
  }

  private static List<TariffElement> joined(List<PricedRule> rules, List<TariffElement> others) {
    List<TariffElement> all = new ArrayList<>();
    rules.forEach(rule -> all.add(new TariffElement(List.of(rule.price()), rule.when())));
    all.addAll(others);
    return all;
  }

  private static List<TariffElement> others(
      List<TariffElement> elements, Predicate<PriceComponent> kept) {
    return elements.stream().map(e -> keep(e, kept)).flatMap(Optional::stream).toList();
  }

  private static Optional<TariffElement> keep(
      TariffElement element, Predicate<PriceComponent> kept) {
    List<PriceComponent> left = element.components().stream().filter(kept).toList();
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(new TariffElement(left, element.restrictions()));
  }
}
