package org.ampay.web;

import static org.ampay.web.PromotionWeb.assertBad;
import static org.ampay.web.PromotionWeb.assertConflict;
import static org.ampay.web.PromotionWeb.id;
import static org.ampay.web.PromotionWeb.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.ampay.store.TestDatabase;
import org.ampay.store.tables.Tables;
import org.ampay.web.WebFixture.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Coupons over real HTTP. */
class CouponApiTest {

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

  // ---- coupons ----

  @Test
  void coupon_isMadeReadListedAndChanged() {
    String body =
        """
        {"name":"夜间九折","kind":"PERCENT","value":10,"cap":8.5,"costs":["ENERGY","SERVICE"],
         "valid_from":"2026-01-01T00:00:00Z","valid_until":"2027-01-01T00:00:00Z",
         "sites":[%d],"windows":[{"day_of_week":["SATURDAY"],"start_time":"22:00",
         "end_time":"08:00"}],"total":500,"days_valid":30,"funder":"site"}
        """
            .formatted(on.site);
    Reply made = on.web.post(on.own, "/coupons", body);
    long coupon = id(made);
    JsonNode read = on.web.get(on.own, "/coupons/" + coupon).body();
    assertThat(read).isEqualTo(made.body());
    assertThat(read.at("/per_user").asInt()).isEqualTo(1);
    assertThat(read.at("/cap").asText()).isEqualTo("8.5");
    assertThat(read.at("/windows/0/end_time").asText()).isEqualTo("08:00");
    assertThat(read.at("/sites/0").asLong()).isEqualTo(on.site);

    Reply changed =
        on.web.call(
            on.own,
            "PATCH",
            "/coupons/" + coupon,
            "{\"cap\":null,\"value\":12,\"sites\":[],\"state\":\"paused\"}");
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    JsonNode now = on.web.get(on.own, "/coupons/" + coupon).body();
    assertThat(now.at("/cap").isNull()).isTrue();
    assertThat(now.at("/value").asInt()).isEqualTo(12);
    assertThat(now.at("/sites")).isEmpty();
    assertThat(now.at("/state").asText()).isEqualTo("paused");
    assertThat(now.at("/windows")).isEqualTo(read.at("/windows"));
    assertThat(now.at("/valid_until")).isEqualTo(read.at("/valid_until"));
    assertThat(now.at("/funder").asText()).isEqualTo("site");
    assertThat(on.audit("coupon.update", "coupon:" + coupon)).hasSize(1);

    String path = "/coupons/" + coupon;
    assertBad(on.web.call(on.own, "PATCH", path, "{\"value\":101}"), "value");
    assertBad(on.web.call(on.own, "PATCH", path, "{\"colour\":1}"), "colour");
    assertBad(on.web.call(on.own, "PATCH", path, "{\"name\":null}"), "name");
    assertBad(on.web.call(on.own, "PATCH", path, "{\"operator\":1}"), "operator");
    assertThat(on.web.call(on.own, "PATCH", path, "[]").status()).isEqualTo(400);
    assertThat(on.web.get(on.own, path).body()).isEqualTo(now);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"name\":\" \"|name",
        "\"kind\":\"GIFT\"|kind",
        "\"kind\":\"amount\"|kind",
        "\"value\":0|value",
        "\"value\":-1|value",
        "\"value\":\"10\"|value",
        "\"value\":1.00001|value",
        "\"value\":1e300|value",
        "\"kind\":\"PERCENT\",\"value\":101|value",
        "\"cap\":5|cap",
        "\"kind\":\"PERCENT\",\"cap\":0|cap",
        "\"min_spend\":-1|min_spend",
        "\"kind\":\"KWH\",\"costs\":[\"ENERGY\"]|costs",
        "\"costs\":[\"ENERGY\",\"TEA\"]|costs[1]",
        "\"valid_from\":\"soon\"|valid_from",
        "\"valid_from\":\"2026-02-01T00:00:00Z\",\"valid_until\":\"2026-02-01T00:00:00Z\"|valid_until",
        "\"sites\":[424242]|sites[0]",
        "\"sites\":[\"east\"]|sites[0]",
        "\"windows\":[{\"start_time\":\"24:00\",\"end_time\":\"08:00\"}]|windows[0].start_time",
        "\"windows\":[{\"start_time\":\"8:00\",\"end_time\":\"09:00\"}]|windows[0].start_time",
        "\"windows\":[{\"start_time\":\"08:00\"}]|windows[0].end_time",
        "\"windows\":[{\"day_of_week\":[\"FUNDAY\"],\"start_time\":\"08:00\",\"end_time\":\"09:00\"}]|windows[0].day_of_week[0]",
        "\"per_user\":0|per_user",
        "\"per_user\":1001|per_user",
        "\"total\":0|total",
        "\"days_valid\":3661|days_valid",
        "\"funder\":\"platform\"|funder",
        "\"funder\":\"OPERATOR\"|funder",
        "\"state\":\"paused\"|state",
        "\"state\":\"gone\"|state",
        "\"per_person\":1|per_person",
      })
  void badCoupon_namesTheField(String more, String field) {
    StringBuilder body = new StringBuilder("{").append(more);
    for (String part : List.of("\"name\":\"C\"", "\"kind\":\"AMOUNT\"", "\"value\":10")) {
      if (!more.contains(part.substring(0, part.indexOf(':')) + ":")) {
        body.append(',').append(part);
      }
    }
    int before = DATABASE.dsl().fetchCount(Tables.COUPON);
    assertBad(on.web.post(on.own, "/coupons", body.append('}').toString()), field);
    assertThat(DATABASE.dsl().fetchCount(Tables.COUPON)).isEqualTo(before);
  }

  @Test
  void sharedCode_isClaimedAsOftenAsADriverMay_andCannotBeTakenTwice() {
    long someone = on.newDriver();
    long coupon = on.coupon(PromotionWeb.TEN_OFF);
    String codes = "/coupons/" + coupon + "/codes";
    Reply shared = on.web.post(on.own, codes, "{\"code\":\"spring-26\"}");
    assertThat(shared.status()).as(shared.text()).isEqualTo(201);
    assertThat(shared.body().at("/shared_code").asText()).isEqualTo("SPRING26");
    long second = on.coupon(PromotionWeb.TEN_OFF);
    Reply taken = on.web.post(on.own, "/coupons/" + second + "/codes", "{\"code\":\"SPRING26\"}");
    assertConflict(taken, "conflict");
    assertThat(taken.field()).isEqualTo("code");
    assertThat(on.audit("coupon.code", "coupon:" + coupon))
        .singleElement()
        .satisfies(entry -> assertThat(entry.detail()).doesNotContainIgnoringCase("SPRING26"));

    String path = "/drivers/" + someone + "/coupons";
    long first = id(on.web.post(on.own, path, "{\"code\":\" Spring 26 \"}"));
    long next = id(on.web.post(on.own, path, "{\"code\":\"SPRING26\"}"));
    assertConflict(on.web.post(on.own, path, "{\"code\":\"SPRING26\"}"), "coupon-limit");
    assertThat(ids(on.web.get(on.own, path).body().at("/items"))).containsExactly(next, first);
    assertThat(ids(on.web.get(on.own, "/coupons/" + coupon + "/claims").body().at("/items")))
        .containsExactly(next, first);
    assertThat(on.web.get(on.own, "/coupons/" + coupon).body().at("/claimed").asInt()).isEqualTo(2);

    assertThat(on.web.raw(on.own, "DELETE", codes, null).statusCode()).isEqualTo(204);
    assertThat(on.web.call(on.own, "DELETE", codes, null).status()).isEqualTo(404);
    assertBad(on.web.post(on.own, path, "{\"code\":\"SPRING26\"}"), "code");
  }

  @Test
  void bulkCodes_areShownOnce_storedAsHashes_andClaimedOnce() {
    long coupon = on.coupon(PromotionWeb.TEN_OFF);
    String codes = "/coupons/" + coupon + "/codes";
    Reply made = on.web.post(on.own, codes, "{\"count\":50}", "idempotency-key", "bulk " + coupon);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    List<String> all = new ArrayList<>();
    made.body().at("/codes").forEach(code -> all.add(code.asText()));
    assertThat(new HashSet<>(all)).hasSize(50);
    assertConflict(
        on.web.post(on.own, codes, "{\"count\":50}", "idempotency-key", "bulk " + coupon),
        "secret-not-kept");
    assertThat(DATABASE.dsl().fetch("SELECT body FROM idempotent_answer").formatCSV())
        .doesNotContain(all.getFirst());
    assertThat(
            DATABASE.dsl().fetchCount(Tables.COUPON_CODE, Tables.COUPON_CODE.COUPON_ID.eq(coupon)))
        .isEqualTo(50);

    long someone = on.newDriver();
    String code = "{\"code\":\"" + all.getFirst().toLowerCase(java.util.Locale.ROOT) + "\"}";
    long claim = id(on.web.post(on.own, "/drivers/" + someone + "/coupons", code));
    assertThat(id(on.web.post(on.own, "/drivers/" + someone + "/coupons", code))).isEqualTo(claim);
    assertBad(on.web.post(on.own, "/drivers/" + on.driver + "/coupons", code), "code");
    assertBad(
        on.web.post(on.own, "/drivers/" + on.driver + "/coupons", "{\"code\":\"NOSUCH\"}"), "code");
    assertBad(
        on.web.post(on.own, "/drivers/" + on.driver + "/coupons", "{\"code\":\"  \"}"), "code");
    JsonNode batches = on.web.get(on.own, "/coupons/" + coupon + "/batches").body().at("/items");
    assertThat(batches.at("/0/codes").asInt()).isEqualTo(50);
    assertThat(batches.at("/0/used").asInt()).isEqualTo(1);
    assertThat(on.web.audit.list(1L, Long.MAX_VALUE, 1_000))
        .noneMatch(entry -> all.stream().anyMatch(entry.detail()::contains));
  }

  @Test
  void bulkCodes_asCsv_haveOneALine() {
    long coupon = on.coupon(PromotionWeb.TEN_OFF);
    HttpResponse<String> sheet =
        on.web.raw(
            on.own, "POST", "/coupons/" + coupon + "/codes", "{\"count\":3,\"format\":\"csv\"}");
    assertThat(sheet.statusCode()).isEqualTo(201);
    assertThat(sheet.headers().firstValue("content-type")).hasValue("text/csv; charset=utf-8");
    assertThat(sheet.headers().firstValue("content-disposition").orElse(""))
        .startsWith("attachment; filename=\"codes-");
    List<String> lines = sheet.body().lines().toList();
    assertThat(lines).hasSize(4).first().isEqualTo("code");
    id(
        on.web.post(
            on.own,
            "/drivers/" + on.newDriver() + "/coupons",
            "{\"code\":\"" + lines.get(3) + "\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|count",
        "{\"count\":0}|count",
        "{\"count\":100001}|count",
        "{\"count\":1,\"code\":\"ABCDE\"}|count",
        "{\"count\":1,\"format\":\"xml\"}|format",
        "{\"code\":\"ABCDE\",\"format\":\"csv\"}|format",
        "{\"code\":\"abc\"}|code",
        "{\"code\":\"ABCDEFGHIJKLMNOPQRSTUVWXYZ12345\"}|code",
        "{\"code\":\"A/B!C\"}|code",
      })
  void badCodes_nameTheField(String body, String field) {
    long coupon = on.coupon(PromotionWeb.TEN_OFF);
    assertBad(on.web.post(on.own, "/coupons/" + coupon + "/codes", body), field);
  }

  @Test
  void claim_endsWithTheCouponsNumberAndPause() {
    long coupon = on.coupon("{\"name\":\"One\",\"kind\":\"KWH\",\"value\":5,\"total\":1}");
    on.web.post(on.own, "/coupons/" + coupon + "/codes", "{\"code\":\"ONLYONE\"}");
    String code = "{\"code\":\"ONLYONE\"}";
    id(on.web.post(on.own, "/drivers/" + on.newDriver() + "/coupons", code));
    String path = "/drivers/" + on.newDriver() + "/coupons";
    assertConflict(on.web.post(on.own, path, code), "coupon-used-up");
    Reply paused =
        on.web.call(on.own, "PATCH", "/coupons/" + coupon, "{\"state\":\"paused\",\"total\":5}");
    assertThat(paused.status()).as(paused.text()).isEqualTo(200);
    assertConflict(on.web.post(on.own, path, code), "coupon-not-now");
    on.web.call(on.own, "PATCH", "/coupons/" + coupon, "{\"state\":\"active\"}");
    id(on.web.post(on.own, path, code));
  }

  @Test
  void driversCoupon_isChosenAndRevoked() {
    long someone = on.newDriver();
    long coupon = on.coupon(PromotionWeb.TEN_OFF);
    on.web.post(on.own, "/coupons/" + coupon + "/codes", "{\"code\":\"CHOOSE" + coupon + "\"}");
    String code = "{\"code\":\"CHOOSE" + coupon + "\"}";
    long claim = id(on.web.post(on.own, "/drivers/" + someone + "/coupons", code));
    String choice = "/drivers/" + someone + "/coupon-choice";
    assertThat(on.web.get(on.own, choice).body().at("/claim").isNull()).isTrue();
    assertThat(on.web.call(on.own, "PUT", choice, "{\"claim\":" + claim + "}").status())
        .isEqualTo(200);
    assertThat(on.web.get(on.own, choice).body().at("/claim").asLong()).isEqualTo(claim);
    assertBad(on.web.call(on.own, "PUT", choice, "{\"claim\":123456}"), "claim");
    String others = "/drivers/" + on.driver + "/coupon-choice";
    assertBad(on.web.call(on.own, "PUT", others, "{\"claim\":" + claim + "}"), "claim");
    assertThat(on.web.call(on.own, "PUT", choice, "{\"claim\":null}").body().at("/claim").isNull())
        .isTrue();

    String revoke = "/coupons/" + claim + "/revoke";
    assertThat(on.web.post(on.own, "/drivers/" + on.driver + revoke, "{}").status()).isEqualTo(404);
    Reply gone = on.web.post(on.own, "/drivers/" + someone + revoke, "{}");
    assertThat(gone.body().at("/state").asText()).isEqualTo("revoked");
    assertConflict(on.web.post(on.own, "/drivers/" + someone + revoke, "{}"), "coupon-in-use");
    assertThat(on.audit("coupon.revoke", "coupon:" + coupon)).hasSize(1);
  }

  @Test
  void coupons_arePaged_newestFirst() {
    List<Long> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.addFirst(on.coupon(PromotionWeb.TEN_OFF));
    }
    List<Long> read = new ArrayList<>();
    String cursor = "";
    for (int page = 0; page < 3; page++) {
      JsonNode body = on.web.get(on.own, "/coupons?limit=2" + cursor).body();
      assertThat(body.at("/items")).hasSize(2);
      read.addAll(ids(body.at("/items")));
      cursor = "&cursor=" + body.at("/next").asText();
    }
    assertThat(read.subList(0, 5)).isEqualTo(made);
    assertBad(on.web.get(on.own, "/coupons?limit=1001"), "limit");
    assertBad(on.web.get(on.own, "/coupons?cursor=zzz"), "cursor");
    assertBad(on.web.get(on.own, "/coupons?colour=red"), "colour");
  }
}
