package org.ampay.tariff.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ampay.base.Money;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.cdr.CdrCheck;
import org.ampay.ocpi.cdr.CdrMaker;
import org.ampay.ocpi.cdr.CdrReprice;
import org.ampay.ocpi.cdr.CdrSamples;
import org.ampay.ocpi.cdr.CdrTexts;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.Strictness;
import org.ampay.tariff.Dimension;
import org.ampay.tariff.PriceComponent;
import org.ampay.tariff.Restrictions;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffElement;
import org.ampay.tariff.TariffExtras;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TaxIncluded;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What a partner computes from a CDR alone, with an evaluator that shares no code with ours,
 * against the total that the CDR tells. Random tariffs of OCPI and random sessions; two versions
 * each.
 */
class CdrDifferentialTest {

  private static final int RUNS = 10_000;
  private static final long SEED = 20261123;
  private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);
  private static final long BLUR_MILLIS = 800;
  private static final List<ZoneId> ZONES =
      List.of(
          ZoneId.of("Europe/Berlin"), ZoneId.of("Asia/Shanghai"), ZoneId.of("America/New_York"));

  private final Random random = new Random(SEED);

  @Test
  void partnersComeToTheSameTotal() {
    CdrMaker maker = CdrSamples.maker();
    int off = 0;
    for (int run = 0; run < RUNS; run++) {
      TariffSnapshot snapshot = snapshot();
      SessionFacts facts = facts();
      CdrTexts texts = maker.make(CdrSamples.facts(snapshot, facts), "700", Instant.EPOCH);
      boolean same = true;
      for (OcpiVersion version : OcpiVersion.values()) {
        JsonNode cdr = TariffJson.readTree(texts.of(version));
        assertThat(CdrCheck.problems(cdr)).as("run %s: %s", run, cdr).isEmpty();
        assertThat(Facts.of(version).check("CDR", cdr, Strictness.SENT))
            .as("run %s: %s", run, cdr)
            .isEmpty();
        same &= total(cdr, snapshot.zone()).equals(CdrReprice.told(cdr).incl());
      }
      assertThat(same || !texts.repriced()).as("run %s: %s", run, texts).isTrue();
      off += same ? 0 : 1;
    }
    System.out.println("CDRs re-priced: " + RUNS + " runs, seed " + SEED + ", off: " + off);
    assertThat(off).isLessThan(RUNS / 1000);
  }

  private TariffSnapshot snapshot() {
    String currency = RandomTariff.CURRENCIES.get(random.nextInt(RandomTariff.CURRENCIES.size()));
    Tariff any = new RandomTariff(random).tariff(currency);
    while (!any.extras().equals(TariffExtras.NONE)
        || any.taxIncluded() == TaxIncluded.YES
        || any.elements().stream().anyMatch(CdrDifferentialTest::hasFractionOfSeconds)) {
      any = new RandomTariff(random).tariff(currency);
    }
    List<TariffElement> elements = new ArrayList<>();
    for (TariffElement element : any.elements()) {
      List<PriceComponent> components =
          element.components().stream().filter(c -> c.type() != Dimension.SERVICE).toList();
      elements.add(new TariffElement(components, element.restrictions()));
    }
    Tariff tariff =
        new Tariff(
            any.info(),
            currency,
            any.taxIncluded(),
            elements,
            any.limits(),
            any.validity(),
            any.extras());
    return TariffSnapshot.of(
        8, 2, tariff, ZONES.get(random.nextInt(ZONES.size())), RoundingMode.HALF_UP);
  }

  /** OCPI's durations are whole seconds. */
  private static boolean hasFractionOfSeconds(TariffElement element) {
    Restrictions.Bounds bounds = element.restrictions().duration();
    return isFraction(bounds.min()) || isFraction(bounds.max());
  }

  private static boolean isFraction(@Nullable BigDecimal seconds) {
    return seconds != null && seconds.stripTrailingZeros().scale() > 0;
  }

  /** As stations report: to the millisecond and the milliwatt hour; expired reservations aside. */
  private SessionFacts facts() {
    while (true) {
      SessionFacts any = new RandomSession(random).facts(List.of());
      if (any.segments().stream().noneMatch(s -> s.state() == SegmentState.RESERVATION_EXPIRED)) {
        return new SessionFacts(any.segments().stream().map(CdrDifferentialTest::coarse).toList());
      }
    }
  }

  private static Segment coarse(Segment s) {
    return new Segment(
        Instant.ofEpochMilli(s.from().toEpochMilli()),
        Instant.ofEpochMilli(s.to().toEpochMilli()),
        s.state(),
        s.kwh().setScale(6, RoundingMode.HALF_UP),
        s.powerKw(),
        s.currentA(),
        null);
  }

  /** What the second evaluator makes of the CDR. */
  private static Money total(JsonNode cdr, ZoneId zone) {
    List<Tariff> tariffs = new ArrayList<>();
    cdr.path("tariffs").forEach(tariff -> tariffs.add(TariffJson.read(tariff)));
    TariffSnapshot snapshot = TariffSnapshot.adHoc(tariffs, zone, RoundingMode.HALF_UP);
    List<Segment> segments = new ArrayList<>();
    JsonNode periods = cdr.path("charging_periods");
    for (int i = 0; i < periods.size(); i++) {
      JsonNode end =
          i + 1 < periods.size()
              ? periods.get(i + 1).path("start_date_time")
              : cdr.path("end_date_time");
      segments.add(segment(periods.get(i), Instant.parse(end.asText())));
    }
    Evaluator.Verdict verdict = Evaluator.price(snapshot, new SessionFacts(segments));
    String currency = cdr.path("currency").asText();
    BigDecimal rounded =
        verdict.total().incl().round(Money.exponent(currency), RoundingMode.HALF_UP);
    return Money.of(currency, rounded, RoundingMode.UNNECESSARY);
  }

  private static Segment segment(JsonNode period, Instant end) {
    Instant from = Instant.parse(period.path("start_date_time").asText());
    SegmentState state = SegmentState.CHARGING;
    BigDecimal kwh = BigDecimal.ZERO;
    BigDecimal power = null;
    BigDecimal current = null;
    Instant own = from;
    for (JsonNode dimension : period.path("dimensions")) {
      BigDecimal volume = dimension.path("volume").decimalValue();
      switch (dimension.path("type").asText()) {
        case "ENERGY" -> kwh = volume;
        case "MAX_POWER" -> power = volume;
        case "MAX_CURRENT" -> current = volume;
        case "TIME", "PARKING_TIME", "RESERVATION_TIME" -> {
          own = from.plusMillis(volume.multiply(MILLIS_PER_HOUR).longValue());
          state =
              switch (dimension.path("type").asText()) {
                case "PARKING_TIME" -> SegmentState.PARKING;
                case "RESERVATION_TIME" -> SegmentState.RESERVATION;
                default -> SegmentState.CHARGING;
              };
        }
        default -> {
          // the smallest of what flowed: says the same as the greatest
        }
      }
    }
    boolean gap = Duration.between(own, end).toMillis() > BLUR_MILLIS;
    return new Segment(from, gap ? own : end, state, kwh, power, current, null);
  }
}
