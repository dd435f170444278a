package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.ampay.station.Registration;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Device models, events and onboarding in a real browser. */
class DeviceConsoleTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String STATION = "/stations/SH-HQ-0002";

  private static WebFixture web;
  private static Browsers browsers;
  private Browsers.Window window;
  private Page page;

  @BeforeAll
  static void start() {
    web = new WebFixture(DATABASE.database());
    new ConsoleWorld(web);
    browsers = new Browsers();
  }

  @AfterAll
  static void stop() {
    browsers.close();
    web.close();
  }

  @BeforeEach
  void open() {
    window = browsers.open(1280, 900, "en");
    page = window.page;
    window.signIn(web);
  }

  @AfterEach
  void quietly() {
    assertThat(window.complaints).isEmpty();
    window.close();
  }

  private void visit(String path) {
    page.navigate(web.url(path));
  }

  private String text() {
    return page.textContent("#content");
  }

  @Test
  void variables_areSearchedAndTheirHistoryIsAClickAway() {
    visit(STATION + "/device");
    page.fill("#q", "power");
    page.waitForCondition(() -> !page.textContent("#list").contains("Temperature"));
    assertThat(page.textContent("#list")).contains("EVSE@1", "Power", "11000");
    page.click("#list a >> nth=0");
    page.waitForURL("**/changes?variable=*");
    assertThat(text()).contains("22000", "11000");
  }

  @Test
  void aPassword_isNeverShown() {
    visit("/stations/SH-HQ-0001/device");
    assertThat(text()).contains("AuthorizationKey", "***").doesNotContain("00ff");
  }

  @Test
  void twoStations_areCompared() {
    visit(STATION + "/difference");
    page.fill("#with", "SH-HQ-0001");
    page.click("form:has(#with) button");
    page.waitForURL("**/difference?with=SH-HQ-0001");
    assertThat(text()).contains("NumberOfConnectors", "not there");
  }

  @Test
  void eventsAndMonitors_areShownAsTheStationSaidThem() {
    visit(STATION + "/events");
    assertThat(text()).contains("23000", "E-17", "Cleared", "caused by 1", "UpperThreshold");
  }

  @Test
  void aStation_isHeldByAButton() {
    visit("/stations/SH-HQ-0006/device");
    page.click("button[value=pending]");
    page.waitForSelector("#told .alert");
    long id = web.inventory.byIdentity("SH-HQ-0006").orElseThrow().id();
    assertThat(web.devices.provisioning.decision(id).orElseThrow().decision())
        .isEqualTo(Registration.PENDING);
    visit("/stations/SH-HQ-0006/device");
    assertThat(text()).contains("Pending");
  }

  @Test
  void whoKnocks_isCountedInTheMenuAndAdopted() {
    visit("/onboarding");
    page.waitForSelector("nav .badge");
    assertThat(page.textContent("nav .badge").strip()).isEqualTo("3");
    page.click("tr:has-text('新桩-2') a.btn");
    assertThat(page.inputValue("#id")).isEqualTo("新桩-2");
    page.click("#adopt button.btn-primary");
    page.waitForSelector("text=新桩-2");
    assertThat(web.inventory.byIdentity("新桩-2")).isPresent();
    visit("/onboarding");
    assertThat(page.textContent("table")).doesNotContain("新桩-2");
  }

  @Test
  void aWrongList_isToldLineByLine_andStaysInTheForm() {
    visit("/onboarding");
    page.fill("[name=csv]", "id,evses\nIMP-1,1\nIMP-2,many\n");
    page.selectOption("#import [name=site]", page.inputValue("#site"));
    page.click("#import button");
    page.waitForSelector("#import .alert");
    assertThat(page.textContent("#import .alert")).contains("Line 3", "evses");
    assertThat(page.inputValue("[name=csv]")).contains("IMP-2,many");
    assertThat(web.inventory.byIdentity("IMP-1")).isEmpty();
    window.complaints.removeIf(complaint -> complaint.contains("400")); // as it should be
    page.fill("[name=csv]", "id,evses\nIMP-1,1\nIMP-2,2\n");
    page.selectOption("#import [name=site]", page.inputValue("#site"));
    page.click("#import button");
    page.waitForSelector(".alert-success");
    assertThat(web.inventory.byIdentity("IMP-2").orElseThrow().evses()).hasSize(2);
  }

  @Test
  void theRuleForNewStations_isChanged() {
    visit("/onboarding");
    page.selectOption("[name=rule]", "pending");
    page.waitForCondition(() -> web.devices.provisioning.rule(1) == Registration.PENDING);
    page.waitForLoadState();
    assertThat(page.inputValue("[name=rule]")).isEqualTo("pending");
  }
}
