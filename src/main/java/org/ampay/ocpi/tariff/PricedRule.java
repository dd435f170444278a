package org.ampay.ocpi.tariff;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ampay.tariff.Dimension;
import org.ampay.tariff.LocalWindow;
import org.ampay.tariff.PriceComponent;
import org.ampay.tariff.Restrictions;
import org.ampay.tariff.Restrictions.Bounds;
import org.jspecify.annotations.Nullable;

/** A price and when it holds; of a list of them, the first that holds counts. */
record PricedRule(Restrictions when, PriceComponent price) {

  /**
   * The sum of two lists of prices as one list of {@code as}; empty: OCPI cannot say it, because
   * tax or steps differ, or one is not always there and its own amount would be rounded up to a
   * step by itself.
   */
  static Optional<List<PricedRule>> sum(Dimension as, List<PricedRule> a, List<PricedRule> b) {
    if (!a.isEmpty() && step(a, b) > 1 && !(isComplete(a) && isComplete(b))) {
      return Optional.empty();
    }
    List<PricedRule> sum = new ArrayList<>();
    for (PricedRule one : a) {
      boolean covered = false;
      for (PricedRule other : b) {
        if (covered) {
          break; // an earlier one holds whenever this one of a does
        }
        List<Restrictions> common = both(one.when, other.when);
        if (common.isEmpty()) {
          continue;
        }
        if (!fit(one.price, other.price)) {
          return Optional.empty();
        }
        for (Restrictions when : common) {
          sum.add(new PricedRule(when, plus(as, one.price, other.price)));
        }
        covered = common.equals(List.of(one.when));
      }
      if (!covered) {
        sum.add(new PricedRule(one.when, as(as, one.price)));
      }
    }
    if (!isComplete(a)) {
      b.forEach(other -> sum.add(new PricedRule(other.when, as(as, other.price))));
    }
    return Optional.of(sum);
  }

  private static int step(List<PricedRule> a, List<PricedRule> b) {
    return Stream.concat(a.stream(), b.stream())
        .mapToInt(rule -> rule.price.stepSize())
        .max()
        .orElse(0);
  }

  private static boolean isComplete(List<PricedRule> rules) {
    return rules.stream().anyMatch(rule -> rule.when.equals(Restrictions.NONE));
  }

  private static boolean fit(PriceComponent a, PriceComponent b) {
    return a.stepSize() == b.stepSize() && sameTax(a, b);
  }

  private static boolean sameTax(PriceComponent a, PriceComponent b) {
    return a.vat() == null || b.vat() == null
        ? Objects.equals(a.vat(), b.vat())
        : a.vat().compareTo(b.vat()) == 0;
  }

  private static PriceComponent plus(Dimension as, PriceComponent a, PriceComponent b) {
    return new PriceComponent(as, a.price().add(b.price()), a.vat(), a.stepSize());
  }

  private static PriceComponent as(Dimension as, PriceComponent price) {
    return new PriceComponent(as, price.price(), price.vat(), price.stepSize());
  }

  /** When both hold; none: never. */
  static List<Restrictions> both(Restrictions a, Restrictions b) {
    if (a.reservation() != b.reservation()) {
      return List.of();
    }
    Bounds kwh = both(a.kwh(), b.kwh());
    Bounds current = both(a.current(), b.current());
    Bounds power = both(a.power(), b.power());
    Bounds duration = both(a.duration(), b.duration());
    if (kwh == null || current == null || power == null || duration == null) {
      return List.of();
    }
    List<Restrictions> both = new ArrayList<>();
    for (LocalWindow window : Windows.both(a.window(), b.window())) {
      both.add(new Restrictions(window, kwh, current, power, duration, a.reservation(), Set.of()));
    }
    return both;
  }

  /** Null: they have nothing in common. */
  private static @Nullable Bounds both(Bounds a, Bounds b) {
    var min =
        a.min() == null || b.min() != null && b.min().compareTo(a.min()) > 0 ? b.min() : a.min();
    var max =
        a.max() == null || b.max() != null && b.max().compareTo(a.max()) < 0 ? b.max() : a.max();
    return min != null && max != null && min.compareTo(max) >= 0 ? null : new Bounds(min, max);
  }
}
