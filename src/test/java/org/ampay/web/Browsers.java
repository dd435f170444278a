package org.ampay.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A headless Chromium of this machine, and what its pages complain about. */
public final class Browsers implements AutoCloseable {

  /** The one without windows starts in a fifth of the time; the whole one does as well. */
  static final Path CHROMIUM =
      Stream.of("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
          .map(Path::of)
          .filter(Files::isExecutable)
          .findFirst()
          .orElse(Path.of("/usr/bin/chromium"));

  private final Playwright playwright =
      Playwright.create(
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final Browser browser =
      playwright
          .chromium()
          .launch(
              new BrowserType.LaunchOptions()
                  .setExecutablePath(CHROMIUM)
                  .setHeadless(true)
                  .setArgs(
                      List.of(
                          "--headless",
                          "--no-sandbox",
                          "--disable-gpu",
                          "--disable-quic",
                          "--no-first-run",
                          "--disable-background-networking",
                          "--disable-component-update",
                          "--disable-sync")));

  /** Whether this machine has a browser. */
  public static boolean available() {
    return Files.isExecutable(CHROMIUM);
  }

  /** A page with a profile of its own. */
  public Window open(int width, int height, String language) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions().setViewportSize(width, height).setLocale(language));
    return new Window(context, context.newPage());
  }

  /** A page, and what it wrote to the console as an error. */
  public static final class Window implements AutoCloseable {
    public final Page page;
    public final List<String> complaints = new ArrayList<>();
    private final BrowserContext context;

    Window(BrowserContext context, Page page) {
      this.context = context;
      this.page = page;
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
              complaints.add(message.type() + " " + message.text() + " " + message.location());
            }
          });
      page.onPageError(error -> complaints.add("exception " + error));
      page.onDialog(dialog -> dialog.accept());
    }

    void signIn(WebFixture web) {
      page.navigate(web.url("/sign-in"));
      page.fill("#email", ConsoleWorld.EMAIL);
      page.fill("#password", ConsoleWorld.PASSWORD);
      page.click("form[action='/sign-in'] button");
      page.waitForSelector("#content");
    }

    /** Wider than the window: the reader would have to scroll sideways. */
    public boolean overflows() {
      return (Boolean)
          page.evaluate(
              "() => document.documentElement.scrollWidth > document.documentElement.clientWidth");
    }

    @Override
    public void close() {
      context.close();
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
