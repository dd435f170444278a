package org.ampay.tariff.proof;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
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
   * @param cost null: what a minimum price lifts from nothing
   * @param rate null: no tax, or one that is not known
   */
  record Part(Price.@Nullable Cost cost, @Nullable Ratio rate) {

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

  /** Takes a share off every part; which share is up to the part. */
  void takeOff(Function<Part, Ratio> share) {
    sums.replaceAll((part, sum) -> sum.times(Ratio.ONE.minus(share.apply(part))));
  }

  /** Makes the parts add up to a sum, pro rata. */
  void spread(Sum target) {
    Sum now = sum();
    Sum rest = target.minus(now);
    sums.replaceAll(
        (part, sum) ->
            new Sum(
                sum.excl() == null || target.excl() == null || now.excl() == null
                    ? null
                    : scaled(sum.excl(), target.excl(), now.excl()),
                scaled(sum.incl(), target.incl(), now.incl())));
    boolean exclFromNothing = now.excl() != null && now.excl().sign() == 0;
    boolean inclFromNothing = now.incl().sign() == 0;
    if (exclFromNothing || inclFromNothing) {
      Ratio excl = exclFromNothing ? rest.excl() : Ratio.ZERO;
      add(new Part(null, null), new Sum(excl, inclFromNothing ? rest.incl() : Ratio.ZERO));
    }
  }

  private static Ratio scaled(Ratio part, Ratio target, Ratio now) {
    return now.sign() == 0 ? part : part.times(target).over(now);
  }
}
