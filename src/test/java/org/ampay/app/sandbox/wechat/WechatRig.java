package org.ampay.app.sandbox.wechat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.ampay.app.SystemTime;
import org.ampay.app.sandbox.Sandbox;
import org.ampay.app.sandbox.SandboxCallbacks;
import org.ampay.app.sandbox.SandboxFaults;
import org.ampay.app.sandbox.SandboxSettings;
import org.ampay.app.sandbox.SandboxWire;
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
  static final WechatKeys KEYS = new WechatKeys((name, make) -> make.get());

  private static final String HOOKS = "http://127.0.0.1:9/hooks/wechat/";
  private static final Map<URI, BlockingQueue<SandboxCallbacks.Letter>> LETTERS =
      new ConcurrentHashMap<>();
  private static final AtomicReference<WechatWire> WIRE = new AtomicReference<>();
  private static final AtomicLong MERCHANTS = new AtomicLong();

  /** One for all tests, since it is slow to end; each rig is a merchant of its own. */
  private static final Sandbox SANDBOX =
      Sandbox.start(
          SandboxSettings.local(new SystemTime()).withPost(WechatRig::taken),
          List.of(WechatRig::wire));

  private static final Set<Fault> ALL = Set.of(Fault.values());

  /** WeChat never refuses a release for certain. */
  private static final Set<Fault> NOT_DECLINED =
      Set.of(
          Fault.DROP_ANSWER,
          Fault.DROP_CALL,
          Fault.ERROR_500,
          Fault.GARBAGE,
          Fault.FORGED_SIGNATURE);

  private final String merchant = "m" + MERCHANTS.incrementAndGet();
  private final URI hook = URI.create(HOOKS + merchant);
  private final BlockingQueue<SandboxCallbacks.Letter> letters = new LinkedBlockingQueue<>();
  private final RemoteProvider provider;
  private final Form form;
  private final Set<Fault> faults;

  private WechatRig(Form form, Set<Fault> faults, UnaryOperator<Map<String, String>> settings)
      throws SettingException {
    SANDBOX.faults().clear();
    LETTERS.put(hook, letters);
    this.form = form;
    this.faults = faults;
    RemoteProvider opened = open(settings.apply(settings()));
    this.provider = form == Form.IN_APP ? new AfterUse(opened) : opened;
  }

  private static SandboxCallbacks.Reply taken(URI url, SandboxCallbacks.Letter letter) {
    Objects.requireNonNull(LETTERS.get(url), "a merchant's address").add(letter);
    return new SandboxCallbacks.Reply(200, "");
  }

  private static SandboxWire wire(SandboxWire.World world) {
    WechatWire made = new WechatWire(world, KEYS);
    WIRE.set(made);
    return made;
  }

  private WechatSignatures signatures() {
    return Objects.requireNonNull(WIRE.get()).signatures(merchant);
  }

  /** What a merchant of the gateway fills in; calls are given up soon. */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(SANDBOX.account("wechat", merchant, hook));
    settings.put("timeout_seconds", "5");
    return settings;
  }

  RemoteProvider open(Map<String, String> settings) throws SettingException {
    return new WechatFactory()
        .open(
            new AccountSettings(1, 1, "main", settings),
            new ProviderContext(SANDBOX.time(), new SecureRandom(), hook));
  }

  /** By public key, payments at once. */
  static WechatRig present(Form form) throws SettingException {
    return new WechatRig(
        form,
        ALL,
        settings -> {
          settings.remove("payscore_service_id");
          return settings;
        });
  }

  /** By platform certificate, pay after use. */
  static WechatRig score() throws SettingException {
    return new WechatRig(
        Form.IN_APP,
        NOT_DECLINED,
        settings -> {
          settings.remove("platform_public_key_id");
          settings.remove("platform_public_key");
          settings.remove("profit_sharing");
          settings.put("platform_certificate", KEYS.platformCertificate());
          return settings;
        });
  }

  Sandbox sandbox() {
    return SANDBOX;
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
    return SANDBOX.now();
  }

  @Override
  public void advance(Duration duration) {
    SANDBOX.advance(duration);
  }

  @Override
  public Duration settlingWindow() {
    return Duration.ofSeconds(60);
  }

  @Override
  public void payerAgrees(Outcome.ActionRequired action) {
    SANDBOX.act(action.action(), SandboxWire.Act.PAY);
  }

  /** He leaves the cashier; WeChat lets him come again. */
  @Override
  public void payerDeclines(Outcome.ActionRequired action) {
    SANDBOX.act(action.action(), SandboxWire.Act.DECLINE);
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
    SANDBOX.faults().next(SandboxFaults.Fault.valueOf(fault.name()));
  }

  @Override
  public Set<Fault> faults() {
    return faults;
  }

  @Override
  public long moved(String currency) {
    return SANDBOX.books().moved("wechat", merchant, currency);
  }

  @Override
  public long held(String currency) {
    return SANDBOX.books().held("wechat", merchant, currency);
  }

  @Override
  public Optional<RawCallback> nextCallback() {
    try {
      return Optional.ofNullable(letters.poll(3, TimeUnit.SECONDS))
          .map(letter -> raw(letter.headers(), letter.body()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
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
      return raw(
          signatures().signedText(text, now(), false), text.getBytes(StandardCharsets.UTF_8));
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
        signatures().signedText(new String(sent.body(), StandardCharsets.UTF_8), now(), true),
        sent.body());
  }

  @Override
  public LocalDate closeDay() {
    LocalDate day = now().atZone(WechatBill.ZONE).toLocalDate();
    SANDBOX.advance(
        Duration.between(
            now(), day.plusDays(1).atTime(WechatBill.READY).atZone(WechatBill.ZONE).toInstant()));
    return day;
  }

  @Override
  public void close() {
    provider.close();
  }
}
