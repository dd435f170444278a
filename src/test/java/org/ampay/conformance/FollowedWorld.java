package org.ampay.conformance;

import java.math.BigDecimal;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ampay.app.Foundation;
import org.ampay.audit.AuditLog;
import org.ampay.billing.promotion.Benefit;
import org.ampay.billing.promotion.Coupon;
import org.ampay.billing.promotion.Coupons;
import org.ampay.billing.promotion.Parts;
import org.ampay.billing.promotion.PointsProgramme;
import org.ampay.billing.promotion.PromotionBook;
import org.ampay.billing.promotion.Promotions;
import org.ampay.billing.promotion.Scope;
import org.ampay.billing.promotion.Tier;
import org.ampay.billing.promotion.Who;
import org.ampay.ledger.Journals;
import org.ampay.ledger.SqlLedgerStore;
import org.ampay.station.Inventory;
import org.ampay.station.Operator;
import org.ampay.store.JobSignal;
import org.ampay.store.SqlJobStore;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.Funder;
import org.ampay.tariff.TierDiscount;
import org.ampay.web.people.People;
import org.ampay.web.people.Role;

/** A server with an operator a currency, drivers with benefits, and somebody at its console. */
final class FollowedWorld implements AutoCloseable {

  private static final Who WHO = new Who("test:followed", false);
  private static final String EMAIL = "root@example.com";
  private static final String PASSWORD = "a long password, really";
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final Map<String, Long> OPERATORS = Map.of("CNY", 1L, "JPY", 2L, "KWD", 3L);

  final ScenarioServer server = ScenarioServer.start(Map.of());
  final ScenarioApi api = server.api();
  private final Promotions promotions;
  private final Tier gold;
  private final Coupon five;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient browser = HttpClient.newBuilder().cookieHandler(cookies).build();

  FollowedWorld() {
    Foundation on = server.server().foundation();
    Inventory inventory = new Inventory(on.database(), on.ids(), on.time(), on.passwords());
    inventory.createOperator(new Operator(2, "Nippon", "JP", "NIP", "JPY", 5_000));
    inventory.createOperator(new Operator(3, "Kuwait", "KW", "KUW", "KWD", 5_000));
    promotions =
        Promotions.of(
            new Parts(
                on.database().transactor(),
                new PromotionBook(on.database(), on.time()),
                new AuditLog(on.database(), on.time()),
                new Journals(new SqlLedgerStore(), on.idSource("money"), on.time()),
                new SqlJobStore(on.idSource("jobs"), on.time(), new JobSignal()),
                on.idSource("money"),
                on.time(),
                on.random()));
    gold =
        promotions
            .tiers()
            .create(
                1,
                new Tier.Spec(
                    "gold",
                    1,
                    List.of(new TierDiscount(Set.of(), BigDecimal.TEN)),
                    BigDecimal.ONE,
                    Funder.OPERATOR,
                    null,
                    null),
                WHO);
    five =
        promotions
            .coupons()
            .create(
                1,
                new Coupon.Spec(
                    "five",
                    new Benefit(
                        CouponTerm.Kind.AMOUNT, BigDecimal.valueOf(5), null, null, Set.of()),
                    Scope.ALL,
                    new Coupon.Limits(100, null, null),
                    Funder.OPERATOR),
                WHO);
    promotions
        .points()
        .setProgramme(
            1,
            new PointsProgramme.Spec(
                BigDecimal.ONE,
                Set.of(),
                new BigDecimal("0.01"),
                BigDecimal.valueOf(50),
                12,
                Funder.OPERATOR),
            true,
            WHO);
    people(on).createUser(EMAIL, Role.ADMIN, null, PASSWORD, "test");
    signIn();
  }

  private static People people(Foundation on) {
    AuditLog audit = new AuditLog(on.database(), on.time());
    return new People(on.database(), on.ids(), on.time(), audit, on.random());
  }

  static long operator(String currency) {
    return OPERATORS.getOrDefault(currency, 0L);
  }

  /** A driver's token, its driver, and what is in the wallet. */
  record Payer(String token, long driver) {
    static final long WALLET = 1_000_000;
  }

  Payer payer(FollowedKind kind) {
    long operator = operator(kind.currency());
    String uid = Unique.token();
    Map<String, Object> body = new HashMap<>(Map.of("name", uid, "operator", operator));
    body.put("language", "en");
    long driver = api.post("/drivers", body).expect(201).path("id").asLong();
    api.post(
            "/drivers/" + driver + "/wallet/top-ups",
            Map.of("amount", Map.of("minor", Payer.WALLET)))
        .expect(201);
    api.token(Map.of("uid", uid, "driver", driver, "type", "ISO14443", "operator", operator));
    if (kind == FollowedKind.BENEFITS) {
      benefits(driver);
    }
    return new Payer(uid, driver);
  }

  private void benefits(long driver) {
    promotions.tiers().put(1, driver, gold.id(), null, WHO).orElseThrow();
    // The session began yesterday, and so did the membership.
    server
        .server()
        .foundation()
        .database()
        .dsl()
        .execute("UPDATE membership SET valid_from = '2020-01-01' WHERE driver_id = ?", driver);
    promotions.points().usePoints(1, driver, true, WHO);
    String code =
        promotions.coupons().generate(1, five.id(), 1, WHO).orElseThrow().codes().getFirst();
    if (!(promotions.coupons().claim(1, driver, code, WHO) instanceof Coupons.Claimed.Done)) {
      throw new AssertionError("the coupon was not given");
    }
    promotions.points().adjust(1, driver, 300, "for the test", WHO);
  }

  /** A station of the operator on which the kind's prices hold and costs are shown. */
  Setup station(FollowedKind kind) {
    return Setup.on(server).with("operator", operator(kind.currency()));
  }

  void prices(ScenarioStation station, FollowedKind kind) {
    Map<String, Object> body = new HashMap<>(map(kind.json()));
    body.put("operator", operator(kind.currency()));
    long tariff = api.post("/tariffs", body).expect(201).path("id").asLong();
    api.assign(tariff, "station", station.identity());
    api.put("/stations/" + station.identity() + "/cost-display", "{\"shows\": true}").expect(200);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(String json) {
    return ScenarioApi.JSON.convertValue(ScenarioApi.tree(json), Map.class);
  }

  private void signIn() {
    Matcher form = CSRF.matcher(page("/sign-in"));
    if (!form.find()) {
      throw new AssertionError("no form to sign in");
    }
    String body =
        "_csrf="
            + encoded(form.group(1))
            + "&email="
            + encoded(EMAIL)
            + "&password="
            + encoded(PASSWORD)
            + "&next=/";
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(at("/sign-in"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    if (answer.statusCode() != 303) {
      throw new AssertionError("not signed in: " + answer.statusCode());
    }
  }

  /** A page of the console, as somebody sees it who looks at that operator. */
  String page(String currency, String path) {
    HttpCookie chosen = new HttpCookie("ampay_operator", String.valueOf(operator(currency)));
    chosen.setPath("/");
    chosen.setVersion(0);
    cookies.getCookieStore().add(api.base(), chosen);
    return page(path);
  }

  private String page(String path) {
    return send(HttpRequest.newBuilder(at(path)).header("Accept-Language", "en")).body();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private URI at(String path) {
    return api.base().resolve(path);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
  }
}
