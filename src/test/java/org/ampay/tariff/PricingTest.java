package org.ampay.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.ampay.base.Money;
import org.junit.jupiter.api.Test;

/** Single rules, where a worked case or a property would not show what is meant. */
class PricingTest {

  private static TariffSnapshot snapshot(String zone, String json) {
    Tariff tariff = TariffJson.read(TariffJson.readTree(json));
    return TariffSnapshot.adHoc(List.of(tariff), ZoneId.of(zone), RoundingMode.HALF_UP);
  }

  private static String tariff(String currency, String... elements) {
    return "{\"currency\":\"%s\",\"elements\":[%s]}"
        .formatted(currency, String.join(",", elements));
  }

  private static String element(String component, String restrictions) {
    return "{\"price_components\":[%s],\"restrictions\":{%s}}".formatted(component, restrictions);
  }

  private static String energy(String price) {
    return "{\"type\":\"ENERGY\",\"price\":%s,\"step_size\":0}".formatted(price);
  }

  private static Segment charging(String from, String to, String kwh) {
    return segment(SegmentState.CHARGING, from, to, kwh);
  }

  private static Segment segment(SegmentState state, String from, String to, String kwh) {
    return new Segment(
        Instant.parse(from), Instant.parse(to), state, new BigDecimal(kwh), null, null, null);
  }

  private static Price price(TariffSnapshot snapshot, Segment... segments) {
    return Pricing.price(snapshot, new SessionFacts(List.of(segments)));
  }

  @Test
  void energyThreshold_isInterpolatedExactly() {
    TariffSnapshot tiers =
        snapshot(
            "UTC", tariff("EUR", element(energy("1"), "\"max_kwh\":1"), element(energy("3"), "")));

    Price price = price(tiers, charging("2025-06-03T10:00:00Z", "2025-06-03T11:00:00Z", "3"));

    assertThat(price.total().incl()).isEqualTo(Exact.of(7));
    assertThat(price.periods().getFirst().hours()).isEqualTo(Exact.ofRatio(1, 3));
    assertThat(price.periods().getFirst().to()).isEqualTo("2025-06-03T10:20:00Z");
  }

  @Test
  void energyThreshold_betweenTwoNanoseconds_losesNothing() {
    TariffSnapshot tiers =
        snapshot(
            "UTC", tariff("EUR", element(energy("1"), "\"max_kwh\":1"), element(energy("3"), "")));

    Price price = price(tiers, charging("2025-06-03T10:00:00Z", "2025-06-03T10:00:01Z", "7"));

    assertThat(price.total().incl()).isEqualTo(Exact.of(19));
    assertThat(price.totalHours()).isEqualTo(Exact.ofRatio(1, 3600));
    assertThat(price.periods().getFirst().hours()).isEqualTo(Exact.ofRatio(1, 7 * 3600));
  }

  @Test
  void energyAtOneInstant_isSplitAtItsThreshold() {
    TariffSnapshot tiers =
        snapshot(
            "UTC", tariff("EUR", element(energy("1"), "\"max_kwh\":1"), element(energy("3"), "")));

    Price price = price(tiers, charging("2025-06-03T10:00:00Z", "2025-06-03T10:00:00Z", "3"));

    assertThat(price.total().incl()).isEqualTo(Exact.of(7));
  }

  @Test
  void energyWhileParking_isPaidFor() {
    TariffSnapshot plain = snapshot("UTC", tariff("EUR", element(energy("0.5"), "")));

    Price price =
        price(
            plain,
            segment(SegmentState.PARKING, "2025-06-03T10:00:00Z", "2025-06-03T11:00:00Z", "0.2"));

    assertThat(price.total().incl()).isEqualTo(Exact.ofRatio(1, 10));
  }

  @Test
  void springNight_hasOneHourLess() {
    TariffSnapshot night =
        snapshot(
            "Europe/Berlin",
            tariff(
                "EUR",
                element(
                    "{\"type\":\"TIME\",\"price\":1,\"step_size\":0}",
                    "\"start_time\":\"01:00\",\"end_time\":\"04:00\"")));

    Price price = price(night, charging("2026-03-28T22:00:00Z", "2026-03-29T10:00:00Z", "0"));

    assertThat(price.total().incl()).isEqualTo(Exact.of(2));
  }

  @Test
  void autumnNight_hasOneHourMore() {
    TariffSnapshot night =
        snapshot(
            "Europe/Berlin",
            tariff(
                "EUR",
                element(
                    "{\"type\":\"TIME\",\"price\":1,\"step_size\":0}",
                    "\"start_time\":\"01:00\",\"end_time\":\"04:00\"")));

    Price price = price(night, charging("2025-10-25T20:00:00Z", "2025-10-26T10:00:00Z", "0"));

    assertThat(price.total().incl()).isEqualTo(Exact.of(4));
  }

  @Test
  void minorUnits_areThoseOfTheCurrency() {
    Segment segment = charging("2025-06-03T10:00:00Z", "2025-06-03T11:00:00Z", "1.2345");

    for (List<String> expected :
        List.of(List.of("JPY", "1 JPY"), List.of("CNY", "1.23 CNY"), List.of("KWD", "1.235 KWD"))) {
      TariffSnapshot plain = snapshot("UTC", tariff(expected.getFirst(), element(energy("1"), "")));
      assertThat(price(plain, segment).payable()).hasToString(expected.getLast());
      assertThat(price(plain, segment).billLines())
          .extracting(BillLine::total)
          .map(Money::toString)
          .containsExactly(expected.getLast());
    }
  }

  @Test
  void longSession_hasOneBillLineAComponent() {
    TariffSnapshot dayAndNight =
        snapshot(
            "UTC",
            tariff(
                "EUR",
                element(energy("2"), "\"start_time\":\"08:00\",\"end_time\":\"20:00\""),
                element(energy("1"), "")));
    Segment[] hours = new Segment[48];
    Instant start = Instant.parse("2025-06-03T00:00:00Z");
    for (int i = 0; i < hours.length; i++) {
      hours[i] =
          charging(
              start.plusSeconds(3600L * i).toString(),
              start.plusSeconds(3600L * (i + 1)).toString(),
              "1");
    }

    Price price = price(dayAndNight, hours);

    assertThat(price.lines()).hasSize(48);
    assertThat(price.billLines()).hasSize(2);
    assertThat(price.billLines().getFirst().volume()).isEqualByComparingTo("24");
    assertThat(price.payable()).hasToString("72.00 EUR");
  }

  @Test
  void priceLimit_isALineOfItsOwn() {
    TariffSnapshot capped =
        snapshot(
            "UTC",
            """
            {"currency":"EUR","max_price":{"excl_vat":10,"incl_vat":11},"elements":[\
            {"price_components":[{"type":"ENERGY","price":1,"vat":20,"step_size":1}]}]}\
            """);

    Price price = price(capped, charging("2025-06-03T10:00:00Z", "2025-06-03T11:00:00Z", "12"));

    assertThat(price.billLines())
        .extracting(l -> l.dimension() + " " + l.excl() + " " + l.tax() + " " + l.total())
        .containsExactly(
            "ENERGY 12.00 EUR 2.40 EUR 14.40 EUR", "MAX_PRICE -2.00 EUR -1.40 EUR -3.40 EUR");
    assertThat(price.taxLines())
        .extracting(l -> l.rate() + " " + l.excl() + " " + l.tax())
        .containsExactly("20 10.00 EUR 1.00 EUR");
  }

  @Test
  void limitWithoutTax_followsTheRate() {
    TariffSnapshot least =
        snapshot(
            "UTC",
            """
            {"currency":"EUR","min_price":{"excl_vat":1},"elements":[\
            {"price_components":[{"type":"ENERGY","price":1,"vat":19,"step_size":1}]}]}\
            """);

    Price price = price(least, charging("2025-06-03T10:00:00Z", "2025-06-03T11:00:00Z", "0"));

    assertThat(price.payable()).hasToString("1.19 EUR");
  }

  @Test
  void powerNotReported_isThatOfTheEnergy() {
    TariffSnapshot byPower =
        snapshot(
            "UTC",
            tariff("EUR", element(energy("1"), "\"max_power\":10"), element(energy("2"), "")));

    assertThat(
            price(byPower, charging("2025-06-03T10:00:00Z", "2025-06-03T11:00:00Z", "9")).payable())
        .hasToString("9.00 EUR");
    assertThat(
            price(byPower, charging("2025-06-03T10:00:00Z", "2025-06-03T11:00:00Z", "10"))
                .payable())
        .hasToString("20.00 EUR");
  }

  @Test
  void unknownEngine_isRefused() {
    String json = snapshot("UTC", tariff("EUR", element(energy("1"), ""))).toJson();

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () -> TariffSnapshot.parse(json.replace("\"engine\":\"1\"", "\"engine\":\"9\"")))
        .withMessage("engine: is unknown: '9'");
  }

  @Test
  void facts_areCompact() {
    SessionFacts facts =
        new SessionFacts(
            List.of(
                charging("2025-06-03T10:00:00.250Z", "2025-06-03T11:00:00Z", "20.50"),
                new Segment(
                    Instant.parse("2025-06-03T11:00:00Z"),
                    Instant.parse("2025-06-03T11:01:00Z"),
                    SegmentState.PARKING,
                    BigDecimal.ZERO,
                    null,
                    BigDecimal.valueOf(160, 1),
                    "FAST")));

    assertThat(facts.toJson())
        .isEqualTo(
            "{\"v\":1,\"at\":\"2025-06-03T10:00:00.250Z\",\"seg\":"
                + "[[\"C\",0,3599.75,20.5],[\"P\",0,60,0,null,16,\"FAST\"]]}");
  }
}
