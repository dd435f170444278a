package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Pictures of every page for people to look at: {@code target/screenshots}. {@code
 * -Dampay.screenshots=tariff} makes only those of pages whose name begins so.
 */
@Tag("full")
class ScreenshotsTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Path FOLDER =
      Path.of(System.getProperty("ampay.basedir", "")).resolve("target/screenshots");

  @Test
  void everyPage_hasAPicture() {
    try (WebFixture web = new WebFixture(DATABASE.database());
        Browsers browsers = new Browsers()) {
      ConsoleWorld world = new ConsoleWorld(web);
      Map<String, String> pages = new LinkedHashMap<>(world.pages());
      ByHandRows byHand = new ByHandRows(web, URI.create("http://127.0.0.1:9/payments"));
      byHand.much();
      byHand.addPages(pages);
      Map<String, String> driver = new DriverWorld(web, world).pages();
      for (String language : List.of("zh-CN", "en")) {
        shoot(web, browsers, pages, language, 1280, 800, "desktop");
        shoot(web, browsers, pages, language, 390, 844, "phone");
        shoot(web, browsers, driver, language);
      }
    }
    assertThat(FOLDER.resolve("sign-in-en-desktop.png")).exists();
  }

  private static void shoot(
      WebFixture web,
      Browsers browsers,
      Map<String, String> pages,
      String language,
      int width,
      int height,
      String kind) {
    try (Browsers.Window window = browsers.open(width, height, language)) {
      String end = "-" + language + "-" + kind + ".png";
      window.page.navigate(web.url("/sign-in"));
      picture(window.page, "sign-in" + end);
      window.signIn(web);
      for (Map.Entry<String, String> page : pages.entrySet()) {
        if (!page.getKey().startsWith(System.getProperty("ampay.screenshots", ""))) {
          continue;
        }
        window.page.navigate(web.url(page.getValue()));
        window.page.waitForLoadState(LoadState.LOAD);
        if (page.getKey().startsWith("session-") || page.getKey().equals("session")) {
          window.page.waitForFunction(
              "() => Chart.getChart(document.querySelector('canvas')) !== undefined");
        }
        picture(window.page, page.getKey() + end);
      }
    }
  }

  /** What drivers see, on a phone and wide. */
  private static void shoot(
      WebFixture web, Browsers browsers, Map<String, String> pages, String language) {
    for (int width : new int[] {390, 1280}) {
      try (Browsers.Window window = browsers.open(width, 844, language)) {
        for (Map.Entry<String, String> page : pages.entrySet()) {
          if (!page.getKey().startsWith(System.getProperty("ampay.screenshots", ""))) {
            continue;
          }
          window.page.navigate(web.url(page.getValue()));
          window.page.waitForLoadState(LoadState.LOAD);
          String kind = width == 390 ? "phone" : "desktop";
          picture(window.page, page.getKey() + "-" + language + "-" + kind + ".png");
        }
      }
    }
  }

  private static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name)).setFullPage(true));
  }
}
