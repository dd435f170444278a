package org.ampay.ocpi.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.Sense;
import org.ampay.ocpi.facts.Strictness;
import org.ampay.ocpi.v221.Tariffs221;
import org.ampay.ocpi.v230.Tariffs230;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.proof.RandomSession;
import org.ampay.tariff.proof.RandomTariff;
import org.junit.jupiter.api.Test;

/** What partners see of a tariff costs what ours costs, or says that it does not. */
class TariffTranslationTest {

  private static final int RUNS = 12_000;
  private static final long SEED = 20261123;
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
  private static final PartyRef OURS = new PartyRef("CN", "AMP");
  private static final TariffForms FORMS = new TariffForms(new Tariffs221(), new Tariffs230());

  private static OcpiTariff said(String json) {
    return TariffTranslation.of(TariffJson.read(TariffJson.readTree(json)), DAY);
  }

  private static ObjectNode object(OcpiVersion version, OcpiTariff tariff) {
    ObjectNode object = FORMS.of(version).write(tariff);
    object.put("id", "7-1");
    OcpiTariffs.own(object, OURS, Instant.parse("2026-11-22T10:00:00Z"));
    return object;
  }

  private static JsonNode tree(String json) {
    return TariffJson.readTree(json);
  }

  @Test
  void whateverIsSaidInFullCostsTheSame() {
    Random random = new Random(SEED);
    Map<String, Integer> counts = new TreeMap<>();
    for (int run = 0; run < RUNS; run++) {
      String currency = RandomTariff.CURRENCIES.get(run % RandomTariff.CURRENCIES.size());
      Tariff ours = new RandomTariff(random).tariff(currency);
      SessionFacts facts = coarse(new RandomSession(random).facts(List.of()));
      LocalDate day = facts.segments().getFirst().from().atZone(ZONE).toLocalDate();
      OcpiTariff said = TariffTranslation.of(ours, day);
      said.unsaid().forEach(u -> counts.merge(u.name(), 1, Integer::sum));
      for (OcpiVersion version : OcpiVersion.values()) {
        ObjectNode object = object(version, said);
        assertThat(Facts.of(version).check("Tariff", object, Strictness.SENT))
            .as("run %s: %s", run, object)
            .isEmpty();
      }
      JsonNode told = object(OcpiVersion.V2_3_0, said);
      if (!told.has("tariff_alt_text")) {
        counts.merge("said", 1, Integer::sum);
        Tariff theirs = TariffJson.read(told);
        assertThat(price(theirs, facts))
            .as(
                "run %s: %s as %s for %s",
                run, TariffJson.write(ours), TariffJson.write(theirs), facts)
            .isEqualTo(price(ours, facts));
      }
    }
    System.out.println("tariffs as OCPI: " + RUNS + " runs, seed " + SEED + ": " + counts);
    assertThat(counts.get("said")).isGreaterThan(RUNS / 10);
  }

  private static String price(Tariff tariff, SessionFacts facts) {
    var price =
        Pricing.price(TariffSnapshot.adHoc(List.of(tariff), ZONE, RoundingMode.HALF_UP), facts);
    return price.payable() + " " + price.payableExcl();
  }

  /** To the second and the Wh: a step of 1 rounds nothing. */
  private static SessionFacts coarse(SessionFacts facts) {
    return new SessionFacts(
        facts.segments().stream()
            .map(
                s ->
                    new Segment(
                        Instant.ofEpochSecond(s.from().getEpochSecond()),
                        Instant.ofEpochSecond(s.to().getEpochSecond()),
                        s.state(),
                        s.kwh().setScale(3, RoundingMode.HALF_UP),
                        s.powerKw(),
                        s.currentA(),
                        null))
            .toList());
  }

  @Test
  void aServiceFeeIsPartOfThePriceOfEnergy() {
    OcpiTariff said =
        said(
            """
            {"currency":"CNY","elements":[
              {"price_components":[{"type":"ENERGY","price":1.2,"step_size":1}],
               "restrictions":{"start_time":"08:00","end_time":"22:00"}},
              {"price_components":[{"type":"ENERGY","price":0.4,"step_size":1},
               {"type":"SERVICE","price":0.8,"step_size":1}]}]}\
            """);
    assertThat(said.unsaid()).isEmpty();
    assertThat(object(OcpiVersion.V2_2_1, said).path("elements"))
        .isEqualTo(
            tree(
                """
                [{"price_components":[{"type":"ENERGY","price":2.0,"step_size":1}],
                  "restrictions":{"start_time":"08:00","end_time":"22:00"}},
                 {"price_components":[{"type":"ENERGY","price":1.2,"step_size":1}]}]\
                """));
  }

  @Test
  void aServiceFeeOfAnotherTaxIsText() {
    OcpiTariff said =
        said(
            """
            {"currency":"CNY","elements":[{"price_components":[
              {"type":"ENERGY","price":0.4,"vat":13,"step_size":1},
              {"type":"SERVICE","price":0.8,"vat":6,"step_size":1}]}]}\
            """);
    assertThat(said.unsaid()).containsExactly(Unsaid.SERVICE);
    JsonNode texts = object(OcpiVersion.V2_3_0, said).path("tariff_alt_text");
    assertThat(texts.toString())
        .contains("a service fee with its own tax", "\"language\":\"en\"", "\"language\":\"zh\"");
    assertThat(said.tariff().elements().getFirst().components()).hasSize(1);
  }

  @Test
  void tiersOfACalendarAreDatesDaysAndTimes() {
    OcpiTariff said =
        said(
            """
            {"currency":"CNY","calendar":{"name":"c","seasons":[{"days":[{"slots":[
               {"from":"00:00","tier":"VALLEY"},{"from":"18:00","tier":"PEAK"},
               {"from":"22:00","tier":"FLAT"}]}]}],
               "holidays":[{"date":"2026-10-01","name":"h","slots":[
               {"from":"00:00","tier":"VALLEY"}]}]},
             "elements":[
              {"price_components":[{"type":"ENERGY","price":2,"step_size":1}],
               "restrictions":{"calendar_tiers":["PEAK"]}},
              {"price_components":[{"type":"ENERGY","price":1,"step_size":1}]}]}\
            """);
    assertThat(said.unsaid()).isEmpty();
    JsonNode elements = object(OcpiVersion.V2_2_1, said).path("elements");
    assertThat(elements.get(0).path("restrictions"))
        .isEqualTo(
            tree(
                """
                {"start_time":"18:00","end_time":"22:00","start_date":"2026-01-01",
                 "end_date":"2026-10-01"}\
                """));
    assertThat(elements.toString()).doesNotContain("calendar");
    // The holiday: no peak from the 1st of October on, a Thursday, until another Thursday differs.
    assertThat(elements.get(1).path("restrictions").path("day_of_week").toString())
        .doesNotContain("THURSDAY");
    assertThat(elements.get(elements.size() - 1).has("restrictions")).isFalse();
  }

  @Test
  void anOccupancyFeeIsAPriceOfParking_butNotWithGrace() {
    String tariff =
        """
        {"currency":"CNY","elements":[{"price_components":[
          {"type":"ENERGY","price":1,"step_size":1}]}],
         "occupancy":{"price":6,"step_size":60%s}}\
        """;
    OcpiTariff plain = said(tariff.formatted(""));
    assertThat(plain.unsaid()).isEmpty();
    assertThat(object(OcpiVersion.V2_2_1, plain).path("elements").get(0))
        .isEqualTo(
            tree(
                """
                {"price_components":[{"type":"PARKING_TIME","price":6,"step_size":60}]}\
                """));
    assertThat(said(tariff.formatted(",\"grace_seconds\":900")).unsaid())
        .containsExactly(Unsaid.OCCUPANCY);
  }

  @Test
  void pricesWithTaxAreWithoutItIn221_andSayWhenTheyDoNotEnd() {
    String tariff =
        """
        {"currency":"EUR","tax_included":"YES","elements":[{"price_components":[
          {"type":"ENERGY","price":%s,"vat":19,"step_size":1}]}]}\
        """;
    OcpiTariff whole = said(tariff.formatted("0.595"));
    ObjectNode old = object(OcpiVersion.V2_2_1, whole);
    JsonNode component = old.path("elements").get(0).path("price_components").get(0);
    assertThat(component.path("price").decimalValue()).isEqualByComparingTo("0.5");
    assertThat(old.has("tax_included")).isFalse();
    assertThat(old.has("tariff_alt_text")).isFalse();
    assertThat(object(OcpiVersion.V2_3_0, whole).path("tax_included").asText()).isEqualTo("YES");
    ObjectNode endless = object(OcpiVersion.V2_2_1, said(tariff.formatted("0.59")));
    assertThat(
            endless
                .path("elements")
                .get(0)
                .path("price_components")
                .get(0)
                .path("price")
                .decimalValue())
        .isEqualByComparingTo("0.4958");
    assertThat(endless.path("tariff_alt_text").toString()).contains("more than 4 digits");
  }

  @Test
  void limitsHaveTheFiguresOfTheVersion_withTaxAsTheEngineTakesIt() {
    OcpiTariff said =
        said(
            """
            {"currency":"EUR","min_price":{"excl_vat":1},"max_price":{"excl_vat":50,"incl_vat":60},
             "elements":[{"price_components":[
              {"type":"ENERGY","price":0.5,"vat":19,"step_size":1}]}]}\
            """);
    assertThat(object(OcpiVersion.V2_2_1, said).path("min_price"))
        .isEqualTo(tree("{\"excl_vat\":1,\"incl_vat\":1.19}"));
    assertThat(object(OcpiVersion.V2_3_0, said).path("max_price"))
        .isEqualTo(tree("{\"before_taxes\":50,\"after_taxes\":60}"));
    for (OcpiVersion version : OcpiVersion.values()) {
      assertThat(Facts.of(version).check("Tariff", object(version, said), Strictness.SENT))
          .isEmpty();
      assertThat(Sense.check(version, "Tariff", object(version, said))).isEmpty();
    }
  }

  @Test
  void whatOcpiHasNoWordFor_isNamedAfterTheOperatorsOwnText() {
    OcpiTariff said =
        said(
            """
            {"currency":"CNY","tariff_alt_text":[{"language":"zh","text":"一元一度"}],
             "elements":[{"price_components":[{"type":"ENERGY","price":1,"step_size":1}]}],
             "ceilings":[{"dimension":"ENERGY","price":100}],
             "minimum_session":{"kwh":0.1}}\
            """);
    assertThat(said.unsaid()).containsExactlyInAnyOrder(Unsaid.CEILING, Unsaid.MINIMUM_SESSION);
    JsonNode texts = object(OcpiVersion.V2_2_1, said).path("tariff_alt_text");
    assertThat(texts.get(0).path("text").asText()).startsWith("一元一度").contains("封顶", "免费");
    assertThat(texts).hasSize(2);
  }
}
