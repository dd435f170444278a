package org.ampay.web;

import static org.ampay.web.PromotionWeb.assertBad;
import static org.ampay.web.PromotionWeb.assertConflict;
import static org.ampay.web.PromotionWeb.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.ampay.store.TestDatabase;
import org.ampay.store.tables.Tables;
import org.ampay.web.WebFixture.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Campaigns over real HTTP. */
class CampaignApiTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static PromotionWeb on;

  @BeforeAll
  static void start() {
    on = new PromotionWeb(DATABASE);
  }

  @AfterAll
  static void stop() {
    on.close();
  }

  // ---- campaigns ----

  @Test
  void campaignsOfEachKind_areMadeReadAndChanged() {
    long coupon = on.coupon(PromotionWeb.TEN_OFF);
    long hand = on.campaign("\"kind\":\"by_hand\",\"coupon\":" + coupon);
    on.campaign("\"kind\":\"new_drivers\",\"coupon\":" + coupon);
    long topUp =
        on.campaign("\"kind\":\"top_up\",\"top_up\":{\"minor\":20000},\"coupon\":" + coupon);
    long discount =
        on.campaign(
            "\"kind\":\"discount\",\"budget\":{\"minor\":100000},\"benefit\":"
                + "{\"kind\":\"PERCENT\",\"value\":10,\"cap\":5},\"sites\":["
                + on.site
                + "]");
    JsonNode read = on.web.get(on.own, "/campaigns/" + discount).body();
    assertThat(read.at("/benefit/cap").asInt()).isEqualTo(5);
    assertThat(read.at("/budget/minor").asLong()).isEqualTo(100_000);
    assertThat(read.at("/spent/minor").asLong()).isZero();
    assertThat(read.at("/funder").asText()).isEqualTo("operator");
    assertThat(on.web.get(on.own, "/campaigns/" + topUp).body().at("/top_up/minor").asLong())
        .isEqualTo(20_000);
    assertThat(ids(on.web.get(on.own, "/campaigns?limit=1000").body().at("/items")))
        .startsWith(discount, topUp)
        .contains(hand);

    Reply changed =
        on.web.call(
            on.own,
            "PATCH",
            "/campaigns/" + discount,
            "{\"budget\":{\"minor\":50000},\"benefit\":{\"cap\":3},\"state\":\"paused\"}");
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.body().at("/benefit/value").asInt()).isEqualTo(10);
    assertThat(changed.body().at("/benefit/cap").asInt()).isEqualTo(3);
    assertThat(changed.body().at("/budget/minor").asLong()).isEqualTo(50_000);
    assertThat(changed.body().at("/state").asText()).isEqualTo("paused");
    assertBad(on.web.call(on.own, "PATCH", "/campaigns/" + hand, "{\"kind\":\"top_up\"}"), "kind");
    assertBad(on.web.call(on.own, "PATCH", "/campaigns/" + hand, "{\"coupon\":null}"), "coupon");
    assertThat(on.audit("campaign.update", "campaign:" + discount)).hasSize(1);
    assertThat(on.web.get(on.own, "/campaigns/" + discount + "/uses").body().at("/items"))
        .isEmpty();
    assertThat(on.web.get(on.own, "/campaigns/" + hand + "/grants").body().at("/items")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"kind\":\"lottery\"|kind",
        "\"kind\":\"by_hand\"|coupon",
        "\"kind\":\"by_hand\",\"coupon\":987654|coupon",
        "\"kind\":\"by_hand\",\"coupon\":1,\"budget\":{\"minor\":1}|budget",
        "\"kind\":\"by_hand\",\"coupon\":1,\"top_up\":{\"minor\":1}|top_up",
        "\"kind\":\"new_drivers\",\"coupon\":1,\"funder\":\"operator\"|funder",
        "\"kind\":\"top_up\",\"coupon\":1|top_up",
        "\"kind\":\"top_up\",\"coupon\":1,\"top_up\":{\"minor\":0}|top_up.minor",
        "\"kind\":\"top_up\",\"coupon\":1,\"top_up\":{\"currency\":\"USD\",\"minor\":1}|top_up.currency",
        "\"kind\":\"discount\"|benefit",
        "\"kind\":\"discount\",\"coupon\":1|coupon",
        "\"kind\":\"discount\",\"benefit\":{\"kind\":\"AMOUNT\",\"value\":1}|budget",
        "\"kind\":\"discount\",\"budget\":{\"minor\":1},\"benefit\":{\"kind\":\"AMOUNT\",\"value\":0}|benefit.value",
        "\"kind\":\"discount\",\"budget\":{\"minor\":1},\"benefit\":{\"kind\":\"AMOUNT\"}|benefit.value",
        "\"kind\":\"discount\",\"budget\":{\"minor\":1},\"benefit\":{\"kind\":\"KWH\",\"value\":1}|benefit.kind",
        "\"kind\":\"discount\",\"budget\":{\"minor\":1},\"benefit\":{\"kind\":\"PERCENT\",\"value\":1}|benefit.cap",
        "\"kind\":\"discount\",\"budget\":{\"minor\":0},\"benefit\":{\"kind\":\"AMOUNT\",\"value\":1}|budget.minor",
        "\"kind\":\"discount\",\"funder\":\"platform\",\"budget\":{\"minor\":1},\"benefit\":{\"kind\":\"AMOUNT\",\"value\":1}|funder",
      })
  void badCampaign_namesTheField(String fields, String field) {
    assertBad(on.web.post(on.own, "/campaigns", "{\"name\":\"C\"," + fields + "}"), field);
  }

  @Test
  void grant_isAJob_ofAnActiveCampaignByHandAlone() {
    long hand = on.campaign("\"kind\":\"by_hand\",\"coupon\":" + on.coupon(PromotionWeb.TEN_OFF));
    long mine =
        on.campaign("\"kind\":\"new_drivers\",\"coupon\":" + on.coupon(PromotionWeb.TEN_OFF));
    String path = "/campaigns/" + hand + "/grants";
    Reply done = on.web.post(on.own, path, "{\"drivers\":[" + on.driver + "]}");
    assertThat(done.status()).as(done.text()).isEqualTo(202);
    assertThat(on.web.post(on.own, path, "{\"all\":true}").status()).isEqualTo(202);
    assertThat(on.web.post(on.own, path, "{\"group\":7}").status()).isEqualTo(202);
    assertThat(on.audit("campaign.give", "campaign:" + hand)).hasSize(3);
    assertThat(DATABASE.dsl().fetchCount(Tables.JOB, Tables.JOB.KIND.eq("campaign_grant")))
        .isEqualTo(3);
    assertBad(on.web.post(on.own, path, "{}"), "drivers");
    assertBad(on.web.post(on.own, path, "{\"drivers\":[]}"), "drivers");
    assertBad(on.web.post(on.own, path, "{\"all\":true,\"group\":7}"), "drivers");
    assertBad(on.web.post(on.own, path, "{\"group\":\"vip\"}"), "group");
    assertBad(on.web.post(on.own, path, "{\"drivers\":[\"a\"]}"), "drivers[0]");
    assertConflict(
        on.web.post(on.own, "/campaigns/" + mine + "/grants", "{\"all\":true}"), "not-by-hand");
    on.web.call(on.own, "PATCH", "/campaigns/" + hand, "{\"state\":\"paused\"}");
    assertConflict(on.web.post(on.own, path, "{\"all\":true}"), "not-by-hand");
  }
}
