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

  /**
   * What is due of a part, as a bill shows it: a price of unknown tax is all net.
   *
   * @param known whether the net is that
   */
  private record Due(Ratio net, Ratio tax, boolean known) {

    static Due of(Sum sum) {
      return new Due(sum.exclOrAll(), sum.incl().minus(sum.exclOrAll()), sum.excl() != null);
    }

    Due plus(Due other) {
      return new Due(net.plus(other.net), tax.plus(other.tax), known && other.known);
    }

    Due times(Ratio share) {
      return new Due(net.times(share), tax.times(share), known);
    }

    Sum sum() {
      return new Sum(known ? net : null, net.plus(tax));
    }
  }

  private final Map<Part, Due> dues = new LinkedHashMap<>();

  void add(Part part, Sum sum) {
    dues.merge(part, Due.of(sum), Due::plus);
  }

  Sum sum() {
    return sum(part -> true);
  }

  Sum sum(Predicate<Part> scope) {
    return due(scope).sum();
  }

  /** Without tax, as a bill shows it. */
  Ratio net(Predicate<Part> scope) {
    return due(scope).net();
  }

  private Due due(Predicate<Part> scope) {
    Due all = Due.of(Sum.ZERO);
    for (Map.Entry<Part, Due> entry : dues.entrySet()) {
      all = scope.test(entry.getKey()) ? all.plus(entry.getValue()) : all;
    }
    return all;
  }

  /** The distinct rates; null among them where a part has none. */
  List<@Nullable Ratio> rates() {
    List<@Nullable Ratio> rates = new ArrayList<>();
    for (Part part : dues.keySet()) {
      if (!rates.contains(part.rate())) {
        rates.add(part.rate());
      }
    }
    return rates;
  }

  /** Takes a share off every part; which share is up to the part. */
  void takeOff(Function<Part, Ratio> share) {
    dues.replaceAll((part, due) -> due.times(Ratio.ONE.minus(share.apply(part))));
  }

  /**
   * Makes the parts add up to these sums, each pro rata of what is above 0; what is below becomes
   * 0. A tax below 0 follows the net.
   */
  void spread(Ratio net, Ratio gross) {
    Ratio tax = gross.minus(net);
    Ratio nets = positive(Due::net);
    Ratio taxes = positive(Due::tax);
    dues.replaceAll(
        (part, due) -> {
          Ratio own = scaled(due.net(), net, nets);
          return new Due(
              own,
              tax.sign() < 0 ? own.times(tax).over(net) : scaled(due.tax(), tax, taxes),
              due.known());
        });
    Ratio netLeft = nets.sign() == 0 ? net : Ratio.ZERO;
    Ratio taxLeft = taxes.sign() == 0 && tax.sign() > 0 ? tax : Ratio.ZERO;
    dues.merge(new Part(Price.Cost.FIXED, null), new Due(netLeft, taxLeft, true), Due::plus);
  }

  private Ratio positive(Function<Due, Ratio> side) {
    return dues.values().stream()
        .map(side)
        .filter(amount -> amount.sign() > 0)
        .reduce(Ratio.ZERO, Ratio::plus);
  }

  private static Ratio scaled(Ratio part, Ratio target, Ratio all) {
    return part.sign() > 0 ? part.times(target).over(all) : Ratio.ZERO;
  }
}
