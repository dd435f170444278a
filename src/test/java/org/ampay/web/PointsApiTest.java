package org.ampay.web;

import static org.ampay.web.PromotionWeb.assertBad;
import static org.ampay.web.PromotionWeb.assertConflict;
import static org.ampay.web.PromotionWeb.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.ampay.store.TestDatabase;
import org.ampay.web.WebFixture.Reply;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Points over real HTTP. */
class PointsApiTest {

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

  // ---- points ----

  @Test
  void points_areDefined_adjustedAndSwitchedOff() {
    String others = on.web.key(Role.OPERATOR_ADMIN, on.web.otherOperator(3).id());
    assertThat(on.web.get(others, "/points/programme").status()).isEqualTo(404);
    long stranger = id(on.web.post(others, "/drivers", "{\"name\":\"Anna\"}"));
    String without = "/drivers/" + stranger + "/points/adjustments";
    assertConflict(on.web.post(others, without, "{\"points\":1,\"note\":\"x\"}"), "no-programme");

    Reply set =
        on.web.call(
            on.own,
            "PUT",
            "/points/programme",
            "{\"points_per_unit\":1,\"costs\":[\"ENERGY\"],\"value\":0.01,\"max_percent\":50,"
                + "\"months\":12}");
    assertThat(set.status()).as(set.text()).isEqualTo(200);
    assertThat(on.web.get(on.own, "/points/programme").body()).isEqualTo(set.body());
    assertThat(set.body().at("/currency").asText()).isEqualTo("CNY");
    assertThat(set.body().at("/active").asBoolean()).isTrue();

    long someone = on.newDriver();
    String path = "/drivers/" + someone + "/points";
    assertThat(on.web.get(on.own, path).body().at("/available").asLong()).isZero();
    Reply added = on.web.post(on.own, path + "/adjustments", "{\"points\":250,\"note\":\"欢迎\"}");
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    assertThat(added.body().at("/available").asLong()).isEqualTo(250);
    assertThat(added.body().at("/worth/minor").asLong()).isEqualTo(250);
    assertThat(added.body().at("/lots/0/expires_at").isNull()).isFalse();
    on.web.post(on.own, path + "/adjustments", "{\"points\":-100,\"note\":\"misuse\"}");
    assertConflict(
        on.web.post(on.own, path + "/adjustments", "{\"points\":-151,\"note\":\"misuse\"}"),
        "too-few-points");
    JsonNode balance = on.web.get(on.own, path).body();
    assertThat(balance.at("/available").asLong()).isEqualTo(150);
    assertThat(balance.at("/worth/minor").asLong()).isEqualTo(150);
    JsonNode entries = on.web.get(on.own, path + "/entries?limit=1").body();
    assertThat(entries.at("/items/0/points").asLong()).isEqualTo(-100);
    assertThat(entries.at("/items/0/kind").asText()).isEqualTo("adjusted");
    assertThat(entries.at("/next").isNull()).isFalse();

    boolean use = balance.at("/use").asBoolean();
    Reply switched = on.web.call(on.own, "PUT", path + "/use", "{\"use\":" + !use + "}");
    assertThat(switched.body().at("/use").asBoolean()).isEqualTo(!use);
    assertThat(on.web.get(on.own, path).body().at("/use").asBoolean()).isEqualTo(!use);
    assertBad(on.web.call(on.own, "PUT", path + "/use", "{}"), "use");
    assertThat(on.audit("points.adjust", "driver:" + someone)).hasSize(2);
    assertThat(on.audit("points.use", "driver:" + someone)).hasSize(1);
    JsonNode trial = on.web.get(on.own, "/ledger/trial-balance").body();
    assertThat(trial.at("/balanced").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"value\":0.01|points_per_unit",
        "\"points_per_unit\":0,\"value\":0.01|points_per_unit",
        "\"points_per_unit\":1|value",
        "\"points_per_unit\":1,\"value\":0|value",
        "\"points_per_unit\":1,\"value\":0.00001|value",
        "\"points_per_unit\":1,\"value\":1,\"max_percent\":101|max_percent",
        "\"points_per_unit\":1,\"value\":1,\"months\":121|months",
        "\"points_per_unit\":1,\"value\":1,\"costs\":[\"TEA\"]|costs[0]",
        "\"points_per_unit\":1,\"value\":1,\"funder\":\"platform\"|funder",
        "\"points_per_unit\":1,\"value\":1,\"expiry\":1|expiry",
      })
  void badProgramme_namesTheField(String fields, String field) {
    assertBad(on.web.call(on.other, "PUT", "/points/programme", "{" + fields + "}"), field);
    assertThat(on.web.get(on.other, "/points/programme").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"points\":5}|note",
        "{\"points\":5,\"note\":\" \"}|note",
        "{\"note\":\"x\"}|points",
        "{\"points\":0,\"note\":\"x\"}|points",
        "{\"points\":1000000001,\"note\":\"x\"}|points",
        "{\"points\":1.5,\"note\":\"x\"}|points",
      })
  void badAdjustment_namesTheField(String body, String field) {
    assertBad(on.web.post(on.own, "/drivers/" + on.driver + "/points/adjustments", body), field);
  }
}
