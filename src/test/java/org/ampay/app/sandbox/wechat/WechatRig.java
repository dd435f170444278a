package org.ampay.app.sandbox.wechat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ampay.base.TestTime;
import org.ampay.payment.kit.Rig;
import org.ampay.payment.provider.AccountSettings;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.ProviderContext;
import org.ampay.payment.provider.RawCallback;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.SettingException;
import org.ampay.payment.provider.wechat.WechatFactory;

/** The real SDK against the WeChat of our own, with a clock that the tests turn. */
final class WechatRig implements Rig {

  /** Made once: what is new in each test are the books. */
  static final WechatKeys KEYS = new WechatKeys(new SecureRandom(), Instant.now());

  static final WechatMerchant MERCHANT =
      new WechatMerchant("1900000001", "wxd678efh567hg6787", "500001");

  private static final Set<Fault> ALL = Set.of(Fault.values());

  private final TestTime clock = new TestTime(Instant.parse("2026-03-09T02:00:00Z"));
  private final Queue<WechatSignatures.Told> told = new ConcurrentLinkedQueue<>();
  private final WechatDesk desk = WechatDesk.of(KEYS, MERCHANT, clock, (url, one) -> told.add(one));
  private final WechatPayer payer = new WechatPayer(desk);
  private final TestGateway gateway;
  private final RemoteProvider provider;
  private final Form form;
  private final Set<Fault> faults;

  private WechatRig(Map<String, String> settings, Form form, Set<Fault> faults)
      throws IOException, SettingException {
    this.gateway = new TestGateway(desk);
    this.form = form;
    this.faults = faults;
    Map<String, String> all = new HashMap<>(settings);
    all.put("gateway", gateway.address());
    all.put("timeout_seconds", "5");
    RemoteProvider opened =
        new WechatFactory()
            .open(
                new AccountSettings(1, 1, "main", all),
                new ProviderContext(
                    clock, new SecureRandom(), URI.create("http://127.0.0.1:9/hooks/wechat/main")));
    this.provider = form == Form.IN_APP ? new AfterUse(opened) : opened;
  }

  /** By public key, payments at once. */
  static WechatRig present(Form form) throws IOException, SettingException {
    Map<String, String> settings = byPublicKey();
    settings.put("profit_sharing", "true");
    return new WechatRig(settings, form, ALL);
  }

  /** By platform certificate, pay after use. */
  static WechatRig score() throws IOException, SettingException {
    Map<String, String> settings = named();
    settings.put("platform_certificate", KEYS.platformCertificate());
    settings.put("payscore_service_id", MERCHANT.serviceId());
    settings.put("api_v2_key", KEYS.apiV2Key);
    // WeChat never refuses a release for certain.
    Set<Fault> faults =
        Set.of(
            Fault.DROP_ANSWER,
            Fault.DROP_CALL,
            Fault.ERROR_500,
            Fault.GARBAGE,
            Fault.FORGED_SIGNATURE);
    return new WechatRig(settings, Form.IN_APP, faults);
  }

  static Map<String, String> byPublicKey() {
    Map<String, String> settings = named();
    settings.put("platform_public_key_id", KEYS.publicKeyId);
    settings.put("platform_public_key", KEYS.platformPublicKey());
    return settings;
  }

  private static Map<String, String> named() {
    Map<String, String> settings = new HashMap<>();
    settings.put("mch_id", MERCHANT.mchId());
    settings.put("app_id", MERCHANT.appId());
    settings.put("merchant_serial_no", KEYS.merchantSerial);
    settings.put("private_key", KEYS.merchantPrivateKey());
    settings.put("api_v3_key", KEYS.apiV3Key);
    return settings;
  }

  String address() {
    return gateway.address();
  }

  TestTime time() {
    return clock;
  }

  WechatDesk desk() {
    return desk;
  }

  @Override
  public RemoteProvider provider() {
    return provider;
  }

  @Override
  public String currency() {
    return "CNY";
  }

  @Override
  public Form form() {
    return form;
  }

  @Override
  public Instant now() {
    return clock.now();
  }

  @Override
  public void advance(Duration duration) {
    clock.advance(duration);
  }

  @Override
  public Duration settlingWindow() {
    return Duration.ofSeconds(60);
  }

  @Override
  public void payerAgrees(Outcome.ActionRequired action) {
    payer.agree(action.action());
  }

  /** He leaves the cashier; WeChat lets him come again. */
  @Override
  public void payerDeclines(Outcome.ActionRequired action) {
    payer.find(action.action()).orElseThrow();
  }

  @Override
  public Optional<PaymentCommand.SavedMethod> savedMethod() {
    return Optional.empty();
  }

  @Override
  public Optional<String> receiver() {
    return Optional.of("MERCHANT_ID:1900000109");
  }

  @Override
  public void next(Fault fault) {
    gateway.next(fault);
  }

  @Override
  public Set<Fault> faults() {
    return faults;
  }

  @Override
  public long moved(String currency) {
    return currency.equals("CNY") ? desk.state().moved() : 0;
  }

  @Override
  public long held(String currency) {
    return currency.equals("CNY") ? desk.state().held() : 0;
  }

  @Override
  public Optional<RawCallback> nextCallback() {
    return Optional.ofNullable(told.poll())
        .map(one -> desk.signatures().signed(one, false))
        .map(signed -> raw(signed.headers(), signed.body()));
  }

  private RawCallback raw(Map<String, String> headers, byte[] body) {
    Map<String, String> byName = new HashMap<>();
    headers.forEach((name, value) -> byName.put(name.toLowerCase(Locale.ROOT), value));
    return new RawCallback(byName, body, now());
  }

  @Override
  public RawCallback resigned(RawCallback sent, Change change) {
    try {
      ObjectNode body =
          (ObjectNode) WechatJson.MAPPER.readTree(new String(sent.body(), StandardCharsets.UTF_8));
      ObjectNode resource = (ObjectNode) body.get("resource");
      String type = resource.get("associated_data").asText();
      String nonce = resource.get("nonce").asText();
      ObjectNode content =
          (ObjectNode)
              WechatJson.MAPPER.readTree(
                  KEYS.decrypt(type, nonce, resource.get("ciphertext").asText()));
      change(content, change);
      resource.put("ciphertext", KEYS.encrypt(type, nonce, content.toString()));
      String text = body.toString();
      return raw(desk.signatures().signedText(text, false), text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void change(ObjectNode content, Change change) {
    switch (change) {
      case OTHER_MERCHANT -> content.put("mchid", "1900000002");
      case OTHER_AMOUNT -> {
        ObjectNode amount =
            (ObjectNode) content.path(content.has("amount") ? "amount" : "risk_fund");
        String name = content.has("amount") ? "total" : "amount";
        amount.put(name, amount.get(name).asLong() + 1);
      }
    }
  }

  @Override
  public RawCallback unsigned(RawCallback sent) {
    Map<String, String> headers = new HashMap<>(sent.headers());
    headers.remove("wechatpay-signature");
    return new RawCallback(headers, sent.body(), sent.receivedAt());
  }

  @Override
  public RawCallback forged(RawCallback sent) {
    return raw(
        desk.signatures().signedText(new String(sent.body(), StandardCharsets.UTF_8), true),
        sent.body());
  }

  @Override
  public LocalDate closeDay() {
    LocalDate day = now().atZone(WechatBill.ZONE).toLocalDate();
    clock.set(day.plusDays(1).atTime(WechatBill.READY).atZone(WechatBill.ZONE).toInstant());
    return day;
  }

  @Override
  public void close() {
    provider.close();
    gateway.close();
  }
}
