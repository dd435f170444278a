package org.ampay.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Facts that are read fast have the price of those that were written. */
class FactsReaderTest {

  private static final int TRIES = 3_000;

  private static TariffSnapshot snapshot(String elements, String zone) {
    return TariffSnapshot.adHoc(
        List.of(
            TariffJson.read(
                TariffJson.readTree("{\"currency\":\"CNY\",\"elements\":[" + elements + "]}"))),
        ZoneId.of(zone),
        RoundingMode.HALF_UP);
  }

  private static String element(Random random, String restrictions) {
    String[] types = {"ENERGY", "TIME", "PARKING_TIME", "FLAT"};
    return "{\"price_components\":[{\"type\":\""
        + types[random.nextInt(types.length)]
        + "\",\"price\":"
        + BigDecimal.valueOf(random.nextInt(50_000), 4)
        + ",\"vat\":"
        + random.nextInt(20)
        + ",\"step_size\":"
        + random.nextInt(3) * 60
        + "}]"
        + restrictions
        + "}";
  }

  private static String window(Random random) {
    int from = random.nextInt(48);
    int to = (from + 1 + random.nextInt(47)) % 48;
    return ",\"restrictions\":{\"start_time\":\"%02d:%02d\",\"end_time\":\"%02d:%02d\"%s}"
        .formatted(
            from / 2,
            from % 2 * 30 + random.nextInt(2) * 7,
            to / 2,
            to % 2 * 30 + 11,
            random.nextInt(4) == 0 ? ",\"day_of_week\":[\"SUNDAY\",\"FRIDAY\"]" : "");
  }

  private static TariffSnapshot byClock(Random random, String zone) {
    List<String> elements = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      elements.add(element(random, random.nextInt(3) == 0 ? "" : window(random)));
    }
    return snapshot(String.join(",", elements), zone);
  }

  private static SessionFacts facts(Random random) {
    // Around the nights in which Berlin's clock changes.
    Instant at =
        Instant.parse(random.nextBoolean() ? "2026-03-28T20:00:00Z" : "2026-10-24T20:00:00Z")
            .plusMillis(random.nextInt(8 * 3_600_000));
    List<Segment> segments = new ArrayList<>();
    for (int i = random.nextInt(80); i >= 0; i--) {
      Instant from = random.nextInt(15) == 0 ? at.plusSeconds(random.nextInt(4_000)) : at;
      Instant to =
          from.plusMillis(
              switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> random.nextInt(7_000_000);
                default -> 60_000;
              });
      boolean parks = random.nextInt(5) == 0;
      segments.add(
          new Segment(
              from,
              to,
              parks ? SegmentState.PARKING : SegmentState.CHARGING,
              random.nextInt(6) == 0
                  ? BigDecimal.ZERO
                  : BigDecimal.valueOf(random.nextInt(2_000_000), 6),
              null,
              random.nextInt(3) == 0 ? new BigDecimal("31.25") : null,
              null));
      at = to;
    }
    return new SessionFacts(segments);
  }

  @Test
  void pricesByTheClock_areTheSame_withFewerSegments() {
    Random random = new Random(11);
    long before = 0;
    long after = 0;
    for (int i = 0; i < TRIES; i++) {
      String zone = random.nextBoolean() ? "Europe/Berlin" : "Asia/Shanghai";
      TariffSnapshot one = byClock(random, zone);
      TariffSnapshot two = byClock(random, zone);
      SessionFacts facts = facts(random);
      FactsReader reader = FactsReader.of(one, two);
      SessionFacts read = reader.read(facts.toJson());
      assertThat(reader.merges()).isTrue();
      for (TariffSnapshot snapshot : List.of(one, two)) {
        assertThat(Pricing.total(snapshot, read))
            .as("%s%n%s", snapshot, facts.toJson())
            .isEqualTo(Pricing.total(snapshot, facts));
        HourlyPrice hourly = HourlyPrice.of(snapshot, read);
        assertThat(hourly.total()).isEqualTo(Pricing.price(snapshot, facts).payable());
        long sum = 0;
        for (int hour = 0; hour < HourlyPrice.HOURS; hour++) {
          sum += hourly.inclIn(hour);
        }
        assertThat(sum).isEqualTo(hourly.total().minor());
      }
      before += facts.segments().size();
      after += read.segments().size();
    }
    assertThat(after).isLessThan(before * 3 / 4);
  }

  @Test
  void minuteReadingsOfTwoHours_becomeAFewSegments() {
    StringBuilder text = new StringBuilder("{\"v\":1,\"at\":\"2026-03-02T00:10:00Z\",\"seg\":[");
    for (int i = 0; i < 120; i++) {
      text.append(i == 0 ? "" : ",")
          .append("[\"C\",0,60,")
          .append(1 + i % 7)
          .append(".25,null,16]");
    }
    TariffSnapshot plain =
        snapshot(element(new Random(1), "").replace("FLAT", "ENERGY"), "Asia/Shanghai");
    SessionFacts facts = FactsReader.of(plain).read(text.append("]}").toString());
    assertThat(facts.segments()).hasSize(3);
    assertThat(facts).isNotEqualTo(SessionFacts.parse(text.toString()));
    assertThat(facts.segments().getFirst().to()).isEqualTo("2026-03-02T01:00:00Z");
  }

  @Test
  void tariffThatLooksAtMoreThanTheClock_getsTheFactsAsTheyAre() {
    Random random = new Random(5);
    TariffSnapshot plain = byClock(random, "Asia/Shanghai");
    for (String restriction :
        List.of("\"max_kwh\":5", "\"min_power\":11", "\"min_current\":16", "\"max_duration\":60")) {
      TariffSnapshot other =
          snapshot(element(random, ",\"restrictions\":{" + restriction + "}"), "Asia/Shanghai");
      FactsReader reader = FactsReader.of(plain, other);
      assertThat(reader.merges()).isFalse();
      SessionFacts facts = facts(random);
      assertThat(reader.read(facts.toJson())).isEqualTo(facts);
    }
  }

  @Test
  void textsOfAnotherForm_areReadAsTheyAre() {
    FactsReader reader = FactsReader.of(byClock(new Random(3), "Asia/Shanghai"));
    for (String segment :
        List.of(
            "[\"R\",0,60,0],[\"C\",0,60,1]",
            "[\"C\",0,60,1,null,null,\"FAST\"]",
            "[\"C\",0,1e2,1]",
            "[\"C\",0,60,123456789.123456]")) {
      String text = "{\"v\":1,\"at\":\"2026-03-02T00:00:00Z\",\"seg\":[" + segment + "]}";
      assertThat(reader.read(text)).isEqualTo(SessionFacts.parse(text));
    }
    String spaced = "{ \"v\":1,\"at\":\"2026-03-02T00:00:00Z\",\"seg\":[[\"C\",0,60,1]]}";
    assertThat(reader.read(spaced)).isEqualTo(SessionFacts.parse(spaced));
  }
}
