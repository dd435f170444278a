package org.ampay.web.console;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ampay.base.Money;
import org.ampay.billing.promotion.Benefit;
import org.ampay.billing.promotion.Scope;
import org.ampay.billing.promotion.Who;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.Funder;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.Price;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was typed about a promotion. A field that makes no sense is named as wrong and counts
 * as a harmless value, so that one reading finds all of them; {@link #check} then stops.
 */
final class PromotionForm {

  /** Larger amounts are a slip of the finger; so they fit into minor units. */
  private static final String DECIMAL = "[0-9]{1,12}([.,][0-9]{1,9})?";

  private final PageCall call;
  private final TypedForm form;
  private final List<String> fields;

  /**
   * @param fields those that the page shows; other complaints are shown above the form
   */
  PromotionForm(PageCall call, TypedForm form, List<String> fields) {
    this.call = call;
    this.form = form;
    this.fields = fields;
  }

  /** Who acts: a person of no operator is the platform's. */
  static Who who(PageCall call) {
    return new Who(call.caller().actor(), call.caller().operatorId() == null);
  }

  String text(String name) {
    return form.get(name);
  }

  @Nullable BigDecimal decimal(String name) {
    String text = form.get(name);
    if (text.isEmpty()) {
      return null;
    }
    if (!text.matches(DECIMAL)) {
      wrong(name, "must be a number");
      return null;
    }
    return new BigDecimal(text.replace(',', '.'));
  }

  /** A number that must be there. */
  BigDecimal number(String name) {
    BigDecimal value = decimal(name);
    if (value == null) {
      wrong(name, "is missing");
      return BigDecimal.ONE;
    }
    return value;
  }

  @Nullable Integer whole(String name) {
    String text = form.get(name);
    if (text.isEmpty()) {
      return null;
    }
    if (!text.matches("[0-9]{1,9}")) {
      wrong(name, "must be an integer");
      return null;
    }
    return Integer.valueOf(text);
  }

  int whole(String name, int otherwise) {
    Integer value = whole(name);
    return value == null ? otherwise : value;
  }

  /** Minor units of an amount in the operator's currency; null when none was typed. */
  @Nullable Long minor(String name) {
    BigDecimal value = decimal(name);
    if (value == null) {
      return null;
    }
    BigDecimal minor =
        value.movePointRight(Money.exponent(call.ui().operator().currency())).stripTrailingZeros();
    if (minor.scale() > 0 || minor.signum() <= 0) {
      wrong(name, "must be positive");
      return null;
    }
    return minor.longValueExact();
  }

  /** A time in the page's zone; null when none was typed. */
  @Nullable Instant time(String name) {
    String text = form.get(name);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return LocalDateTime.parse(text).atZone(call.ui().place().zone()).toInstant();
    } catch (DateTimeException e) {
      form.wrong(name, call.ui().t("tariff.no_time"));
      return null;
    }
  }

  /** One of some words; the first when it is none of them. */
  <E> E word(String name, E[] words, Function<E, String> code) {
    return Arrays.stream(words)
        .filter(word -> code.apply(word).equals(form.get(name)))
        .findFirst()
        .orElseGet(
            () -> {
              wrong(name, "is missing");
              return words[0];
            });
  }

  Funder funder() {
    return word("funder", Funder.values(), Funder::wire);
  }

  Set<Price.Cost> costs() {
    Set<Price.Cost> costs = EnumSet.noneOf(Price.Cost.class);
    for (Price.Cost cost : Price.Cost.values()) {
      if (form.has("costs", cost.name())) {
        costs.add(cost);
      }
    }
    return costs;
  }

  Benefit benefit() {
    CouponTerm.Kind kind = word("kind", CouponTerm.Kind.values(), CouponTerm.Kind::name);
    BigDecimal value = number("value");
    BigDecimal cap = decimal("cap");
    BigDecimal least = decimal("min_spend");
    return new Benefit(kind, value, cap, least, costs());
  }

  Scope validity() {
    return new Scope(time("valid_from"), time("valid_until"), Set.of(), List.of());
  }

  /** Stops when something was wrong until here. */
  void check() {
    form.errors().entrySet().stream()
        .findFirst()
        .ifPresent(
            error -> {
              throw new InvalidInputException(error.getKey(), error.getValue());
            });
  }

  void wrong(String name, String reason) {
    form.wrong(name, TariffComplaints.text(call.ui(), reason));
  }

  /** What the form makes; empty when something is wrong with it, which is then told in the form. */
  <T> Optional<T> made(Supplier<T> work) {
    try {
      return Optional.of(work.get());
    } catch (InvalidInputException e) {
      if (fields.contains(e.path())) {
        wrong(e.path(), e.reason());
      } else if (!form.isWrong()) {
        wrong("", e.reason());
      }
      return Optional.empty();
    }
  }
}
