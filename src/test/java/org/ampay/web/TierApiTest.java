package org.ampay.web;

import static org.ampay.web.PromotionWeb.assertBad;
import static org.ampay.web.PromotionWeb.assertConflict;
import static org.ampay.web.PromotionWeb.id;
import static org.ampay.web.PromotionWeb.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.ampay.store.TestDatabase;
import org.ampay.web.WebFixture.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tiers over real HTTP: what people define, and who is in them. */
class TierApiTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String GOLD =
      """
      {"name":"金卡","rank":20,"discounts":[{"costs":["SERVICE"],"percent":20},{"percent":5.5}],
       "points_multiplier":1.5,"rule":{"days":90,"spend":{"minor":50000}},
       "fee":{"price":{"currency":"CNY","minor":9900},"months":12,"vat_percent":6}}
      """;
  private static PromotionWeb on;

  @BeforeAll
  static void start() {
    on = new PromotionWeb(DATABASE);
  }

  @AfterAll
  static void stop() {
    on.close();
  }

  // ---- tiers ----

  @Test
  void tier_isMadeReadListedAndChanged() {
    Reply made = on.web.post(on.own, "/tiers", GOLD);
    long tier = id(made);
    JsonNode read = on.web.get(on.own, "/tiers/" + tier).body();
    assertThat(read).isEqualTo(made.body());
    assertThat(read.at("/currency").asText()).isEqualTo("CNY");
    assertThat(read.at("/discounts/0/costs/0").asText()).isEqualTo("SERVICE");
    assertThat(read.at("/discounts/1/percent").asText()).isEqualTo("5.5");
    assertThat(read.at("/discounts/1/costs")).isEmpty();
    assertThat(read.at("/points_multiplier").asText()).isEqualTo("1.5");
    assertThat(read.at("/funder").asText()).isEqualTo("operator");
    assertThat(read.at("/rule/spend/minor").asLong()).isEqualTo(50_000);
    assertThat(read.at("/fee/price/currency").asText()).isEqualTo("CNY");
    assertThat(read.at("/active").asBoolean()).isTrue();
    assertThat(ids(on.web.get(on.own, "/tiers").body().at("/items"))).contains(tier);

    Reply changed =
        on.web.call(
            on.own, "PUT", "/tiers/" + tier, "{\"name\":\"银卡\",\"rank\":10,\"active\":false}");
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.body().at("/name").asText()).isEqualTo("银卡");
    assertThat(changed.body().at("/discounts")).isEmpty();
    assertThat(changed.body().at("/rule").isNull()).isTrue();
    assertThat(on.web.get(on.own, "/tiers/" + tier).body().at("/active").asBoolean()).isFalse();
    assertThat(on.audit("tier.create", "tier:" + tier)).hasSize(1);
    assertThat(on.audit("tier.update", "tier:" + tier)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"rank\":1}|name",
        "{\"name\":\"\",\"rank\":1}|name",
        "{\"name\":\"a\\u0007\",\"rank\":1}|name",
        "{\"name\":\"T\"}|rank",
        "{\"name\":\"T\",\"rank\":0}|rank",
        "{\"name\":\"T\",\"rank\":1001}|rank",
        "{\"name\":\"T\",\"rank\":1.5}|rank",
        "{\"name\":\"T\",\"rank\":1,\"colour\":1}|colour",
        "{\"name\":\"T\",\"rank\":1,\"funder\":\"bank\"}|funder",
        "{\"name\":\"T\",\"rank\":1,\"funder\":\"platform\"}|funder",
        "{\"name\":\"T\",\"rank\":1,\"active\":false}|active",
        "{\"name\":\"T\",\"rank\":1,\"discounts\":[{}]}|discounts[0].percent",
        "{\"name\":\"T\",\"rank\":1,\"discounts\":[{\"percent\":0}]}|discounts[0].percent",
        "{\"name\":\"T\",\"rank\":1,\"discounts\":[{\"percent\":5},{\"percent\":101}]}|discounts[1].percent",
        "{\"name\":\"T\",\"rank\":1,\"discounts\":[{\"percent\":1e-99999999}]}|discounts[0].percent",
        "{\"name\":\"T\",\"rank\":1,\"discounts\":[{\"percent\":5,\"costs\":[\"WATER\"]}]}|discounts[0].costs[0]",
        "{\"name\":\"T\",\"rank\":1,\"points_multiplier\":-1}|points_multiplier",
        "{\"name\":\"T\",\"rank\":1,\"points_multiplier\":101}|points_multiplier",
        "{\"name\":\"T\",\"rank\":1,\"points_multiplier\":1e-99999999}|points_multiplier",
        "{\"name\":\"T\",\"rank\":1,\"rule\":{\"days\":30}}|rule",
        "{\"name\":\"T\",\"rank\":1,\"rule\":{\"days\":0,\"energy_wh\":1}}|rule.days",
        "{\"name\":\"T\",\"rank\":1,\"rule\":{\"days\":9,\"energy_wh\":0}}|rule.energy_wh",
        "{\"name\":\"T\",\"rank\":1,\"rule\":{\"days\":9,\"spend\":{\"minor\":0}}}|rule.spend.minor",
        "{\"name\":\"T\",\"rank\":1,\"rule\":{\"days\":9,\"spend\":{\"currency\":\"EUR\",\"minor\":1}}}|rule.spend.currency",
        "{\"name\":\"T\",\"rank\":1,\"fee\":{\"price\":{\"minor\":1}}}|fee.months",
        "{\"name\":\"T\",\"rank\":1,\"fee\":{\"price\":{\"minor\":1},\"months\":61}}|fee.months",
        "{\"name\":\"T\",\"rank\":1,\"fee\":{\"price\":{\"minor\":1000000001},\"months\":1}}|fee.price.minor",
        "{\"name\":\"T\",\"rank\":1,\"fee\":{\"price\":{\"minor\":1},\"months\":1,\"vat_percent\":101}}|fee.vat_percent",
        "{\"name\":\"T\",\"rank\":1,\"fee\":{\"price\":{\"minor\":1},\"months\":1,\"vat_percent\":1e-9999999}}|fee.vat_percent",
      })
  void badTier_namesTheField(String body, String field) {
    int before = on.web.get(on.own, "/tiers").body().at("/items").size();
    assertBad(on.web.post(on.own, "/tiers", body), field);
    assertThat(on.web.get(on.own, "/tiers").body().at("/items")).hasSize(before);
  }

  @Test
  void onlyThePlatform_mayFundByThePlatform() {
    String body = "{\"name\":\"平台卡\",\"rank\":1,\"funder\":\"platform\",\"operator\":1}";
    Reply made = on.web.post(on.admin, "/tiers", body);
    long tier = id(made);
    assertThat(made.body().at("/operator").asLong()).isEqualTo(1);
    assertThat(made.body().at("/funder").asText()).isEqualTo("platform");
    assertBad(
        on.web.call(
            on.own,
            "PUT",
            "/tiers/" + tier,
            "{\"name\":\"平台卡\",\"rank\":2,\"funder\":\"platform\"}"),
        "funder");
    assertBad(
        on.web.call(on.own, "PUT", "/tiers/" + tier, "{\"name\":\"x\",\"rank\":2,\"operator\":1}"),
        "operator");
    assertThat(on.web.get(on.admin, "/tiers/" + tier).body().at("/rank").asInt()).isEqualTo(1);
    assertBad(on.web.post(on.admin, "/tiers", body.replace(":1}", ":99}")), "operator");
  }

  @Test
  void driver_isPutIntoATier_andOutAgain() {
    long someone = on.newDriver();
    long low = on.tier("{\"name\":\"Low\",\"rank\":1}");
    long high = on.tier("{\"name\":\"High\",\"rank\":900}");
    String path = "/drivers/" + someone + "/membership";
    assertThat(on.web.get(on.own, path).body().at("/current").isNull()).isTrue();
    id(on.web.post(on.own, path, "{\"tier\":" + low + "}"));
    Reply put =
        on.web.post(on.own, path, "{\"tier\":\"" + high + "\",\"until\":\"2099-01-01T00:00:00Z\"}");
    long membership = id(put);
    assertThat(put.body().at("/source").asText()).isEqualTo("hand");
    JsonNode read = on.web.get(on.own, path).body();
    assertThat(read.at("/current/id").asLong()).isEqualTo(high);
    assertThat(read.at("/memberships")).hasSize(2);
    assertThat(ids(on.web.get(on.own, "/tiers/" + high + "/members").body().at("/items")))
        .containsExactly(membership);

    String one = path + "/" + membership;
    Reply ended = on.web.post(on.own, one + "/end", "{}");
    assertThat(ended.status()).as(ended.text()).isEqualTo(200);
    assertThat(ended.body().at("/ended_at").isNull()).isFalse();
    assertThat(on.web.get(on.own, path).body().at("/current/id").asLong()).isEqualTo(low);
    assertConflict(on.web.post(on.own, one + "/end", "{}"), "ended");
    assertConflict(on.web.post(on.own, one + "/refunds", "{}"), "not-bought");
    assertThat(on.web.post(on.own, path + "/77/end", "{}").status()).isEqualTo(404);
    String others = "/drivers/" + on.driver + "/membership/" + membership + "/end";
    assertThat(on.web.post(on.own, others, "{}").status()).isEqualTo(404);
    assertThat(on.audit("tier.member", "driver:" + someone)).hasSize(2);
    assertThat(on.audit("tier.member_end", "driver:" + someone)).hasSize(1);

    assertBad(on.web.post(on.own, path, "{}"), "tier");
    assertBad(on.web.post(on.own, path, "{\"tier\":987654}"), "tier");
    assertBad(on.web.post(on.own, path, "{\"tier\":\"gold\"}"), "tier");
    String past = "{\"tier\":" + low + ",\"until\":\"2001-01-01T00:00:00Z\"}";
    assertBad(on.web.post(on.own, path, past), "until");
    assertThat(on.web.post(on.own, "/drivers/987654/membership", "{\"tier\":1}").status())
        .isEqualTo(404);
  }
}
