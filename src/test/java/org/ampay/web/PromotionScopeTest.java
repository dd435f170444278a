package org.ampay.web;

import static org.ampay.web.PromotionWeb.assertBad;
import static org.ampay.web.PromotionWeb.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ampay.store.TestDatabase;
import org.ampay.store.tables.Tables;
import org.ampay.web.WebFixture.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promotions are an operator's own. */
class PromotionScopeTest {

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

  // ---- whose ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /tiers/{tier}",
        "PUT /tiers/{tier}",
        "GET /tiers/{tier}/members",
        "GET /drivers/{driver}/membership",
        "POST /drivers/{driver}/membership",
        "POST /drivers/{driver}/membership/purchases",
        "POST /drivers/{driver}/membership/{membership}/end",
        "POST /drivers/{driver}/membership/{membership}/refunds",
        "GET /coupons/{coupon}",
        "PATCH /coupons/{coupon}",
        "POST /coupons/{coupon}/codes",
        "DELETE /coupons/{coupon}/codes",
        "GET /coupons/{coupon}/batches",
        "GET /coupons/{coupon}/claims",
        "GET /coupons/{coupon}/uses",
        "GET /drivers/{driver}/coupons",
        "POST /drivers/{driver}/coupons",
        "POST /drivers/{driver}/coupons/{claim}/revoke",
        "GET /drivers/{driver}/coupon-choice",
        "PUT /drivers/{driver}/coupon-choice",
        "GET /campaigns/{campaign}",
        "PATCH /campaigns/{campaign}",
        "POST /campaigns/{campaign}/grants",
        "GET /campaigns/{campaign}/grants",
        "GET /campaigns/{campaign}/uses",
        "GET /drivers/{driver}/points",
        "GET /drivers/{driver}/points/entries",
        "PUT /drivers/{driver}/points/use",
        "POST /drivers/{driver}/points/adjustments",
      })
  void anotherOperatorsThings_areNotFound_butThePlatformSeesThem(String route) {
    Mine mine = Mine.make();
    String method = route.substring(0, route.indexOf(' '));
    String path =
        route
            .substring(route.indexOf(' ') + 1)
            .replace("{tier}", "" + mine.tier)
            .replace("{membership}", "" + mine.membership)
            .replace("{driver}", "" + mine.driver)
            .replace("{coupon}", "" + mine.coupon)
            .replace("{claim}", "" + mine.claim)
            .replace("{campaign}", "" + mine.campaign);
    String body = method.equals("GET") ? null : "{}";
    assertThat(on.web.call(on.other, method, path, body).status()).isEqualTo(404);
    if (method.equals("GET")) {
      assertThat(on.web.get(on.own, path).status()).isEqualTo(200);
      assertThat(on.web.get(on.admin, path).status()).isEqualTo(200);
      assertThat(on.web.get(on.admin, path + "?operator=2").status()).isEqualTo(404);
    }
  }

  /** One of each, of operator 1. */
  private record Mine(
      long tier, long membership, long coupon, long claim, long campaign, long driver) {

    private static Mine make() {
      long who = on.newDriver();
      long tier = on.tier("{\"name\":\"T\",\"rank\":1}");
      long coupon = on.coupon(PromotionWeb.TEN_OFF);
      on.web.post(on.own, "/coupons/" + coupon + "/codes", "{\"code\":\"MINE" + coupon + "\"}");
      return new Mine(
          tier,
          id(on.web.post(on.own, "/drivers/" + who + "/membership", "{\"tier\":" + tier + "}")),
          coupon,
          id(
              on.web.post(
                  on.own, "/drivers/" + who + "/coupons", "{\"code\":\"MINE" + coupon + "\"}")),
          on.campaign("\"kind\":\"by_hand\",\"coupon\":" + coupon),
          who);
    }
  }

  @Test
  void lists_showTheOwnOperatorsAlone_andCodesWorkThereAlone() {
    Mine mine = Mine.make();
    for (String path : List.of("/tiers", "/coupons", "/campaigns")) {
      assertThat(on.web.get(on.other, path).body().at("/items")).isEmpty();
      assertThat(on.web.get(on.admin, path).body().at("/items")).isNotEmpty();
      assertThat(on.web.get(on.admin, path + "?operator=2").body().at("/items")).isEmpty();
      assertBad(on.web.get(on.admin, path + "?operator=99"), "operator");
      assertThat(on.web.get(on.other, path + "?operator=1").status()).isEqualTo(403);
    }
    long theirs = id(on.web.post(on.other, "/drivers", "{\"name\":\"Anna\"}"));
    String code = "{\"code\":\"MINE" + mine.coupon + "\"}";
    assertBad(on.web.post(on.other, "/drivers/" + theirs + "/coupons", code), "code");
    String membership = "/drivers/" + theirs + "/membership";
    assertBad(on.web.post(on.other, membership, "{\"tier\":" + mine.tier + "}"), "tier");
    assertBad(
        on.web.call(
            on.other,
            "PUT",
            "/drivers/" + theirs + "/coupon-choice",
            "{\"claim\":" + mine.claim + "}"),
        "claim");
    assertBad(
        on.web.post(
            on.other,
            "/campaigns",
            "{\"name\":\"C\",\"kind\":\"by_hand\",\"coupon\":" + mine.coupon + "}"),
        "coupon");
    assertBad(
        on.web.post(
            on.other,
            "/coupons",
            "{\"name\":\"C\",\"kind\":\"KWH\",\"value\":1,\"sites\":[" + on.site + "]}"),
        "sites[0]");
  }

  @Test
  void repeatOfAKey_makesOneCoupon() {
    int before = DATABASE.dsl().fetchCount(Tables.COUPON);
    long first =
        id(on.web.post(on.own, "/coupons", PromotionWeb.TEN_OFF, "idempotency-key", "coupon once"));
    Reply again =
        on.web.post(on.own, "/coupons", PromotionWeb.TEN_OFF, "idempotency-key", "coupon once");
    assertThat(id(again)).isEqualTo(first);
    assertThat(again.raw().headers().firstValue("idempotent-replayed")).hasValue("true");
    assertThat(DATABASE.dsl().fetchCount(Tables.COUPON)).isEqualTo(before + 1);
  }
}
