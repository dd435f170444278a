package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.ampay.payment.method.PartnerPayers;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What partners owe, in a real browser, in both languages. */
class RoamingPagesTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final long EMP = 900_000_000_700L;
  private static final long INVOICE = 900_000_000_900L;

  private static WebFixture web;
  private static Browsers browsers;

  @BeforeAll
  static void start() {
    web = new WebFixture(DATABASE.database());
    new ConsoleWorld(web);
    PartnerPayers payers = new PartnerPayers(web.database, web.time);
    web.database.transactor().run(tx -> payers.ensure(tx, 1, EMP, "Elektro <Mobil> AG"));
    DATABASE
        .dsl()
        .execute(
            """
            INSERT INTO roaming_invoice (id, operator_id, number, code, kind, partner_id,
              partner_name, currency, period, zone, to_at, items, excl_minor, tax_minor,
              total_minor, created_by, created_at) VALUES (%d, 1, 1, 'CN-AMP-R000001', 'invoice',
              %d, 'Elektro <Mobil> AG', 'CNY', '2025-01', 'Asia/Shanghai', '2025-01-31', 0, 1000,
              100, 1100, 'system', '2025-02-01')\
            """
                .formatted(INVOICE, EMP));
    DATABASE.dsl().execute("INSERT INTO roaming_invoice_number VALUES (1, 1)");
    DATABASE
        .dsl()
        .execute(
            "INSERT INTO roaming_invoice_line VALUES (%d, 1, 10, 1000, 100, 1100)"
                .formatted(INVOICE));
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

  @Test
  void payment_isBooked_shown_andReversed_andTheLimitIsSet() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      page.click("a[href='/roaming']");
      page.click("#partners tbody a");
      assertThat(page.textContent("h1")).contains("Elektro <Mobil> AG");
      page.fill("#f-amount", "4.001");
      page.fill("#f-received_on", web.time.now().toString().substring(0, 10));
      page.fill("#f-reference", "bank 17");
      page.click("#pay .btn-primary");
      assertThat(page.textContent("#error-amount")).contains("more digits");
      assertThat(page.inputValue("#f-reference")).isEqualTo("bank 17");
      page.fill("#f-amount", "4");
      page.fill("#f-fee", "0.05");
      page.selectOption("#f-invoice", Long.toString(INVOICE));
      page.click("#pay .btn-primary");
      page.waitForSelector("#payments tbody tr");
      assertThat(page.textContent("#standing")).contains("−¥4.05");
      assertThat(page.textContent("#invoices")).contains("Partly paid", "¥6.95");
      page.click("#payments form button");
      page.waitForSelector("text=Reversal");
      assertThat(page.textContent("#standing")).contains("¥0.00").doesNotContain("4.05");
      page.fill("#f-limit", "100");
      page.click("#limit button");
      page.waitForSelector("#standing >> text=¥100.00");
      page.fill("#f-period", "2024-12");
      page.click("#make button");
      assertThat(page.textContent("#error-period")).contains("on no invoice");
      assertThat(window.complaints).filteredOn(text -> !text.contains("400")).isEmpty();
    }
    assertThat(actions()).contains("roaming.payment", "roaming.payment_reverse", "roaming.limit");
  }

  @Test
  void invoice_isShownInChinese_onAPhone() {
    try (Browsers.Window window = browsers.open(390, 844, "zh")) {
      window.signIn(web);
      Page page = window.page;
      page.navigate(web.url("/roaming/" + EMP + "/invoices/" + INVOICE));
      assertThat(page.textContent("#invoice")).contains("10 %", "¥11.00", "2025-01");
      assertThat(window.overflows()).isFalse();
      page.navigate(web.url("/roaming/" + EMP));
      assertThat(page.textContent("#content")).contains("对账单", "账单");
      assertThat(window.overflows()).isFalse();
      assertThat(page.navigate(web.url("/roaming/77")).status()).isEqualTo(404);
      assertThat(window.complaints).filteredOn(text -> !text.contains("404")).isEmpty();
    }
  }
}
