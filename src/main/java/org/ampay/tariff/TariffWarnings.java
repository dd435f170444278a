package org.ampay.tariff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is allowed in a tariff and yet rarely meant: shown to whoever saves it. */
public final class TariffWarnings {

  /** What is doubtful. The parameters are those of the texts, in their order. */
  public enum Code {
    /** An element that matches at no time. */
    NEVER_MATCHES("never matches"),
    /** {0}: tiers that the calendar does not have. */
    TIER_NOT_IN_CALENDAR("the calendar never has {0}"),
    /** {0}: path of a component that comes first wherever this one matches. */
    HIDDEN("never applies: {0} comes first"),
    /** {0}: the dimension. */
    TWICE("never applies: the element has another {0} before it"),
    /** {0}: path of the element that counts, {1}: when both match. */
    OVERLAP("{0} comes first where both match: {1}"),
    /** {0}: the dimension. */
    RESERVATION("{0} costs nothing in a reservation"),
    /** {0}: the dimension, {1}: when. */
    GAP("{0} is free where no element matches: {1}"),
    /** {0}: paths. */
    TAX_MISSING("some price components have a vat and some have none: {0}"),
    LIMIT_TAX("has no figure with tax: it follows from the tariff's tax rates"),
    /** {0}: the price before, {1}: the price now, {2}: change in percent, {3}: when. */
    PRICE_FAR("was {0}, is {1} ({2} %): {3}"),
    /** {0}: the price. */
    PRICE_HIGH("{0} looks like the wrong unit: prices are in major units a kWh or hour"),
    /** {0}: the price. */
    PRICE_LOW("{0} looks like the wrong unit: prices are in major units a kWh or hour"),
    NO_GRACE("the fee begins the moment the vehicle is full: there is no grace"),
    NEVER_OCCUPIED("the exempt times leave no time in which the fee is due"),
    /** {0}: the ceiling, {1}: the fixed fee. */
    CEILING_LOW("{0} is below the fixed fee of {1}"),
    /** {0}: the dimension. */
    CEILING_UNUSED("there is no price for {0}"),
    CALENDAR_UNUSED("no element asks for its tiers");

    private final String english;

    Code(String english) {
      this.english = english;
    }

    /** As in the API: {@code never_matches}. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The key of the text in the console's bundles. */
    public String key() {
      return "warning." + wire();
    }

    String text(List<String> params) {
      String text = english;
      for (int i = 0; i < params.size(); i++) {
        text = text.replace("{" + i + "}", params.get(i));
      }
      return text;
    }
  }

  /**
   * One doubt.
   *
   * @param path as in {@link InvalidInputException#path}
   * @param params of the code's text
   */
  public record Warning(Code code, String path, List<String> params) {
    public Warning {
      params = List.copyOf(params);
    }

    /** In English. */
    public String message() {
      return code.text(params);
    }
  }

  /** What a check finds, in the order in which it is found; bounded. */
  static final class Found {
    private static final int MOST = 40;

    final List<Warning> warnings = new ArrayList<>();

    void warn(Code code, String path, String... params) {
      if (warnings.size() < MOST) {
        warnings.add(new Warning(code, path, List.of(params)));
      }
    }
  }

  private TariffWarnings() {}

  /** The doubts about a tariff by itself. */
  public static List<Warning> of(Tariff tariff) {
    return of(tariff, null, null);
  }

  /**
   * The doubts about a tariff that is to be saved.
   *
   * @param previous the version that it replaces, null: there is none
   * @param calendar what the tariff's {@code calendar_id} names, null: unknown or inside the
   *     tariff. Without it nothing is said that depends on tiers
   */
  public static List<Warning> of(
      Tariff tariff, @Nullable Tariff previous, @Nullable TariffCalendar calendar) {
    Tariff whole = whole(tariff, tariff, calendar);
    Found found = new Found();
    if (whole.extras().calendar() != null && !whole.usesTiers()) {
      String path = tariff.extras().calendar() == null ? "calendar_id" : "calendar";
      found.warn(Code.CALENDAR_UNUSED, path);
    }
    if (isKnown(whole)) {
      new CoverageWarnings(whole, found).check();
    }
    new PriceWarnings(whole, found).check();
    if (previous != null && previous.currency().equals(tariff.currency())) {
      Tariff before = whole(previous, tariff, calendar);
      if (isKnown(whole) && isKnown(before)) {
        ChangeWarnings.check(whole, before, found);
      }
    }
    return List.copyOf(found.warnings);
  }

  /** With the calendar inside, where it is the one that the tariff to be saved names. */
  private static Tariff whole(Tariff tariff, Tariff saved, @Nullable TariffCalendar calendar) {
    return calendar != null
            && tariff.extras().calendar() == null
            && tariff.extras().calendarId() != null
            && Objects.equals(tariff.extras().calendarId(), saved.extras().calendarId())
        ? tariff.withCalendar(calendar)
        : tariff;
  }

  private static boolean isKnown(Tariff tariff) {
    return !tariff.usesTiers() || tariff.extras().calendar() != null;
  }

  static String path(int element, int component) {
    return path(element) + ".price_components[" + component + "]";
  }

  static String path(int element) {
    return "elements[" + element + "]";
  }
}
