package org.ampay.app.sandbox.alipay;

import java.math.BigDecimal;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ampay.app.SystemTime;
import org.ampay.app.sandbox.Sandbox;
import org.ampay.app.sandbox.SandboxCall;
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
import org.ampay.payment.provider.alipay.AlipayFactory;

/** The real SDK against the Alipay of our own, with a clock that the tests turn. */
class AlipayRig implements Rig {

  /** Made once: what is new in each test are the books. */
  private static final AlipayKeys KEYS = new AlipayKeys((name, make) -> make.get());

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final String HOOKS = "http://127.0.0.1:9/hooks/alipay/";
  private static final Map<URI, BlockingQueue<SandboxCallbacks.Letter>> LETTERS =
      new ConcurrentHashMap<>();
  private static final AtomicLong MERCHANTS = new AtomicLong();

  /** One for all tests, since it is slow to end; each rig is a merchant of its own. */
  private static final Sandbox SANDBOX =
      Sandbox.start(
          SandboxSettings.local(new SystemTime()).withPost(AlipayRig::taken),
          List.of(world -> new AlipayWire(world, KEYS)));

  private final String merchant = "m" + MERCHANTS.incrementAndGet();
  private final URI hook = URI.create(HOOKS + merchant);
  private final BlockingQueue<SandboxCallbacks.Letter> letters = new LinkedBlockingQueue<>();
  private final RemoteProvider provider;
  private final Form form;

  AlipayRig() throws SettingException {
    this(Form.QR);
  }

  AlipayRig(Form form) throws SettingException {
    SANDBOX.faults().clear();
    LETTERS.put(hook, letters);
    this.form = form;
    this.provider = open(settings());
  }

  private static SandboxCallbacks.Reply taken(URI url, SandboxCallbacks.Letter letter) {
    Objects.requireNonNull(LETTERS.get(url), "a merchant's address").add(letter);
    return new SandboxCallbacks.Reply(200, "success");
  }

  /** What a merchant of the gateway fills in; calls are given up soon. */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(SANDBOX.account("alipay", merchant, hook));
    settings.put("timeout_seconds", "5");
    return settings;
  }

  RemoteProvider open(Map<String, String> settings) throws SettingException {
    return new AlipayFactory()
        .open(
            new AccountSettings(1, 1, "main", settings),
            new ProviderContext(SANDBOX.time(), new SecureRandom(), hook));
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

  /** He leaves the cashier; Alipay lets him come again. */
  @Override
  public void payerDeclines(Outcome.ActionRequired action) {
    SANDBOX.act(action.action(), SandboxWire.Act.DECLINE);
  }

  @Override
  public Optional<PaymentCommand.SavedMethod> savedMethod() {
    return Optional.empty();
  }

  @Override
  public void next(Fault fault) {
    SANDBOX.faults().next(SandboxFaults.Fault.valueOf(fault.name()));
  }

  @Override
  public long moved(String currency) {
    return SANDBOX.books().moved("alipay", merchant, currency);
  }

  @Override
  public long held(String currency) {
    return SANDBOX.books().held("alipay", merchant, currency);
  }

  @Override
  public Optional<RawCallback> nextCallback() {
    try {
      return Optional.ofNullable(letters.poll(3, TimeUnit.SECONDS)).map(this::raw);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private RawCallback raw(SandboxCallbacks.Letter letter) {
    Map<String, String> headers = new HashMap<>();
    letter.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    return new RawCallback(headers, letter.body(), now());
  }

  private RawCallback raw(Map<String, String> form) {
    return raw(AlipayNews.letter(form));
  }

  private static Map<String, String> form(RawCallback sent) {
    return new SandboxCall("POST", "/", Map.of(), sent.body()).form();
  }

  @Override
  public RawCallback resigned(RawCallback sent, Change change) {
    Map<String, String> form = form(sent);
    String amount = form.containsKey("amount") ? "amount" : "total_amount";
    switch (change) {
      case OTHER_MERCHANT -> form.put("app_id", "2021000000000002");
      case OTHER_AMOUNT ->
          form.computeIfPresent(
              amount,
              (name, yuan) ->
                  AlipayGateway.yuan(new BigDecimal(yuan).movePointRight(2).longValueExact() + 1));
    }
    return raw(KEYS.signed(form, false));
  }

  @Override
  public RawCallback unsigned(RawCallback sent) {
    Map<String, String> form = form(sent);
    form.remove("sign");
    return raw(form);
  }

  @Override
  public RawCallback forged(RawCallback sent) {
    return raw(KEYS.signed(form(sent), true));
  }

  @Override
  public LocalDate closeDay() {
    LocalDate day = now().atZone(ZONE).toLocalDate();
    SANDBOX.advance(
        Duration.between(now(), day.plusDays(1).atTime(10, 0).atZone(ZONE).toInstant()));
    return day;
  }

  @Override
  public void close() {
    provider.close();
  }
}
