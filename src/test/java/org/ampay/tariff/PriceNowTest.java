package org.ampay.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What people are told of a moment's price is what the engine takes for that moment. */
class PriceNowTest {

  static final String CALENDAR =
      """
      "calendar": {"name": "浙江", "seasons": [
        {"name": "夏", "from": "07-01", "to": "08-31", "days": [
          {"slots": [{"from": "00:00", "tier": "VALLEY"}, {"from": "08:00", "tier": "PEAK"},
            {"from": "10:00", "tier": "SHARP"}, {"from": "12:00", "tier": "FLAT"},
            {"from": "14:00", "tier": "SHARP"}, {"from": "16:00", "tier": "FLAT"}]}]},
        {"name": "", "days": [
          {"day_of_week": ["SATURDAY", "SUNDAY"], "slots": [{"from": "00:00", "tier": "VALLEY"}]},
          {"slots": [{"from": "00:00", "tier": "VALLEY"}, {"from": "08:00", "tier": "PEAK"},
            {"from": "22:30", "tier": "FLAT"}]}]}],
        "holidays": [{"date": "2026-10-01", "name": "国庆",
          "slots": [{"from": "00:00", "tier": "DEEP_VALLEY"}]}]}
      """;

  static final String TOU =
      """
      {"currency": "CNY", "tax_included": "YES", %s, "elements": [
        {"price_components": [{"type": "ENERGY", "price": 1.20, "vat": 13, "step_size": 1},
          {"type": "SERVICE", "price": 0.60, "vat": 6, "step_size": 1}],
         "restrictions": {"calendar_tiers": ["SHARP"]}},
        {"price_components": [{"type": "ENERGY", "price": 0.90, "vat": 13, "step_size": 1}],
         "restrictions": {"calendar_tiers": ["PEAK", "FLAT"]}},
        {"price_components": [{"type": "ENERGY", "price": 0.30, "vat": 13, "step_size": 1}]},
        {"price_components": [{"type": "SERVICE", "price": 0.60, "vat": 6, "step_size": 1}]}]}
      """
          .formatted(CALENDAR);

  static TariffSnapshot snapshot(String json, String zone) {
    return TariffSnapshot.adHoc(
        List.of(TariffJson.read(TariffJson.readTree(json))), ZoneId.of(zone), RoundingMode.HALF_UP);
  }

  @Property(tries = 10_000)
  void whatIsTold_isWhatTheEngineTakes(@ForAll long seed) {
    Random random = new Random(seed);
    TariffSnapshot snapshot = snapshot(tariff(random), zone(random));
    Instant at = Instant.ofEpochSecond(1_767_225_600L + random.nextInt(31_536_000));
    SessionFacts second =
        new SessionFacts(
            List.of(
                new Segment(
                    at,
                    at.plusSeconds(1),
                    SegmentState.CHARGING,
                    new BigDecimal("0.001"),
                    null,
                    null,
                    null)));
    PriceNow now = PriceNow.at(snapshot, at);
    Exact told =
        Exact.of(now.perKwh())
            .dividedBy(Exact.of(1000))
            .plus(Exact.of(now.gross(Dimension.TIME)).dividedBy(Exact.of(3600)))
            .plus(Exact.of(now.gross(Dimension.FLAT)));
    assertThat(told).isEqualTo(Pricing.price(snapshot, second).total().incl());
    if (now.until() != null) {
      assertThat(now.until()).isAfter(at);
      Instant before = now.until().minusSeconds(1);
      PriceNow last = PriceNow.at(snapshot, before.isBefore(at) ? at : before);
      assertThat(last.rates()).isEqualTo(now.rates());
      assertThat(PriceNow.at(snapshot, now.until()).rates()).isNotEqualTo(now.rates());
    }
  }

  private static String zone(Random random) {
    return List.of("Asia/Shanghai", "UTC", "Asia/Tokyo", "America/Phoenix").get(random.nextInt(4));
  }

  private static String tariff(Random random) {
    StringBuilder elements = new StringBuilder();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      String type = List.of("ENERGY", "SERVICE", "TIME", "FLAT").get(random.nextInt(4));
      elements
          .append(i == 0 ? "" : ",")
          .append("{\"price_components\":[{\"type\":\"")
          .append(type)
          .append("\",\"price\":")
          .append(random.nextInt(300) / 100.0)
          .append(random.nextBoolean() ? ",\"vat\":13" : "")
          .append(",\"step_size\":1}]")
          .append(restrictions(random))
          .append('}');
    }
    return "{\"currency\":\"CNY\","
        + (random.nextBoolean() ? "\"tax_included\":\"YES\"," : "")
        + CALENDAR.strip()
        + ",\"elements\":["
        + elements
        + "]}";
  }

  private static String restrictions(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> ",\"restrictions\":{\"calendar_tiers\":[\"SHARP\",\"VALLEY\"]}";
      case 1 -> ",\"restrictions\":{\"calendar_tiers\":[\"PEAK\"],\"max_kwh\":3}";
      case 2 -> ",\"restrictions\":{\"start_time\":\"07:00\",\"end_time\":\"21:15\"}";
      case 3 ->
          ",\"restrictions\":{\"start_time\":\"23:00\",\"end_time\":\"06:00\","
              + "\"day_of_week\":[\"MONDAY\",\"FRIDAY\"]}";
      case 4 -> ",\"restrictions\":{\"start_date\":\"2026-03-01\",\"end_date\":\"2026-09-10\"}";
      default -> "";
    };
  }

  @Example
  void summerMorning_isSharp_untilNoon() {
    TariffSnapshot tou = snapshot(TOU, "Asia/Shanghai");
    PriceNow now = PriceNow.at(tou, Instant.parse("2026-07-15T02:30:00Z"));
    assertThat(now.tier()).isEqualTo(TouTier.SHARP);
    assertThat(now.perKwh()).isEqualByComparingTo("1.80");
    assertThat(now.until()).isEqualTo(Instant.parse("2026-07-15T04:00:00Z"));
    PriceNow afternoon = PriceNow.at(tou, Instant.parse("2026-07-15T08:10:00Z"));
    assertThat(afternoon.perKwh()).isEqualByComparingTo("1.50");
  }

  @Example
  void nextKwh_isTheNearestThresholdAhead() {
    TariffSnapshot steps =
        snapshot(
            """
            {"currency": "CNY", "elements": [
              {"price_components": [{"type": "ENERGY", "price": 1, "step_size": 1}],
               "restrictions": {"max_kwh": 10}},
              {"price_components": [{"type": "ENERGY", "price": 2, "step_size": 1}],
               "restrictions": {"min_kwh": 10, "max_kwh": 25.5}}]}
            """,
            "UTC");
    Instant at = Instant.parse("2026-07-15T02:30:00Z");
    assertThat(PriceNow.at(steps, at).nextKwh()).isEqualByComparingTo("10");
    PriceNow later =
        PriceNow.at(
            steps, at, new PriceNow.Standing(BigDecimal.TEN, java.time.Duration.ZERO, null));
    assertThat(later.nextKwh()).isEqualByComparingTo("25.5");
    assertThat(later.perKwh()).isEqualByComparingTo("2");
    assertThat(later.until()).isNull();
  }
}
