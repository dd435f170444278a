package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.SelectOption;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.ampay.store.TestDatabase;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The promotions of the console in a real browser. */
class PromotionConsoleTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static WebFixture web;
  private static ConsoleWorld world;
  private static Browsers browsers;

  @BeforeAll
  static void start() {
    web = new WebFixture(DATABASE.database());
    world = new ConsoleWorld(web);
    browsers = new Browsers();
  }

  @AfterAll
  static void stop() {
    browsers.close();
    web.close();
  }

  private static String newCoupon(Page page, String name) {
    page.navigate(web.url("/promotions/coupons/new"));
    page.fill("#f-name", name);
    page.fill("#f-value", "10");
    page.fill("#f-min_spend", "30");
    page.click("#coupon .btn-primary");
    page.waitForSelector("#claims");
    return page.url();
  }

  private static String newCampaign(Page page, String name) {
    page.navigate(web.url("/promotions/campaigns/new"));
    page.fill("#f-name", name);
    page.fill("#f-value", "20");
    page.fill("#f-cap", "5");
    page.fill("#f-budget_minor", "1000");
    page.click("#campaign .btn-primary");
    page.waitForSelector("#uses");
    return page.url();
  }

  private static List<String> actions() {
    return web.audit.list(1, Long.MAX_VALUE, 200).stream().map(entry -> entry.action()).toList();
  }

  @Test
  void coupon_isMadeShared_andClaimedForADriver() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      String coupon = newCoupon(page, "Ten off");
      assertThat(page.textContent("#content")).contains("¥10.00 off · from ¥30.00");
      page.fill("#f-code", "SPRING10");
      page.click("#share .btn-primary");
      assertThat(page.textContent(".datagrid")).contains("SPRING10");

      page.navigate(web.url("/drivers/" + world.driver));
      page.fill("#f-code", "NOSUCHCODE");
      page.click("form[action$='/promotions/claim'] button");
      assertThat(page.textContent("#error-code")).contains("no such code");
      assertThat(page.inputValue("#f-code")).isEqualTo("NOSUCHCODE");
      page.fill("#f-code", "spring10");
      page.click("form[action$='/promotions/claim'] button");
      assertThat(page.textContent("#coupons .list-group")).contains("Ten off").contains("Claimed");
      assertThat(web.promotions.coupons().ofDriver(1, world.driver, Long.MAX_VALUE, 10))
          .anyMatch(claim -> coupon.endsWith("/" + claim.couponId()));
      assertThat(actions()).contains("coupon.create", "coupon.code", "coupon.claim");

      page.navigate(coupon);
      assertThat(page.textContent("#claims")).contains("Claimed");
      page.click("button[name=state]");
      assertThat(page.textContent(".datagrid")).contains("Paused");

      page.navigate(web.url("/drivers/" + world.driver));
      page.click("form[action$='/promotions/revoke'] button");
      assertThat(page.textContent("#coupons .list-group")).contains("Revoked");
      assertThat(actions()).contains("coupon.update", "coupon.revoke");
    }
  }

  @Test
  void wrongField_isNamed_andNothingTypedIsLost() {
    try (Browsers.Window window = browsers.open(390, 844, "zh-CN")) {
      window.signIn(web);
      Page page = window.page;
      page.navigate(web.url("/promotions/coupons/new"));
      page.fill("#f-name", "春季");
      page.selectOption("#f-kind", "PERCENT");
      page.fill("#f-value", "150");
      page.check("input[name=costs][value=SERVICE]", new Page.CheckOptions().setForce(true));
      page.click("#coupon .btn-primary");
      assertThat(page.textContent("#error-value")).contains("最多 100");
      assertThat(page.inputValue("#f-name")).isEqualTo("春季");
      assertThat(page.inputValue("#f-kind")).isEqualTo("PERCENT");
      assertThat(page.isChecked("input[name=costs][value=SERVICE]")).isTrue();
      page.fill("#f-value", "many");
      page.fill("#f-total", "1.5");
      page.click("#coupon .btn-primary");
      assertThat(page.textContent("#error-value")).contains("必须是数字");
      assertThat(page.textContent("#error-total")).contains("必须是整数");
      assertThat(window.overflows()).isFalse();
    }
  }

  @Test
  void codes_areShownOnce_andEachCanBeClaimed() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      String coupon = newCoupon(page, "Batch");
      page.fill("#f-count", "3");
      page.click("#generate button[value=page]");
      List<String> codes = page.inputValue("#codes").lines().toList();
      assertThat(codes).hasSize(3).doesNotHaveDuplicates();
      page.navigate(coupon);
      codes.forEach(code -> assertThat(page.content()).doesNotContain(code));
      page.navigate(web.url("/drivers/" + world.driver));
      page.fill("#f-code", codes.getFirst());
      page.click("form[action$='/promotions/claim'] button");
      assertThat(page.textContent("#coupons .list-group")).contains("Batch");
      page.navigate(coupon);
      page.fill("#f-count", "0");
      page.click("#generate button[value=page]");
      assertThat(page.textContent("#error-count")).contains("1 to 100000");
    }
  }

  @Test
  void points_areSetUp_givenAndUsed() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      page.navigate(web.url("/promotions/points"));
      page.fill("#f-value", "0.01");
      page.click("#programme .btn-primary");
      assertThat(page.textContent("#points")).contains("¥0.01");
      page.navigate(web.url("/drivers/" + world.driver));
      page.fill("#f-points", "500");
      page.fill("#f-note", "Sorry");
      page.click("form[action$='/promotions/points'] button");
      page.click("form[action$='/promotions/points-use'] button");
      var balance = web.promotions.points().balance(1, world.driver);
      assertThat(balance.available()).isEqualTo(500);
      assertThat(balance.usePoints()).isTrue();
      page.fill("#f-points", "-501");
      page.fill("#f-note", "Too many");
      page.click("form[action$='/promotions/points'] button");
      assertThat(page.textContent("#error-points")).contains("only 500");
      assertThat(page.inputValue("#f-note")).isEqualTo("Too many");
      assertThat(actions()).contains("points.programme", "points.adjust", "points.use");
    }
  }

  @Test
  void tier_isMadeAndChanged_andADriverIsPutIn() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      page.navigate(web.url("/promotions/tiers/new"));
      page.fill("#f-name", "Gold");
      page.fill("#f-percent_SERVICE", "101");
      page.fill("[name='rule.spend_minor']", "500");
      page.click("#tier .btn-primary");
      assertThat(page.textContent("#error-percent_SERVICE")).contains("at most 100");
      assertThat(page.textContent("[id='error-rule.days']")).contains("missing");
      page.fill("#f-percent_SERVICE", "20");
      page.fill("[name='rule.days']", "90");
      page.click("#tier .btn-primary");
      assertThat(page.textContent("#tiers"))
          .contains("−20 % Service")
          .contains("90 days ≥ ¥500.00");
      page.click("#tiers td a");
      page.fill("#f-percent_ALL", "5");
      page.fill("[name='rule.energy_wh']", "1.5");
      page.click("#tier .btn-primary");
      assertThat(page.textContent("#tiers")).contains("−5 % everything; −20 % Service");
      var tier = web.promotions.tiers().list(1).getFirst();
      assertThat(tier.spec().rule().energyWh()).isEqualTo(1_500);
      assertThat(tier.spec().rule().spendMinor()).isEqualTo(500_00);

      page.navigate(web.url("/drivers/" + world.driver));
      page.click("form[action$='/promotions/tier'] button");
      assertThat(web.promotions.tiers().current(1, world.driver)).contains(tier);
      page.click("form[action$='/promotions/tier-end'] button");
      assertThat(page.textContent("#tier")).contains("Ended");
      assertThat(web.promotions.tiers().current(1, world.driver)).isEmpty();
      assertThat(actions())
          .contains("tier.create", "tier.update", "tier.member", "tier.member_end");
    }
  }

  @Test
  void campaign_needsABudget_andIsPaused() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      newCoupon(page, "Gift");
      page.navigate(web.url("/promotions/campaigns/new"));
      page.fill("#f-name", "Night");
      page.fill("#f-value", "20");
      page.fill("#f-cap", "5");
      page.click("#campaign .btn-primary");
      assertThat(page.textContent("#error-budget_minor")).contains("missing");
      page.fill("#f-budget_minor", "1000");
      page.click("#campaign .btn-primary");
      assertThat(page.textContent(".datagrid"))
          .contains("20 % off · at most ¥5.00")
          .contains("¥0.00 of ¥1,000.00");
      page.click("button[name=state]");
      assertThat(page.textContent(".datagrid")).contains("Paused");

      page.navigate(web.url("/promotions/campaigns/new"));
      page.fill("#f-name", "Welcome");
      page.selectOption("#f-action", "by_hand");
      page.click("#campaign .btn-primary");
      assertThat(page.textContent("#error-coupon_id")).contains("none");
      page.selectOption("#f-coupon_id", new SelectOption().setLabel("Gift"));
      page.click("#campaign .btn-primary");
      page.click("form[action$='/grants'] button");
      page.waitForSelector(".datagrid");
      assertThat(actions()).contains("campaign.create", "campaign.update", "campaign.give");
    }
  }

  @ParameterizedTest
  @CsvSource({"1280,800,zh-CN", "1280,800,en", "390,844,zh-CN", "390,844,en"})
  void everyPage_fitsAndIsQuiet(int width, int height, String language) {
    try (Browsers.Window window = browsers.open(width, height, language)) {
      window.signIn(web);
      String coupon = newCoupon(window.page, "Wide".repeat(25));
      String campaign = newCampaign(window.page, "Campaign".repeat(12));
      for (String path :
          List.of(
              "/promotions",
              "/promotions/coupons/new",
              "/promotions/tiers/new",
              "/promotions/campaigns/new",
              "/promotions/points",
              "/drivers/" + world.driver,
              coupon.substring(web.url("").length()),
              campaign.substring(web.url("").length()))) {
        window.complaints.clear();
        window.page.navigate(web.url(path));
        window.page.waitForLoadState(LoadState.LOAD);
        assertThat(window.overflows()).as("%s is too wide", path).isFalse();
        assertThat(window.complaints).as(path).isEmpty();
      }
    }
  }

  @Test
  void otherOperatorsThings_areNotFound() {
    web.otherOperator(2);
    web.people.createUser("two@example.com", Role.OPERATOR_ADMIN, 2L, ConsoleWorld.PASSWORD, "t");
    try (Browsers.Window own = browsers.open(1280, 800, "en");
        Browsers.Window other = browsers.open(1280, 800, "en")) {
      own.signIn(web);
      String coupon = newCoupon(own.page, "Private");
      other.page.navigate(web.url("/sign-in"));
      other.page.fill("#email", "two@example.com");
      other.page.fill("#password", ConsoleWorld.PASSWORD);
      other.page.click("form[action='/sign-in'] button");
      other.page.waitForSelector("#content");
      String csrf = other.page.getAttribute("input[name=_csrf]", "value");
      assertThat(other.page.navigate(coupon).status()).isEqualTo(404);
      assertThat(other.page.navigate(web.url("/promotions")).text()).doesNotContain("Private");
      String path = coupon.substring(web.url("").length());
      assertThat(post(other, path + "/state", "state=paused&_csrf=" + csrf)).isEqualTo(404);
      assertThat(post(other, path + "/codes", "count=1&_csrf=" + csrf)).isEqualTo(404);
    }
  }

  @Test
  void reader_seesNoButtons_andIsRefused_asIsAFormWithoutItsToken() {
    web.people.createUser("desk@example.com", Role.SUPPORT, 1L, ConsoleWorld.PASSWORD, "test");
    try (Browsers.Window writer = browsers.open(1280, 800, "en");
        Browsers.Window reader = browsers.open(1280, 800, "en")) {
      writer.signIn(web);
      String coupon = newCoupon(writer.page, "Guarded").substring(web.url("").length());
      Page page = reader.page;
      page.navigate(web.url("/sign-in"));
      page.fill("#email", "desk@example.com");
      page.fill("#password", ConsoleWorld.PASSWORD);
      page.click("form[action='/sign-in'] button");
      page.waitForSelector("#content");
      String csrf = page.getAttribute("input[name=_csrf]", "value");
      for (String path : List.of("/promotions", coupon, "/drivers/" + world.driver)) {
        page.navigate(web.url(path));
        assertThat(page.querySelector("#content h1")).isNotNull();
        assertThat(page.querySelectorAll("#content form[action*=promotions]")).as(path).isEmpty();
        assertThat(page.querySelectorAll("#content a[href$='/new']")).as(path).isEmpty();
      }
      for (String path : forms(coupon)) {
        assertThat(post(reader, path, "_csrf=" + csrf)).as(path).isEqualTo(403);
        assertThat(post(writer, path, "state=paused&code=FREE99")).as(path).isEqualTo(403);
        assertThat(post(writer, path, "_csrf=wrong")).as(path).isEqualTo(403);
      }
      page.navigate(web.url(coupon));
      assertThat(page.textContent(".datagrid")).contains("Active").doesNotContain("FREE99");
    }
  }

  private static List<String> forms(String coupon) {
    return List.of(
        "/promotions/coupons/new",
        "/promotions/points",
        "/promotions/tiers/new",
        "/promotions/campaigns/new",
        coupon + "/state",
        coupon + "/code",
        coupon + "/codes",
        "/drivers/" + world.driver + "/promotions/claim",
        "/drivers/" + world.driver + "/promotions/points");
  }

  private static int post(Browsers.Window window, String path, String body) {
    String cookies =
        String.join(
            "; ",
            window.page.context().cookies().stream().map(c -> c.name + "=" + c.value).toList());
    return web.send(
            HttpRequest.newBuilder(URI.create(web.url(path)))
                .header("cookie", cookies)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build())
        .statusCode();
  }
}
