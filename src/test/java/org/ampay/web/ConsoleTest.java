package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.ampay.cluster.LiveEvent;
import org.ampay.store.TestDatabase;
import org.ampay.store.tables.Tables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console in a real browser. */
class ConsoleTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String CHART = "Chart.getChart(document.querySelector('canvas'))";

  private static final String READINGS =
      CHART + ".data.datasets.map(d => d.yAxisID + ' ' + d.data.length).join(', ')";

  /** Whether each line of the chart left pixels of its colour. */
  private static final String PAINTED =
      """
      () => {
        const canvas = document.querySelector('canvas');
        const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return Chart.getChart(canvas).data.datasets.every((line) => {
          const [r, g, b] = line.borderColor.match(/\\w\\w/g).map((hex) => parseInt(hex, 16));
          for (let i = 0; i < data.length; i += 4) {
            if (data[i] === r && data[i + 1] === g && data[i + 2] === b) return true;
          }
          return false;
        });
      }
      """;

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

  @ParameterizedTest
  @CsvSource({"1280,800,zh-CN", "1280,800,en", "390,844,zh-CN", "390,844,en"})
  void everyPage_fitsAndIsQuiet(int width, int height, String language) {
    try (Browsers.Window window = browsers.open(width, height, language)) {
      window.signIn(web);
      for (Map.Entry<String, String> page : world.pages().entrySet()) {
        window.complaints.clear();
        window.page.navigate(web.url(page.getValue()));
        window.page.waitForLoadState(LoadState.LOAD);
        if (window.page.querySelector("canvas[data-chart]") != null) {
          drawn(window);
        }
        assertThat(window.overflows()).as("%s is too wide", page.getKey()).isFalse();
        assertThat(window.page.getAttribute("html", "lang")).isEqualTo(language);
        List<String> complaints =
            window.complaints.stream()
                .filter(c -> !(page.getKey().equals("not-there") && c.contains("404")))
                .toList();
        assertThat(complaints).as(page.getKey()).isEmpty();
        assertThat(window.page.querySelectorAll("#content img[onerror]")).isEmpty();
      }
    }
  }

  @Test
  void review_isEndedByAForm_whichSaysWhyNot() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      window.page.navigate(web.url("/sessions/" + world.review));
      window.page.selectOption("#decision", "corrected");
      window.page.fill("#meter_stop", "21,5");
      window.page.click("form[action$='/resolution'] button");
      window.page.waitForSelector(".alert-danger");
      // No core runs behind these pages: what it says is shown, and the decision can be made again.
      assertThat(window.page.textContent(".alert-danger")).contains("no tariff is assigned");
      assertThat(window.page.querySelector("#decision")).isNotNull();
      assertThat(web.audit.list(1, Long.MAX_VALUE, 10))
          .anySatisfy(
              entry -> {
                assertThat(entry.action()).isEqualTo("session.resolve");
                assertThat(entry.subject()).isEqualTo("session:" + world.review);
              });
    }
  }

  @Test
  void wrongPassword_isRefused_andSaysSo() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.page.navigate(web.url("/sign-in"));
      window.page.fill("#email", ConsoleWorld.EMAIL);
      window.page.fill("#password", "wrong password");
      window.page.click("form[action='/sign-in'] button");
      assertThat(window.page.textContent("[role=alert]")).contains("wrong");
      assertThat(window.page.inputValue("#email")).isEqualTo(ConsoleWorld.EMAIL);
    }
  }

  @Test
  void deepLink_comesBackAfterSignIn() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.page.navigate(web.url("/sessions?state=review"));
      window.page.fill("#email", ConsoleWorld.EMAIL);
      window.page.fill("#password", ConsoleWorld.PASSWORD);
      window.page.click("form[action='/sign-in'] button");
      assertThat(window.page.url()).endsWith("/sessions?state=review");
    }
  }

  @Test
  void language_isSwitchedAndKept() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      window.page.click("button[value='zh-CN']");
      assertThat(window.page.textContent("h1")).contains("总览");
      window.page.click("button[value='en']");
      assertThat(window.page.textContent("h1")).contains("Dashboard");
      web.database
          .dsl()
          .update(Tables.CONSOLE_USER)
          .set(Tables.CONSOLE_USER.LANGUAGE, "")
          .execute();
    }
  }

  @Test
  void station_isAdded_withItsPasswordShownOnce() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      page.navigate(web.url("/stations/new"));
      page.fill("#id", "NEW-0001");
      page.click("form[action='/stations'] .btn-primary");
      String password = page.textContent("code.secret");
      assertThat(password).hasSize(20);
      assertThat(web.checked("NEW-0001", password)).isEqualTo("OK");
      page.navigate(web.url("/stations/new"));
      page.fill("#id", "NEW-0001");
      page.click("form[action='/stations'] .btn-primary");
      assertThat(page.textContent("[role=alert]")).contains("there is a station");
      assertThat(page.inputValue("#id")).isEqualTo("NEW-0001");
    }
  }

  @Test
  void remoteStart_isSent_andItsAnswerShown() {
    try (Browsers.Window window = browsers.open(390, 844, "en")) {
      window.signIn(web);
      window.page.navigate(web.url("/stations/SH-HQ-0001"));
      window.page.fill("#token", "TAG1");
      window.page.click("button[value=start]");
      window.page.waitForSelector("#outcome .alert-success");
      assertThat(web.stations.sent().getLast().action()).isEqualTo("RemoteStartTransaction");
      assertThat(web.stations.sent().getLast().payload()).contains("\"TAG1\"");
    }
  }

  @Test
  void liveState_changesWithoutReload() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      window.page.navigate(web.url("/stations?q=SH-HQ-0003"));
      assertThat(window.page.textContent("tbody")).contains("Available");
      long id = web.inventory.byIdentity("SH-HQ-0003").orElseThrow().id();
      web.database
          .dsl()
          .update(Tables.CONNECTOR)
          .set(Tables.CONNECTOR.STATUS, "Faulted")
          .where(Tables.CONNECTOR.STATION_ID.eq(id))
          .execute();
      window.page.waitForCondition(
          () -> {
            web.live.publish(new LiveEvent.StationChanged(1, id));
            return window.page.textContent("tbody").contains("Faulted");
          });
    }
  }

  @Test
  void search_narrowsTheListWhileTyping() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      window.page.navigate(web.url("/stations"));
      window.page.fill("#q", "0007");
      window.page.waitForCondition(
          () -> window.page.querySelectorAll("#list tbody tr").size() == 1);
      assertThat(window.page.url()).contains("q=0007");
    }
  }

  @Test
  void topUp_changesTheBalance_andTheSameFormAgainDoesNot() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      page.navigate(web.url("/drivers"));
      page.fill("#name", "Li Na");
      page.click("form.card .btn-primary");
      page.fill("#amount", "88.80");
      String key = page.getAttribute("input[name=key]", "value");
      String csrf = page.getAttribute("input[name=_csrf]", "value");
      String url = page.url();
      page.click("form[action$='/top-ups'] button");
      assertThat(page.textContent(".display-6")).isEqualTo("¥88.80");
      page.evaluate(
          "([url, body]) => fetch(url, {method: 'POST', headers:"
              + " {'content-type': 'application/x-www-form-urlencoded'}, body})",
          List.of(url + "/top-ups", "_csrf=" + csrf + "&key=" + key + "&amount=88.80"));
      page.reload();
      assertThat(page.textContent(".display-6")).isEqualTo("¥88.80");
      String subject = "driver:" + url.substring(url.lastIndexOf('/') + 1);
      assertThat(web.audit.list(1, Long.MAX_VALUE, 100))
          .filteredOn(e -> e.action().equals("wallet.top_up") && e.subject().equals(subject))
          .singleElement()
          .satisfies(e -> assertThat(e.actor()).isEqualTo("user:" + ConsoleWorld.EMAIL));
      page.fill("#amount", "1.234");
      page.click("form[action$='/top-ups'] button");
      assertThat(page.textContent("[role=alert]")).contains("amount");
    }
  }

  @Test
  void token_isAdopted_andBlocked() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      page.navigate(web.url("/tokens"));
      page.click("#unknown a[href*='04A1B2C3D4E5F6']");
      assertThat(page.inputValue("#uid")).isEqualTo("04A1B2C3D4E5F6");
      page.click("#add .btn-primary");
      assertThat(page.textContent("tbody")).contains("04A1B2C3D4E5F6");
      page.click("button[name=blocked]");
      assertThat(page.textContent("tbody")).contains("Blocked");
      assertThat(web.tokens.read(1, "04a1b2c3d4e5f6").orElseThrow().blocked()).isTrue();
    }
  }

  @Test
  void chart_isDrawn_withAndWithoutStateOfCharge() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      window.page.navigate(web.url("/sessions/" + world.session));
      drawn(window);
      assertThat(window.page.evaluate(READINGS)).isEqualTo("power 31, energy 31, soc 31");
      window.page.navigate(web.url("/sessions/" + world.active));
      drawn(window);
      assertThat(window.page.evaluate(READINGS)).isEqualTo("power 31, energy 31");
      assertThat(window.page.isVisible("canvas[data-chart]")).isTrue();
      assertThat(window.page.isVisible(".chart-none")).isFalse();
    }
  }

  /** Waits until the page's chart is there or has failed, and looks at what it painted. */
  private static void drawn(Browsers.Window window) {
    window.page.waitForCondition(
        () ->
            !window.complaints.isEmpty()
                || (Boolean) window.page.evaluate("() => Boolean(" + CHART + ")"));
    window.page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))");
    assertThat(window.complaints).as(window.page.url()).isEmpty();
    assertThat((Boolean) window.page.evaluate(PAINTED)).as("lines on the canvas").isTrue();
  }

  @Test
  void form_withoutItsToken_isRefused() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      String cookies =
          String.join(
              "; ",
              window.page.context().cookies().stream().map(c -> c.name + "=" + c.value).toList());
      for (String path :
          List.of(
              "/stations",
              "/drivers",
              "/tokens",
              "/tariffs/new",
              "/tariffs/preview",
              "/tariffs/" + world.tariff + "/edit",
              "/sign-out",
              "/language",
              "/drivers/" + world.driver + "/top-ups",
              "/stations/SH-HQ-0001/actions",
              "/stations/SH-HQ-0001/password")) {
        assertThat(post(path, cookies, "amount=5&key=x").statusCode()).as(path).isEqualTo(403);
        assertThat(post(path, cookies, "_csrf=wrong&amount=5").statusCode()).isEqualTo(403);
      }
      String csrf = window.page.getAttribute("input[name=_csrf]", "value");
      HttpRequest foreign =
          request("/drivers", cookies, "_csrf=" + csrf + "&name=Evil")
              .header("sec-fetch-site", "cross-site")
              .build();
      assertThat(web.send(foreign).statusCode()).isEqualTo(403);
    }
    String nobody = "ampay_session=" + URLEncoder.encode("guess", StandardCharsets.UTF_8);
    assertThat(post("/drivers", nobody, "name=Evil").statusCode()).isEqualTo(303);
    assertThat(
            web.get(web.key(org.ampay.web.people.Role.ADMIN, null), "/drivers?search=Evil")
                .body()
                .at("/items")
                .size())
        .isZero();
  }

  @Test
  void signIn_setsACarefulCookie_andSignOutEndsIt() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      var cookie =
          window.page.context().cookies().stream()
              .filter(c -> c.name.equals("ampay_session"))
              .findFirst()
              .orElseThrow();
      assertThat(cookie.httpOnly).isTrue();
      assertThat(cookie.sameSite).hasToString("LAX");
      window.page.click("form[action='/sign-out'] button");
      assertThat(window.page.url()).endsWith("/sign-in");
      HttpRequest again =
          HttpRequest.newBuilder(URI.create(web.url("/stations")))
              .header("cookie", "ampay_session=" + cookie.value)
              .build();
      assertThat(web.send(again).statusCode()).isEqualTo(303);
    }
  }

  private static HttpResponse<String> post(String path, String cookies, String body) {
    return web.send(request(path, cookies, body).build());
  }

  private static HttpRequest.Builder request(String path, String cookies, String body) {
    return HttpRequest.newBuilder(URI.create(web.url(path)))
        .header("cookie", cookies)
        .header("content-type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }
}
