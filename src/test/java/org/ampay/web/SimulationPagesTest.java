package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.ampay.base.TestTime;
import org.ampay.billing.simulation.PastSessions;
import org.ampay.billing.simulation.Run;
import org.ampay.billing.simulation.RunState;
import org.ampay.billing.simulation.SimulationWorker;
import org.ampay.billing.simulation.Simulations;
import org.ampay.store.Job;
import org.ampay.store.JobStore;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.Tariff;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Simulations and trial prices in a real browser. */
class SimulationPagesTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Path FOLDER =
      Path.of(System.getProperty("ampay.basedir", "")).resolve("target/screenshots");

  private static WebFixture web;
  private static ConsoleWorld world;
  private static Browsers browsers;
  private static long own;
  private static PastSessions past;

  @BeforeAll
  static void start() {
    web = new WebFixture(DATABASE.database());
    world = new ConsoleWorld(web);
    browsers = new Browsers();
    String key = web.key(Role.OPERATOR_ADMIN, 1L);
    own =
        web.post(
                key,
                "/tariffs",
                "{\"currency\":\"CNY\",\"name\":\"Flat\",\"elements\":[{\"price_components\":"
                    + "[{\"type\":\"ENERGY\",\"price\":1,\"vat\":6,\"step_size\":1}]}]}")
            .body()
            .at("/id")
            .asLong();
    Tariff flat = web.tariffs.versions(1L, own).getLast().tariff();
    past = new PastSessions(DATABASE, new TestTime(PastSessions.FROM));
    Random random = new Random(3);
    long site = web.inventory.sites(1).getFirst().id();
    for (int i = 0; i < 60; i++) {
      past.finished(
          1,
          site,
          7,
          PastSessions.snapshot(own, flat, PastSessions.SHANGHAI),
          PastSessions.facts(random, web.time.now().minusSeconds(86_400L + i * 4_000), 40, 0));
    }
  }

  @AfterAll
  static void stop() {
    browsers.close();
    web.close();
  }

  private static void work(int portion) {
    SimulationWorker worker =
        new SimulationWorker(
            DATABASE.database(),
            web.jobs,
            web.time,
            new SimulationWorker.Portions(
                portion, portion, portion < 60 ? Duration.ZERO : Duration.ofMinutes(1)));
    worker.handle(claim());
  }

  private static List<Job> claim() {
    return DATABASE
        .transactor()
        .call(
            tx ->
                web.jobs.claim(
                    tx,
                    new JobStore.Claim(
                        Simulations.KIND,
                        1,
                        web.time.now(),
                        web.time.now().plusSeconds(60),
                        "test")));
  }

  @Test
  void draft_isSimulated_withProgressAndResult() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      window.page.navigate(web.url("/tariffs/" + own + "/simulate"));
      window.page.selectOption("#version", "draft");
      window.page.click("summary");
      window.page.fill(
          "textarea[name=json]",
          window
              .page
              .inputValue("textarea[name=json]")
              .replace("\"price\" : 1,", "\"price\" : 2,"));
      window.page.click("form[action$='/simulate'] button");
      window.page.waitForSelector("#run");
      String path = window.page.url();
      assertThat(window.page.textContent("#run")).contains("Waiting").contains("0 of …");

      work(20);
      window.page.waitForSelector("text=Running");
      // The world's other sessions are looked at, too, and left out.
      Run run = web.simulations.list(1L, own, Long.MAX_VALUE, 1).getFirst();
      assertThat(run.done()).isEqualTo(20);
      assertThat(window.page.textContent("#run")).contains("20 of " + run.total() + " sessions");
      work(500);
      window.page.waitForSelector("text=Done");
      assertThat(window.page.getAttribute("#run", "hx-get")).isNull();

      long before = past.made.stream().mapToLong(s -> s.billed().minor()).sum();
      assertThat(window.page.textContent("#run"))
          .contains("¥%,.2f".formatted(java.math.BigDecimal.valueOf(before, 2)));
      assertThat(window.page.textContent("#run")).contains("60 dearer, 0 cheaper, 0 the same");
      assertThat(window.page.querySelectorAll(".hour-chart rect")).hasSize(48);
      assertThat(window.page.querySelectorAll("a[href^='/sessions/']")).hasSizeGreaterThan(9);
      assertThat(window.complaints).isEmpty();

      window.page.click("form[action$='/end'] button");
      window.page.waitForSelector("form[action$='/simulate']");
      window.page.navigate(path);
      assertThat(window.page.textContent("#content")).contains("no such page");
    }
  }

  @Test
  void wrongDraft_staysInTheForm_withItsReason() {
    try (Browsers.Window window = browsers.open(390, 844, "en")) {
      window.signIn(web);
      window.page.navigate(web.url("/tariffs/" + own + "/simulate"));
      window.page.selectOption("#version", "draft");
      window.page.click("summary");
      window.page.fill("textarea[name=json]", "{\"currency\":\"CNY\",\"elements\":[]}");
      window.page.click("form[action$='/simulate'] button");
      window.page.waitForSelector(".alert-danger");
      assertThat(window.page.textContent(".alert-danger")).contains("tariff.elements");
      assertThat(window.page.inputValue("textarea[name=json]")).contains("\"elements\":[]");
      assertThat(web.simulations.list(1L, own, Long.MAX_VALUE, 10))
          .noneMatch(run -> run.state() == RunState.QUEUED);
    }
  }

  @Test
  void sessionThatAPersonThinksUp_isPricedLineByLine() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      window.page.navigate(web.url("/tariffs/" + world.tariff + "/try"));
      window.page.fill("#start", "2026-03-02T17:30");
      window.page.fill("#kwh", "40");
      window.page.fill("#power", "40");
      window.page.fill("#parking", "30");
      window.page.click("details:last-of-type summary");
      window.page.fill("#tier", "10");
      window.page.click("form[action$='/try'] button");
      window.page.waitForSelector("text=Period by period");
      String text = window.page.textContent("#content");
      picture(window, "-tariffs-tried", "en", 1280);
      // Half an hour at 0.98, half an hour at 1.45, the start, half an hour of parking; 6 % tax.
      // 19.6 + 29 + 0.5 + 3 = 52.1; with tax 55.226, less 10 %.
      assertThat(text).contains("¥49.70").contains("Member discount").contains("18:00-21:30");
      assertThat(window.complaints).isEmpty();

      window.page.fill("#kwh", "much");
      window.page.click("form[action$='/try'] button");
      window.page.waitForSelector(".alert-danger");
      assertThat(window.page.textContent(".alert-danger")).contains("kwh: must be a number");
      assertThat(window.page.inputValue("#kwh")).isEqualTo("much");
    }
  }

  @ParameterizedTest
  @CsvSource({"1280,800,zh-CN", "1280,800,en", "390,844,zh-CN", "390,844,en"})
  void pages_fitAndAreQuiet(int width, int height, String language) {
    long run =
        web.post(
                web.key(Role.OPERATOR_ADMIN, 1L),
                "/tariffs/simulations",
                "{\"tariff_id\":%d,\"from\":\"%s\",\"to\":\"%s\"}"
                    .formatted(
                        own, web.time.now().minus(Duration.ofDays(30)), web.time.now().toString()))
            .body()
            .at("/id")
            .asLong();
    work(500);
    try (Browsers.Window window = browsers.open(width, height, language)) {
      window.signIn(web);
      for (String path :
          List.of(
              "/tariffs/" + own + "/simulate",
              "/tariffs/" + own + "/simulate/" + run,
              "/tariffs/" + own + "/try")) {
        window.complaints.clear();
        assertThat(window.page.navigate(web.url(path)).status()).as(path).isEqualTo(200);
        assertThat(window.overflows()).as("%s is too wide", path).isFalse();
        assertThat(window.complaints).as(path).isEmpty();
        assertThat(window.page.getAttribute("html", "lang")).isEqualTo(language);
        picture(window, path.replaceAll("[0-9/]+", "-"), language, width);
      }
    }
  }

  private static void picture(Browsers.Window window, String name, String language, int width) {
    window.page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(FOLDER.resolve("simulation" + name + "-" + language + "-" + width + ".png")));
  }
}
