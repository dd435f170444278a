package org.ampay.tariff.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ampay.tariff.Dimension;
import org.ampay.tariff.Exact;
import org.ampay.tariff.LocalWindow;
import org.ampay.tariff.Price;
import org.ampay.tariff.PriceComponent;
import org.ampay.tariff.PriceLine;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.Restrictions;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffElement;
import org.ampay.tariff.TariffInfo;
import org.ampay.tariff.TariffSnapshot;

/** What the local clock may do to a price, and what it may not. */
class ClockPropertyTest {

  private static final int TRIES = 10_000;
  private static final String SEED = "41";
  private static final List<ZoneId> ZONES =
      List.of(
          ZoneId.of("Europe/Berlin"),
          ZoneId.of("America/New_York"),
          ZoneId.of("Australia/Lord_Howe"),
          ZoneId.of("Asia/Shanghai"));

  /** Zones whose clock does not change are the same rules on another clock. */
  @Property(tries = TRIES, seed = SEED)
  void anotherZone_isTheSameSessionAtAnotherTime(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    TariffSnapshot snapshot = any.snapshot().withZone(ZoneOffset.UTC);
    SessionFacts facts = any.facts(snapshot);
    ZoneOffset offset = ZoneOffset.ofTotalSeconds(900 * (any.random().nextInt(105) - 48));

    Price here = Pricing.price(snapshot, facts);
    Price there = Pricing.price(snapshot.withZone(offset), earlier(facts, offset));

    assertThat(there.total()).isEqualTo(here.total());
    assertThat(there.payable()).isEqualTo(here.payable());
    assertThat(there.costs()).isEqualTo(here.costs());
  }

  /** In any night each moment lies in one of the two windows, and no time is lost or doubled. */
  @Property(tries = TRIES, seed = SEED)
  void twoWindowsOfADay_shareTheElapsedTime(@ForAll long seed) {
    RandomPrices any = new RandomPrices(seed);
    LocalTime from = clock(any);
    LocalTime to = clock(any);
    if (from.equals(to)) {
      to = to.plusHours(1);
    }
    TariffSnapshot snapshot = twoWindows(from, to, any.pick(ZONES));
    SessionFacts facts = any.facts();

    Price price = Pricing.price(snapshot, facts);

    Exact inside = hours(price, 0);
    Exact outside = hours(price, 1);
    assertThat(inside.plus(outside)).isEqualTo(elapsed(facts));
    assertThat(inside).isEqualTo(hoursInside(facts, from, to, snapshot.zone()));
  }

  private static LocalTime clock(RandomPrices any) {
    return LocalTime.of(any.random().nextInt(24), 15 * any.random().nextInt(4));
  }

  private static TariffSnapshot twoWindows(LocalTime from, LocalTime to, ZoneId zone) {
    List<PriceComponent> prices =
        List.of(
            new PriceComponent(Dimension.TIME, BigDecimal.ONE, null, 0),
            new PriceComponent(Dimension.PARKING_TIME, BigDecimal.ONE, null, 0));
    Tariff tariff =
        new Tariff(
            TariffInfo.NONE,
            "EUR",
            null,
            List.of(
                new TariffElement(prices, window(from, to)),
                new TariffElement(prices, window(to, from))),
            Tariff.Limits.NONE,
            Tariff.Validity.ALWAYS);
    return TariffSnapshot.adHoc(List.of(tariff), zone, RoundingMode.HALF_UP);
  }

  private static Restrictions window(LocalTime from, LocalTime to) {
    return new Restrictions(
        new LocalWindow(from, to, null, null, Set.of()),
        Restrictions.Bounds.NONE,
        Restrictions.Bounds.NONE,
        Restrictions.Bounds.NONE,
        Restrictions.Bounds.NONE,
        null);
  }

  private static SessionFacts earlier(SessionFacts facts, ZoneOffset offset) {
    return new SessionFacts(
        facts.segments().stream()
            .map(
                s ->
                    new Segment(
                        s.from().minusSeconds(offset.getTotalSeconds()),
                        s.to().minusSeconds(offset.getTotalSeconds()),
                        s.state(),
                        s.kwh(),
                        s.powerKw(),
                        s.currentA(),
                        s.tariffId()))
            .toList());
  }

  private static Exact hours(Price price, int element) {
    return price.lines().stream()
        .filter(line -> line.by().element() == element)
        .map(PriceLine::volume)
        .reduce(Exact.ZERO, Exact::plus);
  }

  private static Exact elapsed(SessionFacts facts) {
    return facts.segments().stream()
        .filter(ClockPropertyTest::isOfTheSession)
        .map(s -> hours(Duration.between(s.from(), s.to())))
        .reduce(Exact.ZERO, Exact::plus);
  }

  /** Second by second where the clock is odd would do; quarter hours are where windows begin. */
  private static Exact hoursInside(SessionFacts facts, LocalTime from, LocalTime to, ZoneId zone) {
    Exact sum = Exact.ZERO;
    for (Segment segment : facts.segments()) {
      Instant at = segment.from();
      while (isOfTheSession(segment) && at.isBefore(segment.to())) {
        Instant next = nextQuarter(at);
        Instant until = next.isBefore(segment.to()) ? next : segment.to();
        LocalTime clock = LocalDateTime.ofInstant(at, zone).toLocalTime();
        boolean after = !clock.isBefore(from);
        boolean before = clock.isBefore(to);
        boolean inside = from.isBefore(to) ? after && before : after || before;
        sum = inside ? sum.plus(hours(Duration.between(at, until))) : sum;
        at = until;
      }
    }
    return sum;
  }

  /** All the zones here stand whole quarter hours from UTC. */
  private static Instant nextQuarter(Instant at) {
    long quarter = Math.floorDiv(at.getEpochSecond(), 900);
    return Instant.ofEpochSecond((quarter + 1) * 900);
  }

  private static boolean isOfTheSession(Segment segment) {
    return segment.state() == SegmentState.CHARGING || segment.state() == SegmentState.PARKING;
  }

  private static Exact hours(Duration duration) {
    return Exact.of(BigDecimal.valueOf(duration.toNanos())).dividedBy(Exact.of(3_600_000_000_000L));
  }
}
