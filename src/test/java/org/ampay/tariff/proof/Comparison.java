package org.ampay.tariff.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.ampay.tariff.Amount;
import org.ampay.tariff.Exact;
import org.ampay.tariff.LineDimension;
import org.ampay.tariff.Price;
import org.ampay.tariff.PriceLine;

/** Whether the engine's price is the second evaluator's, fraction by fraction. */
final class Comparison {

  private Comparison() {}

  /** Where a price stands and what it is for. */
  private record Key(LineDimension kind, String tariff, int element, int component) {}

  static void same(Price price, Evaluator.Verdict verdict) {
    same("total", price.total(), verdict.total());
    same("before the limits", price.beforeLimits(), verdict.before());
    sameLines(price, verdict);
  }

  private static void sameLines(Price price, Evaluator.Verdict verdict) {
    Map<Key, Exact> billed = new HashMap<>();
    Map<Key, Exact> incl = new HashMap<>();
    for (PriceLine line : price.lines()) {
      if (line.billed().signum() > 0) {
        Key key = key(line);
        billed.merge(key, line.billed(), Exact::plus);
        incl.merge(key, line.amount().incl(), Exact::plus);
      }
    }
    assertThat(billed).as("lines").hasSize(verdict.lines().size());
    verdict
        .lines()
        .forEach(
            (priced, line) -> {
              Key key =
                  new Key(
                      priced.kind(),
                      priced.place().id(),
                      priced.place().element(),
                      priced.place().component());
              assertThat(billed.get(key)).as("billed of %s", key).isEqualTo(exact(line.billed()));
              assertThat(incl.get(key)).as("cost of %s", key).isEqualTo(exact(line.sum().incl()));
            });
  }

  private static Key key(PriceLine line) {
    return new Key(
        line.dimension(), line.by().tariffId(), line.by().element(), line.by().component());
  }

  private static void same(String what, Amount amount, Sum sum) {
    assertThat(amount.incl()).as("%s with tax", what).isEqualTo(exact(sum.incl()));
    assertThat(amount.excl())
        .as("%s without tax", what)
        .isEqualTo(sum.excl() == null ? null : exact(sum.excl()));
  }

  private static Exact exact(Ratio ratio) {
    return Exact.of(new BigDecimal(ratio.num())).dividedBy(Exact.of(new BigDecimal(ratio.den())));
  }
}
