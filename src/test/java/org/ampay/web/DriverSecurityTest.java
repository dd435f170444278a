package org.ampay.web;

import static org.ampay.store.tables.Tables.PAYMENT_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.station.StationInfo;
import org.ampay.store.TestDatabase;
import org.ampay.web.OrderRows.Draft;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the driver's pages do with input that is not meant well. */
class DriverSecurityTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String WAY = "wechat-901-prepaid-qr";
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final Pattern COOKIE = Pattern.compile("ampay_pay=([^;]+);");

  private static WebFixture web;
  private static OrderRows rows;
  private static DriverWorld world;

  @BeforeAll
  static void start() {
    web = new WebFixture(DATABASE.database());
    world = new DriverWorld(web, new ConsoleWorld(web));
    rows = world.rows();
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private static StationInfo station(String identity) {
    return web.inventory.byIdentity(identity).orElseThrow();
  }

  private static HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(web.url(path)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return web.send(request.build());
  }

  private static HttpRequest.Builder post(String path, String cookie, String body) {
    return HttpRequest.newBuilder(URI.create(web.url(path)))
        .header("cookie", cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  /** A form that was loaded: its cookie and its token. */
  private record Loaded(String cookie, String token) {
    static Loaded of(String path) {
      HttpResponse<String> page = get(path);
      return new Loaded(
          "ampay_pay=" + first(COOKIE, page.headers().firstValue("set-cookie").orElse("")),
          first(CSRF, page.body()));
    }

    private static String first(Pattern pattern, String text) {
      Matcher matcher = pattern.matcher(text);
      assertThat(matcher.find()).as(text).isTrue();
      return matcher.group(1);
    }

    HttpResponse<String> send(String path, String body) {
      return web.send(post(path, cookie, "_csrf=" + token + "&" + body).build());
    }
  }

  private static int ordersAt(StationInfo station) {
    return web.database.dsl().fetchCount(PAYMENT_ORDER, PAYMENT_ORDER.STATION_ID.eq(station.id()));
  }

  @Test
  void noPage_isKeptOrIndexed_orTellsWhereItIs() {
    world
        .pages()
        .forEach(
            (name, path) -> {
              HttpResponse<String> page = get(path);
              assertThat(page.headers().firstValue("x-robots-tag"))
                  .as(name)
                  .hasValue("noindex, nofollow");
              assertThat(page.headers().firstValue("cache-control")).hasValue("no-store");
              assertThat(page.headers().firstValue("referrer-policy")).hasValue("same-origin");
              assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                  .contains("default-src 'none'", "form-action 'self'");
              assertThat(page.headers().firstValue("set-cookie").orElse(""))
                  .contains("HttpOnly", "SameSite=Lax", "Path=/pay");
            });
  }

  @Test
  void formOfAnotherSite_makesNoOrder() {
    StationInfo station = station("SH-HQ-0006");
    String path = world.point(station);
    Loaded form = Loaded.of(path);
    String body = "way=" + WAY + "&amount=5000&key=abcdefghijklmnopqrstuvwxyz";
    assertThat(web.send(post(path, "", body).build()).statusCode()).isEqualTo(403);
    assertThat(web.send(post(path, form.cookie(), body).build()).statusCode()).isEqualTo(403);
    String right = "_csrf=" + form.token() + "&" + body;
    assertThat(web.send(post(path, "ampay_pay=other", right).build()).statusCode()).isEqualTo(403);
    HttpRequest crossed =
        post(path, form.cookie(), right).header("sec-fetch-site", "cross-site").build();
    assertThat(web.send(crossed).statusCode()).isEqualTo(403);
    assertThat(ordersAt(station)).isZero();
    assertThat(form.send(path, body).statusCode()).isEqualTo(303);
    assertThat(form.send(path, body).statusCode()).as("sent twice").isEqualTo(303);
    assertThat(ordersAt(station)).isEqualTo(1);
  }

  @Test
  void cancelAndStop_needTheToken() {
    String code = rows.order(Draft.of(station("SH-HQ-0003"), State.CHARGING, null, 5_000));
    for (String act : new String[] {"cancel", "stop", "refresh"}) {
      String path = "/pay/orders/" + code + "/" + act;
      assertThat(web.send(post(path, "", "").build()).statusCode()).as(act).isEqualTo(403);
      assertThat(get(path).statusCode()).as("by a link").isIn(404, 405);
    }
    assertThat(
            web.database
                .dsl()
                .select(PAYMENT_ORDER.WISH)
                .from(PAYMENT_ORDER)
                .where(PAYMENT_ORDER.CODE.eq(code))
                .fetchSingle(PAYMENT_ORDER.WISH))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amount=0",
        "amount=-5000",
        "amount=1e5",
        "amount=99999999999",
        "amount=9999999999999",
        "amount=other&other=",
        "amount=other&other=1.234",
        "amount=other&other=0",
        "amount=other&other=1,000.00",
        "amount=other&other=NaN",
        "",
        "amount=5000&way=stripe-1-x"
      })
  void oddAmountsAndWays_areExplained_andMakeNoOrder(String odd) {
    StationInfo station = station("SH-HQ-0009");
    String path = world.point(station);
    String body = odd.contains("way=") ? odd : "way=" + WAY + "&" + odd;
    HttpResponse<String> answer = Loaded.of(path).send(path, body);
    assertThat(answer.statusCode()).isIn(400, 429);
    assertThat(answer.body()).contains(answer.statusCode() == 429 ? "Too many" : "id=\"error\"");
    assertThat(ordersAt(station)).isZero();
  }

  @Test
  void tooManyOrdersAtAPoint_areRefused() {
    StationInfo station = station("SH-HQ-0011");
    String path = world.point(station);
    Loaded form = Loaded.of(path);
    int status = 0;
    for (int i = 0; i < 12 && status != 429; i++) {
      status = form.send(path, "way=none").statusCode();
    }
    assertThat(status).isEqualTo(429);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "%00",
        "a%2Fb",
        "..%2f..",
        "o000000000000000000000'",
        "zzzzzzzzzzzzzzzzzzzzzz"
      })
  void unknownOrders_areNotThere(String code) {
    HttpResponse<String> answer = get("/pay/orders/" + code);
    assertThat(answer.statusCode()).isIn(400, 404);
    assertThat(answer.body()).doesNotContain("Exception");
  }

  @Test
  void oddCodesOfPoints_areShownAsText() {
    String odd = URLEncoder.encode("<b>\u202Eabc", StandardCharsets.UTF_8);
    HttpResponse<String> answer = get("/pay/" + odd);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("&lt;b&gt;\\u202eabc").doesNotContain("<b>");
  }

  @Test
  void unchangedOrder_isNotSentAgain_andIsReadWithoutScripts() {
    String code = rows.order(Draft.of(station("SH-HQ-0003"), State.STARTING, null, 5_000));
    String page = get("/pay/orders/" + code).body();
    assertThat(page).contains("<noscript><meta http-equiv=\"refresh\"");
    Matcher seen = Pattern.compile("now\\?seen=([0-9a-f]+)").matcher(page);
    assertThat(seen.find()).isTrue();
    String now = "/pay/orders/" + code + "/now?seen=";
    assertThat(get(now + seen.group(1)).statusCode()).isEqualTo(204);
    assertThat(get(now + "00").body()).contains("id=\"told\"").doesNotContain("<html");
  }

  @Test
  void scannedAgain_bringsBackToTheOwnOrder() {
    StationInfo station = station("SH-HQ-0003");
    String code = rows.order(Draft.of(station, State.CHARGING, null, 5_000));
    HttpResponse<String> answer = get(world.point(station), "cookie", "ampay_order=" + code);
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("location")).hasValue("/pay/orders/" + code);
  }

  @Test
  void language_isChosenByALink() {
    HttpResponse<String> answer = get("/pay?lang=zh-CN", "accept-language", "en");
    assertThat(answer.statusCode()).isEqualTo(303);
    String cookie = answer.headers().firstValue("set-cookie").orElse("").replaceFirst(";.*", "");
    assertThat(get("/pay", "accept-language", "en", "cookie", cookie).body()).contains("手机扫码充电");
  }
}
