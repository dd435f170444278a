package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.LoadState;
import java.util.List;
import java.util.Map;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The driver's pages in a real browser, each in every state. */
class DriverPagesTest {

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

  @ParameterizedTest
  @CsvSource({"1280,800,zh-CN", "390,844,en", "320,568,zh-CN"})
  void everyPage_fitsAndIsQuiet(int width, int height, String language) {
    try (Browsers.Window window = browsers.open(width, height, language)) {
      for (Map.Entry<String, String> page : world.pages().entrySet()) {
        window.complaints.clear();
        window.page.navigate(web.url(page.getValue()));
        window.page.waitForLoadState(LoadState.LOAD);
        assertThat(window.overflows()).as("%s is too wide", page.getKey()).isFalse();
        assertThat(window.page.getAttribute("html", "lang")).isEqualTo(language);
        assertThat(window.page.textContent("h1")).as(page.getKey()).isNotBlank();
        List<String> complaints =
            window.complaints.stream()
                .filter(c -> !(page.getKey().contains("unknown") && c.contains("404")))
                .toList();
        assertThat(complaints).as(page.getKey()).isEmpty();
        assertThat(window.page.querySelectorAll("#content img[onerror]")).isEmpty();
      }
    }
  }

  @Test
  void aFreePoint_takesAnOrderAndShowsItsCode() {
    try (Browsers.Window window = browsers.open(390, 844, "en")) {
      window.page.navigate(web.url(world.point(world.free())));
      assertThat(window.page.textContent("#state")).contains("Free");
      assertThat(window.page.textContent("#price")).contains("CNY/kWh");
      window.page.check("input[value='wechat-901-prepaid-qr']");
      window.page.click("#order button");
      window.page.waitForSelector("#qr");
      assertThat(window.page.textContent("#told h1")).isEqualTo("Pay ¥50.00");
      window.page.click("#cancel");
      window.page.waitForSelector("#told.wait");
    }
  }
}
