package org.ampay.app.sandbox.alipay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ampay.app.HostPort;
import org.ampay.app.SystemTime;
import org.ampay.app.sandbox.Sandbox;
import org.ampay.app.sandbox.SandboxCall;
import org.ampay.app.sandbox.SandboxCallbacks;
import org.ampay.app.sandbox.SandboxSettings;
import org.ampay.app.sandbox.SandboxWire;
import org.ampay.base.Money;
import org.ampay.payment.kit.Rig;
import org.ampay.payment.provider.AccountSettings;
import org.ampay.payment.provider.Ask;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.ProviderContext;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.alipay.AlipayFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is Alipay's own in the flows, over real HTTP. */
class AlipayWireTest {

  private static final URI HOOK = URI.create("http://127.0.0.1:9/hooks/alipay/main");
  private static final URI BACK = URI.create("https://ampay.example/pay/orders/abc?x=1");

  private AlipayRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new AlipayRig(Form.REDIRECT);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private Operation operation(String reference, long fen) {
    return new Operation(1, 1, 7, reference, new Money("CNY", fen), "", rig.now());
  }

  private Ask ask(Form form) {
    return new Ask(
        "充电 A-07", form, rig.now().plus(Duration.ofMinutes(15)), BACK, null, "203.0.113.7", "zh");
  }

  private PaymentCommand.Present present(String reference, long fen, Form form) {
    return new PaymentCommand.Present(operation(reference, fen), ask(form));
  }

  private PaymentCommand.Authorize freeze(String reference, long fen) {
    return new PaymentCommand.Authorize(
        operation(reference, fen), Duration.ofDays(1), ask(Form.QR));
  }

  private static String action(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.ActionRequired.class);
    return ((Outcome.ActionRequired) outcome).action();
  }

  private static String said(SandboxCallbacks.Letter letter, String name) {
    return new SandboxCall("POST", "/", Map.of(), letter.body()).form().getOrDefault(name, "");
  }

  /** As a phone's browser does it: to Alipay's address, to the payer's page, and back to ours. */
  @Test
  void page_leadsThePayerToPay_andBack() throws Exception {
    PaymentCommand.Present command = present("ampay0001", 2_599, Form.REDIRECT);
    String page = action(rig.provider().execute(command));
    assertThat(rig.provider().query(command)).isInstanceOf(Outcome.ActionRequired.class);
    try (HttpClient browser = HttpClient.newHttpClient()) {
      URI payer = location(browser, URI.create(page));
      HttpResponse<String> shown =
          browser.send(HttpRequest.newBuilder(payer).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(shown.body()).contains("充电 A-07", "25.99", "id=\"pay\"");
      HttpResponse<String> paid =
          browser.send(
              HttpRequest.newBuilder(payer.resolve("/sandbox/payer"))
                  .header("content-type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString(payer.getRawQuery() + "&act=pay"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(paid.statusCode()).isEqualTo(303);
      assertThat(paid.headers().firstValue("location")).contains(BACK.toString());
    }
    assertThat(rig.moved("CNY")).isEqualTo(2_599);
    assertThat(rig.provider().query(command)).isInstanceOf(Outcome.Succeeded.class);
    assertThat(rig.nextCallback()).isPresent();
    assertThat(rig.sandbox().act(page, SandboxWire.Act.PAY)).as("once more").isFalse();
    assertThat(rig.moved("CNY")).isEqualTo(2_599);
  }

  private static URI location(HttpClient browser, URI page) throws Exception {
    HttpResponse<String> sent =
        browser.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(sent.statusCode()).isEqualTo(302);
    return page.resolve(sent.headers().firstValue("location").orElseThrow());
  }

  @Test
  void pageThatTheMerchantDidNotSign_asksNobody() {
    String page = action(rig.provider().execute(present("ampay0002", 2_599, Form.REDIRECT)));
    assertThat(rig.sandbox().asked(page)).isPresent();
    String altered = page.replace("25.99", "0.01");
    assertThat(altered).isNotEqualTo(page);
    assertThat(rig.sandbox().asked(altered)).isEmpty();
    assertThat(rig.sandbox().act(altered, SandboxWire.Act.PAY)).isFalse();
  }

  /** The payer came and left: the trade is there now, and is closed before it is paid. */
  @Test
  void cancelledPage_cannotBePaid() {
    String page = action(rig.provider().execute(present("ampay0003", 2_599, Form.REDIRECT)));
    assertThat(rig.sandbox().act(page, SandboxWire.Act.CANCEL)).isTrue();
    assertThat(rig.sandbox().asked(page).orElseThrow().open()).isTrue();
    var target =
        new PaymentCommand.Target(
            CommandKind.PRESENT, "ampay0003", "", new Money("CNY", 2_599), rig.now());
    assertThat(rig.provider().execute(new PaymentCommand.Cancel(operation("ampayc03", 0), target)))
        .isInstanceOf(Outcome.Succeeded.class);
    assertThat(rig.sandbox().act(page, SandboxWire.Act.PAY)).isFalse();
    assertThat(rig.moved("CNY")).isZero();
  }

  @Test
  void codes_areAddressesOfThePayersPage() throws Exception {
    String pay = action(rig.provider().execute(present("ampay0004", 2_000, Form.QR)));
    String agree = action(rig.provider().execute(freeze("ampay0005", 5_000)));
    assertThat(rig.sandbox().asked(pay))
        .contains(
            new SandboxWire.Asked("充电 A-07", new Money("CNY", 2_000), false, true, null, null));
    assertThat(rig.sandbox().asked(agree))
        .contains(
            new SandboxWire.Asked("充电 A-07", new Money("CNY", 5_000), true, true, null, null));
    try (HttpClient browser = HttpClient.newHttpClient()) {
      assertThat(location(browser, URI.create(agree)).getPath()).isEqualTo("/sandbox/payer");
    }
    assertThat(rig.sandbox().act(agree, SandboxWire.Act.PAY)).isTrue();
    assertThat(rig.held("CNY")).isEqualTo(5_000);
    assertThat(rig.moved("CNY")).isZero();
  }

  @Test
  void oneMerchantsReference_isNoOtherMerchants() throws Exception {
    try (AlipayRig other = new AlipayRig()) {
      PaymentCommand.Present command = present("ampay0006", 2_000, Form.QR);
      String mine = action(rig.provider().execute(command));
      String his = action(other.provider().execute(command));
      assertThat(his).isNotEqualTo(mine);
      assertThat(rig.sandbox().act(his, SandboxWire.Act.PAY)).isTrue();
      assertThat(other.moved("CNY")).isEqualTo(2_000);
      assertThat(rig.moved("CNY")).isZero();
      assertThat(rig.provider().query(command)).isNotInstanceOf(Outcome.Succeeded.class);
    }
  }

  /** A refusal waits for a call that can be refused. */
  @Test
  void question_isNeverDeclined() {
    PaymentCommand.Present command = present("ampay0007", 2_000, Form.QR);
    rig.sandbox().act(action(rig.provider().execute(command)), SandboxWire.Act.PAY);
    rig.next(Rig.Fault.DECLINE);
    assertThat(rig.provider().query(command)).isInstanceOf(Outcome.Succeeded.class);
    assertThat(rig.provider().execute(present("ampay0008", 2_000, Form.QR)))
        .isInstanceOf(Outcome.Declined.class);
  }

  @Test
  void expired_cannotBePaid() {
    String qr = action(rig.provider().execute(present("ampay0009", 2_000, Form.QR)));
    rig.advance(Duration.ofMinutes(16));
    assertThat(rig.sandbox().act(qr, SandboxWire.Act.PAY)).isFalse();
    assertThat(rig.moved("CNY")).isZero();
  }

  @Test
  void billOfAnotherAddress_isRefused() throws Exception {
    URI bill =
        rig.sandbox()
            .address()
            .resolve(
                "/alipay/bill?app_id="
                    + rig.settings().get("app_id")
                    + "&day=2026-03-09&sign=AAAA");
    try (HttpClient browser = HttpClient.newHttpClient()) {
      assertThat(
              browser
                  .send(HttpRequest.newBuilder(bill).build(), HttpResponse.BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(403);
    }
  }

  /** Until the merchant says exactly success; the id stays, by which he knows the repeat. */
  @Test
  void notification_isRepeatedUntilSuccess() throws Exception {
    BlockingQueue<SandboxCallbacks.Letter> letters = new LinkedBlockingQueue<>();
    Queue<String> answers = new ConcurrentLinkedQueue<>(List.of("SUCCESS", "success"));
    SandboxSettings settings =
        SandboxSettings.local(new SystemTime())
            .withPost(
                (url, letter) -> {
                  String answer = answers.remove();
                  letters.add(letter);
                  return new SandboxCallbacks.Reply(200, answer);
                });
    try (Sandbox sandbox = Sandbox.start(settings, List.of(AlipayWire::new))) {
      RemoteProvider provider = provider(sandbox);
      sandbox.act(
          action(provider.execute(present("ampay0010", 2_000, Form.QR))), SandboxWire.Act.PAY);
      SandboxCallbacks.Letter first = letters.poll(10, TimeUnit.SECONDS);
      SandboxCallbacks.Letter second = letters.poll(10, TimeUnit.SECONDS);
      assertThat(said(first, "notify_id")).isNotEmpty().isEqualTo(said(second, "notify_id"));
      assertThat(said(second, "trade_status")).isEqualTo("TRADE_SUCCESS");
    }
    assertThat(answers).isEmpty();
  }

  private static RemoteProvider provider(Sandbox sandbox) throws Exception {
    return new AlipayFactory()
        .open(
            new AccountSettings(1, 1, "main", sandbox.account("alipay", "main", HOOK)),
            new ProviderContext(sandbox.time(), new SecureRandom(), HOOK));
  }

  private static Sandbox kept(Path file) {
    return Sandbox.start(
        new SandboxSettings(
            new HostPort("127.0.0.1", 0),
            7,
            new SystemTime(),
            file,
            (url, letter) -> new SandboxCallbacks.Reply(200, "success")),
        List.of(AlipayWire::new));
  }

  @Test
  void gatewayWithAFile_isAgainWhatItWas(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("sandbox.json");
    PaymentCommand.Present byQr = present("ampay0011", 2_000, Form.QR);
    PaymentCommand.Present byPage = present("ampay0012", 3_000, Form.REDIRECT);
    PaymentCommand.Authorize freeze = freeze("ampay0013", 5_000);
    Map<String, String> account;
    Outcome paid;
    String page;
    try (Sandbox sandbox = kept(file)) {
      RemoteProvider provider = provider(sandbox);
      account = sandbox.account("alipay", "main", HOOK);
      sandbox.act(action(provider.execute(byQr)), SandboxWire.Act.PAY);
      sandbox.act(action(provider.execute(freeze)), SandboxWire.Act.PAY);
      page = action(provider.execute(byPage));
      sandbox.act(page, SandboxWire.Act.DECLINE);
      paid = provider.query(byQr);
      assertThat(paid).isInstanceOf(Outcome.Succeeded.class);
    }
    try (Sandbox sandbox = kept(file)) {
      RemoteProvider provider = provider(sandbox);
      assertThat(sandbox.account("alipay", "main", HOOK))
          .containsEntry("alipay_public_key", account.get("alipay_public_key"))
          .containsEntry("private_key", account.get("private_key"));
      assertThat(provider.query(byQr)).isEqualTo(paid);
      assertThat(sandbox.books().held("alipay", "main", "CNY")).isEqualTo(5_000);
      assertThat(sandbox.act(page, SandboxWire.Act.PAY)).isTrue();
      assertThat(sandbox.books().moved("alipay", "main", "CNY")).isEqualTo(5_000);
      assertThat(provider.query(byPage)).isInstanceOf(Outcome.Succeeded.class);
    }
  }
}
