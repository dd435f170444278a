package org.ampay.tariff;

import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An OCPI tariff, of the shape of 2.2.1 or (with {@code taxIncluded}) of 2.3.0.
 *
 * @param currency ISO 4217
 * @param taxIncluded null in a tariff of the 2.2.1 shape, which means {@code NO}
 * @param elements in the order in which they are looked up
 * @param extras what it has beyond OCPI
 */
public record Tariff(
    TariffInfo info,
    String currency,
    @Nullable TaxIncluded taxIncluded,
    List<TariffElement> elements,
    Limits limits,
    Validity validity,
    TariffExtras extras) {

  /** More than 48 half-hour slots in four seasons. */
  public static final int MAX_ELEMENTS = 250;

  /** Digits behind the point of a price. */
  static final int PRICE_DECIMALS = 9;

  private static final String NO_TAX = "must be absent when tax_included is N/A";
  static final String NEGATIVE = "must not be negative without negative_prices";

  /** The sums that a whole session may not fall below or exceed. */
  public record Limits(@Nullable PriceLimit min, @Nullable PriceLimit max) {

    public static final Limits NONE = new Limits(null, null);

    public Limits {
      if (min != null && max != null) {
        Checks.require(
            min.excl().compareTo(max.excl()) <= 0, "min_price", "must not be above max_price");
        Checks.require(
            min.incl() == null || max.incl() == null || min.incl().compareTo(max.incl()) <= 0,
            "min_price",
            "must not be above max_price with tax");
      }
    }
  }

  /** When sessions may start with the tariff: {@code start} inclusive, {@code end} exclusive. */
  public record Validity(@Nullable Instant start, @Nullable Instant end) {

    public static final Validity ALWAYS = new Validity(null, null);

    public Validity {
      Checks.require(
          start == null || end == null || start.isBefore(end),
          "end_date_time",
          "must be after start_date_time");
    }

    /** Whether a session that starts then may have the tariff. */
    public boolean covers(Instant at) {
      return (start == null || !at.isBefore(start)) && (end == null || at.isBefore(end));
    }
  }

  /** A tariff of OCPI alone. */
  public Tariff(
      TariffInfo info,
      String currency,
      @Nullable TaxIncluded taxIncluded,
      List<TariffElement> elements,
      Limits limits,
      Validity validity) {
    this(info, currency, taxIncluded, elements, limits, validity, TariffExtras.NONE);
  }

  public Tariff {
    elements = List.copyOf(elements);
    Checks.currency(currency);
    Checks.require(!elements.isEmpty(), "elements", "must not be empty");
    Checks.require(
        elements.size() <= MAX_ELEMENTS, "elements", "must have at most " + MAX_ELEMENTS);
    if (taxIncluded == TaxIncluded.NOT_APPLICABLE) {
      refuseTax(elements, extras.occupancy());
    }
    if (!extras.negativePrices()) {
      refuseNegative(elements);
    }
    refuseTiers(elements, extras);
  }

  /** The same tariff under another OCPI id. */
  public Tariff withId(String id) {
    return new Tariff(info.withId(id), currency, taxIncluded, elements, limits, validity, extras);
  }

  /** The same tariff with the calendar in it, in place of its id. */
  public Tariff withCalendar(TariffCalendar calendar) {
    return new Tariff(
        info, currency, taxIncluded, elements, limits, validity, extras.withCalendar(calendar));
  }

  /** Whether some element asks for the calendar's tier. */
  public boolean usesTiers() {
    return elements.stream().anyMatch(e -> !e.restrictions().calendarTiers().isEmpty());
  }

  /**
   * Refuses what no tariff should be stored with: steps of 0, except of FLAT. OCPI tariffs of
   * others are priced with them all the same.
   *
   * @throws InvalidInputException naming the path of the step
   */
  public void requireSteps() {
    for (int e = 0; e < elements.size(); e++) {
      List<PriceComponent> components = elements.get(e).components();
      for (int c = 0; c < components.size(); c++) {
        PriceComponent component = components.get(c);
        Checks.require(
            component.type() == Dimension.FLAT || component.stepSize() > 0,
            component(e, c, "step_size"),
            "must be at least 1");
      }
    }
    Occupancy occupancy = extras.occupancy();
    Checks.require(
        occupancy == null || occupancy.stepSize() > 0, "occupancy.step_size", "must be at least 1");
  }

  /** The OCPI id; empty while it has none. */
  public String idOrEmpty() {
    return info.id() == null ? "" : info.id();
  }

  private static void refuseNegative(List<TariffElement> elements) {
    for (int e = 0; e < elements.size(); e++) {
      List<PriceComponent> components = elements.get(e).components();
      for (int c = 0; c < components.size(); c++) {
        Checks.require(components.get(c).price().signum() >= 0, component(e, c, "price"), NEGATIVE);
      }
    }
  }

  private static void refuseTiers(List<TariffElement> elements, TariffExtras extras) {
    for (int e = 0; e < elements.size(); e++) {
      Checks.require(
          extras.hasCalendar() || elements.get(e).restrictions().calendarTiers().isEmpty(),
          "elements[" + e + "].restrictions.calendar_tiers",
          "needs a calendar or calendar_id in the tariff");
    }
  }

  private static String component(int element, int component, String field) {
    return "elements[" + element + "].price_components[" + component + "]." + field;
  }

  private static void refuseTax(List<TariffElement> elements, @Nullable Occupancy occupancy) {
    Checks.require(occupancy == null || occupancy.vat() == null, "occupancy.vat", NO_TAX);
    for (int e = 0; e < elements.size(); e++) {
      List<PriceComponent> components = elements.get(e).components();
      for (int c = 0; c < components.size(); c++) {
        Checks.require(components.get(c).vat() == null, component(e, c, "vat"), NO_TAX);
      }
    }
  }

  /** The distinct tax rates in percent; a component without one counts as 0. */
  NavigableSet<Exact> taxRates() {
    NavigableSet<Exact> rates = new TreeSet<>();
    for (TariffElement element : elements) {
      for (PriceComponent component : element.components()) {
        rates.add(component.vat() == null ? Exact.ZERO : Exact.of(component.vat()));
      }
    }
    Occupancy occupancy = extras.occupancy();
    if (occupancy != null) {
      rates.add(occupancy.vat() == null ? Exact.ZERO : Exact.of(occupancy.vat()));
    }
    return rates;
  }

  /** Whether some component has a tax above 0. */
  boolean isTaxed() {
    return taxRates().last().signum() > 0;
  }
}
