package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import org.ampay.billing.catalog.StoredTariff;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.CalendarJson;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Prices in the console, in a real browser. */
class TariffConsoleTest {

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

  private static void fill(Page page, String field, String text) {
    page.fill("[name='" + field + "']", text);
  }

  private static String value(Page page, String field) {
    return page.inputValue("[name='" + field + "']");
  }

  private static void op(Page page, String op) {
    page.click(".btn[name=_op][value='" + op + "']:visible");
  }

  /** Saves, and waits for the page of the tariff. */
  private static void save(Page page) {
    op(page, "save");
    page.waitForSelector("#editor .alert-danger, .datagrid-title, .year");
    assertThat(page.querySelectorAll("#editor [role=alert]")).map(e -> e.textContent()).isEmpty();
    page.waitForURL(java.util.regex.Pattern.compile(".*/tariffs/\\d+$"));
  }

  /** The newest version of the tariff of that name, as JSON. */
  private static JsonNode stored(String name) {
    StoredTariff tariff =
        web.tariffs.list(1L, 0, 100).stream()
            .filter(t -> t.name().equals(name))
            .reduce((a, b) -> b)
            .orElseThrow();
    Tariff newest = web.tariffs.versions(1L, tariff.id()).getLast().tariff();
    return TariffJson.readTree(TariffJson.write(newest));
  }

  @Test
  void tariff_isMadeInTheEditor_andChanged() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      page.navigate(web.url("/tariffs/new"));
      fill(page, "name", "Night & day");
      fill(page, "base.ENERGY", "1.20");
      fill(page, "base.FLAT", "0,5");
      fill(page, "vat.ENERGY", "13");
      op(page, "add:row");
      page.waitForSelector("[name='row1.start_time']");
      fill(page, "row1.start_time", "22:00");
      fill(page, "row1.end_time", "6:00");
      page.click("label:has([name='row1.day'][value=SATURDAY])");
      fill(page, "row1.ENERGY", "0.40");
      page.waitForCondition(() -> page.textContent("#preview").contains("0.40"));
      save(page);
      assertThat(page.textContent("h1")).contains("Night & day");
      JsonNode stored = stored("Night & day");
      assertThat(stored.at("/elements/0/restrictions").toString())
          .isEqualTo(
              "{\"start_time\":\"22:00\",\"end_time\":\"06:00\",\"day_of_week\":[\"SATURDAY\"]}");
      assertThat(stored.at("/elements/0/price_components").toString())
          .isEqualTo("[{\"type\":\"ENERGY\",\"price\":0.40,\"vat\":13,\"step_size\":1}]");
      assertThat(stored.at("/elements/1/price_components").toString())
          .isEqualTo(
              "[{\"type\":\"ENERGY\",\"price\":1.20,\"vat\":13,\"step_size\":1},"
                  + "{\"type\":\"FLAT\",\"price\":0.5,\"step_size\":1}]");
      page.navigate(page.url() + "/edit");
      assertThat(value(page, "row1.ENERGY")).isEqualTo("0.40");
      fill(page, "base.ENERGY", "1.30");
      save(page);
      assertThat(stored("Night & day").at("/elements/1/price_components/0/price").asText())
          .isEqualTo("1.30");
    }
  }

  @Test
  void whatIsWrong_isToldAtItsField_andNothingIsLost() {
    try (Browsers.Window window = browsers.open(390, 844, "zh-CN")) {
      window.signIn(web);
      Page page = window.page;
      page.navigate(web.url("/tariffs/new"));
      fill(page, "name", "试用");
      fill(page, "base.ENERGY", "一元");
      fill(page, "vat.ENERGY", "13");
      op(page, "save");
      assertThat(page.textContent("#error-base\\.ENERGY")).isEqualTo("必须是数字");
      assertThat(value(page, "base.ENERGY")).isEqualTo("一元");
      assertThat(value(page, "vat.ENERGY")).isEqualTo("13");
      fill(page, "base.ENERGY", "1.2");
      fill(page, "vat.ENERGY", "130");
      op(page, "save");
      assertThat(page.textContent("#error-vat\\.ENERGY")).isEqualTo("必须是 100 以内的百分比");
      fill(page, "vat.ENERGY", "13");
      fill(page, "name", "");
      op(page, "save");
      assertThat(page.textContent("#error-name")).isEqualTo("需要 1 到 100 个字符");
      assertThat(web.tariffs.list(1L, 0, 100)).noneMatch(t -> t.name().equals("试用"));
    }
  }

  @Test
  void json_andForm_areTwoViewsOfOneTariff() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      page.navigate(web.url("/tariffs/new"));
      fill(page, "name", "By JSON");
      fill(page, "base.ENERGY", "1.5");
      op(page, "raw");
      page.waitForSelector("#json");
      assertThat(page.inputValue("#json")).contains("\"price\" : 1.5");
      fill(
          page,
          "_json",
          """
          {"currency":"CNY","energy_mix":{"is_green_energy":true},"elements":[
           {"price_components":[{"type":"TIME","price":6,"step_size":300}],
            "restrictions":{"min_duration":5400}},
           {"price_components":[{"type":"ENERGY","price":2,"vat":6,"step_size":1}]}]}
          """);
      op(page, "form");
      page.waitForSelector("[name='base.ENERGY']");
      assertThat(value(page, "row1.min_duration")).isEqualTo("90");
      assertThat(value(page, "step.TIME")).isEqualTo("300");
      assertThat(value(page, "expert")).contains("is_green_energy");
      op(page, "raw");
      page.waitForSelector("#json");
      fill(
          page,
          "_json",
          """
          {"currency":"CNY","elements":[{"price_components":[
            {"type":"ENERGY","price":2,"step_size":1},{"type":"ENERGY","price":3,"step_size":1}]}]}
          """);
      op(page, "form");
      page.waitForSelector("#error-json");
      assertThat(page.textContent("#error-json")).contains("cannot show");
      save(page);
      assertThat(stored("By JSON").at("/elements/0/price_components").size()).isEqualTo(2);
      page.navigate(page.url() + "/edit");
      assertThat(page.inputValue("#json")).contains("\"price\" : 3");
    }
  }

  @Test
  void trialSession_isPriced() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      page.navigate(web.url("/tariffs/new"));
      fill(page, "name", "Trial");
      fill(page, "base.ENERGY", "1.10");
      fill(page, "base.PARKING_TIME", "6");
      fill(page, "trial.kwh", "12.5");
      fill(page, "trial.minutes", "60");
      fill(page, "trial.parking", "30");
      op(page, "check");
      assertThat(page.textContent("#trial-total")).isEqualTo("¥16.75");
    }
  }

  private static final String SECOND = "second.person@example.com";

  private static void signIn(Page page, String email) {
    page.navigate(web.url("/sign-in"));
    page.fill("#email", email);
    page.fill("#password", ConsoleWorld.PASSWORD);
    page.click("form[action='/sign-in'] button");
    page.waitForSelector("#content");
  }

  /** Turns the second person on or off, by the form. */
  private static void approval(Page page, boolean needed) {
    page.navigate(web.url("/tariffs/approvals"));
    page.click("button[name=needed]");
    page.waitForSelector("button[name=needed][value='" + !needed + "']");
    assertThat(web.tariffs.approvals().areNeeded(1)).isEqualTo(needed);
  }

  @Test
  void calendarAndServiceFee_areApprovedByASecondPerson_andInForce() {
    web.people.createUser(SECOND, Role.TARIFF_MANAGER, 1L, ConsoleWorld.PASSWORD, "test");
    try (Browsers.Window first = browsers.open(390, 844, "en");
        Browsers.Window second = browsers.open(1280, 800, "zh-CN")) {
      Page page = first.page;
      first.signIn(web);
      page.navigate(web.url("/calendars/new"));
      fill(page, "name", "Two tiers");
      page.click("label:has([name=brush][value=SHARP])");
      page.selectOption("[name='season1.day1.paint_from']", "36");
      page.selectOption("[name='season1.day1.paint_to']", "42");
      op(page, "paint:season1.day1");
      page.waitForSelector(".slot.tier-SHARP");
      page.click("label:has([name=brush][value=VALLEY])");
      page.click("[data-slot='0']");
      op(page, "save");
      page.waitForSelector(".year");
      long calendar = Long.parseLong(page.url().replaceAll(".*/", ""));
      assertThat(calendarJson(calendar).at("/seasons/0/days/0/slots").toString())
          .isEqualTo(
              "[{\"from\":\"00:00\",\"tier\":\"VALLEY\"},{\"from\":\"00:30\",\"tier\":\"FLAT\"},"
                  + "{\"from\":\"18:00\",\"tier\":\"SHARP\"},{\"from\":\"21:00\",\"tier\":\"FLAT\"}]");
      approval(page, true);
      page.navigate(web.url("/tariffs/new"));
      fill(page, "name", "Electricity and service");
      page.selectOption("[name=calendar]", Long.toString(calendar));
      page.waitForSelector("[name='tier.SHARP.ENERGY']");
      fill(page, "tier.SHARP.ENERGY", "1.50");
      fill(page, "base.ENERGY", "0.80");
      fill(page, "base.SERVICE", "0.60");
      fill(page, "vat.ENERGY", "13");
      fill(page, "vat.SERVICE", "6");
      save(page);
      long tariff = Long.parseLong(page.url().replaceAll(".*/", ""));
      assertThat(page.querySelector("button[value=approve]")).as("own work").isNull();
      assertThat(web.tariffs.versions().inForce(1L, tariff)).isEmpty();
      signIn(second.page, SECOND);
      second.page.navigate(web.url("/tariffs/" + tariff));
      second.page.fill("[name=note]", "看过了");
      second.page.click("button[value=approve]");
      second.page.waitForSelector("text=看过了");
      assertThat(second.page.textContent("#content")).contains("生效中");
      assertThat(web.tariffs.versions().inForce(1L, tariff)).isPresent();
      assertThat(stored("Electricity and service").at("/elements/0").toString())
          .isEqualTo(
              "{\"price_components\":[{\"type\":\"ENERGY\",\"price\":1.50,\"vat\":13,\"step_size\":1}],"
                  + "\"restrictions\":{\"calendar_tiers\":[\"SHARP\"]}}");
      assertThat(web.audit.list(1, Long.MAX_VALUE, 100))
          .filteredOn(e -> e.subject().equals("tariff:" + tariff))
          .extracting(e -> e.action() + " " + e.actor())
          .contains("tariff.approve user:" + SECOND, "tariff.create user:" + ConsoleWorld.EMAIL);
      approval(page, false);
    }
  }

  private static JsonNode calendarJson(long id) {
    return CalendarJson.write(web.tariffs.calendars().inForce(1L, id).orElseThrow().calendar());
  }

  @Test
  void everyFieldOfATariff_comesBackFromTheForm() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      Tariff before = web.tariffs.versions().find(1L, world.prices.rich, 1).orElseThrow().tariff();
      page.navigate(web.url("/tariffs/" + world.prices.rich + "/edit?version=1"));
      assertThat(value(page, "tier.PEAK.ENERGY")).isEqualTo("1.05");
      assertThat(value(page, "occupancy.grace")).isEqualTo("15");
      assertThat(value(page, "row1.SERVICE.step")).isEqualTo("100");
      save(page);
      Tariff after = web.tariffs.versions().of(1L, world.prices.rich).getLast().tariff();
      assertThat(TariffJson.write(after)).isEqualTo(TariffJson.write(before));
      page.navigate(web.url("/tariffs/" + world.prices.rich + "/difference?from=1&to=2"));
      assertThat(page.textContent("#content")).contains("Electricity · Peak", "1.05", "1.15");
      assertThat(page.querySelectorAll("#content .list-group-item")).hasSize(1);
    }
  }

  @Test
  void tariff_isAssignedInBulk_ended_andExplained() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      String url = web.url("/tariffs/" + world.prices.odd);
      page.navigate(url);
      page.fill("#stations", "SH-HQ-0005 SH-HQ-0006\nNO-SUCH-1");
      page.click("button[name=level][value=station]");
      page.waitForSelector(".alert-danger");
      assertThat(page.textContent(".alert-danger")).contains("NO-SUCH-1");
      page.fill("#stations", "SH-HQ-0005, SH-HQ-0006");
      page.click("button[name=level][value=station]");
      page.waitForSelector("text=SH-HQ-0006");
      assertThat(page.textContent("#reach")).contains("at 2 stations", "SH-HQ-0005");
      page.navigate(web.url("/tariffs/applies?station=SH-HQ-0005"));
      assertThat(page.getAttribute("#winner a", "href")).endsWith("/" + world.prices.odd);
      assertThat(page.textContent("#content")).contains("names something more specific");
      page.navigate(url);
      page.click(".list-group-item:has-text('SH-HQ-0005') summary");
      page.click(".list-group-item:has-text('SH-HQ-0005') .btn-danger");
      page.waitForSelector(".list-group-item:has-text('SH-HQ-0005') >> text=Ended");
      page.navigate(web.url("/tariffs/applies?station=SH-HQ-0005"));
      assertThat(page.getAttribute("#winner a", "href")).endsWith("/" + world.tariff);
      assertThat(page.textContent("#content")).contains("Somebody ended it");
    }
  }
}
