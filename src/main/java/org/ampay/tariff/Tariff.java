package org.ampay.tariff;

import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * An OCPI tariff, of the shape of 2.2.1 or (with {@code taxIncluded}) of 2.3.0.
 *
 * @param currency ISO 4217
 * @param taxIncluded null in a tariff of the 2.2.1 shape, which means {@code NO}
 * @param elements in the order in which they are looked up
 */
public record Tariff(
    TariffInfo info,
    String currency,
    @Nullable TaxIncluded taxIncluded,
    List<TariffElement> elements,
    Limits limits,
    Validity validity) {

  /** More than 48 half-hour slots in four seasons. */
  public static final int MAX_ELEMENTS = 250;

  /** Digits behind the point of a price. */
  static final int PRICE_DECIMALS = 9;

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

  public Tariff {
    elements = List.copyOf(elements);
    try {
      Money.exponent(currency);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("currency", "must be an ISO 4217 currency code");
    }
    Checks.require(!elements.isEmpty(), "elements", "must not be empty");
    Checks.require(
        elements.size() <= MAX_ELEMENTS, "elements", "must have at most " + MAX_ELEMENTS);
    if (taxIncluded == TaxIncluded.NOT_APPLICABLE) {
      refuseTax(elements);
    }
  }

  /** The same tariff under another OCPI id. */
  public Tariff withId(String id) {
    return new Tariff(info.withId(id), currency, taxIncluded, elements, limits, validity);
  }

  /** The OCPI id; empty while it has none. */
  public String idOrEmpty() {
    return info.id() == null ? "" : info.id();
  }

  private static void refuseTax(List<TariffElement> elements) {
    for (int e = 0; e < elements.size(); e++) {
      List<PriceComponent> components = elements.get(e).components();
      for (int c = 0; c < components.size(); c++) {
        Checks.require(
            components.get(c).vat() == null,
            "elements[" + e + "].price_components[" + c + "].vat",
            "must be absent when tax_included is N/A");
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
    return rates;
  }

  /** Whether some component has a tax above 0. */
  boolean isTaxed() {
    return taxRates().last().signum() > 0;
  }
}
