package org.ampay.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ampay.base.Money;
import org.ampay.tariff.proof.RandomPrices;

/** What holds of every price, on random tariffs and sessions. */
class PricingPropertyTest {

  @Property
  void lines_addUpToTheTotal(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    Price price = Pricing.price(any.snapshot(), any.facts());

    Amount sum = price.lines().stream().map(PriceLine::amount).reduce(Amount.ZERO, Amount::plus);
    assertThat(sum).isEqualTo(price.beforeLimits());
    Amount costs = price.costs().values().stream().reduce(Amount.ZERO, Amount::plus);
    assertThat(costs).isEqualTo(price.beforeLimits());
  }

  @Property
  void billLines_addUpAndAreNeverOffByAUnit(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    Price price = Pricing.price(any.snapshot(), any.facts());

    Money zero = Money.zero(price.currency());
    List<BillLine> lines = price.billLines();
    Money excl = lines.stream().map(BillLine::excl).reduce(zero, Money::plus);
    Money tax = lines.stream().map(BillLine::tax).reduce(zero, Money::plus);
    assertThat(excl.plus(tax)).isEqualTo(price.payable());
    price.payableExcl().ifPresent(known -> assertThat(excl).isEqualTo(known));
    assertThat(lines.stream().map(BillLine::total).reduce(zero, Money::plus))
        .isEqualTo(price.payable());
    assertThat(price.taxLines().stream().map(TaxLine::tax).reduce(zero, Money::plus))
        .isEqualTo(tax);
    for (BillLine line : lines) {
      assertThat(line.by() != null && line.vat() == null && !line.tax().isZero()).isFalse();
    }
  }

  @Property
  void prices_areNeverNegative(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    Price price = Pricing.price(any.snapshot(), any.facts());

    assertThat(price.total().incl().signum()).isNotNegative();
    assertThat(price.total().exclOrAll().signum()).isNotNegative();
    assertThat(price.lines()).allMatch(line -> line.amount().incl().signum() >= 0);
    assertThat(price.lines()).allMatch(line -> line.billed().compareTo(line.volume()) >= 0);
  }

  @Property
  void splittingASegment_changesNothing(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    TariffSnapshot snapshot = any.snapshot();
    SessionFacts facts = any.facts();
    List<Segment> split = new ArrayList<>();
    for (Segment segment : facts.segments()) {
      if (any.random().nextBoolean()) {
        split.addAll(halves(segment));
      } else {
        split.add(segment);
      }
    }

    Price whole = Pricing.price(snapshot, facts);
    Price inParts = Pricing.price(snapshot, new SessionFacts(split));

    assertThat(inParts.total()).isEqualTo(whole.total());
    assertThat(inParts.costs()).isEqualTo(whole.costs());
    assertThat(inParts.billLines().stream().map(BillLine::total).toList())
        .isEqualTo(whole.billLines().stream().map(BillLine::total).toList());
  }

  @Property
  void runningPrice_equalsTheFullPriceAtEveryStep(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    TariffSnapshot snapshot = any.snapshot();
    SessionFacts facts = any.facts();
    RunningPrice running = new RunningPrice(snapshot);

    for (int i = 0; i < facts.segments().size(); i++) {
      SessionFacts soFar = new SessionFacts(facts.segments().subList(0, i + 1));
      Price full = Pricing.price(snapshot, soFar);
      assertThat(running.totalWith(facts.segments().get(i))).isEqualTo(full.payable());
      running.add(facts.segments().get(i));
      assertThat(running.amount()).isEqualTo(full.total());
      assertThat(Pricing.total(snapshot, soFar)).isEqualTo(full.total());
    }
  }

  @Property
  void storedFacts_priceTheSameBitByBit(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    TariffSnapshot snapshot = any.snapshot();
    SessionFacts facts = any.facts();

    TariffSnapshot again = TariffSnapshot.parse(snapshot.toJson());
    SessionFacts factsAgain = SessionFacts.parse(facts.toJson());

    assertThat(again.toJson()).isEqualTo(snapshot.toJson());
    assertThat(factsAgain).isEqualTo(facts);
    assertThat(PriceResponse.of(Pricing.price(again, factsAgain)))
        .isEqualTo(PriceResponse.of(Pricing.price(snapshot, facts)));
  }

  @Property
  void moreEnergy_neverCostsLessWithinOneElement(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    Tariff some = any.tariff();
    Tariff tariff =
        new Tariff(
            some.info(),
            some.currency(),
            some.taxIncluded(),
            List.of(new TariffElement(some.elements().getFirst().components(), Restrictions.NONE)),
            some.limits(),
            some.validity());
    TariffSnapshot snapshot =
        TariffSnapshot.adHoc(List.of(tariff), ZoneId.of("UTC"), RoundingMode.HALF_UP);
    SessionFacts facts = any.facts();

    Price less = Pricing.price(snapshot, facts);
    Price more = Pricing.price(snapshot, new SessionFacts(withMore(facts, any)));

    assertThat(more.total().incl()).isGreaterThanOrEqualTo(less.total().incl());
    assertThat(more.payable()).isGreaterThanOrEqualTo(less.payable());
  }

  @Property
  void periods_coverTheSessionWithoutOverlap(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    SessionFacts facts = any.facts();
    Price price = Pricing.price(any.snapshot(), facts);

    Duration length =
        facts.segments().stream()
            .map(s -> Duration.between(s.from(), s.to()))
            .reduce(Duration.ZERO, Duration::plus);
    BigDecimal kwh =
        facts.segments().stream().map(Segment::kwh).reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(price.totalHours()).isEqualTo(Exact.ofRatio(length.toSeconds(), 3600));
    assertThat(price.totalKwh()).isEqualTo(Exact.of(kwh));
    Instant last = Instant.MIN;
    for (PricePeriod period : price.periods()) {
      assertThat(period.from()).isAfterOrEqualTo(last);
      last = period.to();
    }
  }

  @Property
  void payable_isTheTotalRoundedOnceToTheMinorUnit(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    Price price = Pricing.price(any.snapshot(), any.facts());
    int exponent = Money.exponent(price.currency());

    assertThat(price.payable().toDecimal())
        .isEqualTo(price.total().incl().round(exponent, RoundingMode.HALF_UP));
  }

  private static List<Segment> halves(Segment whole) {
    Duration half = Duration.between(whole.from(), whole.to()).dividedBy(2);
    BigDecimal first = whole.kwh().divide(BigDecimal.TWO);
    Instant middle = whole.from().plus(half);
    if (!middle.plus(half).equals(whole.to())) {
      return List.of(whole);
    }
    return List.of(
        part(whole, whole.from(), middle, first),
        part(whole, middle, whole.to(), whole.kwh().subtract(first)));
  }

  private static Segment part(Segment whole, Instant from, Instant to, BigDecimal kwh) {
    return new Segment(
        from, to, whole.state(), kwh, whole.powerKw(), whole.currentA(), whole.tariffId());
  }

  private static List<Segment> withMore(SessionFacts facts, RandomPrices any) {
    return facts.segments().stream()
        .map(
            s ->
                part(
                    s,
                    s.from(),
                    s.to(),
                    s.kwh().add(BigDecimal.valueOf(any.random().nextInt(2_000), 3))))
        .toList();
  }
}
