package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.ampay.access.Token;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Protocol;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tab of local list and reservations in a real browser. */
class StationAccessPageTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String PAGE = "/stations/SH-HQ-0002/access";

  private static WebFixture web;
  private static Browsers browsers;

  @BeforeAll
  static void start() {
    web = new WebFixture(DATABASE.database());
    new ConsoleWorld(web);
    browsers = new Browsers();
    web.tokens.create(
        new Token(
            0,
            1,
            "PAGE-TOKEN",
            "ISO14443",
            "FLEET",
            null,
            null,
            null,
            false,
            1,
            java.util.List.of()));
    web.stations.connect(
        web.inventory.byIdentity("SH-HQ-0002").orElseThrow().id(), Protocol.OCPP_16);
  }

  @AfterAll
  static void stop() {
    browsers.close();
    web.close();
  }

  @Test
  void aReservation_isMadeShownAndCalledOff() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      web.stations.answer(new CommandOutcome.Answered("{\"status\":\"Accepted\"}"));
      window.page.navigate(web.url(PAGE));
      window.page.fill("#token", "PAGE-TOKEN");
      window.page.click("form[action$='/access/reservations'] button");
      assertThat(window.page.textContent("table")).contains("PAGE-TOKEN", "FLEET", "reserved");
      window.page.click("form[action$='/cancel'] button");
      assertThat(window.page.textContent("table")).contains("cancelled");
      assertThat(web.stations.sent())
          .extracting(PlayedStations.Sent::action)
          .contains("ReserveNow", "CancelReservation");
    }
  }

  @Test
  void whatIsWrong_isSaidOnThePage() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      window.page.navigate(web.url(PAGE));
      window.page.fill("#token", "NOBODY");
      window.page.click("form[action$='/access/reservations'] button");
      assertThat(window.page.textContent("[role=alert]")).contains("token");
    }
  }

  @Test
  void theLocalList_isGivenAPolicy_andSent() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      web.stations.answer(new CommandOutcome.Answered("{\"listVersion\":-1}"));
      window.page.navigate(web.url(PAGE));
      window.page.selectOption("#mode", "chosen");
      window.page.fill("#groups", "FLEET");
      window.page.click("form[action$='/access/policy'] button");
      assertThat(window.page.inputValue("#groups")).isEqualTo("FLEET");
      window.page.click("form[action$='/access/sync'] button");
      assertThat(window.page.textContent(".datagrid")).contains("keeps no list", "-1");
    }
  }
}
