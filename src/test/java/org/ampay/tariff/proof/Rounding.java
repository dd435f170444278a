package org.ampay.tariff.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.ampay.base.Money;
import org.ampay.tariff.Adjustment;
import org.ampay.tariff.Amount;
import org.ampay.tariff.BillLine;
import org.ampay.tariff.Exact;
import org.ampay.tariff.Price;
import org.ampay.tariff.PriceLine;
import org.ampay.tariff.PricedBy;
import org.ampay.tariff.TaxLine;
import org.jspecify.annotations.Nullable;

/**
 * What largest remainders mean, checked and not calculated: the lines add up to the total, none is
 * off by a whole unit, and none was lifted before one with a larger remainder.
 */
final class Rounding {

  private Rounding() {}

  static void check(Price price) {
    List<BillLine> lines = price.billLines();
    List<Amount> exact = exact(price, lines);
    Exact unit = Exact.of(BigDecimal.ONE.movePointRight(Money.exponent(price.currency())));
    List<Exact> nets = new ArrayList<>();
    List<Exact> taxes = new ArrayList<>();
    for (Amount amount : exact) {
      Exact net = amount.excl() == null ? amount.incl() : amount.excl();
      nets.add(net.times(unit));
      taxes.add(amount.incl().minus(net).times(unit));
    }
    largestRemainders("net", lines, line -> line.excl().minor(), nets);
    largestRemainders("tax", lines, line -> line.tax().minor(), taxes);
    long net = sum(lines, line -> line.excl().minor());
    long tax = sum(lines, line -> line.tax().minor());
    assertThat(net + tax).as("sum of the lines").isEqualTo(price.payable().minor());
    assertThat(sum(lines, line -> line.total().minor())).isEqualTo(price.payable().minor());
    price.payableExcl().ifPresent(known -> assertThat(net).isEqualTo(known.minor()));
    taxLines(price, lines);
  }

  /** What each line of the bill is before it is rounded. */
  private static List<Amount> exact(Price price, List<BillLine> lines) {
    Map<PricedBy, List<PriceLine>> byPrice = new HashMap<>();
    for (PriceLine line : price.lines()) {
      byPrice.computeIfAbsent(line.by(), by -> new ArrayList<>()).add(line);
    }
    List<Amount> exact = new ArrayList<>();
    int adjustments = 0;
    for (BillLine line : lines) {
      PricedBy by = line.by();
      Adjustment adjustment = line.adjustment();
      if (by != null) {
        exact.add(total(byPrice.remove(by)));
      } else if (adjustment != null) {
        assertThat(adjustment).isEqualTo(price.adjustments().get(adjustments));
        exact.add(new Amount(adjustment.net(), adjustment.change().incl()));
        adjustments++;
      }
    }
    assertThat(byPrice).as("prices without a line").isEmpty();
    assertThat(adjustments).as("lines of adjustments").isEqualTo(price.adjustments().size());
    return exact;
  }

  private static Amount total(@Nullable List<PriceLine> lines) {
    assertThat(lines).as("price with two lines").isNotNull();
    Exact excl = Exact.ZERO;
    Exact incl = Exact.ZERO;
    for (PriceLine line : lines == null ? List.<PriceLine>of() : lines) {
      Exact net = line.amount().excl();
      excl = excl.plus(net == null ? line.amount().incl() : net);
      incl = incl.plus(line.amount().incl());
    }
    return new Amount(excl, incl);
  }

  private static void largestRemainders(
      String what, List<BillLine> lines, ToLongFunction<BillLine> rounded, List<Exact> exact) {
    Exact leastLifted = Exact.ONE;
    Exact mostLeft = Exact.ZERO;
    for (int i = 0; i < lines.size(); i++) {
      long floor = exact.get(i).floor().longValueExact();
      long lifted = rounded.applyAsLong(lines.get(i)) - floor;
      Exact rest = exact.get(i).minus(Exact.of(floor));
      assertThat(lifted).as("%s of %s", what, lines.get(i)).isBetween(0L, 1L);
      if (lifted == 1) {
        assertThat(rest.signum()).as("%s of %s", what, lines.get(i)).isPositive();
        leastLifted = leastLifted.min(rest);
      } else {
        mostLeft = mostLeft.max(rest);
      }
    }
    assertThat(leastLifted).as("remainders of %s", what).isGreaterThanOrEqualTo(mostLeft);
  }

  /** One line a rate; they add up to the bill, and each to the lines of its rate. */
  private static void taxLines(Price price, List<BillLine> lines) {
    List<TaxLine> taxes = price.taxLines();
    assertThat(taxes.stream().map(TaxLine::rate)).as("tax rates").doesNotHaveDuplicates();
    assertThat(taxes.stream().mapToLong(t -> t.tax().minor()).sum())
        .isEqualTo(sum(lines, line -> line.tax().minor()));
    assertThat(taxes.stream().mapToLong(t -> t.excl().minor()).sum())
        .isEqualTo(sum(lines, line -> line.excl().minor()));
    boolean spread = lines.stream().anyMatch(line -> line.by() == null && line.vat() == null);
    for (TaxLine tax : spread ? List.<TaxLine>of() : taxes) {
      List<BillLine> own = lines.stream().filter(line -> same(line.vat(), tax.rate())).toList();
      assertThat(tax.tax().minor()).isEqualTo(sum(own, line -> line.tax().minor()));
      assertThat(tax.excl().minor()).isEqualTo(sum(own, line -> line.excl().minor()));
    }
  }

  private static boolean same(@Nullable BigDecimal a, @Nullable BigDecimal b) {
    return a == null || b == null ? a == b : a.compareTo(b) == 0;
  }

  private static long sum(List<BillLine> lines, ToLongFunction<BillLine> part) {
    return lines.stream().mapToLong(part).sum();
  }
}
