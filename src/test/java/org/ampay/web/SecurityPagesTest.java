package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tab of a station's security, in a browser. */
class SecurityPagesTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static WebFixture web;
  private static Browsers browsers;

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

  @Test
  void aStation_isAskedForAHigherProfile_givenAPassword_andPinned() {
    StationInfo station = web.inventory.byIdentity("SH-HQ-0001").orElseThrow();
    web.stations.connect(station.id(), Protocol.OCPP_16);
    web.stations.answer(new CommandOutcome.Answered("{\"status\":\"Accepted\"}"));
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      page.navigate(web.url("/stations/SH-HQ-0001/security"));
      page.click("form[hx-post$='/password'] button");
      page.waitForSelector("#outcome .alert-success");
      assertThat(page.textContent("#outcome code")).hasSize(20);
      page.navigate(web.url("/stations/SH-HQ-0001/security"));
      page.selectOption("#profile", "2");
      page.click("form[action$='/security'] .btn-primary");
      page.waitForSelector(".alert-info");
      assertThat(web.stations.sent().getLast().payload())
          .contains("SecurityProfile", "\"value\":\"2\"");
      assertThat(web.security.status(station.id()).orElseThrow().target()).contains(2);
      page.selectOption("form[action$='/pin'] select", "3");
      page.click("form[action$='/pin'] button");
      page.waitForSelector("text=3: client certificate and TLS");
      assertThat(web.security.profile(station.id())).isEqualTo(3);
      assertThat(window.complaints).isEmpty();
    }
  }
}
