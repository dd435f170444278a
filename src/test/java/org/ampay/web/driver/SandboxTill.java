package org.ampay.web.driver;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ampay.app.sandbox.Sandbox;
import org.ampay.app.sandbox.SandboxFaults;
import org.ampay.app.sandbox.SandboxFaults.Fault;
import org.ampay.app.sandbox.SandboxSettings;
import org.ampay.app.sandbox.Wires;
import org.ampay.web.Browsers;

/** A provider's real SDK against the sandbox, where payers use the pages that it shows. */
final class SandboxTill implements Till {

  private static final String CURRENCY = "CNY";
  private static final Map<String, Long> ACCOUNTS = new ConcurrentHashMap<>();

  private static final class Shared {
    static final Sandbox SANDBOX =
        Sandbox.start(
            SandboxSettings.local(OrderStories.STAGE.server.server().foundation().time()),
            Wires.ALL);
  }

  private final String provider;
  private final String flow;
  private final String form;

  SandboxTill(String provider, String flow, String form) {
    this.provider = provider;
    this.flow = flow;
    this.form = form;
  }

  /** The operator's account, the same for all stories. */
  private long account() {
    return ACCOUNTS.computeIfAbsent(provider, SandboxTill::make);
  }

  private static long make(String provider) {
    Map<String, String> settings =
        Shared.SANDBOX.account(
            provider,
            "stories",
            URI.create(OrderStories.STAGE.url("/hooks/" + provider + "/" + provider)));
    return OrderStories.STAGE
        .server
        .api()
        .post(
            "/payment-accounts",
            Map.of("provider", provider, "code", provider, "name", provider, "settings", settings))
        .expect(201)
        .path("id")
        .asLong();
  }

  @Override
  public String way() {
    return provider + "-" + account() + "-" + flow + "-" + form;
  }

  /** What the payer does on the provider's page; the driver's own window comes back from it. */
  private void act(Stage.Order order, String button) {
    if (form.equals("redirect")) {
      order.page.click("#link");
      order.page.click("#" + button);
      return;
    }
    try (Browsers.Window app = OrderStories.STAGE.browsers.open(390, 844, "en")) {
      Page page = app.page;
      String text = URLEncoder.encode(order.action(), StandardCharsets.UTF_8);
      page.navigate(Shared.SANDBOX.address() + "/sandbox/payer?qr=" + text);
      page.click("#" + button);
      page.waitForLoadState();
    }
  }

  @Override
  public void agrees(Stage.Order order) {
    act(order, "pay");
  }

  @Override
  public void declines(Stage.Order order) {
    act(order, "decline");
  }

  @Override
  public void leaves(Stage.Order order) {
    act(order, "cancel");
  }

  @Override
  public void refuses() {
    next(Fault.DECLINE);
  }

  @Override
  public void losesCallback() {
    next(Fault.LOSE);
  }

  @Override
  public void delaysCallback() {
    next(Fault.DELAY_CALLBACK);
  }

  private void next(Fault fault) {
    Shared.SANDBOX
        .faults()
        .add(new SandboxFaults.Rule(fault, provider, "", 1, 1_000, Duration.ofSeconds(2)));
  }

  @Override
  public long moved() {
    return Shared.SANDBOX.books().moved(provider, "stories", CURRENCY);
  }

  @Override
  public long held() {
    return Shared.SANDBOX.books().held(provider, "stories", CURRENCY);
  }
}
