package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.ampay.payment.PaymentMethod;
import org.ampay.payment.kit.ExampleBank;
import org.ampay.store.TestDatabase;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payment accounts and drivers' methods of the console in a real browser. */
class PaymentConsoleTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static WebFixture web;
  private static ConsoleWorld world;
  private static ExampleBank bank;
  private static Browsers browsers;

  @BeforeAll
  static void start() {
    web = new WebFixture(DATABASE.database());
    world = new ConsoleWorld(web);
    bank = new ExampleBank(web.time);
    browsers = new Browsers();
  }

  @AfterAll
  static void stop() {
    browsers.close();
    bank.close();
    web.close();
  }

  private static List<String> actions() {
    return web.audit.list(1, Long.MAX_VALUE, 200).stream().map(entry -> entry.action()).toList();
  }

  @Test
  void account_isMadeCheckedAndChanged_withoutEverShowingItsSecret() {
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      window.signIn(web);
      Page page = window.page;
      page.navigate(web.url("/payment-accounts"));
      page.click("a[href='/payment-accounts/new?provider=examplebank']");
      page.fill("#f-name", "House bank");
      page.fill("#f-endpoint", bank.url());
      page.fill("#f-merchant", ExampleBank.MERCHANT);
      page.fill("#f-secret", "short");
      page.click("#account .btn-primary");
      assertThat(page.textContent("[id='error-settings.secret']")).contains("16 characters");
      assertThat(page.inputValue("#f-endpoint")).isEqualTo(bank.url());
      assertThat(page.inputValue("#f-secret")).isEmpty();
      page.fill("#f-secret", ExampleBank.SECRET);
      page.click("#account .btn-primary");
      page.waitForSelector("#hook");
      assertThat(page.textContent("#hook")).startsWith("/hooks/examplebank/");
      assertThat(page.content()).doesNotContain(ExampleBank.SECRET);

      page.click("#check");
      assertThat(page.textContent(".alert")).contains("knows our keys");

      String url = page.url().replaceAll("\\?.*", "");
      page.fill("#f-name", "House bank 2");
      page.uncheck("input[name=enabled]");
      page.click("#account .btn-primary");
      page.waitForURL(url);
      assertThat(page.inputValue("#f-name")).isEqualTo("House bank 2");
      long id = Long.parseLong(url.replaceAll(".*/", ""));
      assertThat(web.paying.accounts().offered(1)).noneMatch(offer -> offer.account().id() == id);
      assertThat(web.paying.accounts().provider(id)).as("its secret stays").isPresent();
      assertThat(actions()).contains("payment_account.create", "payment_account.update");
      assertThat(window.complaints).allMatch(text -> text.contains("400 (Bad Request)"));
    }
  }

  @Test
  void driver_isPutOnAccount_andGetsAPin() {
    try (Browsers.Window window = browsers.open(390, 844, "zh-CN")) {
      window.signIn(web);
      Page page = window.page;
      page.navigate(web.url("/drivers/" + world.driver));
      page.click("a[href$='/payment']");
      page.selectOption("#f-kind", "invoice");
      page.fill("#f-credit", "1234,5");
      page.click("#method .btn-primary");
      page.waitForSelector("#method");
      assertThat(page.inputValue("#f-credit")).isEqualTo("1234.50");
      assertThat(web.paying.methods().of(world.driver).via().provider()).isEqualTo("invoice");
      page.fill("#f-pin", "1111");
      page.click("#pin .btn-primary");
      assertThat(page.isVisible("#error-pin")).isTrue();
      page.fill("#f-pin", "2468");
      page.click("#pin .btn-primary");
      page.waitForSelector("#pin .bg-green-lt");
      assertThat(web.paying.pins().isSet(1, world.driver)).isTrue();
      page.selectOption("#f-kind", "wallet");
      page.click("#method .btn-primary");
      page.waitForSelector("#method");
      assertThat(web.paying.methods().of(world.driver)).isEqualTo(PaymentMethod.WALLET);
      assertThat(actions()).contains("driver.payment_method", "driver.pin");
    }
  }

  @ParameterizedTest
  @CsvSource({"1280,en", "1280,zh-CN", "390,en", "390,zh-CN"})
  void pages_fitTheirWindow(int width, String language) {
    try (Browsers.Window window = browsers.open(width, 844, language)) {
      window.signIn(web);
      for (String path :
          List.of(
              "/payment-accounts",
              "/payment-accounts/new?provider=examplebank",
              "/payment-accounts/" + world.account,
              "/drivers/" + world.driver + "/payment")) {
        window.page.navigate(web.url(path));
        assertThat(window.page.content()).doesNotContain("nobody-must-see-this");
        assertThat(window.overflows()).as(path).isFalse();
        window.page.screenshot(
            new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(
                    java.nio.file.Path.of(System.getProperty("ampay.basedir", ""))
                        .resolve("target/screenshots")
                        .resolve(
                            path.replaceAll("[^a-z-]+", "_")
                                + "-"
                                + language
                                + "-"
                                + width
                                + ".png")));
      }
    }
  }

  @Test
  void withoutPermission_thePagesAreClosed() {
    String email = "viewer@accounts";
    web.people.createUser(email, Role.FINANCE, 1L, ConsoleWorld.PASSWORD, "test");
    try (Browsers.Window window = browsers.open(1280, 800, "en")) {
      Page page = window.page;
      page.navigate(web.url("/sign-in"));
      page.fill("#email", email);
      page.fill("#password", ConsoleWorld.PASSWORD);
      page.click("form[action='/sign-in'] button");
      page.waitForSelector("#content");
      assertThat(page.content()).doesNotContain("href=\"/payment-accounts\"");
      assertThat(page.navigate(web.url("/payment-accounts")).status()).isEqualTo(403);
    }
  }
}
