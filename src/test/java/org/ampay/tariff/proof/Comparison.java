package org.ampay.tariff.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.ampay.tariff.Adjustment;
import org.ampay.tariff.Amount;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.DriverTerms;
import org.ampay.tariff.Exact;
import org.ampay.tariff.LineDimension;
import org.ampay.tariff.Price;
import org.ampay.tariff.PriceLine;
import org.jspecify.annotations.Nullable;

/** Whether the engine's price is the second evaluator's, fraction by fraction. */
final class Comparison {

  private Comparison() {}

  /** Where a price stands and what it is for. */
  private record Key(LineDimension kind, String tariff, int element, int component) {}

  /** A discount at a tax rate. */
  private record Off(LineDimension kind, long ref, @Nullable BigDecimal rate) {}

  static void same(Price price, DriverTerms terms, Evaluator.Verdict verdict) {
    assertThat(price.belowMinimum()).as("below the minimum").isEqualTo(verdict.belowMinimum());
    same("sum of the lines", price.sumOfLines(), verdict.before());
    same("before the limits", price.beforeLimits(), verdict.held());
    sameLines(price, verdict);
    sameDiscounts(price, terms, verdict);
    assertThat(price.pointsUsed()).as("points").isEqualTo(verdict.pointsUsed());
    same("total", price.total(), verdict.total());
    same("limited", limited(price), verdict.limited());
    assertThat(net(price)).as("net within the limits").isEqualTo(exact(verdict.limitedNet()));
    Rounding.check(price);
  }

  private static void sameLines(Price price, Evaluator.Verdict verdict) {
    Map<Key, Exact> billed = new HashMap<>();
    Map<Key, Exact> incl = new HashMap<>();
    for (PriceLine line : price.lines()) {
      if (line.billed().signum() > 0) {
        Key key =
            new Key(
                line.dimension(), line.by().tariffId(), line.by().element(), line.by().component());
        billed.merge(key, line.billed(), Exact::plus);
        incl.merge(key, line.amount().incl(), Exact::plus);
      }
    }
    assertThat(billed).as("lines").hasSize(verdict.lines().size());
    verdict
        .lines()
        .forEach(
            (priced, line) -> {
              Lookup.Place at = priced.place();
              Key key = new Key(priced.kind(), at.id(), at.element(), at.component());
              assertThat(billed.get(key)).as("billed of %s", key).isEqualTo(exact(line.billed()));
              assertThat(incl.get(key)).as("cost of %s", key).isEqualTo(exact(line.sum().incl()));
            });
  }

  private static void sameDiscounts(Price price, DriverTerms terms, Evaluator.Verdict verdict) {
    Map<Off, Amount> expected = new HashMap<>();
    for (Discounts.Change change : verdict.discounts()) {
      if (change.gross().sign() != 0 || change.net().sign() != 0) {
        Ratio rate = change.rate();
        expected.put(
            new Off(change.kind(), change.ref(), rate == null ? null : plain(rate)),
            new Amount(exact(change.net()), exact(change.gross())));
      }
    }
    Map<Off, Amount> found = new HashMap<>();
    for (Adjustment adjustment : price.adjustments()) {
      if (isDiscount(adjustment.kind())) {
        BigDecimal vat = adjustment.vat();
        Off off =
            new Off(
                adjustment.kind(),
                adjustment.kind() == LineDimension.COUPON ? coupon(terms, adjustment) : 0,
                vat == null ? null : plain(Ratio.of(vat)));
        Amount change = new Amount(adjustment.net(), adjustment.change().incl());
        assertThat(found.put(off, change)).as("two lines of %s", off).isNull();
      }
    }
    assertThat(found).as("discounts").isEqualTo(expected);
  }

  private static long coupon(DriverTerms terms, Adjustment adjustment) {
    return terms.coupons().stream()
        .filter(coupon -> coupon.name().equals(adjustment.label()))
        .mapToLong(CouponTerm::couponId)
        .findFirst()
        .orElseThrow();
  }

  /** What was due before the discounts. */
  private static Amount limited(Price price) {
    Exact incl = price.total().incl();
    Exact excl = price.total().excl();
    for (Adjustment adjustment : price.adjustments()) {
      if (isDiscount(adjustment.kind())) {
        Exact net = adjustment.change().excl();
        incl = incl.minus(adjustment.change().incl());
        excl = excl == null || net == null ? null : excl.minus(net);
      }
    }
    return new Amount(excl, incl);
  }

  /** The same without tax, as a bill shows it. */
  private static Exact net(Price price) {
    Exact net = Exact.ZERO;
    for (PriceLine line : price.lines()) {
      Exact excl = line.amount().excl();
      net = net.plus(excl == null ? line.amount().incl() : excl);
    }
    for (Adjustment adjustment : price.adjustments()) {
      net = isDiscount(adjustment.kind()) ? net : net.plus(adjustment.net());
    }
    return net;
  }

  private static boolean isDiscount(LineDimension kind) {
    return switch (kind) {
      case TIER, COUPON, POINTS -> true;
      case FLAT, ENERGY, SERVICE, TIME, PARKING_TIME, RESERVATION_TIME, OCCUPANCY -> false;
      case CEILING, MIN_PRICE, MAX_PRICE, FLOOR, MINIMUM_SESSION -> false;
    };
  }

  private static void same(String what, Amount amount, Sum sum) {
    assertThat(amount.incl()).as("%s with tax", what).isEqualTo(exact(sum.incl()));
    assertThat(amount.excl()).as("%s without tax", what).isEqualTo(amount(sum).excl());
  }

  private static Amount amount(Sum sum) {
    return new Amount(sum.excl() == null ? null : exact(sum.excl()), exact(sum.incl()));
  }

  private static BigDecimal plain(Ratio rate) {
    return rate.round(6, java.math.RoundingMode.UNNECESSARY).stripTrailingZeros();
  }

  private static Exact exact(Ratio ratio) {
    return Exact.of(new BigDecimal(ratio.num())).dividedBy(Exact.of(new BigDecimal(ratio.den())));
  }
}
