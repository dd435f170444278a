package org.ampay.tariff;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * A tariff in one line for people: {@code 1.00 CNY/kWh + 0.50 CNY per session}, {@code 1.00 元/度 +
 * 每次 0.50 元}. Prices are shown as the tariff has them, with or without tax.
 */
public final class PriceText {

  private static final int MAX_PARTS = 12;

  private final Tariff tariff;
  private final Words words;

  private PriceText(Tariff tariff, Words words) {
    this.tariff = tariff;
    this.words = words;
  }

  /** The operator's own text in that language where the tariff has one, else {@link #of}. */
  public static String display(Tariff tariff, Locale language) {
    return tariff.info().altTexts().stream()
        .filter(text -> text.language().equalsIgnoreCase(language.getLanguage()))
        .map(DisplayText::text)
        .findFirst()
        .orElseGet(() -> of(tariff, language));
  }

  /** The text made from the prices: Chinese for {@code zh}, English otherwise. */
  public static String of(Tariff tariff, Locale language) {
    Words words = language.getLanguage().equals("zh") ? Words.CHINESE : Words.ENGLISH;
    return new PriceText(tariff, words).text();
  }

  private String text() {
    List<String> parts = new ArrayList<>();
    for (Dimension dimension : ORDER) {
      String part = dimension(dimension);
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    limit(words.least, tariff.limits().min(), parts);
    limit(words.most, tariff.limits().max(), parts);
    String text = parts.isEmpty() ? words.free : String.join(" + ", parts);
    return text + taxes();
  }

  /** AFIR's order: energy, time, session, then the rest. */
  private static final List<Dimension> ORDER =
      List.of(
          Dimension.ENERGY,
          Dimension.SERVICE,
          Dimension.TIME,
          Dimension.FLAT,
          Dimension.PARKING_TIME);

  private String dimension(Dimension dimension) {
    List<String> parts = new ArrayList<>();
    for (TariffElement element : tariff.elements()) {
      for (PriceComponent component : element.components()) {
        if (component.type() == dimension) {
          parts.add(price(component, element.restrictions()));
        }
      }
    }
    if (parts.size() > MAX_PARTS) {
      return String.join(words.separator, parts.subList(0, MAX_PARTS)) + words.separator + "…";
    }
    return String.join(words.separator, parts);
  }

  private String price(PriceComponent component, Restrictions restrictions) {
    String amount = amount(component.price());
    String price =
        switch (component.type()) {
          case ENERGY -> words.perKwh.formatted(amount);
          case SERVICE -> words.servicePerKwh.formatted(amount);
          case TIME -> words.perHour.formatted(amount);
          case PARKING_TIME -> words.perParkingHour.formatted(amount);
          case FLAT -> words.perSession.formatted(amount);
        };
    String when = when(restrictions);
    return when.isEmpty() ? price : price + " (" + when + ")";
  }

  private String when(Restrictions restrictions) {
    List<String> parts = new ArrayList<>();
    LocalWindow window = restrictions.window();
    if (!window.days().isEmpty()) {
      parts.add(days(window));
    }
    RuleText.window(
        new LocalWindow(
            window.startTime(), window.endTime(), window.startDate(), window.endDate(), Set.of()),
        parts);
    RuleText.bounds(restrictions.kwh(), "kWh", parts);
    RuleText.bounds(restrictions.power(), "kW", parts);
    RuleText.bounds(restrictions.current(), "A", parts);
    RuleText.bounds(minutes(restrictions.duration()), "min", parts);
    ReservationKind reservation = restrictions.reservation();
    if (reservation != null) {
      parts.add(
          switch (reservation) {
            case RESERVATION -> words.reservation;
            case RESERVATION_EXPIRES -> words.expired;
          });
    }
    return String.join(", ", parts);
  }

  private static Restrictions.Bounds minutes(Restrictions.Bounds seconds) {
    return new Restrictions.Bounds(minutes(seconds.min()), minutes(seconds.max()));
  }

  private static @Nullable BigDecimal minutes(@Nullable BigDecimal seconds) {
    return seconds == null ? null : seconds.divide(BigDecimal.valueOf(60), 2, RoundingMode.HALF_UP);
  }

  private String days(LocalWindow window) {
    List<String> names = new ArrayList<>();
    for (DayOfWeek day : new TreeSet<>(window.days())) {
      names.add(words.days.get(day.ordinal()));
    }
    return String.join(words.dayJoin, names);
  }

  private void limit(String pattern, @Nullable PriceLimit limit, List<String> parts) {
    if (limit != null) {
      BigDecimal shown = limit.incl() == null ? limit.excl() : limit.incl();
      parts.add(pattern.formatted(amount(shown)));
    }
  }

  private String taxes() {
    if (tariff.taxIncluded() == TaxIncluded.YES) {
      return words.taxIncluded;
    }
    return tariff.isTaxed() ? words.taxAdded : "";
  }

  private String amount(BigDecimal price) {
    int digits = Money.exponent(tariff.currency());
    BigDecimal plain = price.stripTrailingZeros();
    BigDecimal shown = plain.scale() < digits ? plain.setScale(digits) : plain;
    return shown.toPlainString() + " " + words.currency(tariff.currency());
  }

  /** The words of one language. */
  private record Words(
      String perKwh,
      String servicePerKwh,
      String perHour,
      String perParkingHour,
      String perSession,
      String least,
      String most,
      String separator,
      String free,
      String reservation,
      String expired,
      String taxIncluded,
      String taxAdded,
      String dayJoin,
      List<String> days) {

    static final Words ENGLISH =
        new Words(
            "%s/kWh",
            "%s/kWh service",
            "%s/h",
            "%s/h parking",
            "%s per session",
            "at least %s",
            "at most %s",
            "; ",
            "free",
            "reservation",
            "reservation expired",
            ", tax included",
            ", plus tax",
            " ",
            List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"));

    static final Words CHINESE =
        new Words(
            "%s/度",
            "服务费 %s/度",
            "%s/小时",
            "占位 %s/小时",
            "每次 %s",
            "最低 %s",
            "最高 %s",
            "；",
            "免费",
            "预约",
            "预约过期",
            "（含税）",
            "（不含税）",
            "、",
            List.of("周一", "周二", "周三", "周四", "周五", "周六", "周日"));

    String currency(String code) {
      return this == CHINESE && code.equals("CNY") ? "元" : code;
    }
  }
}
