package org.ampay.web;

import static org.ampay.web.PromotionWeb.assertBad;
import static org.ampay.web.PromotionWeb.assertConflict;
import static org.ampay.web.PromotionWeb.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.ampay.charging.StartGuard.Verdict;
import org.ampay.payment.MoneyWorld;
import org.ampay.store.TestDatabase;
import org.ampay.store.tables.Tables;
import org.ampay.web.WebFixture.Reply;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Promotions over real HTTP where they meet money: sessions, bills, wallets. */
class PromotionSessionApiTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final long SESSION = 1;

  private MoneyWorld world;
  private WebFixture web;
  private String own;
  private long driver;

  @BeforeEach
  void start() {
    world = MoneyWorld.onDatabase(DATABASE);
    // The world counts its ids by itself: the web's begin far above.
    DATABASE
        .dsl()
        .insertInto(Tables.ID_SEQUENCE)
        .set(Tables.ID_SEQUENCE.NAME, "web-test")
        .set(Tables.ID_SEQUENCE.NEXT_VALUE, 1_000_000L)
        .execute();
    web = new WebFixture(DATABASE.database());
    own = web.key(Role.OPERATOR_ADMIN, MoneyWorld.OPERATOR);
    driver = id(web.post(own, "/drivers", "{\"name\":\"Zhang Wei\"}"));
    topUp(8_000);
  }

  @AfterEach
  void stop() {
    assertThat(web.get(own, "/ledger/trial-balance").body().at("/balanced").asBoolean()).isTrue();
    web.close();
  }

  private void topUp(long minor) {
    Reply done = post("/wallet/top-ups", "{\"amount\":{\"minor\":" + minor + "}}");
    assertThat(done.status()).as(done.text()).isEqualTo(201);
  }

  private Reply post(String path, String body, String... headers) {
    return web.post(own, "/drivers/" + driver + path, body, headers);
  }

  private JsonNode get(String path) {
    Reply reply = web.get(own, "/drivers/" + driver + path);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.body();
  }

  private long balance() {
    return get("/wallet").at("/balance/minor").asLong();
  }

  private long claim(long coupon, String code) {
    web.post(own, "/coupons/" + coupon + "/codes", "{\"code\":\"" + code + "\"}");
    return id(post("/coupons", "{\"code\":\"" + code + "\"}"));
  }

  /** The world's nodes see what the web's have written. */
  private long hold() {
    Objects.requireNonNull(world.promotions).book.refresh();
    return ((Verdict.Granted) world.start(SESSION, driver)).holdId();
  }

  // ---- what a session shows ----

  @Test
  void session_showsItsTerms_theDiscountsOfItsBill_andWhatWasUsed_untilARefund() {
    long tier =
        id(
            web.post(
                own, "/tiers", "{\"name\":\"金卡\",\"rank\":1,\"discounts\":[{\"percent\":10}]}"));
    id(post("/membership", "{\"tier\":" + tier + "}"));
    long coupon =
        id(web.post(own, "/coupons", "{\"name\":\"立减 5\",\"kind\":\"AMOUNT\",\"value\":5}"));
    long claim = claim(coupon, "FIVEOFF");
    web.call(
        own,
        "PUT",
        "/points/programme",
        "{\"points_per_unit\":1,\"value\":0.01,\"max_percent\":50,\"funder\":\"site\"}");
    web.call(own, "PUT", "/drivers/" + driver + "/points/use", "{\"use\":true}");
    assertThat(post("/points/adjustments", "{\"points\":100,\"note\":\"hi\"}").status())
        .isEqualTo(201);

    long hold = hold();
    assertThat(get("/coupons").at("/items/0/state").asText()).isEqualTo("reserved");
    assertConflict(post("/coupons/" + claim + "/revoke", "{}"), "coupon-in-use");
    assertThat(get("/points").at("/reserved").asLong()).isEqualTo(100);
    world.finish(SESSION, driver, hold, "10");
    world.runJobs();

    JsonNode session = web.get(own, "/sessions/" + SESSION).body();
    assertThat(session.at("/terms/tier/name").asText()).isEqualTo("金卡");
    assertThat(session.at("/terms/coupons/0/claim_id").asLong()).isEqualTo(claim);
    assertThat(session.at("/terms/points/most").asLong()).isEqualTo(100);
    // 11.55, 10 % off, 5.00 off, 1.00 of points.
    assertThat(session.at("/total/minor").asLong()).isBetween(439L, 440L);
    assertLine(session, "TIER", "金卡", "operator");
    assertLine(session, "COUPON", "立减 5", "operator");
    JsonNode points = line(session, "POINTS");
    assertThat(points.at("/funder").asText()).isEqualTo("site");
    assertThat(points.at("/total/minor").asLong()).isEqualTo(-100);
    long sum = 0;
    for (JsonNode line : session.at("/bill_lines")) {
      sum += line.at("/total/minor").asLong();
    }
    assertThat(sum).isEqualTo(session.at("/total/minor").asLong());
    assertThat(session.at("/coupon_uses/0/claim").asLong()).isEqualTo(claim);
    assertThat(session.at("/coupon_uses/0/amount/minor").asLong()).isEqualTo(500);
    assertThat(session.at("/points/used").asLong()).isEqualTo(100);
    assertThat(get("/coupons").at("/items/0/state").asText()).isEqualTo("consumed");
    JsonNode use = web.get(own, "/coupons/" + coupon + "/uses").body().at("/items/0");
    assertThat(use.at("/session").asLong()).isEqualTo(SESSION);
    assertThat(use.at("/driver").asLong()).isEqualTo(driver);
    assertThat(use.at("/given_back_at").isNull()).isTrue();

    long settlement = world.settlement(SESSION).settlement().id();
    assertThat(web.post(own, "/settlements/" + settlement + "/refunds", "{}").status())
        .isEqualTo(201);
    world.runJobs();
    assertThat(get("/coupons").at("/items/0/state").asText()).isEqualTo("claimed");
    JsonNode after = web.get(own, "/sessions/" + SESSION).body();
    assertThat(after.at("/coupon_uses/0/given_back_at").isNull()).isFalse();
    assertThat(after.at("/points/given_back").asLong()).isEqualTo(100);
    assertThat(after.at("/points/taken_back")).isEqualTo(after.at("/points/earned"));
    assertThat(get("/points").at("/available").asLong()).isEqualTo(100);
    assertThat(balance()).isEqualTo(8_000);
  }

  private static JsonNode line(JsonNode session, String dimension) {
    for (JsonNode line : session.at("/bill_lines")) {
      if (line.at("/dimension").asText().equals(dimension)) {
        return line;
      }
    }
    throw new AssertionError("no line " + dimension + " in " + session.at("/bill_lines"));
  }

  private static void assertLine(JsonNode session, String dimension, String label, String funder) {
    JsonNode line = line(session, dimension);
    assertThat(line.at("/label").asText()).isEqualTo(label);
    assertThat(line.at("/funder").asText()).isEqualTo(funder);
    assertThat(line.at("/total/minor").asLong()).isNegative();
  }

  @Test
  void sessionWithoutPromotions_showsNone() {
    world.finish(SESSION, driver, hold(), "10");
    world.runJobs();
    JsonNode session = web.get(own, "/sessions/" + SESSION).body();
    assertThat(session.at("/terms").isNull()).isTrue();
    assertThat(session.at("/coupon_uses")).isEmpty();
    assertThat(session.at("/points").isNull()).isTrue();
    assertThat(session.at("/total/minor").asLong()).isEqualTo(1_155);
  }

  @Test
  void automaticDiscount_isSpentFromItsBudget_andListed() {
    long campaign =
        id(
            web.post(
                own,
                "/campaigns",
                "{\"name\":\"春\",\"kind\":\"discount\",\"budget\":{\"minor\":1000},"
                    + "\"benefit\":{\"kind\":\"AMOUNT\",\"value\":2}}"));
    long hold = hold();
    JsonNode running = web.get(own, "/campaigns/" + campaign).body();
    assertThat(running.at("/reserved/minor").asLong()).isEqualTo(200);
    assertBad(
        web.call(own, "PATCH", "/campaigns/" + campaign, "{\"budget\":{\"minor\":199}}"),
        "budget.minor");
    world.finish(SESSION, driver, hold, "10");
    world.runJobs();
    JsonNode over = web.get(own, "/campaigns/" + campaign).body();
    assertThat(over.at("/reserved/minor").asLong()).isZero();
    assertThat(over.at("/spent/minor").asLong()).isEqualTo(200);
    JsonNode use = web.get(own, "/campaigns/" + campaign + "/uses").body().at("/items/0");
    assertThat(use.at("/campaign").asLong()).isEqualTo(campaign);
    assertThat(use.at("/claim").isNull()).isTrue();
    assertThat(use.at("/amount/minor").asLong()).isEqualTo(200);
  }

  @Test
  void grant_givesTheCoupon_toDriversOfTheOperatorAlone() {
    web.otherOperator(2);
    String other = web.key(Role.OPERATOR_ADMIN, 2L);
    long stranger = id(web.post(other, "/drivers", "{\"name\":\"Anna\"}"));
    long coupon = id(web.post(own, "/coupons", "{\"name\":\"C\",\"kind\":\"KWH\",\"value\":5}"));
    long campaign =
        id(
            web.post(
                own,
                "/campaigns",
                "{\"name\":\"C\",\"kind\":\"by_hand\",\"coupon\":" + coupon + "}"));
    String grants = "/campaigns/" + campaign + "/grants";
    web.post(own, grants, "{\"drivers\":[" + driver + "," + stranger + ",987654]}");
    world.runJobs();
    JsonNode given = web.get(own, grants).body().at("/items");
    assertThat(given).hasSize(1);
    assertThat(given.at("/0/driver").asLong()).isEqualTo(driver);
    assertThat(given.at("/0/campaign").asLong()).isEqualTo(campaign);
    assertThat(web.get(own, "/campaigns/" + campaign).body().at("/granted").asInt()).isEqualTo(1);
    assertThat(get("/coupons").at("/items")).hasSize(1);
    assertThat(web.get(other, "/drivers/" + stranger + "/coupons").body().at("/items")).isEmpty();
  }

  // ---- bought memberships ----

  @Test
  void membership_isBoughtOnce_paidFromTheWallet_andPaidBackInParts() {
    long tier =
        id(
            web.post(
                own,
                "/tiers",
                "{\"name\":\"T\",\"rank\":1,\"fee\":{\"price\":{\"minor\":990},\"months\":1,"
                    + "\"vat_percent\":10}}"));
    String body = "{\"tier\":" + tier + "}";
    Reply bought = post("/membership/purchases", body, "idempotency-key", "buy");
    long membership = id(bought);
    assertThat(bought.body().at("/source").asText()).isEqualTo("paid");
    assertThat(bought.body().at("/tax/minor").asLong()).isEqualTo(90);
    assertThat(id(post("/membership/purchases", body, "idempotency-key", "buy")))
        .isEqualTo(membership);
    DATABASE.dsl().deleteFrom(Tables.IDEMPOTENT_ANSWER).execute();
    assertThat(id(post("/membership/purchases", body, "idempotency-key", "buy")))
        .isEqualTo(membership);
    assertThat(balance()).isEqualTo(7_010);
    assertThat(get("/membership").at("/current/id").asLong()).isEqualTo(tier);

    String refunds = "/membership/" + membership + "/refunds";
    assertBad(post(refunds, "{\"amount\":{\"minor\":991}}"), "amount");
    assertBad(post(refunds, "{\"amount\":{\"currency\":\"EUR\",\"minor\":1}}"), "amount.currency");
    Reply part = post(refunds, "{\"amount\":{\"minor\":490}}");
    assertThat(part.body().at("/refunded/minor").asLong()).isEqualTo(490);
    assertThat(balance()).isEqualTo(7_500);
    Reply rest = post(refunds, "{}");
    assertThat(rest.status()).as(rest.text()).isEqualTo(201);
    assertThat(rest.body().at("/ended_at").isNull()).isFalse();
    assertThat(balance()).isEqualTo(8_000);
    assertBad(post(refunds, "{}"), "amount");
  }

  @Test
  void membership_isNotBought_withoutTheMoney_norWhereItIsNotSold() {
    long dear =
        id(
            web.post(
                own,
                "/tiers",
                "{\"name\":\"D\",\"rank\":1,\"fee\":{\"price\":{\"minor\":8001},\"months\":1}}"));
    long free = id(web.post(own, "/tiers", "{\"name\":\"F\",\"rank\":2}"));
    Reply tooDear = post("/membership/purchases", "{\"tier\":" + dear + "}");
    assertConflict(tooDear, "not-enough-money");
    assertThat(tooDear.text()).contains("80.01 CNY", "80.00 CNY");
    assertConflict(post("/membership/purchases", "{\"tier\":" + free + "}"), "not-for-sale");
    assertBad(post("/membership/purchases", "{\"tier\":987654}"), "tier");
    assertThat(balance()).isEqualTo(8_000);
    assertThat(get("/membership").at("/memberships")).isEmpty();
  }
}
