package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ampay.ocpi.cdr.CdrPublisher;
import org.ampay.ocpi.terminal.Terminal;
import org.ampay.store.TestDatabase;
import org.ampay.web.WebFixture.Reply;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** CDRs held back, sites that cannot be told and card terminals: by pages and by the API. */
class ByHandPagesTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String LONG_ID = "t/2 ?&" + "x".repeat(28);

  private WebFixture web;
  private TinyPartner tiny;
  private ByHandRows rows;
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    DATABASE.clear();
    web = new WebFixture(DATABASE.database());
    tiny = new TinyPartner();
    new ConsoleWorld(web);
    rows = new ByHandRows(web, tiny.url("/payments"));
  }

  @AfterEach
  void stop() {
    web.close();
    tiny.close();
  }

  private void accepts(String path) {
    tiny.answers(
        path,
        exchange -> {
          heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          TinyPartner.ok("null").to(exchange);
        });
  }

  private List<String> actions() {
    return web.audit.list(1, Long.MAX_VALUE, 200).stream().map(entry -> entry.action()).toList();
  }

  private List<Long> made() {
    return DATABASE
        .dsl()
        .fetch("SELECT DISTINCT ref FROM job WHERE kind = '" + CdrPublisher.KIND + "' ORDER BY 1")
        .getValues(0, Long.class);
  }

  private Terminal terminal(String id) {
    return web.roaming.byHand().terminals().known(rows.service, id).orElseThrow();
  }

  @Test
  void heldCdrs_areShownWithReasons_andMadeAgain() {
    try (Browsers browsers = new Browsers();
        Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      page.navigate(web.url("/partners/held"));
      assertThat(page.textContent("#held")).contains("No CDR is held back");
      rows.much();
      page.navigate(web.url("/partners/held"));
      assertThat(page.locator("#held .list-group-item").count()).isEqualTo(8);
      assertThat(page.textContent("#held"))
          .contains("latitude: is missing", "Kartenterminals & <Zahlungen>", "onerror=alert(1)");
      page.click("#held .list-group-item button >> nth=0");
      page.waitForSelector(".alert-success");
      assertThat(page.textContent(".alert-success")).contains("Made again: 1.");
      assertThat(made()).containsExactly(4_711L);
      page.click("#held .card-actions button");
      page.waitForSelector(".alert-success >> text=8");
      assertThat(made()).contains(7_000_004_760L).hasSizeGreaterThanOrEqualTo(8);
      assertThat(page.textContent("#places"))
          .contains("The coordinates are missing", "Not shown to partners")
          .contains("BE-1", "EVSE 3: no connector whose type OCPI knows", "Shown in part");
      page.click("#places a[href='/stations/BE-1']");
      assertThat(page.textContent("h1")).contains("BE-1");
      assertThat(window.complaints).isEmpty();
    }
    assertThat(actions()).contains("cdr.retry");
  }

  @Test
  void terminal_isAssigned_onceItsServiceHasTakenIt() {
    try (Browsers browsers = new Browsers();
        Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      page.navigate(web.url("/partners/terminals"));
      assertThat(page.textContent("#terminals")).contains("No card terminals", "PTP");
      rows.much();
      page.navigate(web.url("/partners/terminals"));
      assertThat(page.textContent("#terminals")).contains("Nowhere yet", "left pole", "Ring 1");
      page.click("#terminals a:has-text('T-1')");
      page.check("input[value='ring-1']");
      page.fill("#f-evse_uids", "BE-1/1\nBE-2\nBE-9/1");
      page.click("#assign .btn-primary");
      assertThat(page.textContent("#error-evse_uids")).contains("BE-9/1");
      assertThat(page.isChecked("input[value='ring-1']")).isTrue();
      page.fill("#f-evse_uids", "BE-1/1\nBE-2");
      page.click("#assign .btn-primary");
      page.waitForSelector(".alert-danger");
      assertThat(page.textContent(".alert-danger")).contains("did not take it", "404");
      assertThat(terminal("T-1").locationIds()).isEmpty();
      assertThat(actions()).doesNotContain("partner.terminal");
      accepts("/payments/terminals/T-1");
      page.click("#assign .btn-primary");
      page.waitForSelector(".alert-success");
      assertThat(page.inputValue("#f-evse_uids")).isEqualTo("BE-1/1\nBE-2/1\nBE-2/2");
      assertThat(window.complaints).filteredOn(c -> !c.contains("40")).isEmpty();
    }
    assertThat(terminal("T-1").locationIds()).containsExactly("ring-1");
    assertThat(terminal("T-1").evseUids()).hasSize(3);
    assertThat(heard).singleElement().asString().contains("\"location_ids\":[\"ring-1\"]");
    assertThat(actions()).contains("partner.terminal");
  }

  @Test
  void pagesFitAPhone_inChinese_withOddTexts() {
    rows.much();
    try (Browsers browsers = new Browsers();
        Browsers.Window window = browsers.open(390, 844, "zh")) {
      window.signIn(web);
      Page page = window.page;
      for (String path : List.of("/partners/held", "/partners/terminals")) {
        page.navigate(web.url(path));
        assertThat(page.textContent("#content")).doesNotContain("held.", "terminal.");
        assertThat(window.overflows()).as(path).isFalse();
      }
      page.click("#terminals a:has-text('t/2')");
      assertThat(page.textContent("h1")).contains(LONG_ID);
      assertThat(page.inputValue("#f-evse_uids")).isEqualTo("#77");
      assertThat(page.isChecked("input[value='gone']")).isTrue();
      assertThat(window.overflows()).isFalse();
      assertThat(page.navigate(web.url("/partners/terminals/77")).status()).isEqualTo(404);
      assertThat(window.complaints).filteredOn(text -> !text.contains("404")).isEmpty();
    }
  }

  @Test
  void api_listsAndMends_withinTheOperator() {
    rows.much();
    String own = web.key(Role.OPERATOR_ADMIN, 1L);
    String party = "/ocpi/parties/" + rows.service.id();
    Reply held = web.get(own, "/ocpi/cdrs/held?limit=5");
    assertThat(held.body().at("/items")).hasSize(5);
    assertThat(held.body().at("/items/0/session").asLong()).isEqualTo(4_711);
    Reply rest = web.get(own, "/ocpi/cdrs/held?cursor=" + held.body().at("/next").asText());
    assertThat(rest.body().at("/items")).hasSize(3);
    assertThat(web.post(own, "/ocpi/cdrs/held/4711/retry", "").status()).isEqualTo(202);
    assertThat(web.post(own, "/ocpi/cdrs/held/4712/retry", "").status()).isEqualTo(404);
    assertThat(made()).containsExactly(4_711L);
    assertThat(web.get(own, "/ocpi/locations/held").body().toString())
        .contains("coordinates: missing", "\"shown\":true");
    Reply first = web.get(own, "/ocpi/terminals?limit=1");
    assertThat(first.body().at("/items/0/id").asText()).isEqualTo("T-1");
    Reply next = web.get(own, "/ocpi/terminals?cursor=" + first.body().at("/next").asText());
    assertThat(next.body().at("/items")).hasSize(2);
    assertThat(web.call(own, "PATCH", party + "/terminals/T-1", "{\"evse_uids\":[\"9\"]}").field())
        .isEqualTo("evse_uids");
    String wish = "{\"location_ids\":[\"RING-2\"]}";
    assertThat(web.call(own, "PATCH", party + "/terminals/T-1", wish).status()).isEqualTo(502);
    accepts("/payments/terminals/T-1");
    Reply done = web.call(own, "PATCH", party + "/terminals/t-1", wish);
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    assertThat(done.body().at("/location_ids/0").asText()).isEqualTo("ring-2");
    assertThat(web.get(own, party + "/terminals/T-1").body()).isEqualTo(done.body());
    String odd = java.net.URLEncoder.encode(LONG_ID, StandardCharsets.UTF_8).replace("+", "%20");
    assertThat(web.get(own, party + "/terminals/" + odd).body().at("/id").asText())
        .isEqualTo(LONG_ID);
    assertThat(actions()).contains("cdr.retry", "partner.terminal");
    String foreign = web.key(Role.OPERATOR_ADMIN, stranger());
    assertThat(web.get(foreign, "/ocpi/cdrs/held").body().at("/items")).isEmpty();
    assertThat(web.get(foreign, "/ocpi/terminals").body().at("/items")).isEmpty();
    assertThat(web.get(foreign, "/ocpi/locations/held").body().at("/items")).isEmpty();
    assertThat(web.post(foreign, "/ocpi/cdrs/held/4711/retry", "").status()).isEqualTo(404);
    assertThat(web.call(foreign, "PATCH", party + "/terminals/T-1", wish).status()).isEqualTo(404);
  }

  private long stranger() {
    return web.inventory
        .createOperator(new org.ampay.station.Operator(77, "Other", "CN", "OTH", "CNY", 5_000))
        .id();
  }
}
