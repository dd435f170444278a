package org.ampay.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.ampay.base.Money;
import org.junit.jupiter.api.Test;

/** What a tariff has beyond OCPI, rule by rule, worked by hand. */
class ExtrasPricingTest {

  private static final String ENERGY = "{\"type\":\"ENERGY\",\"price\":1,\"step_size\":1}";

  /** Valley to 08:00, peak to 22:00, valley; holidays deep valley; summer 19:00-21:00 sharp. */
  private static final String CALENDAR =
      """
      "calendar":{"name":"c","seasons":[\
      {"from":"07-01","to":"08-31","days":[{"slots":[{"from":"00:00","tier":"VALLEY"},\
      {"from":"08:00","tier":"PEAK"},{"from":"19:00","tier":"SHARP"},{"from":"21:00","tier":"PEAK"},\
      {"from":"22:00","tier":"VALLEY"}]}]},\
      {"days":[{"slots":[{"from":"00:00","tier":"VALLEY"},{"from":"08:00","tier":"PEAK"},\
      {"from":"22:00","tier":"VALLEY"}]}]}],\
      "holidays":[{"date":"2026-10-01","slots":[{"from":"00:00","tier":"DEEP_VALLEY"}]}]}\
      """;

  private static final String TIERS =
      tier("4", "SHARP")
          + ","
          + tier("3", "PEAK")
          + ","
          + tier("2", "VALLEY")
          + ","
          + element(ENERGY);

  private static String element(String... components) {
    return "{\"price_components\":[" + String.join(",", components) + "]}";
  }

  private static String tier(String price, String tier) {
    return """
    {"price_components":[{"type":"ENERGY","price":%s,"step_size":1}],\
    "restrictions":{"calendar_tiers":["%s"]}}\
    """
        .formatted(price, tier);
  }

  private static String component(String type, String price, String vat) {
    return "{\"type\":\"%s\",\"price\":%s,\"vat\":%s,\"step_size\":1}".formatted(type, price, vat);
  }

  private static TariffSnapshot snapshot(String zone, String elements, String fields) {
    String json =
        "{\"currency\":\"CNY\",\"elements\":[%s]%s}"
            .formatted(elements, fields.isEmpty() ? "" : "," + fields);
    return TariffSnapshot.adHoc(
        List.of(TariffJson.read(TariffJson.readTree(json))), ZoneId.of(zone), RoundingMode.HALF_UP);
  }

  private static Segment segment(SegmentState state, String from, String to, String kwh) {
    return new Segment(
        Instant.parse(from), Instant.parse(to), state, new BigDecimal(kwh), null, null, null);
  }

  private static Segment charging(String from, String to, String kwh) {
    return segment(SegmentState.CHARGING, from, to, kwh);
  }

  private static Segment parking(String from, String to) {
    return segment(SegmentState.PARKING, from, to, "0");
  }

  /** The price, after a look that the running price is the same. */
  private static Price price(TariffSnapshot snapshot, Segment... segments) {
    RunningPrice running = new RunningPrice(snapshot);
    List.of(segments).forEach(running::add);
    Price price = Pricing.price(snapshot, new SessionFacts(List.of(segments)));
    assertThat(running.amount()).isEqualTo(price.total());
    Exact lines = price.sumOfLines().incl();
    for (Adjustment adjustment : price.adjustments()) {
      lines = lines.plus(adjustment.change().incl());
    }
    assertThat(lines).isEqualTo(price.total().incl());
    return price;
  }

  private static Exact exact(String value) {
    return Exact.of(new BigDecimal(value));
  }

  @Test
  void service_hasItsOwnLookUpTaxAndStep() {
    TariffSnapshot snapshot =
        snapshot(
            "UTC",
            """
            {"price_components":[{"type":"SERVICE","price":0.6,"vat":6,"step_size":1000}],\
            "restrictions":{"start_time":"10:30"}},\
            {"price_components":[{"type":"ENERGY","price":1.2,"vat":13,"step_size":1},\
            {"type":"SERVICE","price":0.4,"vat":6,"step_size":500}]}\
            """,
            "");

    Price price = price(snapshot, charging("2026-06-01T10:00:00Z", "2026-06-01T11:00:00Z", "5"));

    // 2.5 kWh at 0.4, 2.5 kWh at 0.6: 5 kWh are 5 steps of 1000 Wh.
    assertThat(price.costs())
        .isEqualTo(
            Map.of(
                Price.Cost.ENERGY, new Amount(exact("6"), exact("6.78")),
                Price.Cost.SERVICE, new Amount(exact("2.5"), exact("2.65"))));
    assertThat(price.payable()).isEqualTo(new Money("CNY", 943));
    assertThat(price.billLines().stream().map(BillLine::dimension))
        .containsExactly(LineDimension.ENERGY, LineDimension.SERVICE, LineDimension.SERVICE);
    assertThat(price.taxLines()).hasSize(2);
  }

  @Test
  void serviceStep_roundsUpApartFromEnergy() {
    TariffSnapshot snapshot =
        snapshot(
            "UTC",
            element(
                "{\"type\":\"ENERGY\",\"price\":1,\"step_size\":1}",
                "{\"type\":\"SERVICE\",\"price\":1,\"step_size\":1000}"),
            "");

    Price price =
        price(snapshot, charging("2026-06-01T10:00:00Z", "2026-06-01T11:00:00Z", "4.0001"));

    assertThat(price.costs().get(Price.Cost.ENERGY)).isEqualTo(amount("4.001"));
    assertThat(price.costs().get(Price.Cost.SERVICE)).isEqualTo(amount("5"));
  }

  private static Amount amount(String both) {
    return new Amount(exact(both), exact(both));
  }

  @Test
  void tiers_splitExactlyAtTheirSlotsAndAtMidnight() {
    TariffSnapshot snapshot = snapshot("Asia/Shanghai", TIERS, CALENDAR);

    // From 30 September 20:00 to 1 October 02:00 in Shanghai, 12 kWh: the holiday has no tier
    // price.
    Price price = price(snapshot, charging("2026-09-30T12:00:00Z", "2026-09-30T18:00:00Z", "12"));

    assertThat(price.periods().stream().map(p -> p.from().toString()))
        .containsExactly("2026-09-30T12:00:00Z", "2026-09-30T14:00:00Z", "2026-09-30T16:00:00Z");
    assertThat(price.total()).isEqualTo(amount("24"));
    assertThat(price.billLines().stream().map(BillLine::label))
        .containsExactly("PEAK", "VALLEY", null);
  }

  @Test
  void season_changesTheTierOfTheSameHour() {
    TariffSnapshot snapshot = snapshot("Asia/Shanghai", TIERS, CALENDAR);

    assertThat(
            price(snapshot, charging("2026-08-31T11:00:00Z", "2026-08-31T12:00:00Z", "1")).total())
        .isEqualTo(amount("4"));
    assertThat(
            price(snapshot, charging("2026-09-01T11:00:00Z", "2026-09-01T12:00:00Z", "1")).total())
        .isEqualTo(amount("3"));
  }

  @Test
  void tiers_followTheLocalClockInBothDstNights() {
    TariffSnapshot snapshot = snapshot("Europe/Berlin", TIERS, CALENDAR);

    // Valley from midnight to 08:00 local: seven hours in spring, nine in autumn.
    Price spring = price(snapshot, charging("2026-03-28T23:00:00Z", "2026-03-29T07:00:00Z", "8"));
    Price autumn = price(snapshot, charging("2026-10-24T22:00:00Z", "2026-10-25T08:00:00Z", "10"));

    assertThat(spring.periods().getFirst().hours()).isEqualTo(Exact.of(7));
    assertThat(spring.total()).isEqualTo(amount("17"));
    assertThat(autumn.periods().getFirst().hours()).isEqualTo(Exact.of(9));
    assertThat(autumn.total()).isEqualTo(amount("21"));
  }

  private static final String OCCUPANCY =
      "\"occupancy\":{\"price\":6,\"vat\":6,\"step_size\":1,\"grace_seconds\":900}";

  @Test
  void occupancy_beginsAfterItsGraceOverAllStays() {
    TariffSnapshot snapshot = snapshot("UTC", element(ENERGY), OCCUPANCY);

    Price price =
        price(
            snapshot,
            charging("2026-06-01T10:00:00Z", "2026-06-01T11:00:00Z", "1"),
            parking("2026-06-01T11:00:00Z", "2026-06-01T11:10:00Z"),
            charging("2026-06-01T11:10:00Z", "2026-06-01T12:00:00Z", "1"),
            parking("2026-06-01T12:00:00Z", "2026-06-01T12:35:00Z"));

    // 10 + 35 minutes less 15: half an hour.
    assertThat(price.costs().get(Price.Cost.OCCUPANCY))
        .isEqualTo(new Amount(exact("3"), exact("3.18")));
    assertThat(price.periods().getLast().from()).isEqualTo("2026-06-01T12:05:00Z");
    BillLine line = price.billLines().getLast();
    assertThat(line.dimension()).isEqualTo(LineDimension.OCCUPANCY);
    assertThat(line.element()).isNull();
    assertThat(line.vat()).isEqualByComparingTo("6");
    assertThat(line.volume()).isEqualByComparingTo("0.5");
    assertThat(line.label()).isEqualTo("≥ 900 s");
  }

  @Test
  void occupancy_isFreeInItsExemptWindows_andGraceRunsOnInThem() {
    TariffSnapshot snapshot =
        snapshot(
            "Asia/Shanghai",
            element(ENERGY),
            OCCUPANCY.replace(
                "}", ",\"exempt\":[{\"start_time\":\"22:00\",\"end_time\":\"08:00\"}]}"));

    // Local 21:50 to 08:30: 10 minutes of grace, the night, and half an hour to pay.
    Price price = price(snapshot, parking("2026-06-01T13:50:00Z", "2026-06-02T00:30:00Z"));

    assertThat(price.total()).isEqualTo(new Amount(exact("3"), exact("3.18")));
    assertThat(price.periods()).hasSize(2);
  }

  @Test
  void occupancy_standsBesideParkingTime() {
    TariffSnapshot snapshot =
        snapshot(
            "UTC", element("{\"type\":\"PARKING_TIME\",\"price\":2,\"step_size\":1}"), OCCUPANCY);

    Price price = price(snapshot, parking("2026-06-01T10:00:00Z", "2026-06-01T11:15:00Z"));

    assertThat(price.costs().get(Price.Cost.PARKING)).isEqualTo(amount("2.5"));
    assertThat(price.costs().get(Price.Cost.OCCUPANCY))
        .isEqualTo(new Amount(exact("6"), exact("6.36")));
  }

  @Test
  void occupancyCap_holdsForTheSession() {
    TariffSnapshot snapshot =
        snapshot("UTC", element(ENERGY), OCCUPANCY.replace("}", ",\"max_price\":30}"));

    Price price = price(snapshot, parking("2026-06-01T10:00:00Z", "2026-06-02T10:00:00Z"));

    assertThat(price.total()).isEqualTo(new Amount(exact("30"), exact("31.8")));
    Adjustment cap = price.adjustments().getFirst();
    assertThat(cap.kind()).isEqualTo(LineDimension.CEILING);
    assertThat(cap.label()).isEqualTo("OCCUPANCY ≤ 30");
    assertThat(cap.vat()).isEqualByComparingTo("6");
    assertThat(price.taxLines()).hasSize(1);
    assertThat(price.limited()).isFalse();
  }

  @Test
  void occupancyStep_roundsItsOwnTime() {
    TariffSnapshot snapshot =
        snapshot(
            "UTC",
            element("{\"type\":\"TIME\",\"price\":1,\"step_size\":3600}"),
            "\"occupancy\":{\"price\":6,\"step_size\":600}");

    Price price =
        price(
            snapshot,
            charging("2026-06-01T10:00:00Z", "2026-06-01T10:30:00Z", "1"),
            parking("2026-06-01T10:30:00Z", "2026-06-01T10:31:00Z"));

    assertThat(price.total()).isEqualTo(amount("2"));
    assertThat(price.steps()).hasSize(2);
  }

  @Test
  void ceiling_scalesNetAndTaxOfItsKindAlone() {
    String elements =
        """
        {"price_components":[%s],"restrictions":{"max_duration":3600}},%s\
        """
            .formatted(
                component("TIME", "10", "6"),
                element(component("TIME", "30", "13"), component("ENERGY", "1", "13")));
    TariffSnapshot snapshot =
        snapshot("UTC", elements, "\"ceilings\":[{\"dimension\":\"TIME\",\"price\":20}]");

    Price price = price(snapshot, charging("2026-06-01T10:00:00Z", "2026-06-01T12:00:00Z", "10"));

    // TIME 10 + 30 is halved: 5 at 6 %, 15 at 13 %.
    assertThat(price.total())
        .isEqualTo(new Amount(exact("30"), exact("5.3").plus(exact("16.95")).plus(exact("11.3"))));
    assertThat(price.adjustments()).hasSize(2).allMatch(a -> a.kind() == LineDimension.CEILING);
    assertThat(price.beforeLimits()).isEqualTo(price.total());
    Money tax = Money.zero("CNY");
    for (TaxLine line : price.taxLines()) {
      tax = tax.plus(line.tax());
      assertThat(line.rate()).isNotNull();
    }
    assertThat(tax).isEqualTo(new Money("CNY", 355));
  }

  @Test
  void ceilingOfPricesWithTax_isWithTax() {
    TariffSnapshot snapshot =
        snapshot(
            "UTC",
            element(component("TIME", "22.6", "13")),
            "\"tax_included\":\"YES\",\"ceilings\":[{\"dimension\":\"TIME\",\"price\":11.3}]");

    Price price = price(snapshot, charging("2026-06-01T10:00:00Z", "2026-06-01T12:00:00Z", "10"));

    assertThat(price.total()).isEqualTo(new Amount(exact("10"), exact("11.3")));
  }

  @Test
  void minimumSession_belowEveryFigureNothingIsBilled() {
    TariffSnapshot snapshot =
        snapshot(
            "UTC",
            element(ENERGY, "{\"type\":\"FLAT\",\"price\":5,\"step_size\":1}"),
            "\"min_price\":{\"excl_vat\":3},\"minimum_session\":{\"kwh\":0.1,\"seconds\":60}");

    Price below = price(snapshot, charging("2026-06-01T10:00:00Z", "2026-06-01T10:00:59Z", "0.09"));
    Price longer =
        price(snapshot, charging("2026-06-01T10:00:00Z", "2026-06-01T10:01:00Z", "0.09"));
    Price more = price(snapshot, charging("2026-06-01T10:00:00Z", "2026-06-01T10:00:10Z", "0.1"));

    assertThat(below.belowMinimum()).isTrue();
    assertThat(below.total()).isEqualTo(Amount.ZERO);
    assertThat(below.lines()).isEmpty();
    assertThat(below.totalKwh()).isEqualTo(exact("0.09"));
    assertThat(below.billLines()).hasSize(1);
    assertThat(below.billLines().getFirst().dimension()).isEqualTo(LineDimension.MINIMUM_SESSION);
    assertThat(below.billLines().getFirst().total().isZero()).isTrue();
    assertThat(PriceResponse.of(below).get("below_minimum").asBoolean()).isTrue();
    assertThat(longer.total()).isEqualTo(amount("5.09"));
    assertThat(more.total()).isEqualTo(amount("5.1"));
  }

  @Test
  void reservationWithoutSession_isNotBelowTheMinimum() {
    TariffSnapshot snapshot =
        snapshot(
            "UTC",
            """
            {"price_components":[{"type":"FLAT","price":5,"step_size":1}],\
            "restrictions":{"reservation":"RESERVATION"}}\
            """,
            "\"minimum_session\":{\"kwh\":0.1}");

    Price price =
        price(
            snapshot,
            segment(
                SegmentState.RESERVATION_EXPIRED,
                "2026-06-01T10:00:00Z",
                "2026-06-01T10:30:00Z",
                "0"));

    assertThat(price.total()).isEqualTo(amount("5"));
  }

  @Test
  void negativePrices_lowerTheSumAndNeverBelowZero() {
    String cheaper =
        "{\"price_components\":[%s],\"restrictions\":{\"max_kwh\":5}},%s"
            .formatted(component("ENERGY", "-1", "13"), element(component("ENERGY", "2", "13")));
    TariffSnapshot snapshot = snapshot("UTC", cheaper, "\"negative_prices\":true");

    Price some = price(snapshot, charging("2026-06-01T10:00:00Z", "2026-06-01T11:00:00Z", "10"));
    Price none = price(snapshot, charging("2026-06-01T10:00:00Z", "2026-06-01T11:00:00Z", "5"));

    assertThat(some.total()).isEqualTo(new Amount(exact("5"), exact("5.65")));
    assertThat(some.adjustments()).isEmpty();
    assertThat(none.total()).isEqualTo(Amount.ZERO);
    assertThat(none.adjustments()).hasSize(1);
    assertThat(none.adjustments().getFirst().kind()).isEqualTo(LineDimension.FLOOR);
    assertThat(none.billLines().stream().map(line -> line.total().minor()))
        .containsExactly(-565L, 565L);
    assertThat(none.limited()).isFalse();
  }

  @Test
  void answer_showsAdjustmentsOnlyWhenThereAreAny() {
    TariffSnapshot plain = snapshot("UTC", element(ENERGY), "");
    TariffSnapshot capped =
        snapshot("UTC", element(ENERGY), "\"ceilings\":[{\"dimension\":\"ENERGY\",\"price\":4}]");
    Segment segment = charging("2026-06-01T10:00:00Z", "2026-06-01T11:00:00Z", "10");

    assertThat(PriceResponse.of(price(plain, segment)).has("adjustments")).isFalse();
    assertThat(PriceResponse.of(price(capped, segment)).get("adjustments").toString())
        .isEqualTo(
            "[{\"dimension\":\"CEILING\",\"label\":\"ENERGY ≤ 4\",\"funder\":null,\"ref\":null,"
                + "\"vat\":null,\"excl\":\"-6\",\"incl\":\"-6\"}]");
  }
}
