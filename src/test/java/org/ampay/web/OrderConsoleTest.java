package org.ampay.web;

import static org.ampay.store.tables.Tables.AUDIT_ENTRY;
import static org.ampay.store.tables.Tables.PAYMENT_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.station.StationInfo;
import org.ampay.store.TestDatabase;
import org.ampay.web.OrderRows.Draft;
import org.ampay.web.driver.QrCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Drivers' orders in the console: found, looked at, cancelled; and the codes to print. */
class OrderConsoleTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static WebFixture web;
  private static DriverWorld world;
  private static Browsers browsers;

  @BeforeAll
  static void start() {
    web = new WebFixture(DATABASE.database());
    world = new DriverWorld(web, new ConsoleWorld(web));
    browsers = new Browsers();
  }

  @AfterAll
  static void stop() {
    browsers.close();
    web.close();
  }

  @Test
  void order_isFoundByItsCode_andCancelledOnce() {
    StationInfo station = web.inventory.byIdentity("SH-HQ-0003").orElseThrow();
    String code = world.rows().order(Draft.of(station, State.STARTING, null, 5_000));
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      window.page.navigate(web.url("/orders?code=" + code + "&station=SH-HQ-0003"));
      assertThat(window.page.querySelectorAll("tbody tr")).hasSize(1);
      window.page.click("tbody tr a");
      assertThat(window.page.textContent("#content"))
          .contains("Waiting for the cable", "¥50.00", "Ask for payment", "WeChat Pay")
          .doesNotContain(code);
      window.page.click("form[action$='/cancel'] button");
      window.page.waitForSelector("text=The order is being ended.");
      assertThat(window.page.querySelector("form[action$='/cancel']")).isNull();
      assertThat(window.complaints).isEmpty();
    }
    long id =
        web.database
            .dsl()
            .select(PAYMENT_ORDER.ID)
            .from(PAYMENT_ORDER)
            .where(PAYMENT_ORDER.CODE.eq(code))
            .and(PAYMENT_ORDER.WISH.eq("cancelled"))
            .fetchSingle(PAYMENT_ORDER.ID);
    assertThat(web.database.dsl().fetchCount(AUDIT_ENTRY, AUDIT_ENTRY.SUBJECT.eq("order:" + id)))
        .isEqualTo(1);
  }

  @Test
  void shortBeginnings_andOtherOperatorsOrders_areNotFound() {
    StationInfo foreign = web.inventory.byIdentity("DE-NEW-1").orElseThrow();
    String code = world.rows().order(Draft.of(foreign, State.PAID, null, 5_000));
    long id =
        web.database
            .dsl()
            .select(PAYMENT_ORDER.ID)
            .from(PAYMENT_ORDER)
            .where(PAYMENT_ORDER.CODE.eq(code))
            .fetchSingle(PAYMENT_ORDER.ID);
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      window.page.navigate(web.url("/orders?code=" + code));
      assertThat(window.page.textContent("#content")).contains("Nothing found");
      window.page.navigate(web.url("/orders?code=000"));
      assertThat(window.page.textContent("#content")).contains("Nothing found");
      window.page.navigate(web.url("/orders/" + id));
      assertThat(window.page.textContent("#content")).contains("There is no such page");
    }
  }

  @Test
  void printedCode_isThatOfThePage() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      window.page.navigate(web.url("/stations/SH-HQ-0002/qr"));
      String path = world.point(world.free());
      String drawn = QrCode.of(web.url(path)).orElseThrow().path();
      assertThat(window.page.getAttribute("svg.qr-image path", "d")).isEqualTo(drawn);
      window.page.click("a[href='" + path + "']");
      assertThat(window.page.textContent("#state")).contains("Free");
    }
  }
}
