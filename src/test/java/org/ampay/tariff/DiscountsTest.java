package org.ampay.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.ampay.base.Money;
import org.junit.jupiter.api.Test;

/** What the driver pays less: tier, coupons, points, in their order and with their tax. */
class DiscountsTest {

  /** ENERGY 10 at 13 %, SERVICE 5 at 6 % for 10 kWh: 11.30 and 5.30 with tax. */
  private static final String ELEMENTS =
      """
      "elements":[{"price_components":[{"type":"ENERGY","price":1,"vat":13,"step_size":1},\
      {"type":"SERVICE","price":0.5,"vat":6,"step_size":1}]}]\
      """;

  private static final String TIER =
      """
      "tier":{"id":3,"name":"Gold","discounts":[{"costs":["SERVICE"],"percent":20}],\
      "funder":"operator"}\
      """;

  private static String coupon(String kind, String value, String more) {
    return """
    {"claim_id":77,"coupon_id":5,"name":"%s","kind":"%s","value":%s%s,"funder":"platform"}\
    """
        .formatted(kind, kind, value, more.isEmpty() ? "" : "," + more);
  }

  private static String coupons(String... coupons) {
    return "\"coupons\":[" + String.join(",", coupons) + "]";
  }

  private static String points(String most, String percent) {
    return "\"points\":{\"most\":%s,\"value\":0.01,\"max_percent\":%s,\"funder\":\"platform\"}"
        .formatted(most, percent);
  }

  private static Price price(String fields, String kwh, String... terms) {
    Tariff tariff = TariffJson.read(TariffJson.readTree("{\"currency\":\"CNY\"," + fields + "}"));
    TariffSnapshot snapshot =
        TariffSnapshot.adHoc(List.of(tariff), ZoneId.of("UTC"), RoundingMode.HALF_UP)
            .withTerms(DriverTerms.parse("{" + String.join(",", terms) + "}"));
    Segment segment =
        new Segment(
            Instant.parse("2026-06-01T10:00:00Z"),
            Instant.parse("2026-06-01T11:00:00Z"),
            SegmentState.CHARGING,
            new BigDecimal(kwh),
            null,
            null,
            null);
    RunningPrice running = new RunningPrice(snapshot);
    running.add(segment);
    Price price = Pricing.price(snapshot, new SessionFacts(List.of(segment)));
    assertThat(running.total()).isEqualTo(price.payable());
    Money lines = Money.zero("CNY");
    for (BillLine line : price.billLines()) {
      lines = lines.plus(line.total());
    }
    assertThat(lines).isEqualTo(price.payable());
    return price;
  }

  private static Price tenKwh(String... terms) {
    return price(ELEMENTS, "10", terms);
  }

  private static Exact exact(String value) {
    return Exact.of(new BigDecimal(value));
  }

  private static Amount amount(String excl, String incl) {
    return new Amount(exact(excl), exact(incl));
  }

  private static Exact off(Price price, LineDimension kind) {
    Exact sum = Exact.ZERO;
    for (Adjustment adjustment : price.adjustments()) {
      if (adjustment.kind() == kind) {
        sum = sum.minus(adjustment.change().incl());
      }
    }
    return sum;
  }

  @Test
  void tier_takesItsPercentOffTheCostsItNames() {
    Price price = tenKwh(TIER);

    assertThat(price.total()).isEqualTo(amount("14", "15.54"));
    Adjustment tier = price.adjustments().getFirst();
    assertThat(tier)
        .isEqualTo(
            new Adjustment(
                LineDimension.TIER,
                "Gold",
                Funder.OPERATOR,
                3L,
                new BigDecimal("6"),
                amount("-1", "-1.06"),
                exact("-1")));
    BillLine line = price.billLines().getLast();
    assertThat(line.label()).isEqualTo("Gold");
    assertThat(line.funder()).isEqualTo(Funder.OPERATOR);
    assertThat(line.vat()).isEqualByComparingTo("6");
    assertThat(line.tax()).isEqualTo(new Money("CNY", -6));
  }

  @Test
  void tier_firstDiscountThatNamesTheCostCounts() {
    Price price =
        tenKwh(
            TIER.replace(
                "[{\"costs\":[\"SERVICE\"],\"percent\":20}]",
                "[{\"costs\":[\"SERVICE\"],\"percent\":20},{\"percent\":50}]"));

    assertThat(price.total()).isEqualTo(amount("9", "9.89"));
  }

  @Test
  void amountCoupon_sharesItselfOverTheTaxRates() {
    Price price = tenKwh(coupons(coupon("AMOUNT", "8.30", "")));

    // Half of 16.60 is off: half of each rate, net and tax.
    assertThat(price.total()).isEqualTo(amount("7.5", "8.3"));
    assertThat(price.adjustments().stream().map(Adjustment::change))
        .containsExactly(amount("-5", "-5.65"), amount("-2.5", "-2.65"));
    assertThat(price.taxLines())
        .containsExactly(
            new TaxLine(new BigDecimal("13"), new Money("CNY", 500), new Money("CNY", 65)),
            new TaxLine(new BigDecimal("6"), new Money("CNY", 250), new Money("CNY", 15)));
    assertThat(price.couponsUsed()).hasSize(1);
  }

  @Test
  void couponWorthMoreThanIsDue_takesAll() {
    Price price = tenKwh(coupons(coupon("AMOUNT", "100", "")), points("500", "100"));

    assertThat(price.total()).isEqualTo(Amount.ZERO);
    assertThat(off(price, LineDimension.COUPON)).isEqualTo(exact("16.6"));
    assertThat(price.pointsUsed()).isZero();
  }

  @Test
  void percentCoupon_isCapped() {
    assertThat(off(tenKwh(coupons(coupon("PERCENT", "50", ""))), LineDimension.COUPON))
        .isEqualTo(exact("8.3"));
    assertThat(off(tenKwh(coupons(coupon("PERCENT", "50", "\"cap\":3"))), LineDimension.COUPON))
        .isEqualTo(exact("3"));
  }

  @Test
  void scopedCoupon_takesNothingOffOtherCosts() {
    Price price = tenKwh(coupons(coupon("AMOUNT", "20", "\"costs\":[\"SERVICE\"]")));

    assertThat(price.total()).isEqualTo(amount("10", "11.3"));
  }

  @Test
  void kwhCoupon_isAShareOfEnergyAndService() {
    String flat = ELEMENTS.replace("}]}]", "},{\"type\":\"FLAT\",\"price\":2,\"step_size\":1}]}]");

    Price some = price(flat, "10", coupons(coupon("KWH", "4", "")));
    Price all = price(flat, "10", coupons(coupon("KWH", "40", "")));
    Price energyAlone = price(flat, "10", coupons(coupon("KWH", "4", "\"costs\":[\"ENERGY\"]")));
    Price noEnergy = price(flat, "0", coupons(coupon("KWH", "4", "")));

    assertThat(off(some, LineDimension.COUPON)).isEqualTo(exact("6.64"));
    assertThat(all.total()).isEqualTo(amount("2", "2"));
    assertThat(off(energyAlone, LineDimension.COUPON)).isEqualTo(exact("4.52"));
    assertThat(noEnergy.couponsUsed()).isEmpty();
    assertThat(noEnergy.adjustments()).isEmpty();
  }

  @Test
  void minSpend_isComparedWithAllCostsAfterTheTier() {
    String scope = "\"costs\":[\"SERVICE\"],\"min_spend\":";

    Price reached = tenKwh(TIER, coupons(coupon("AMOUNT", "1", scope + "15.54")));
    Price missed = tenKwh(TIER, coupons(coupon("AMOUNT", "1", scope + "15.55")));

    assertThat(off(reached, LineDimension.COUPON)).isEqualTo(Exact.ONE);
    assertThat(missed.couponsUsed()).isEmpty();
    assertThat(off(missed, LineDimension.COUPON)).isEqualTo(Exact.ZERO);
  }

  @Test
  void secondCoupon_actsOnWhatTheFirstLeft_andBothSeeTheSameSpend() {
    Price price =
        tenKwh(
            coupons(
                coupon("AMOUNT", "6.6", "\"min_spend\":16"),
                coupon("PERCENT", "10", "\"min_spend\":16")));

    assertThat(price.total().incl()).isEqualTo(exact("9"));
    assertThat(price.couponsUsed()).hasSize(2);
  }

  @Test
  void points_areWholeAndRoundedDown() {
    Price half = tenKwh(points("5000", "50"));
    Price few = tenKwh(points("300", "50"));
    Price uneven = price(ELEMENTS, "0.007", points("5000", "100"));

    assertThat(half.pointsUsed()).isEqualTo(830);
    assertThat(half.total().incl()).isEqualTo(exact("8.3"));
    assertThat(few.pointsUsed()).isEqualTo(300);
    assertThat(few.total().incl()).isEqualTo(exact("13.6"));
    assertThat(few.billLines().getLast().label()).isEqualTo("300");
    // 0.01162 yuan: one point, and the rest rounds to nothing.
    assertThat(uneven.pointsUsed()).isEqualTo(1);
    assertThat(uneven.payable().isZero()).isTrue();
  }

  @Test
  void order_isTierThenCouponThenPoints() {
    Price price = tenKwh(points("100", "100"), coupons(coupon("PERCENT", "10", "")), TIER);

    // 16.60 - 1.06, less 10 %, less 1 yuan of points.
    assertThat(price.total().incl()).isEqualTo(exact("12.986"));
    assertThat(price.adjustments().stream().map(Adjustment::kind).distinct())
        .containsExactly(LineDimension.TIER, LineDimension.COUPON, LineDimension.POINTS);
    assertThat(price.payable()).isEqualTo(new Money("CNY", 1299));
  }

  @Test
  void maxPrice_comesBeforeTheDiscountsAndIsSharedByAll() {
    Price price =
        price(
            ELEMENTS + ",\"max_price\":{\"excl_vat\":7.5,\"incl_vat\":8.3}",
            "10",
            coupons(coupon("PERCENT", "10", "\"costs\":[\"ENERGY\"]")));

    // The limit halves each: 5.65 of ENERGY is left, a tenth of it is off.
    assertThat(price.total()).isEqualTo(amount("7", "7.735"));
    assertThat(price.limited()).isTrue();
    assertThat(price.adjustments().getFirst().kind()).isEqualTo(LineDimension.MAX_PRICE);
  }

  @Test
  void minPriceWithoutEnergy_canBePaidByACoupon() {
    Price price =
        price(
            ELEMENTS + ",\"min_price\":{\"excl_vat\":10,\"incl_vat\":11}",
            "0",
            coupons(coupon("AMOUNT", "5.5", "")));

    assertThat(price.total()).isEqualTo(amount("5", "5.5"));
  }

  @Test
  void unknownTax_staysUnknownAndTheBillHasNone() {
    String included =
        """
        "tax_included":"YES",\
        "elements":[{"price_components":[{"type":"ENERGY","price":1,"step_size":1}]}]\
        """;

    Price price = price(included, "10", coupons(coupon("AMOUNT", "4", "")));

    assertThat(price.total()).isEqualTo(new Amount(null, exact("6")));
    assertThat(price.billLines()).allMatch(line -> line.tax().isZero());
  }

  @Test
  void negativeParts_areNettedBeforeADiscountOfTheRest() {
    String negative =
        """
        "negative_prices":true,"elements":[{"price_components":[\
        {"type":"ENERGY","price":1,"step_size":1},{"type":"FLAT","price":-8,"step_size":1}]}]\
        """;

    Price price = price(negative, "10", coupons(coupon("AMOUNT", "5", "\"costs\":[\"ENERGY\"]")));

    // 10 - 8 leaves 2 to pay: a coupon of 5 takes no more than that.
    assertThat(price.total()).isEqualTo(Amount.ZERO);
    assertThat(off(price, LineDimension.COUPON)).isEqualTo(Exact.of(2));
  }

  @Test
  void limitsOfTheirOwn_areSpreadOverNetAndTaxApart() {
    String fees =
        """
        "elements":[{"price_components":[\
        {"type":"FLAT","price":10,"vat":0,"step_size":1},\
        {"type":"TIME","price":10,"vat":50,"step_size":1}]}]\
        """;

    Price price =
        price(
            fees + ",\"max_price\":{\"excl_vat\":10,\"incl_vat\":12}",
            "1",
            coupons(coupon("PERCENT", "100", "\"costs\":[\"TIME\"]")));

    // The limit leaves 5 and 5 net, and its tax of 2 is that of TIME alone.
    assertThat(price.total()).isEqualTo(amount("5", "5"));
    assertThat(off(price, LineDimension.COUPON)).isEqualTo(exact("7"));
    assertThat(price.billLines())
        .allMatch(line -> line.vat() == null || line.vat().signum() > 0 || line.tax().isZero());
  }

  @Test
  void limitOfUnknownTax_takesItsShareOfNetAndTaxOnTheBill() {
    String included =
        """
        "tax_included":"YES","max_price":{"before_taxes":5,"after_taxes":5},\
        "elements":[{"price_components":[{"type":"ENERGY","price":1,"step_size":1},\
        {"type":"TIME","price":18,"vat":100,"step_size":1}]}]\
        """;

    Price price = price(included, "1");

    assertThat(price.total()).isEqualTo(new Amount(null, exact("5")));
    Money net = Money.zero("CNY");
    for (BillLine line : price.billLines()) {
      net = net.plus(line.excl());
    }
    // 1 + 9 net and 9 tax, both cut to 5/19.
    assertThat(net).isEqualTo(new Money("CNY", 263));
  }

  @Test
  void lineThatCostsNothing_hidesNoTax() {
    Price price =
        price(
            """
            "tax_included":"YES",\
            "elements":[{"price_components":[\
            {"type":"ENERGY","price":1.13,"vat":13,"step_size":1},\
            {"type":"TIME","price":0,"step_size":1}]}]\
            """,
            "10");

    assertThat(price.total()).isEqualTo(amount("10", "11.3"));
  }

  @Test
  void belowTheMinimum_nothingIsUsed() {
    Price price =
        price(
            ELEMENTS + ",\"minimum_session\":{\"kwh\":11}",
            "10",
            coupons(coupon("AMOUNT", "5", "")),
            points("100", "100"));

    assertThat(price.couponsUsed()).isEmpty();
    assertThat(price.pointsUsed()).isZero();
    assertThat(price.total()).isEqualTo(Amount.ZERO);
  }

  @Test
  void request_takesTermsBesideTheSession() {
    String body =
        """
        {"tariff":{"currency":"CNY",%s},"terms":{%s},"session":{"time_zone":"UTC","segments":[\
        {"from":"2026-06-01T10:00:00Z","to":"2026-06-01T11:00:00Z","state":"CHARGING","kwh":10}]}}\
        """
            .formatted(ELEMENTS, TIER);
    PriceRequest request =
        PriceRequest.parse(TariffJson.readTree(body), id -> java.util.Optional.empty());

    var answer = PriceResponse.of(Pricing.price(request.snapshot(), request.facts()));

    assertThat(answer.get("total_incl").asText()).isEqualTo("15.54");
    assertThat(answer.get("adjustments").get(0).get("funder").asText()).isEqualTo("operator");
    assertThat(answer.get("costs").get("total_service_cost").get("incl").asText()).isEqualTo("5.3");
  }
}
