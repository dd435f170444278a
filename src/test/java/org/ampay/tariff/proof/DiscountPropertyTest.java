package org.ampay.tariff.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ampay.tariff.Adjustment;
import org.ampay.tariff.Amount;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.DriverTerms;
import org.ampay.tariff.Exact;
import org.ampay.tariff.Funder;
import org.ampay.tariff.LineDimension;
import org.ampay.tariff.PointsTerm;
import org.ampay.tariff.Price;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.TariffSnapshot;

/** What holds of every discount. */
class DiscountPropertyTest {

  private static final int TRIES = 10_000;
  private static final String SEED = "42";

  /** Every line of a discount takes off, and all together never more than what was due. */
  @Property(tries = TRIES, seed = SEED)
  void discounts_neverExceedTheSum(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    TariffSnapshot plain = any.snapshot().withTerms(DriverTerms.NONE);
    SessionFacts facts = any.facts(plain);

    Price full = Pricing.price(plain, facts);
    Price less = Pricing.price(plain.withTerms(any.terms()), facts);

    boolean negative =
        plain.tariffs().stream().anyMatch(tariff -> tariff.extras().negativePrices());
    Exact off = Exact.ZERO;
    for (Adjustment adjustment : less.adjustments()) {
      if (adjustment.funder() != null) {
        Amount change = adjustment.change();
        assertThat(change.incl().signum()).isNotPositive();
        assertThat(adjustment.net().signum()).isNotPositive();
        // Only prices below 0 make a tax below 0.
        assertThat(negative || adjustment.net().compareTo(change.incl()) >= 0).isTrue();
        off = off.minus(change.incl());
      }
    }
    assertThat(less.total().incl()).isEqualTo(full.total().incl().minus(off));
    assertThat(less.total().incl().signum()).isNotNegative();
    assertThat(less.sumOfLines()).isEqualTo(full.sumOfLines());
    assertThat(less.payable()).isLessThanOrEqualTo(full.payable());
  }

  @Property(tries = TRIES, seed = SEED)
  void points_areWholeAndWithinTheirBounds(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    TariffSnapshot snapshot = any.snapshot();
    SessionFacts facts = any.facts(snapshot);
    DriverTerms terms = any.terms();
    DriverTerms before = new DriverTerms(terms.tier(), terms.coupons(), null);
    PointsTerm points = terms.points();

    Price full = Pricing.price(snapshot.withTerms(before), facts);
    Price less = Pricing.price(snapshot.withTerms(terms), facts);

    if (points == null) {
      assertThat(less.pointsUsed()).isZero();
      return;
    }
    Exact value = Exact.of(points.value());
    Exact paid = full.total().incl().minus(less.total().incl());
    Exact most = full.total().incl().times(Exact.of(points.maxPercent())).dividedBy(Exact.of(100));
    assertThat(paid).isEqualTo(value.times(Exact.of(less.pointsUsed())));
    assertThat(paid).isLessThanOrEqualTo(most);
    assertThat(less.pointsUsed()).isBetween(0L, points.most());
    Exact oneMore = paid.plus(value);
    assertThat(less.pointsUsed() == points.most() || oneMore.compareTo(most) > 0)
        .as("one more point would fit")
        .isTrue();
  }

  /** Two percentages do not care; an amount is worth most to the driver when it comes last. */
  @Property(tries = TRIES, seed = SEED)
  void coupons_areTakenOffInTheirOrder(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    TariffSnapshot snapshot = any.snapshot().withTerms(DriverTerms.NONE);
    SessionFacts facts = any.facts(snapshot);
    Set<Price.Cost> costs = any.random().nextBoolean() ? Set.of() : Set.of(Price.Cost.ENERGY);
    CouponTerm third = coupon(1, CouponTerm.Kind.PERCENT, percent(any), costs);
    CouponTerm half = coupon(2, CouponTerm.Kind.PERCENT, percent(any), costs);
    CouponTerm amount =
        coupon(
            3,
            CouponTerm.Kind.AMOUNT,
            BigDecimal.valueOf(1L + any.random().nextInt(2_000), 2),
            costs);

    assertThat(total(snapshot, facts, third, half)).isEqualTo(total(snapshot, facts, half, third));
    assertThat(total(snapshot, facts, amount, half))
        .isGreaterThanOrEqualTo(total(snapshot, facts, half, amount));
  }

  /** A driver with a coupon that does not apply pays what one without pays, with the same bill. */
  @Property(tries = TRIES, seed = SEED)
  void couponOfTooHighASpend_isNotUsed(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    TariffSnapshot plain = any.snapshot().withTerms(DriverTerms.NONE);
    SessionFacts facts = any.facts(plain);
    Price full = Pricing.price(plain, facts);
    BigDecimal above =
        full.total().incl().round(2, java.math.RoundingMode.FLOOR).add(new BigDecimal("0.01"));
    CouponTerm coupon =
        new CouponTerm(
            7L,
            7,
            "seven",
            CouponTerm.Kind.AMOUNT,
            BigDecimal.TEN,
            null,
            above,
            Set.of(),
            Funder.OPERATOR);

    Price same =
        Pricing.price(plain.withTerms(new DriverTerms(null, List.of(coupon), null)), facts);

    assertThat(same.couponsUsed()).isEmpty();
    assertThat(same.adjustments()).noneMatch(a -> a.kind() == LineDimension.COUPON);
    assertThat(same.total()).isEqualTo(full.total());
  }

  private static BigDecimal percent(RandomPrices any) {
    return BigDecimal.valueOf(1L + any.random().nextInt(10_000), 2);
  }

  private static CouponTerm coupon(
      long id, CouponTerm.Kind kind, BigDecimal value, Set<Price.Cost> costs) {
    return new CouponTerm(id, id, "coupon " + id, kind, value, null, null, costs, Funder.PLATFORM);
  }

  private static Exact total(TariffSnapshot snapshot, SessionFacts facts, CouponTerm... coupons) {
    DriverTerms terms = new DriverTerms(null, List.of(coupons), null);
    return Pricing.price(snapshot.withTerms(terms), facts).total().incl();
  }
}
