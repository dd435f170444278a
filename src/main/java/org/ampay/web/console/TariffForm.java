package org.ampay.web.console;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ampay.tariff.Dimension;
import org.ampay.tariff.LocalWindow;
import org.ampay.tariff.PriceComponent;
import org.ampay.tariff.Restrictions;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffElement;
import org.ampay.tariff.TariffExtras;
import org.ampay.tariff.TariffInfo;
import org.ampay.tariff.TaxIncluded;
import org.ampay.web.http.Problem;
import org.ampay.web.http.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The simple editor of a tariff: one energy price, others in windows of the day, fees, one tax
 * rate. All values are texts as they were typed.
 */
public record TariffForm(String name, Fees fees, List<Window> windows) {

  /**
   * @param energy a kWh
   * @param start a session
   * @param time an hour of charging
   * @param parking an hour of parking
   * @param vat percent; empty: no tax
   */
  public record Fees(String energy, String start, String time, String parking, String vat) {}

  /** A window of the day, {@code 08:00} to {@code 11:30}, with its own energy price. */
  public record Window(String from, String to, String price) {}

  private static final int MOST_WINDOWS = 48;

  static TariffForm empty() {
    return new TariffForm("", new Fees("", "", "", "", ""), List.of());
  }

  static TariffForm of(PageCall call) {
    List<String> froms = call.formAll("window_from");
    List<String> tos = call.formAll("window_to");
    List<String> prices = call.formAll("window_price");
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < Math.min(froms.size(), Math.min(tos.size(), prices.size())); i++) {
      if (!(froms.get(i) + tos.get(i) + prices.get(i)).isEmpty()) {
        windows.add(new Window(froms.get(i), tos.get(i), prices.get(i)));
      }
    }
    Fees fees =
        new Fees(
            call.form("energy"),
            call.form("start"),
            call.form("time"),
            call.form("parking"),
            call.form("vat"));
    return new TariffForm(call.form("name"), fees, windows);
  }

  /** The tariff that was meant. */
  Tariff tariff(String currency) {
    if (windows.size() > MOST_WINDOWS) {
      throw Problem.badField("window", "at most " + MOST_WINDOWS).exception();
    }
    BigDecimal vat = PageCall.decimal("vat", fees.vat()).orElse(null);
    List<TariffElement> elements = new ArrayList<>();
    for (Window window : windows) {
      PriceComponent price =
          component(Dimension.ENERGY, decimal("window_price", window.price()), vat);
      elements.add(
          new TariffElement(List.of(price), restrictions(clock(window.from()), end(window))));
    }
    List<PriceComponent> always = new ArrayList<>();
    always.add(component(Dimension.ENERGY, decimal("energy", fees.energy()), vat));
    add(always, Dimension.FLAT, "start", fees.start(), vat);
    add(always, Dimension.TIME, "time", fees.time(), vat);
    add(always, Dimension.PARKING_TIME, "parking", fees.parking(), vat);
    elements.add(new TariffElement(always, Restrictions.NONE));
    return new Tariff(
        TariffInfo.NONE,
        currency,
        TaxIncluded.NO,
        elements,
        Tariff.Limits.NONE,
        Tariff.Validity.ALWAYS);
  }

  private static void add(
      List<PriceComponent> components,
      Dimension dimension,
      String field,
      String text,
      @Nullable BigDecimal vat) {
    PageCall.decimal(field, text)
        .filter(price -> price.signum() > 0)
        .ifPresent(price -> components.add(component(dimension, price, vat)));
  }

  private static PriceComponent component(
      Dimension dimension, BigDecimal price, @Nullable BigDecimal vat) {
    return new PriceComponent(dimension, price, vat, 1);
  }

  private static Restrictions restrictions(LocalTime from, LocalTime to) {
    return new Restrictions(
        new LocalWindow(from, to, null, null, java.util.Set.of()),
        Restrictions.Bounds.NONE,
        Restrictions.Bounds.NONE,
        Restrictions.Bounds.NONE,
        Restrictions.Bounds.NONE,
        null);
  }

  private static LocalTime end(Window window) {
    return clock(window.to().equals("24:00") ? "00:00" : window.to());
  }

  private static BigDecimal decimal(String field, String text) {
    return PageCall.decimal(field, text)
        .orElseThrow(() -> Problem.badField(field, "is missing").exception());
  }

  private static LocalTime clock(String text) {
    try {
      return LocalTime.parse(text.length() == 4 ? "0" + text : text);
    } catch (DateTimeParseException e) {
      throw Problem.badField("window", "must be times like 08:30").exception();
    }
  }

  /** The form that means this tariff; empty when it says more than the form can. */
  static Optional<TariffForm> of(String name, Tariff tariff) {
    List<TariffElement> elements = tariff.elements();
    TariffElement last = elements.getLast();
    List<Window> windows = new ArrayList<>();
    for (TariffElement element : elements.subList(0, elements.size() - 1)) {
      LocalWindow window = element.restrictions().window();
      boolean simple =
          element.components().size() == 1
              && element.components().getFirst().type() == Dimension.ENERGY
              && window.startTime() != null
              && window.endTime() != null
              && element.restrictions().equals(restrictions(window.startTime(), window.endTime()));
      if (!simple) {
        return Optional.empty();
      }
      windows.add(
          new Window(
              String.valueOf(window.startTime()),
              String.valueOf(window.endTime()),
              plain(element.components().getFirst().price())));
    }
    Function<Dimension, String> price =
        dimension ->
            last.components().stream()
                .filter(c -> c.type() == dimension)
                .map(c -> plain(c.price()))
                .findFirst()
                .orElse("");
    BigDecimal vat = last.components().getFirst().vat();
    TariffForm form =
        new TariffForm(
            name,
            new Fees(
                price.apply(Dimension.ENERGY),
                price.apply(Dimension.FLAT),
                price.apply(Dimension.TIME),
                price.apply(Dimension.PARKING_TIME),
                vat == null ? "" : plain(vat)),
            windows);
    return form.means(tariff) ? Optional.of(form) : Optional.empty();
  }

  private boolean means(Tariff tariff) {
    try {
      List<TariffElement> mine = tariff(tariff.currency()).elements();
      List<TariffElement> theirs = tariff.elements();
      boolean same =
          mine.size() == theirs.size()
              && tariff.limits().equals(Tariff.Limits.NONE)
              && tariff.extras().equals(TariffExtras.NONE);
      for (int i = 0; same && i < mine.size(); i++) {
        same = same(mine.get(i), theirs.get(i));
      }
      return same;
    } catch (ProblemException e) {
      return false;
    }
  }

  private static boolean same(TariffElement a, TariffElement b) {
    boolean same =
        a.restrictions().equals(b.restrictions()) && a.components().size() == b.components().size();
    for (PriceComponent component : a.components()) {
      same &= b.components().stream().anyMatch(other -> same(component, other));
    }
    return same;
  }

  private static boolean same(PriceComponent a, PriceComponent b) {
    BigDecimal vat = a.vat();
    BigDecimal other = b.vat();
    boolean sameVat = vat == null || other == null ? vat == other : vat.compareTo(other) == 0;
    return a.type() == b.type()
        && a.price().compareTo(b.price()) == 0
        && sameVat
        && a.stepSize() == b.stepSize();
  }

  private static String plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
  }
}
