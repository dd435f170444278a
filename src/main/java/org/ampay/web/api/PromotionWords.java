package org.ampay.web.api;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.ampay.billing.promotion.Benefit;
import org.ampay.billing.promotion.Coupon;
import org.ampay.billing.promotion.Scope;
import org.ampay.station.Inventory;
import org.ampay.station.Operator;
import org.ampay.station.Site;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.Funder;
import org.ampay.tariff.Price;
import org.ampay.web.api.DriversApi.MoneyIn;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.jspecify.annotations.Nullable;

/** Words and small parts that several promotions have, from and to JSON. */
final class PromotionWords {

  static final String COSTS =
      "ENERGY, SERVICE, TIME, PARKING, OCCUPANCY, FIXED, RESERVATION; all by default";

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm").withResolverStyle(ResolverStyle.STRICT);

  /** More digits than that are no figure of a promotion. */
  private static final int MOST_DIGITS = 12;

  private static final int MOST_DECIMALS = 4;

  private PromotionWords() {}

  /** Hours of some days, by the clock of the site. */
  record PromotionWindow(
      @Field(value = "MONDAY … SUNDAY; all by default", maxItems = 7)
          @Nullable List<String> dayOfWeek,
      @Field(value = "HH:MM, inclusive", maxLength = 5) String startTime,
      @Field(value = "HH:MM, exclusive; at or before the start: on the next day", maxLength = 5)
          String endTime) {

    static PromotionWindow of(Scope.Window window) {
      return new PromotionWindow(
          window.days().stream().sorted().map(DayOfWeek::name).toList(),
          window.from().format(CLOCK),
          window.to().format(CLOCK));
    }
  }

  /** What is taken off: the same of a coupon and of an automatic discount. */
  record BenefitShape(
      @Field(value = "AMOUNT, PERCENT or KWH", maxLength = 10) String kind,
      @Field("currency units with tax, percent, or kWh") BigDecimal value,
      @Field("of a percentage: the most it takes off, in currency units") @Nullable BigDecimal cap,
      @Field("the least sum before it, in currency units with tax") @Nullable BigDecimal minSpend,
      @Field(value = COSTS, maxItems = 20) @Nullable List<String> costs) {

    static BenefitShape of(Benefit benefit) {
      return new BenefitShape(
          benefit.kind().name(),
          SessionsApi.plain(benefit.value()),
          plain(benefit.cap()),
          plain(benefit.minSpend()),
          names(benefit.costs()));
    }

    /** {@code prefix} is where it lies in the body, with its dot. */
    Benefit benefit(String prefix) {
      CouponTerm.Kind word =
          word(CouponTerm.Kind.values(), CouponTerm.Kind::name, kind, prefix + "kind");
      Set<Price.Cost> of = PromotionWords.costs(costs, prefix + "costs");
      return PromotionCalls.checked(prefix, () -> new Benefit(word, value, cap, minSpend, of));
    }
  }

  static @Nullable BigDecimal plain(@Nullable BigDecimal value) {
    return value == null ? null : SessionsApi.plain(value);
  }

  /** A number with few enough digits to calculate with. */
  static BigDecimal decimal(BigDecimal value, String field) {
    BigDecimal stripped = value.stripTrailingZeros();
    if (stripped.scale() > MOST_DECIMALS || stripped.precision() - stripped.scale() > MOST_DIGITS) {
      throw Problem.badField(field, "must have at most " + MOST_DECIMALS + " decimals").exception();
    }
    return value;
  }

  static <E> E word(E[] words, Function<E, String> code, String text, String field) {
    return Arrays.stream(words)
        .filter(word -> code.apply(word).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.badField(field, "must be one of " + Arrays.stream(words).map(code).toList())
                    .exception());
  }

  /** The operator unless it is said. */
  static Funder funder(@Nullable String text) {
    return text == null ? Funder.OPERATOR : word(Funder.values(), Funder::wire, text, "funder");
  }

  static Set<Price.Cost> costs(@Nullable List<String> names, String field) {
    Set<Price.Cost> costs = EnumSet.noneOf(Price.Cost.class);
    List<String> all = Objects.requireNonNullElse(names, List.of());
    for (int i = 0; i < all.size(); i++) {
      costs.add(word(Price.Cost.values(), Price.Cost::name, all.get(i), field + "[" + i + "]"));
    }
    return costs;
  }

  static List<String> names(Set<Price.Cost> costs) {
    return costs.stream().sorted().map(Price.Cost::name).toList();
  }

  /** Minor units of the operator's currency. */
  static long minor(MoneyIn money, String currency, String field) {
    if (money.currency() != null && !money.currency().equals(currency)) {
      throw Problem.badField(field + ".currency", "the operator's is " + currency).exception();
    }
    return money.minor();
  }

  /** When and where, checked against the operator's sites. */
  static Scope scope(
      Inventory inventory,
      Operator operator,
      @Nullable Instant from,
      @Nullable Instant until,
      @Nullable List<Long> sites,
      @Nullable List<PromotionWindow> windows) {
    Set<Long> places = new LinkedHashSet<>();
    List<Long> named = Objects.requireNonNullElse(sites, List.of());
    List<Long> known =
        named.isEmpty()
            ? List.of()
            : inventory.sites(operator.id()).stream().map(Site::id).toList();
    for (int i = 0; i < named.size(); i++) {
      if (!known.contains(named.get(i))) {
        throw Problem.badField("sites[" + i + "]", "there is no such site").exception();
      }
      places.add(named.get(i));
    }
    List<Scope.Window> hours = new ArrayList<>();
    List<PromotionWindow> wished = Objects.requireNonNullElse(windows, List.of());
    for (int i = 0; i < wished.size(); i++) {
      hours.add(window(wished.get(i), "windows[" + i + "]"));
    }
    return PromotionCalls.checked(() -> new Scope(from, until, places, hours));
  }

  private static Scope.Window window(PromotionWindow in, String field) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    List<String> names = Objects.requireNonNullElse(in.dayOfWeek(), List.of());
    for (int i = 0; i < names.size(); i++) {
      days.add(
          word(
              DayOfWeek.values(),
              DayOfWeek::name,
              names.get(i),
              field + ".day_of_week[" + i + "]"));
    }
    return new Scope.Window(
        days,
        clock(in.startTime(), field + ".start_time"),
        clock(in.endTime(), field + ".end_time"));
  }

  private static LocalTime clock(String text, String field) {
    try {
      return LocalTime.parse(text, CLOCK);
    } catch (DateTimeParseException e) {
      throw Problem.badField(field, "must be a time like 08:30").exception();
    }
  }

  static List<Long> sites(Scope scope) {
    return scope.sites().stream().sorted().toList();
  }

  static List<PromotionWindow> windows(Scope scope) {
    return scope.windows().stream().map(PromotionWindow::of).toList();
  }

  /** Active unless it is said. */
  static Coupon.State state(@Nullable String text) {
    return text == null
        ? Coupon.State.ACTIVE
        : word(Coupon.State.values(), Coupon.State::code, text, "state");
  }
}
