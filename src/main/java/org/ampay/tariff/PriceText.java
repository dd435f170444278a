package org.ampay.tariff;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * A tariff for people: in one line ({@code 1.00 CNY/kWh + 0.50 CNY per session}, {@code 1.00 元/度 +
 * 每次 0.50 元}), shorter where a display is small, or line by line for a page. Prices are shown as
 * the tariff has them, with or without tax, in the order of AFIR: per kWh, per minute, per session,
 * the rest. Where AFIR holds, times cost so much a minute.
 */
public final class PriceText {

  private static final int MAX_PARTS = 12;

  /** Currencies of the countries in which AFIR (EU 2023/1804, Article 5) holds. */
  private static final Set<String> AFIR =
      Set.of("EUR", "BGN", "CZK", "DKK", "HUF", "ISK", "NOK", "PLN", "RON", "SEK");

  private static final int MINUTE_DIGITS = 4;
  private static final BigDecimal MINUTES = BigDecimal.valueOf(60);

  private final Tariff tariff;
  private final PriceWords words;

  private PriceText(Tariff tariff, Locale language) {
    this.tariff = tariff;
    this.words = PriceWords.of(language);
  }

  /** Whether there is a text in that language: ours, or the operator's own. */
  public static boolean speaks(Tariff tariff, Locale language) {
    return PriceWords.has(language) || own(tariff, language) != null;
  }

  /** The operator's own text in that language where the tariff has one, else {@link #of}. */
  public static String display(Tariff tariff, Locale language) {
    String own = own(tariff, language);
    return own == null ? of(tariff, language) : own;
  }

  /** The text made from the prices: Chinese for {@code zh}, English otherwise. */
  public static String of(Tariff tariff, Locale language) {
    PriceText text = new PriceText(tariff, language);
    return text.joined(text.perKwh(null));
  }

  /**
   * The prices in at most {@code most} characters, with the hours of the day where they fit: else
   * without hours, else only what holds now.
   */
  public static String display(TariffSnapshot snapshot, Locale language, Instant at, int most) {
    Tariff tariff = snapshot.tariffs().getFirst();
    String own = own(tariff, language);
    if (own != null) {
      return cut(own, most);
    }
    PriceText text = new PriceText(tariff, language);
    LocalDate today = at.atZone(snapshot.zone()).toLocalDate();
    String full = text.joined(text.perKwh(today));
    if (full.length() <= most || !PriceSchedule.fits(tariff)) {
      return cut(full, most);
    }
    String prices = text.joined(List.of(text.schedule(today, false)));
    return cut(prices.length() <= most ? prices : now(snapshot, language, at), most);
  }

  /** Line by line for a page: the prices of a kWh today, then the rest. */
  public static List<String> lines(TariffSnapshot snapshot, Locale language, Instant at) {
    Tariff tariff = snapshot.tariffs().getFirst();
    PriceText text = new PriceText(tariff, language);
    List<String> lines = new ArrayList<>();
    String own = own(tariff, language);
    if (own != null) {
      lines.add(own);
    }
    LocalDate today = at.atZone(snapshot.zone()).toLocalDate();
    if (PriceSchedule.fits(tariff)) {
      PriceSchedule.of(tariff, today).forEach(row -> lines.add(text.line(row)));
    } else {
      lines.addAll(text.perKwh(null));
    }
    lines.addAll(text.rest());
    return lines.isEmpty() ? List.of(text.words.kinds().free()) : lines;
  }

  /** What holds at this moment: {@code 现价 1.80 元/度（电费 1.20 + 服务费 0.60）峰, 至 12:00}. */
  public static String now(TariffSnapshot snapshot, Locale language, Instant at) {
    return now(snapshot, language, at, PriceNow.Standing.START);
  }

  /** The same for a session that stands there. */
  public static String now(
      TariffSnapshot snapshot, Locale language, Instant at, PriceNow.Standing standing) {
    PriceText text = new PriceText(snapshot.tariffs().getFirst(), language);
    return text.now(PriceNow.at(snapshot, at, standing), snapshot);
  }

  private static @Nullable String own(Tariff tariff, Locale language) {
    return tariff.info().altTexts().stream()
        .filter(text -> text.language().equalsIgnoreCase(language.getLanguage()))
        .map(DisplayText::text)
        .findFirst()
        .orElse(null);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  private String joined(List<String> perKwh) {
    List<String> parts = new ArrayList<>(perKwh);
    parts.addAll(rest());
    String text = parts.isEmpty() ? words.kinds().free() : String.join(" + ", parts);
    return text + taxes();
  }

  /** What is paid besides kWh, in the order of AFIR. */
  private List<String> rest() {
    List<String> parts = new ArrayList<>();
    add(parts, listing(Dimension.TIME));
    add(parts, listing(Dimension.FLAT));
    add(parts, listing(Dimension.PARKING_TIME));
    Occupancy occupancy = tariff.extras().occupancy();
    if (occupancy != null) {
      parts.add(occupancy(occupancy));
    }
    limit(words.kinds().least(), tariff.limits().min(), parts);
    limit(words.kinds().most(), tariff.limits().max(), parts);
    MinimumSession minimum = tariff.extras().minimumSession();
    if (minimum != null) {
      parts.add(minimum(minimum));
    }
    return parts;
  }

  private static void add(List<String> parts, String part) {
    if (!part.isEmpty()) {
      parts.add(part);
    }
  }

  /**
   * @param day whose hours are named; null: none, by element
   */
  private List<String> perKwh(@Nullable LocalDate day) {
    if (day != null && PriceSchedule.fits(tariff)) {
      return List.of(schedule(day, true));
    }
    List<String> parts = new ArrayList<>();
    String sum = constant();
    if (sum.isEmpty()) {
      add(parts, listing(Dimension.ENERGY));
      add(parts, listing(Dimension.SERVICE));
    } else {
      parts.add(sum);
    }
    return parts;
  }

  /** One price of electricity and one of service, both without conditions; else empty. */
  private String constant() {
    List<PriceComponent> all = new ArrayList<>();
    for (TariffElement element : tariff.elements()) {
      for (PriceComponent component : element.components()) {
        if (PriceSchedule.isPerKwh(component)) {
          if (!RuleText.of(element.restrictions()).isEmpty()) {
            return "";
          }
          all.add(component);
        }
      }
    }
    if (all.size() != 2 || all.getFirst().type() == all.getLast().type()) {
      return "";
    }
    boolean energyFirst = all.getFirst().type() == Dimension.ENERGY;
    PriceComponent energy = energyFirst ? all.getFirst() : all.getLast();
    PriceComponent service = energyFirst ? all.getLast() : all.getFirst();
    return sum(energy.price(), service.price());
  }

  private String sum(BigDecimal energy, BigDecimal service) {
    String sum = words.units().perKwh().formatted(amount(energy.add(service)));
    return service.signum() == 0
        ? sum
        : words.kinds().parts().formatted(sum, number(energy), number(service));
  }

  /** {@code 今日 尖 1.80 (10:00-12:00、14:00-16:00)；谷 0.90 (00:00-08:00) 元/度（含服务费 0.60）}. */
  private String schedule(LocalDate day, boolean hours) {
    List<PriceSchedule.Row> rows = PriceSchedule.of(tariff, day);
    boolean oneService = rows.stream().map(PriceSchedule.Row::service).distinct().count() == 1;
    List<String> parts = new ArrayList<>();
    for (PriceSchedule.Row row : rows) {
      TouTier tier = row.tier();
      String name = tier == null ? "" : words.tier(tier) + " ";
      String service =
          oneService || row.service().signum() == 0
              ? ""
              : words.kinds().serviceIn().formatted(number(row.service()));
      String when = hours ? " (" + String.join(words.joints().windows(), row.windows()) + ")" : "";
      parts.add(name + number(row.sum()) + service + when);
    }
    BigDecimal service = rows.getFirst().service();
    return words.joints().today()
        + String.join(words.joints().alternatives(), parts)
        + " "
        + words.units().perKwh().formatted(words.currency(tariff.currency()))
        + (oneService && service.signum() != 0
            ? words.kinds().serviceIn().formatted(number(service))
            : "");
  }

  private String line(PriceSchedule.Row row) {
    TouTier tier = row.tier();
    return (tier == null ? "" : words.tier(tier) + " ")
        + String.join(words.joints().windows(), row.windows())
        + "  "
        + sum(row.energy(), row.service());
  }

  private String now(PriceNow now, TariffSnapshot snapshot) {
    BigDecimal energy = price(now, Dimension.ENERGY);
    BigDecimal service = price(now, Dimension.SERVICE);
    List<String> parts = new ArrayList<>();
    if (energy.signum() != 0 || service.signum() != 0) {
      parts.add(sum(energy, service));
    }
    now.rate(Dimension.TIME).ifPresent(rate -> parts.add(time(rate.price())));
    String text = parts.isEmpty() ? words.kinds().free() : String.join(" + ", parts);
    List<String> when = new ArrayList<>();
    TouTier tier = now.tier();
    if (tier != null) {
      when.add(words.tier(tier));
    }
    Instant until = now.until();
    if (until != null) {
      when.add(
          words.joints().until().formatted(until.atZone(snapshot.zone()).toLocalTime().toString()));
    }
    return words.joints().now()
        + text
        + (when.isEmpty() ? "" : " (" + String.join(", ", when) + ")")
        + taxes();
  }

  private static BigDecimal price(PriceNow now, Dimension dimension) {
    return now.rate(dimension).map(PriceNow.Rate::price).orElse(BigDecimal.ZERO);
  }

  private String listing(Dimension dimension) {
    List<String> parts = new ArrayList<>();
    for (TariffElement element : tariff.elements()) {
      for (PriceComponent component : element.components()) {
        if (component.type() == dimension) {
          parts.add(price(component, element.restrictions()));
        }
      }
    }
    String separator = words.joints().alternatives();
    if (parts.size() > MAX_PARTS) {
      return String.join(separator, parts.subList(0, MAX_PARTS)) + separator + "…";
    }
    return String.join(separator, parts);
  }

  private String price(PriceComponent component, Restrictions restrictions) {
    BigDecimal price = component.price();
    String text =
        switch (component.type()) {
          case ENERGY -> words.units().perKwh().formatted(amount(price));
          case SERVICE ->
              words.kinds().service().formatted(words.units().perKwh().formatted(amount(price)));
          case TIME -> time(price);
          case PARKING_TIME -> words.kinds().parking().formatted(time(price));
          case FLAT -> words.units().perSession().formatted(amount(price));
        };
    String when = PriceWhen.text(restrictions, words);
    return when.isEmpty() ? text : text + " (" + when + ")";
  }

  /**
   * Where AFIR holds a minute's price comes first; the hour's only where the minute's is rounded.
   */
  private String time(BigDecimal perHour) {
    String hour = words.units().perHour().formatted(amount(perHour));
    if (!AFIR.contains(tariff.currency())) {
      return hour;
    }
    BigDecimal minute = perHour.divide(MINUTES, MINUTE_DIGITS, RoundingMode.HALF_UP);
    String text = words.units().perMinute().formatted(amount(minute));
    return minute.multiply(MINUTES).compareTo(perHour) == 0
        ? text
        : words.units().about().formatted(hour, text);
  }

  private String occupancy(Occupancy occupancy) {
    List<String> when = new ArrayList<>();
    if (occupancy.graceSeconds() > 0) {
      BigDecimal minutes =
          BigDecimal.valueOf(occupancy.graceSeconds()).divide(MINUTES, 1, RoundingMode.HALF_UP);
      when.add(words.whens().grace().formatted(Exact.of(minutes).toPlainString()));
    }
    if (occupancy.maxPrice() != null) {
      when.add(words.whens().cap().formatted(amount(occupancy.maxPrice())));
    }
    for (LocalWindow exempt : occupancy.exempt()) {
      when.add(words.whens().freeIn().formatted(PriceWhen.window(exempt, words)));
    }
    String text = words.kinds().occupancy().formatted(time(occupancy.price()));
    return when.isEmpty() ? text : text + " (" + String.join(", ", when) + ")";
  }

  private String minimum(MinimumSession minimum) {
    List<String> figures = new ArrayList<>();
    if (minimum.kwh() != null) {
      figures.add(Exact.of(minimum.kwh()).toPlainString() + " kWh");
    }
    if (minimum.seconds() != null) {
      figures.add(minimum.seconds() + " s");
    }
    return words.whens().minimum().formatted(String.join(words.whens().and(), figures));
  }

  private void limit(String pattern, @Nullable PriceLimit limit, List<String> parts) {
    if (limit != null) {
      BigDecimal shown = limit.incl() == null ? limit.excl() : limit.incl();
      parts.add(pattern.formatted(amount(shown)));
    }
  }

  private String taxes() {
    if (tariff.taxIncluded() == TaxIncluded.YES) {
      return words.joints().taxIncluded();
    }
    return tariff.isTaxed() ? words.joints().taxAdded() : "";
  }

  private String amount(BigDecimal price) {
    return number(price) + " " + words.currency(tariff.currency());
  }

  /** At least the digits of the currency, all that the price has. */
  private String number(BigDecimal price) {
    int digits = Money.exponent(tariff.currency());
    BigDecimal plain = price.stripTrailingZeros();
    return (plain.scale() < digits ? plain.setScale(digits) : plain).toPlainString();
  }
}
