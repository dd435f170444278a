package org.ampay.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ampay.base.Money;
import org.ampay.tariff.proof.RandomPrices;

/** What holds of every price, on random tariffs and sessions. */
class PricingPropertyTest {

  private static final int TRIES = 10_000;
  private static final String SEED = "40";

  @Property(tries = TRIES, seed = SEED)
  void linesAndAdjustments_addUpToTheTotal(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    TariffSnapshot snapshot = any.snapshot();
    Price price = Pricing.price(snapshot, any.facts(snapshot));

    Amount sum = price.lines().stream().map(PriceLine::amount).reduce(Amount.ZERO, Amount::plus);
    assertThat(sum).isEqualTo(price.sumOfLines());
    Amount costs = price.costs().values().stream().reduce(Amount.ZERO, Amount::plus);
    assertThat(costs).isEqualTo(price.sumOfLines());
    Amount total = price.adjustments().stream().map(Adjustment::change).reduce(sum, Amount::plus);
    assertThat(total.incl()).isEqualTo(price.total().incl());
    if (price.total().excl() != null) {
      assertThat(total).isEqualTo(price.total());
    }
  }

  @Property(tries = TRIES, seed = SEED)
  void billLines_addUpAndAreNeverOffByAUnit(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    TariffSnapshot snapshot = any.snapshot();
    Price price = Pricing.price(snapshot, any.facts(snapshot));

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

  /** Negative prices may make lines negative, and nothing makes the total so. */
  @Property(tries = TRIES, seed = SEED)
  void totals_areNeverNegative(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    TariffSnapshot snapshot = any.snapshot();
    Price price = Pricing.price(snapshot, any.facts(snapshot));

    assertThat(price.total().incl().signum()).isNotNegative();
    assertThat(price.total().exclOrAll().signum()).isNotNegative();
    assertThat(price.payable().minor()).isNotNegative();
    assertThat(price.lines()).allMatch(line -> line.billed().compareTo(line.volume()) >= 0);
    if (snapshot.tariffs().stream().noneMatch(tariff -> tariff.extras().negativePrices())) {
      assertThat(price.lines()).allMatch(line -> line.amount().incl().signum() >= 0);
      assertThat(price.adjustments()).noneMatch(a -> a.kind() == LineDimension.FLOOR);
      List<BillLine> lines = price.billLines();
      assertThat(lines.stream().mapToLong(line -> line.excl().minor()).sum())
          .as("net of the bill")
          .isNotNegative();
      assertThat(lines.stream().mapToLong(line -> line.tax().minor()).sum())
          .as("tax of the bill")
          .isNotNegative();
    }
  }

  @Property(tries = TRIES, seed = SEED)
  void readingsOnTheStraightLine_changeNothing(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    TariffSnapshot snapshot = any.snapshot();
    SessionFacts facts = any.facts(snapshot);
    List<Segment> split = new ArrayList<>();
    for (Segment segment : facts.segments()) {
      if (any.random().nextBoolean()) {
        split.addAll(parts(segment, 2 + any.random().nextInt(9)));
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

  @Property(tries = TRIES, seed = SEED)
  void runningPrice_equalsTheFullPriceAtEveryStep(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    TariffSnapshot snapshot = any.snapshot();
    SessionFacts facts = any.facts(snapshot);
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

  /** A fact that comes late is refused; one full pricing later the running price is right again. */
  @Property(tries = TRIES, seed = SEED)
  void runningPrice_afterALateFactIsPricedAnewOnce(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    TariffSnapshot snapshot = any.snapshot();
    List<Segment> all = any.facts(snapshot).segments();
    int late = any.random().nextInt(all.size());
    RunningPrice running = new RunningPrice(snapshot);
    for (int i = 0; i < all.size(); i++) {
      if (i != late) {
        running.add(all.get(i));
      }
    }
    Segment missing = all.get(late);
    boolean isLate = late < all.size() - 1 && missing.from().isBefore(all.getLast().to());
    if (isLate) {
      Amount before = running.amount();
      assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> running.add(missing));
      assertThat(running.amount()).isEqualTo(before);
    }

    RunningPrice anew = new RunningPrice(snapshot);
    all.forEach(anew::add);

    assertThat(anew.amount()).isEqualTo(Pricing.price(snapshot, new SessionFacts(all)).total());
  }

  @Property(tries = TRIES, seed = SEED)
  void storedFacts_priceTheSameBitByBit(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    TariffSnapshot snapshot = any.snapshot();
    SessionFacts facts = any.facts(snapshot);

    TariffSnapshot again = TariffSnapshot.parse(snapshot.toJson());
    SessionFacts factsAgain = SessionFacts.parse(facts.toJson());

    assertThat(again.toJson()).isEqualTo(snapshot.toJson());
    assertThat(factsAgain).isEqualTo(facts);
    assertThat(PriceResponse.of(Pricing.price(again, factsAgain)))
        .isEqualTo(PriceResponse.of(Pricing.price(snapshot, facts)));
  }

  @Property(tries = TRIES, seed = SEED)
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
            some.validity(),
            some.extras());
    Assume.that(!some.extras().negativePrices());
    TariffSnapshot snapshot =
        TariffSnapshot.adHoc(List.of(tariff), ZoneId.of("UTC"), RoundingMode.HALF_UP);
    SessionFacts facts = any.facts();

    Price less = Pricing.price(snapshot, facts);
    Price more = Pricing.price(snapshot, new SessionFacts(withMore(facts, any)));

    assertThat(more.total().incl()).isGreaterThanOrEqualTo(less.total().incl());
    assertThat(more.payable()).isGreaterThanOrEqualTo(less.payable());
  }

  @Property(tries = TRIES, seed = SEED)
  void periods_coverTheSessionWithoutOverlap(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    TariffSnapshot snapshot = any.snapshot();
    SessionFacts facts = any.facts(snapshot);
    Price price = Pricing.price(snapshot, facts);

    Duration length =
        facts.segments().stream()
            .filter(s -> !s.state().isReservation())
            .map(s -> Duration.between(s.from(), s.to()))
            .reduce(Duration.ZERO, Duration::plus);
    BigDecimal kwh =
        facts.segments().stream().map(Segment::kwh).reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(price.totalHours()).isEqualTo(Exact.ofRatio(length.toNanos(), 3_600_000_000_000L));
    assertThat(price.totalKwh()).isEqualTo(Exact.of(kwh));
    Instant last = Instant.MIN;
    for (PricePeriod period : price.periods()) {
      assertThat(period.from()).isAfterOrEqualTo(last);
      last = period.to();
    }
  }

  @Property(tries = TRIES, seed = SEED)
  void payable_isTheTotalRoundedOnceToTheMinorUnit(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    TariffSnapshot snapshot = any.snapshot();
    Price price = Pricing.price(snapshot, any.facts(snapshot));
    int exponent = Money.exponent(price.currency());

    assertThat(price.payable().toDecimal())
        .isEqualTo(price.total().incl().round(exponent, snapshot.rounding()));
  }

  /** The fast reader of facts reads what the careful one reads, or leaves it alone. */
  @Property(tries = TRIES, seed = SEED)
  void factsReaders_agree(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    SessionFacts facts = any.facts(any.snapshot());
    String json = facts.toJson();

    assertThat(CanonicalFacts.read(json)).isEqualTo(facts);
    assertThat(SessionFacts.parseAny(json)).isEqualTo(facts);

    String spoiled = spoiled(json, any);
    SessionFacts read = CanonicalFacts.read(spoiled);
    if (read != null) {
      assertThat(SessionFacts.parseAny(spoiled)).as(spoiled).isEqualTo(read);
    }
  }

  /** One character is changed, left out or added. */
  private static String spoiled(String json, RandomPrices any) {
    int at = any.random().nextInt(json.length());
    String other =
        Character.toString("0123456789.,\"[]{}:-+eZCPRXn\\ ".charAt(any.random().nextInt(29)));
    return switch (any.random().nextInt(3)) {
      case 0 -> json.substring(0, at) + other + json.substring(at + 1);
      case 1 -> json.substring(0, at) + json.substring(at + 1);
      default -> json.substring(0, at) + other + json.substring(at);
    };
  }

  @Property(tries = TRIES, seed = SEED)
  void tariffCalendarAndTerms_areWhatTheirJsonSays(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    Tariff tariff = any.tariff();
    DriverTerms terms = any.terms();
    TariffCalendar calendar = tariff.extras().calendar();

    String json = TariffJson.write(tariff);
    assertThat(TariffJson.write(TariffJson.read(TariffJson.readTree(json)))).isEqualTo(json);
    assertThat(TariffJson.read(TariffJson.readTree(json)).extras()).isEqualTo(tariff.extras());
    assertThat(DriverTerms.parse(terms.toJson())).isEqualTo(terms);
    assertThat(DriverTerms.parse(terms.toJson()).toJson()).isEqualTo(terms.toJson());
    if (calendar != null) {
      assertThat(CalendarJson.read(CalendarJson.write(calendar))).isEqualTo(calendar);
    }
  }

  /** The same segment as a station reports it that reads its meter more often. */
  private static List<Segment> parts(Segment whole, int count) {
    Duration length = Duration.between(whole.from(), whole.to());
    BigDecimal number = BigDecimal.valueOf(count);
    BigDecimal[] kwh = whole.kwh().setScale(12).divideAndRemainder(number.movePointLeft(12));
    Duration each = length.dividedBy(count);
    if (kwh[1].signum() != 0 || !each.multipliedBy(count).equals(length)) {
      return List.of(whole);
    }
    BigDecimal share = kwh[0].movePointLeft(12);
    List<Segment> parts = new ArrayList<>();
    Instant at = whole.from();
    for (int i = 0; i < count; i++) {
      parts.add(part(whole, at, at.plus(each), share));
      at = at.plus(each);
    }
    return parts;
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
                    s.state().isReservation()
                        ? s.kwh()
                        : s.kwh().add(BigDecimal.valueOf(any.random().nextInt(2_000), 3))))
        .toList();
  }
}
