package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Path;
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
      shoot(web, browsers, world, "zh-CN", 1280, 800, "desktop");
      shoot(web, browsers, world, "en", 1280, 800, "desktop");
      shoot(web, browsers, world, "zh-CN", 390, 844, "phone");
      shoot(web, browsers, world, "en", 390, 844, "phone");
    }
    assertThat(FOLDER.resolve("sign-in-en-desktop.png")).exists();
  }

  private static void shoot(
      WebFixture web,
      Browsers browsers,
      ConsoleWorld world,
      String language,
      int width,
      int height,
      String kind) {
    try (Browsers.Window window = browsers.open(width, height, language)) {
      String end = "-" + language + "-" + kind + ".png";
      window.page.navigate(web.url("/sign-in"));
      picture(window.page, "sign-in" + end);
      window.signIn(web);
      for (Map.Entry<String, String> page : world.pages().entrySet()) {
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

  private static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name)).setFullPage(true));
  }
}
