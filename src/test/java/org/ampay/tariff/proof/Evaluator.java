package org.ampay.tariff.proof;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ampay.tariff.PriceComponent;
import org.ampay.tariff.PriceLimit;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffElement;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Prices a session a second time: slowly, by the words of docs/prices.md, on its own arithmetic and
 * without a line of the engine besides the records that hold its input.
 */
final class Evaluator {

  private Evaluator() {}

  /**
   * A price.
   *
   * @param lines what is billed and what it costs, by price
   * @param before the sum of the lines
   */
  record Verdict(Map<Usage.Priced, Line> lines, Sum before, Sum total) {}

  /**
   * What one price adds up to.
   *
   * @param billed kWh, hours or 1
   */
  record Line(Ratio billed, Sum sum) {}

  static Verdict price(TariffSnapshot snapshot, SessionFacts facts) {
    List<Piece> pieces = Pieces.of(snapshot, facts);
    Map<Usage.Priced, Line> lines = new LinkedHashMap<>();
    Usage.of(snapshot, pieces)
        .forEach((priced, billed) -> lines.put(priced, line(snapshot, priced, billed)));
    Sum before = lines.values().stream().map(Line::sum).reduce(Sum.ZERO, Sum::plus);
    Sum total = limited(pieces.getLast().terms(), before);
    return new Verdict(lines, before, total);
  }

  private static Line line(TariffSnapshot snapshot, Usage.Priced priced, Ratio billed) {
    Tariff tariff = snapshot.tariffs().get(priced.place().tariff());
    PriceComponent price = Usage.price(snapshot, priced.place());
    Ratio amount = Ratio.of(price.price()).times(billed);
    return new Line(billed, Sum.of(amount, price.vat(), tariff.taxIncluded()));
  }

  private static Sum limited(Tariff tariff, Sum sum) {
    PriceLimit min = tariff.limits().min();
    PriceLimit max = tariff.limits().max();
    Sum lifted = sum;
    if (min != null && !(sum.excl() == null && min.incl() == null)) {
      Ratio excl = sum.excl() == null ? null : sum.excl().max(Ratio.of(min.excl()));
      lifted = new Sum(excl, sum.incl().max(withTax(tariff, min, true)));
    }
    if (max != null && !(sum.excl() == null && max.incl() == null)) {
      Ratio excl = lifted.excl() == null ? null : lifted.excl().min(Ratio.of(max.excl()));
      return new Sum(excl, lifted.incl().min(withTax(tariff, max, false)));
    }
    return lifted;
  }

  private static Ratio withTax(Tariff tariff, PriceLimit limit, boolean lowest) {
    if (limit.incl() != null) {
      return Ratio.of(limit.incl());
    }
    Ratio factor = null;
    for (TariffElement element : tariff.elements()) {
      for (PriceComponent component : element.components()) {
        Ratio one = factor(component.vat());
        factor = factor == null ? one : lowest ? factor.min(one) : factor.max(one);
      }
    }
    return Ratio.of(limit.excl()).times(factor == null ? Ratio.ONE : factor);
  }

  private static Ratio factor(@Nullable BigDecimal vat) {
    return vat == null ? Ratio.ONE : Sum.factor(vat);
  }
}
