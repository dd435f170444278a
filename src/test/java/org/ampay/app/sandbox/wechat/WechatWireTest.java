package org.ampay.app.sandbox.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ampay.app.sandbox.SandboxWire;
import org.ampay.base.Money;
import org.ampay.payment.kit.Rig;
import org.ampay.payment.provider.Ask;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.RawCallback;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.SettingException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is WeChat's own in the flows, over real HTTP. */
class WechatWireTest {

  private WechatRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = WechatRig.present(Form.QR);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private Operation operation(String reference, long fen) {
    return new Operation(1, 1, 7, reference, new Money("CNY", fen), "", rig.now());
  }

  private Ask ask(Form form, @Nullable String payerId, @Nullable String clientIp) {
    return new Ask(
        "充电 A-07",
        form,
        rig.now().plus(Duration.ofMinutes(15)),
        URI.create("https://ampay.example/pay/orders/abc?x=1"),
        payerId,
        clientIp,
        "zh");
  }

  private PaymentCommand.Present byQr(String reference, long fen) {
    return new PaymentCommand.Present(operation(reference, fen), ask(Form.QR, null, null));
  }

  private static Outcome.ActionRequired action(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.ActionRequired.class);
    return (Outcome.ActionRequired) outcome;
  }

  @Test
  void qr_isTheTextThatWeChatScans() {
    assertThat(action(rig.provider().execute(byQr("ampay0001", 2_000))).action())
        .matches("weixin://wxpay/bizpayurl\\?pr=[A-Za-z0-9]+");
  }

  @Test
  void redirect_comesBackToOurPage() {
    var command =
        new PaymentCommand.Present(
            operation("ampay0002", 2_000), ask(Form.REDIRECT, null, "203.0.113.7"));
    assertThat(action(rig.provider().execute(command)).action())
        .endsWith("&redirect_url=https%3A%2F%2Fampay.example%2Fpay%2Forders%2Fabc%3Fx%3D1");
  }

  @Test
  void inApp_isSignedByTheMerchant() throws Exception {
    var command =
        new PaymentCommand.Present(
            operation("ampay0003", 2_000), ask(Form.IN_APP, "oUpF8uMuAJO", null));
    JsonNode call = WechatJson.MAPPER.readTree(action(rig.provider().execute(command)).action());
    assertThat(call.path("call").asText()).isEqualTo("getBrandWCPayRequest");
    JsonNode args = call.path("args");
    String signed =
        String.join(
            "\n",
            args.path("appId").asText(),
            args.path("timeStamp").asText(),
            args.path("nonceStr").asText(),
            args.path("package").asText(),
            "");
    assertThat(args.path("signType").asText()).isEqualTo("RSA");
    assertThat(WechatRig.KEYS.isMerchants(signed, args.path("paySign").asText())).isTrue();
  }

  @Test
  void inApp_withoutTheOpenid_isNotSent() {
    var command =
        new PaymentCommand.Present(operation("ampay0004", 2_000), ask(Form.IN_APP, null, null));
    assertThat(rig.provider().execute(command)).isInstanceOf(Outcome.Misconfigured.class);
  }

  /** What WeChat does not sign decides nothing: the order is there, so it is not declined. */
  @Test
  void errorOnlyInTheAnswer_isNotBelieved() {
    PaymentCommand.Present command = byQr("ampay0005", 2_000);
    rig.provider().execute(command);
    rig.next(Rig.Fault.ERROR_500);
    assertThat(rig.provider().execute(command)).isInstanceOf(Outcome.Unknown.class);
    assertThat(rig.provider().query(command)).isInstanceOf(Outcome.ActionRequired.class);
  }

  @Test
  void sameReference_withAnotherAmount_movesNothing() {
    Outcome.ActionRequired shown = action(rig.provider().execute(byQr("ampay0006", 2_000)));
    rig.payerAgrees(shown);
    Outcome other = rig.provider().execute(byQr("ampay0006", 2_001));
    assertThat(other).isInstanceOf(Outcome.Unknown.class);
    assertThat(rig.moved("CNY")).isEqualTo(2_000);
  }

  @Test
  void referenceThatWeChatDoesNotTake_isNotSent() {
    assertThat(rig.provider().execute(byQr("short", 2_000)))
        .isInstanceOf(Outcome.Misconfigured.class);
    assertThat(rig.provider().execute(byQr("x".repeat(33), 2_000)))
        .isInstanceOf(Outcome.Misconfigured.class);
    assertThat(rig.provider().execute(byQr("ampay0007", Integer.MAX_VALUE + 1L)))
        .isInstanceOf(Outcome.Misconfigured.class);
  }

  @Test
  void nobodyListening_isNotSent() throws Exception {
    RemoteProvider unreachable = with(Map.of("gateway", "http://127.0.0.1:1"));
    assertThat(unreachable.execute(byQr("ampay0008", 2_000))).isInstanceOf(Outcome.NotSent.class);
    assertThat(unreachable.query(byQr("ampay0008", 2_000))).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void wrongMerchantKey_isMisconfigured() throws Exception {
    WechatKeys others = new WechatKeys((name, make) -> make.get());
    RemoteProvider wrong = with(Map.of("private_key", others.merchantPrivateKey()));
    assertThat(wrong.execute(byQr("ampay0009", 2_000))).isInstanceOf(Outcome.Misconfigured.class);
    assertThat(rig.moved("CNY")).isZero();
  }

  @Test
  void wrongPlatformKey_believesNothing() throws Exception {
    WechatKeys others = new WechatKeys((name, make) -> make.get());
    RemoteProvider wrong = with(Map.of("platform_public_key", others.platformPublicKey()));
    assertThat(wrong.execute(byQr("ampay0010", 2_000))).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void wrongApiKey_cannotReadCallbacks() throws Exception {
    rig.payerAgrees(action(rig.provider().execute(byQr("ampay0011", 2_000))));
    RemoteProvider wrong = with(Map.of("api_v3_key", "0".repeat(32)));
    assertThat(wrong.verify(rig.nextCallback().orElseThrow()))
        .isEqualTo(new Callback.Refused(Callback.Refusal.UNREADABLE));
  }

  /** While a merchant changes over, WeChat signs by the new key or by the old certificate. */
  @Test
  void callbackByCertificate_isBelieved_whileBothAreKnown() throws Exception {
    try (WechatRig old = WechatRig.score()) {
      PaymentCommand.Authorize command =
          new PaymentCommand.Authorize(
              operation("ampay0012", 5_000), Duration.ofDays(1), ask(Form.IN_APP, null, null));
      old.payerAgrees(action(old.provider().execute(command)));
      RawCallback raw = old.nextCallback().orElseThrow();
      Map<String, String> byKey = old.settings();
      assertThat(old.open(byKey).verify(raw))
          .isEqualTo(new Callback.Refused(Callback.Refusal.WRONG_SIGNATURE));
      Map<String, String> both = old.settings();
      both.put("platform_certificate", WechatRig.KEYS.platformCertificate());
      assertThat(old.open(both).verify(raw)).isInstanceOf(Callback.News.class);
    }
  }

  private RemoteProvider with(Map<String, String> changed) throws SettingException {
    Map<String, String> values = rig.settings();
    values.putAll(changed);
    return rig.open(values);
  }

  @Test
  void refundCallback_isAboutTheRefund() {
    rig.payerAgrees(action(rig.provider().execute(byQr("ampay0014", 2_000))));
    Outcome.Succeeded paid = (Outcome.Succeeded) rig.provider().query(byQr("ampay0014", 2_000));
    PaymentCommand.Target target =
        new PaymentCommand.Target(
            CommandKind.PRESENT,
            "ampay0014",
            paid.providerRef(),
            new Money("CNY", 2_000),
            rig.now());
    Outcome under =
        rig.provider().execute(new PaymentCommand.Refund(operation("ampayr14", 700), target));
    assertThat(under).isInstanceOf(Outcome.Pending.class);
    rig.nextCallback().orElseThrow();
    Callback told = rig.provider().verify(rig.nextCallback().orElseThrow());
    assertThat(told).isInstanceOf(Callback.News.class);
    Callback.News news = (Callback.News) told;
    assertThat(news.reference()).isEqualTo("ampayr14");
    assertThat(news.amount()).isEqualTo(new Money("CNY", 700));
    assertThat(news.outcome()).isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void payScore_tellsTheCaptureByItsOwnReference() throws Exception {
    try (WechatRig score = WechatRig.score()) {
      Operation authorize = operation("ampay0015", 5_000);
      score.payerAgrees(
          action(
              score
                  .provider()
                  .execute(
                      new PaymentCommand.Authorize(
                          authorize, Duration.ofDays(1), ask(Form.IN_APP, null, null)))));
      Callback.News agreed =
          (Callback.News) score.provider().verify(score.nextCallback().orElseThrow());
      assertThat(agreed.reference()).isEqualTo("ampay0015");
      assertThat(agreed.amount()).isEqualTo(new Money("CNY", 5_000));
      var hold =
          new PaymentCommand.Hold(
              1, new Money("CNY", 5_000), Money.zero("CNY"), "ampay0015", agreed.providerRef());
      var capture = new PaymentCommand.Capture(operation("ampayc15", 1_234), hold);
      assertThat(score.provider().execute(capture)).isInstanceOf(Outcome.Pending.class);
      Callback.News taken =
          (Callback.News) score.provider().verify(score.nextCallback().orElseThrow());
      assertThat(taken.reference()).isEqualTo("ampayc15");
      assertThat(taken.amount()).isEqualTo(new Money("CNY", 1_234));
      assertThat(score.provider().query(capture)).isEqualTo(taken.outcome());
      assertThat(score.moved("CNY")).isEqualTo(1_234);
    }
  }

  @Test
  void splitThatEveryReceiverWasRefused_isDeclined() {
    rig.payerAgrees(action(rig.provider().execute(byQr("ampay0016", 2_000))));
    Outcome.Succeeded paid = (Outcome.Succeeded) rig.provider().query(byQr("ampay0016", 2_000));
    var target =
        new PaymentCommand.Target(
            CommandKind.PRESENT,
            "ampay0016",
            paid.providerRef(),
            new Money("CNY", 2_000),
            rig.now());
    var share = new PaymentCommand.Split.Share("MERCHANT_ID:1900000109", new Money("CNY", 300));
    rig.next(Rig.Fault.DECLINE);
    assertThat(
            rig.provider()
                .execute(
                    new PaymentCommand.Split(operation("ampays16", 300), target, List.of(share))))
        .isEqualTo(new Outcome.Declined("no receiver got his share: [NO_RELATION]"));
  }

  @Test
  void payer_seesWhatHePaysFor_andPaysOnce() {
    String qr = action(rig.provider().execute(byQr("ampay0017", 2_000))).action();
    assertThat(rig.sandbox().asked(qr))
        .contains(
            new SandboxWire.Asked("充电 A-07", new Money("CNY", 2_000), false, true, null, null));
    assertThat(rig.sandbox().act(qr, SandboxWire.Act.CANCEL)).isTrue();
    assertThat(rig.sandbox().act(qr, SandboxWire.Act.PAY)).isTrue();
    assertThat(rig.sandbox().act(qr, SandboxWire.Act.PAY)).isFalse();
    assertThat(rig.moved("CNY")).isEqualTo(2_000);
  }

  /** As a phone's browser does it: to WeChat's page, to the payer's, and back to ours. */
  @Test
  void browser_isSentToThePayersPage_andBack() throws Exception {
    var command =
        new PaymentCommand.Present(
            operation("ampay0019", 2_000), ask(Form.REDIRECT, null, "203.0.113.7"));
    URI page = URI.create(action(rig.provider().execute(command)).action());
    try (HttpClient browser = HttpClient.newHttpClient()) {
      HttpResponse<String> sent =
          browser.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(sent.statusCode()).isEqualTo(302);
      String to = sent.headers().firstValue("location").orElseThrow();
      assertThat(to).startsWith("/sandbox/payer?qr=");
      HttpResponse<String> shown =
          browser.send(
              HttpRequest.newBuilder(page.resolve(to)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(shown.body()).contains("充电 A-07", "20.00", "id=\"pay\"");
    }
    assertThat(rig.sandbox().asked(page.toString()).orElseThrow().returnUrl())
        .isEqualTo(URI.create("https://ampay.example/pay/orders/abc?x=1"));
  }

  @Test
  void expired_cannotBePaid_andIsClosed() {
    PaymentCommand.Present command = byQr("ampay0018", 2_000);
    String qr = action(rig.provider().execute(command)).action();
    rig.advance(Duration.ofMinutes(16));
    assertThat(rig.sandbox().act(qr, SandboxWire.Act.PAY)).isFalse();
    assertThat(rig.provider().query(command)).isEqualTo(new Outcome.Declined("not paid in time"));
    assertThat(rig.provider().query(command))
        .isEqualTo(new Outcome.Declined("the order is CLOSED"));
  }
}
