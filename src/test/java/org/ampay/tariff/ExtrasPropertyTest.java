package org.ampay.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ampay.base.Money;

/** What holds of every price with calendars, occupancy, ceilings and discounts. */
class ExtrasPropertyTest {

  @Property
  void linesAndAdjustments_addUpToTheTotal(@ForAll long seed, @ForAll boolean negative) {
    RandomExtras any = new RandomExtras(seed);
    Price price = Pricing.price(any.snapshot(negative), any.facts());

    Amount sum = price.lines().stream().map(PriceLine::amount).reduce(Amount.ZERO, Amount::plus);
    assertThat(sum).isEqualTo(price.sumOfLines());
    for (Adjustment adjustment : price.adjustments()) {
      sum = sum.plus(adjustment.change());
    }
    assertThat(sum.incl()).isEqualTo(price.total().incl());
    if (price.total().excl() != null && sum.excl() != null) {
      assertThat(sum.excl()).isEqualTo(price.total().excl());
    }
  }

  @Property
  void totals_areNeverNegative(@ForAll long seed, @ForAll boolean negative) {
    RandomExtras any = new RandomExtras(seed);
    Price price = Pricing.price(any.snapshot(negative), any.facts());

    assertThat(price.total().incl().signum()).isNotNegative();
    assertThat(price.payable().isNegative()).isFalse();
    if (price.total().excl() != null) {
      assertThat(price.total().excl().signum()).isNotNegative();
    }
  }

  @Property
  void billAndTaxLines_addUp(@ForAll long seed, @ForAll boolean negative) {
    RandomExtras any = new RandomExtras(seed);
    Price price = Pricing.price(any.snapshot(negative), any.facts());

    Money zero = Money.zero(price.currency());
    List<BillLine> lines = price.billLines();
    Money excl = lines.stream().map(BillLine::excl).reduce(zero, Money::plus);
    Money tax = lines.stream().map(BillLine::tax).reduce(zero, Money::plus);
    assertThat(excl.plus(tax)).isEqualTo(price.payable());
    price.payableExcl().ifPresent(known -> assertThat(excl).isEqualTo(known));
    assertThat(price.taxLines().stream().map(TaxLine::tax).reduce(zero, Money::plus))
        .isEqualTo(tax);
    assertThat(price.taxLines().stream().map(TaxLine::excl).reduce(zero, Money::plus))
        .isEqualTo(excl);
  }

  @Property
  void runningPrice_equalsTheFullPriceAtEveryStep(@ForAll long seed, @ForAll boolean negative) {
    RandomExtras any = new RandomExtras(seed);
    TariffSnapshot snapshot = any.snapshot(negative);
    SessionFacts facts = any.facts();
    RunningPrice running = new RunningPrice(snapshot);

    for (int i = 0; i < facts.segments().size(); i++) {
      Price full = Pricing.price(snapshot, new SessionFacts(facts.segments().subList(0, i + 1)));
      assertThat(running.totalWith(facts.segments().get(i))).isEqualTo(full.payable());
      running.add(facts.segments().get(i));
      assertThat(running.amount()).isEqualTo(full.total());
      assertThat(running.total()).isEqualTo(full.payable());
    }
  }

  @Property
  void stored_priceTheSameBitByBit(@ForAll long seed, @ForAll boolean negative) {
    RandomExtras any = new RandomExtras(seed);
    TariffSnapshot snapshot = any.snapshot(negative);
    SessionFacts facts = any.facts();

    TariffSnapshot again = TariffSnapshot.parse(snapshot.toJson());

    assertThat(again.toJson()).isEqualTo(snapshot.toJson());
    assertThat(PriceResponse.of(Pricing.price(again, SessionFacts.parse(facts.toJson()))))
        .isEqualTo(PriceResponse.of(Pricing.price(snapshot, facts)));
  }

  /** With terms nothing costs more than without. */
  @Property
  void terms_neverMakeItDearer(@ForAll long seed, @ForAll boolean negative) {
    RandomExtras any = new RandomExtras(seed);
    TariffSnapshot snapshot = any.snapshot(negative);
    SessionFacts facts = any.facts();

    Price with = Pricing.price(snapshot, facts);
    Price without = Pricing.price(snapshot.withTerms(DriverTerms.NONE), facts);

    assertThat(with.total().incl()).isLessThanOrEqualTo(without.total().incl());
    assertThat(with.costs()).isEqualTo(without.costs());
    PointsTerm points = snapshot.terms().points();
    assertThat(with.pointsUsed()).isLessThanOrEqualTo(points == null ? 0 : points.most());
  }
}
