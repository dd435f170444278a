package org.ampay.payment.provider.stripe;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ampay.app.SystemTime;
import org.ampay.app.sandbox.Sandbox;
import org.ampay.app.sandbox.SandboxCallbacks;
import org.ampay.app.sandbox.SandboxFaults;
import org.ampay.app.sandbox.SandboxSettings;
import org.ampay.app.sandbox.SandboxWire;
import org.ampay.app.sandbox.Wires;
import org.ampay.payment.kit.Rig;
import org.ampay.payment.provider.AccountSettings;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.ProviderContext;
import org.ampay.payment.provider.RawCallback;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.SettingException;

/** Our provider with the real SDK, over HTTP, with a merchant account at the sandbox. */
final class StripeRig implements Rig {

  private static final String HOOKS = "http://127.0.0.1:9/hooks/stripe/";
  private static final long WAIT_SECONDS = 3;
  private static final Pattern AMOUNT =
      Pattern.compile("\"(amount|amount_received|amount_capturable)\":([1-9]\\d*)");
  private static final Map<URI, BlockingQueue<SandboxCallbacks.Letter>> LETTERS =
      new ConcurrentHashMap<>();
  private static final AtomicLong MERCHANTS = new AtomicLong();

  /** One for all tests, since it is slow to end; each rig is a merchant of its own. */
  private static final Sandbox SANDBOX =
      Sandbox.start(SandboxSettings.local(new SystemTime()).withPost(StripeRig::taken), Wires.ALL);

  private final String merchant = "kit" + MERCHANTS.incrementAndGet();
  private final URI hook = URI.create(HOOKS + merchant);
  private final BlockingQueue<SandboxCallbacks.Letter> letters = new LinkedBlockingQueue<>();
  private final Sandbox sandbox = SANDBOX;
  private final Map<String, String> settings;
  private final RemoteProvider provider;

  StripeRig() throws SettingException {
    this(UnaryOperator.identity());
  }

  /** A rig whose provider the kit sees as {@code narrowed}. */
  StripeRig(UnaryOperator<RemoteProvider> narrowed) throws SettingException {
    sandbox.faults().clear();
    LETTERS.put(hook, letters);
    settings = sandbox.account("stripe", merchant, hook);
    provider = narrowed.apply(open(settings));
  }

  private static SandboxCallbacks.Reply taken(URI url, SandboxCallbacks.Letter letter) {
    Objects.requireNonNull(LETTERS.get(url), "a merchant's address").add(letter);
    return new SandboxCallbacks.Reply(200, "");
  }

  /** A provider with settings of its own. */
  RemoteProvider open(Map<String, String> values) throws SettingException {
    return new StripeFactory()
        .open(
            new AccountSettings(1, 1, "kit", values),
            new ProviderContext(sandbox.time(), new SecureRandom(), hook));
  }

  Map<String, String> settings() {
    return settings;
  }

  Sandbox sandbox() {
    return sandbox;
  }

  @Override
  public RemoteProvider provider() {
    return provider;
  }

  @Override
  public String currency() {
    return "EUR";
  }

  @Override
  public Form form() {
    return Form.REDIRECT;
  }

  @Override
  public Instant now() {
    return sandbox.now();
  }

  @Override
  public void advance(Duration duration) {
    sandbox.advance(duration);
  }

  @Override
  public Duration settlingWindow() {
    return StripeProvider.SETTLING_WINDOW;
  }

  @Override
  public void payerAgrees(Outcome.ActionRequired action) {
    sandbox.act(action.action(), SandboxWire.Act.PAY);
  }

  @Override
  public void payerDeclines(Outcome.ActionRequired action) {
    sandbox.act(action.action(), SandboxWire.Act.DECLINE);
  }

  @Override
  public Optional<PaymentCommand.SavedMethod> savedMethod() {
    return Optional.of(new PaymentCommand.SavedMethod("cus_kit", "pm_card_visa"));
  }

  @Override
  public Optional<String> receiver() {
    return Optional.of("acct_receiver");
  }

  @Override
  public void next(Fault fault) {
    sandbox.faults().next(SandboxFaults.Fault.valueOf(fault.name()));
  }

  /** Stripe does not sign its answers. */
  @Override
  public Set<Fault> faults() {
    return EnumSet.complementOf(EnumSet.of(Fault.FORGED_SIGNATURE));
  }

  @Override
  public long moved(String currency) {
    return sandbox.books().moved("stripe", merchant, currency);
  }

  @Override
  public long held(String currency) {
    return sandbox.books().held("stripe", merchant, currency);
  }

  @Override
  public Optional<RawCallback> nextCallback() {
    try {
      return Optional.ofNullable(letters.poll(WAIT_SECONDS, TimeUnit.SECONDS)).map(this::received);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private RawCallback received(SandboxCallbacks.Letter letter) {
    return new RawCallback(letter.headers(), letter.body(), now());
  }

  @Override
  public RawCallback resigned(RawCallback sent, Change change) {
    String body = new String(sent.body(), StandardCharsets.UTF_8);
    return switch (change) {
      case OTHER_MERCHANT ->
          signed(body.replaceFirst("\\{", "{\"account\":\"acct_other\","), secret());
      case OTHER_AMOUNT -> {
        Matcher amounts = AMOUNT.matcher(body);
        yield signed(
            amounts.replaceAll(
                amount -> "\"" + amount.group(1) + "\":" + (Long.parseLong(amount.group(2)) + 1)),
            secret());
      }
    };
  }

  @Override
  public RawCallback unsigned(RawCallback sent) {
    Map<String, String> headers = new HashMap<>(sent.headers());
    headers.remove("stripe-signature");
    return new RawCallback(headers, sent.body(), sent.receivedAt());
  }

  @Override
  public RawCallback forged(RawCallback sent) {
    return signed(new String(sent.body(), StandardCharsets.UTF_8), "whsec_nobodysbusiness");
  }

  /** Signed as docs.stripe.com/webhooks says, by code of the test's own. */
  RawCallback signed(String body, String secret) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new RawCallback(
        Map.of("stripe-signature", WebhookSigner.header(secret, now().getEpochSecond(), bytes)),
        bytes,
        now());
  }

  String secret() {
    return settings.getOrDefault("webhook_secret", "");
  }

  @Override
  public LocalDate closeDay() {
    LocalDate day = LocalDate.ofInstant(now(), ZoneOffset.UTC);
    Instant over = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    advance(Duration.between(now(), over.plusSeconds(1_200)));
    return day;
  }

  @Override
  public void close() {
    provider.close();
  }
}
