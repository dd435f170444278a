package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** OCPI partners in a real browser, in both languages. */
class PartnerPagesTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static WebFixture web;
  private static PartnerRows rows;
  private static Browsers browsers;

  @BeforeAll
  static void start() {
    web = new WebFixture(DATABASE.database());
    rows = new ConsoleWorld(web).partners;
    browsers = new Browsers();
  }

  @AfterAll
  static void stop() {
    browsers.close();
    web.close();
  }

  private static List<String> actions() {
    return web.audit.list(1, Long.MAX_VALUE, 200).stream().map(entry -> entry.action()).toList();
  }

  private static int versions(String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(web.url("/ocpi/versions")))
            .header("authorization", "Token " + token)
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void aPartner_isAddedWithATokenThatIsShownOnce() throws Exception {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      page.click("a[href='/partners']");
      page.click("a[href='/partners/new']");
      page.fill("#f-name", "Neue Mobil");
      page.fill("#f-country_code", "de");
      page.fill("#f-party_id", "N!");
      page.click("#invite .btn-primary");
      assertThat(page.textContent("#error-party_id")).contains("not valid");
      assertThat(page.inputValue("#f-name")).isEqualTo("Neue Mobil");
      page.fill("#f-party_id", "NEU");
      page.click("#invite .btn-primary");
      String token = page.textContent("code.secret");
      assertThat(versions(token)).isEqualTo(200);
      assertThat(page.textContent("#content")).contains(web.url("/ocpi/versions"));
      assertThat(page.url()).doesNotContain(token);
      page.click("a.btn-primary");
      assertThat(page.content()).doesNotContain(token);
      assertThat(page.textContent("#standing")).contains("Invited", "DE NEU");
      page.click("#invite button");
      assertThat(page.textContent("code.secret")).isNotEqualTo(token);
      assertThat(versions(token)).isEqualTo(401);
      assertThat(window.complaints).filteredOn(text -> !text.contains("400")).isEmpty();
    }
    assertThat(actions()).contains("ocpi.invited");
  }

  @Test
  void weRegisterWithAPartner_stopIt_letItGoOn_andEnd() {
    try (TinyPartner tiny = new TinyPartner();
        Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      page.navigate(web.url("/partners/new"));
      page.fill("#f-name", "Tiny");
      page.fill("#f-country_code", "DE");
      page.fill("#f-party_id", "EMP");
      page.click("#invite .btn-primary");
      page.click("a.btn-primary");
      page.fill("#f-versions_url", "nonsense");
      page.fill("#f-token_a", "their-invitation");
      page.click("#register .btn-primary");
      assertThat(page.textContent("#error-versions_url")).contains("no http address");
      page.fill("#f-versions_url", tiny.url("/nowhere").toString());
      page.fill("#f-token_a", "their-invitation");
      page.click("#register .btn-primary");
      assertThat(page.textContent(".alert-danger")).contains("404");
      page.fill("#f-versions_url", tiny.url("/versions").toString());
      page.fill("#f-token_a", "their-invitation");
      page.click("#register .btn-primary");
      page.waitForSelector("#standing >> text=Registered");
      assertThat(page.textContent("#endpoints")).contains("credentials");
      assertThat(page.content()).doesNotContain("their-invitation").doesNotContain("from-tiny");
      assertThat(page.textContent("#tokens")).contains("not yet");
      page.click("form[action$='/refresh'] button");
      page.waitForSelector("#standing >> text=Registered");
      page.click("form[action$='/suspend'] button");
      page.waitForSelector("#standing >> text=Stopped");
      page.click("form[action$='/resume'] button");
      page.waitForSelector("#standing >> text=Registered");
      page.click("#end button");
      page.waitForSelector("#standing >> text=Ended");
      assertThat(window.complaints).filteredOn(text -> !text.contains("400")).isEmpty();
    }
    assertThat(actions())
        .contains("ocpi.registered", "ocpi.suspended", "ocpi.resumed", "ocpi.ended");
  }

  @Test
  void whatIsStuck_isSeenAndSentAgain() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      page.navigate(web.url("/partners"));
      assertThat(page.textContent("#partners")).contains("Does not answer", "Elektro <Mobil>");
      page.click("#partners a[href='/partners/" + rows.stuck + "']");
      assertThat(page.textContent("#comparison")).contains("812", "405");
      assertThat(page.textContent("#stuck"))
          .contains("connectors[0].max_amperage", "ConnectException", "a/very\"odd<key>");
      assertThat(page.locator("#stuck .list-group-item").count()).isEqualTo(4);
      page.click("#stuck .list-group-item button >> nth=0");
      page.waitForLoadState();
      assertThat(page.locator("#stuck .badge:has-text('refused')").count()).isEqualTo(2);
      page.click("#stuck .card-actions button");
      page.waitForLoadState();
      assertThat(page.locator("#stuck .badge:has-text('refused')").count()).isZero();
      page.click("#sync .card-actions button");
      page.waitForLoadState();
      assertThat(page.textContent("#comparison")).contains("Compared");
      assertThat(window.complaints).isEmpty();
    }
    assertThat(actions()).contains("partner.retry", "partner.compare");
  }

  @Test
  void callsAreShown_filtered_onAPhoneInChinese() {
    try (Browsers.Window window = browsers.open(390, 844, "zh")) {
      window.signIn(web);
      Page page = window.page;
      for (String path : List.of("/partners", "/partners/new", "/partners/" + rows.stuck)) {
        page.navigate(web.url(path));
        assertThat(window.overflows()).as(path).isFalse();
      }
      assertThat(page.textContent("#content")).contains("卡住的对象", "最近错误");
      page.navigate(web.url("/partners/" + rows.stuck + "/log"));
      assertThat(page.locator("#calls details").count()).isEqualTo(7);
      page.check("input[name=errors]");
      page.click("form .btn-primary");
      assertThat(page.locator("#calls details").count()).isEqualTo(4);
      page.click("#calls summary >> nth=0");
      assertThat(page.textContent("#calls")).contains("<i>invalid</i>", "request-1");
      assertThat(window.overflows()).isFalse();
      assertThat(page.navigate(web.url("/partners/77")).status()).isEqualTo(404);
      assertThat(window.complaints).filteredOn(text -> !text.contains("404")).isEmpty();
    }
  }
}
