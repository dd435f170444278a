package org.ampay.tariff.proof;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.ampay.tariff.Price;
import org.jspecify.annotations.Nullable;

/** A sum, kept apart by kind of cost and tax rate. */
final class Groups {

  /**
   * Which part.
   *
   * @param rate null: no tax, or one that is not known
   */
  record Part(Price.Cost cost, @Nullable Ratio rate) {

    static Part of(Price.Cost cost, @Nullable BigDecimal vat) {
      return new Part(cost, vat == null ? null : Ratio.of(vat));
    }
  }

  private final Map<Part, Sum> sums = new LinkedHashMap<>();

  void add(Part part, Sum sum) {
    sums.merge(part, sum, Sum::plus);
  }

  Sum sum() {
    return sum(part -> true);
  }

  Sum sum(Predicate<Part> scope) {
    Sum all = Sum.ZERO;
    for (Map.Entry<Part, Sum> entry : sums.entrySet()) {
      if (scope.test(entry.getKey())) {
        all = all.plus(entry.getValue());
      }
    }
    return all;
  }

  /** With tax, or without it as far as that is known. */
  Ratio sum(Predicate<Part> scope, boolean gross) {
    Ratio all = Ratio.ZERO;
    for (Map.Entry<Part, Sum> entry : sums.entrySet()) {
      if (scope.test(entry.getKey())) {
        all = all.plus(gross ? entry.getValue().incl() : entry.getValue().exclOrAll());
      }
    }
    return all;
  }

  /** The distinct rates; null among them where a part has none. */
  List<@Nullable Ratio> rates() {
    List<@Nullable Ratio> rates = new ArrayList<>();
    for (Part part : sums.keySet()) {
      if (!rates.contains(part.rate())) {
        rates.add(part.rate());
      }
    }
    return rates;
  }

  /** Takes a share off every part; which share is up to the part. */
  void takeOff(Function<Part, Ratio> share) {
    sums.replaceAll((part, sum) -> sum.times(Ratio.ONE.minus(share.apply(part))));
  }

  /**
   * Makes the parts add up to a sum, pro rata of what is above 0; what is below becomes 0. Does so
   * with the nets and, by itself, with the taxes; a tax below 0 follows the nets.
   */
  void spread(Ratio net, Ratio tax) {
    Ratio nets = positive(Sum::exclOrAll);
    Ratio taxes = positive(Groups::tax);
    sums.replaceAll(
        (part, sum) -> {
          Ratio own = scaled(sum.exclOrAll(), net, nets);
          Ratio ownTax = tax.sign() < 0 ? own.times(tax).over(net) : scaled(tax(sum), tax, taxes);
          return new Sum(sum.excl() == null ? null : own, own.plus(ownTax));
        });
    Ratio netLeft = nets.sign() == 0 ? net : Ratio.ZERO;
    Ratio taxLeft = taxes.sign() == 0 && tax.sign() > 0 ? tax : Ratio.ZERO;
    if (netLeft.sign() != 0 || taxLeft.sign() != 0) {
      add(new Part(Price.Cost.FIXED, null), new Sum(netLeft, netLeft.plus(taxLeft)));
    }
  }

  private static Ratio tax(Sum sum) {
    return sum.incl().minus(sum.exclOrAll());
  }

  private Ratio positive(Function<Sum, Ratio> side) {
    return sums.values().stream()
        .map(side)
        .filter(amount -> amount.sign() > 0)
        .reduce(Ratio.ZERO, Ratio::plus);
  }

  private static Ratio scaled(Ratio part, Ratio target, Ratio all) {
    return part.sign() > 0 ? part.times(target).over(all) : Ratio.ZERO;
  }
}
