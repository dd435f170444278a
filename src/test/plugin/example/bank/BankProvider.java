package example.bank;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ampay.base.Money;
import org.ampay.payment.provider.*;

/** A bank whose calls, answers and callbacks are signed forms. It knows orders by our reference. */
public final class BankProvider implements RemoteProvider {

  private static final Duration FRESH = Duration.ofSeconds(300);
  private static final Duration SETTLES = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 65_536;

  private static final String HEADER = "x-bank-signature";

  private final AccountSettings account;
  private final ProviderContext context;
  private final HttpClient http = HttpClient.newHttpClient();

  private BankProvider(AccountSettings account, ProviderContext context) {
    this.account = account;
    this.context = context;
  }

  /** How Ampay finds it. */
  public static final class Factory implements ProviderFactory {
    @Override
    public String name() {
      return "examplebank";
    }

    @Override
    public List<SettingField> settings() {
      return List.of(
          new SettingField("endpoint", true, false, "The bank's address, https://bank.example"),
          new SettingField("merchant", true, false, "Our number at the bank"),
          new SettingField("secret", true, true, "The shared secret, at least 16 characters"));
    }

    @Override
    public RemoteProvider open(AccountSettings account, ProviderContext context)
        throws SettingException {
      if (account.required("secret").length() < 16) {
        throw new SettingException("secret", "needs at least 16 characters");
      }
      return new BankProvider(account, context);
    }
  }

  @Override
  public String name() {
    return "examplebank";
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        Set.of(Capabilities.Flow.QR, Capabilities.Flow.PREAUTH, Capabilities.Flow.PREPAID),
        EnumSet.range(CommandKind.AUTHORIZE, CommandKind.REFUND),
        Set.of(Capabilities.Feature.PARTIAL_CAPTURE),
        new Capabilities.Idempotency(Capabilities.Idempotency.By.REFERENCE, Duration.ofDays(3_650)),
        Set.of("CNY", "JPY"),
        new Capabilities.Limits(1, 10_000_000, Duration.ofDays(7), Duration.ofDays(365), 0));
  }

  @Override
  public Outcome execute(PaymentCommand command) {
    Money amount = command.operation().amount();
    if (!capabilities().can(command.kind())) {
      return new Outcome.Misconfigured("the bank has no " + command.kind().code());
    }
    if (!capabilities().currencies().contains(amount.currency())) {
      return new Outcome.Misconfigured("the bank does not take " + amount.currency());
    }
    Map<String, String> form = new TreeMap<>();
    form.put("kind", command.kind().code());
    form.put("reference", command.operation().reference());
    form.put("amount", Long.toString(amount.minor()));
    form.put("currency", amount.currency());
    form.put("notify", context.callbackUrl().toString());
    about(command, form);
    return ask("POST", "/orders", form(form), command);
  }

  private static void about(PaymentCommand command, Map<String, String> form) {
    switch (command) {
      case PaymentCommand.Authorize authorize when authorize.ask() != null ->
          form.put("expires", authorize.ask().expiresAt().toString());
      case PaymentCommand.Present present ->
          form.put("expires", present.ask().expiresAt().toString());
      case PaymentCommand.Increment more -> form.put("target", more.hold().reference());
      case PaymentCommand.Capture capture -> form.put("target", capture.hold().reference());
      case PaymentCommand.Release release -> form.put("target", release.hold().reference());
      case PaymentCommand.Cancel cancel -> form.put("target", cancel.target().reference());
      case PaymentCommand.Refund refund -> form.put("target", refund.taken().reference());
      case PaymentCommand.Charge charge when charge.method() != null ->
          form.put("method", charge.method().method());
      default -> {} // nothing more to tell
    }
  }

  @Override
  public Outcome query(PaymentCommand command) {
    return ask("GET", "/orders/" + command.operation().reference(), "", command);
  }

  private Outcome ask(String method, String path, String body, PaymentCommand command) {
    try {
      Map<String, String> answer = parse(send(method, path, body));
      String id = answer.getOrDefault("id", "");
      return switch (answer.getOrDefault("state", "")) {
        case "done" -> new Outcome.Succeeded(money(answer), Money.zero(answer.get("currency")), id);
        case "open" -> new Outcome.ActionRequired(id, Form.QR, answer.get("action"));
        case "refused" -> new Outcome.Declined(answer.get("reason"));
        case "account" -> new Outcome.Misconfigured(answer.get("reason"));
        case "missing" -> missing(command);
        default -> new Outcome.Unknown("the bank's answer makes no sense");
      };
    } catch (ConnectException e) {
      return new Outcome.NotSent("the bank cannot be reached");
    } catch (IOException | RuntimeException e) {
      return new Outcome.Unknown("no answer that can be trusted: " + e.getMessage());
    }
  }

  /** What the bank does not know may be on its way for a while. */
  private Outcome missing(PaymentCommand command) {
    Instant settled = command.operation().createdAt().plus(SETTLES);
    return context.time().now().isAfter(settled)
        ? new Outcome.NotSent("the bank does not know it")
        : new Outcome.Unknown("the bank does not know it yet");
  }

  private byte[] send(String method, String path, String body) throws IOException {
    byte[] sent = body.getBytes(StandardCharsets.UTF_8);
    String signed = sign(context.time().now().getEpochSecond(), sent);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(setting("endpoint") + "/v1/" + setting("merchant") + path))
            .timeout(Duration.ofSeconds(20))
            .header(HEADER, signed)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(sent))
            .build();
    try {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      String header = answer.headers().firstValue(HEADER).orElse("");
      if (answer.statusCode() != 200 || signedAt(header, answer.body()) < 0) {
        throw new IOException("HTTP " + answer.statusCode());
      }
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private String setting(String name) {
    return account.value(name).orElseThrow();
  }

  /** HMAC-SHA256 of {@code SECONDS.BODY}. */
  private String sign(long second, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(setting("secret").getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((second + ".").getBytes(StandardCharsets.UTF_8));
      return "t=" + second + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JRE has HMAC-SHA256", e);
    }
  }

  /** The second that was signed; -1 when the signature is not right. */
  private long signedAt(String header, byte[] body) {
    String[] parts = header.split("[=,]", -1);
    if (parts.length != 4 || !parts[1].matches("[0-9]{1,12}")) {
      return -1;
    }
    byte[] right = sign(Long.parseLong(parts[1]), body).getBytes(StandardCharsets.UTF_8);
    boolean same = MessageDigest.isEqual(right, header.getBytes(StandardCharsets.UTF_8));
    return same ? Long.parseLong(parts[1]) : -1;
  }

  @Override
  public Callback verify(RawCallback raw) {
    String header = raw.header(HEADER).orElse("");
    if (header.isEmpty()) {
      return new Callback.Refused(Callback.Refusal.NO_SIGNATURE);
    }
    long second = raw.body().length > MOST_BYTES ? -1 : signedAt(header, raw.body());
    if (second < 0) {
      return new Callback.Refused(Callback.Refusal.WRONG_SIGNATURE);
    }
    Duration age = Duration.between(Instant.ofEpochSecond(second), raw.receivedAt());
    if (age.abs().compareTo(FRESH) > 0) {
      return new Callback.Refused(
          age.isNegative() ? Callback.Refusal.FROM_THE_FUTURE : Callback.Refusal.TOO_OLD);
    }
    try {
      Map<String, String> news = parse(raw.body());
      if (!setting("merchant").equals(news.get("merchant"))) {
        return new Callback.Refused(Callback.Refusal.OTHER_MERCHANT);
      }
      Money amount = money(news);
      return new Callback.News(
          news.get("event"),
          news.get("reference"),
          news.get("id"),
          amount,
          news.get("state").equals("done")
              ? new Outcome.Succeeded(amount, Money.zero(amount.currency()), news.get("id"))
              : new Outcome.Declined(news.get("reason")));
    } catch (RuntimeException e) {
      return new Callback.Refused(Callback.Refusal.UNREADABLE);
    }
  }

  @Override
  public CallbackAnswer acknowledged() {
    return new CallbackAnswer(200, "text/plain", "thanks");
  }

  @Override
  public CallbackAnswer again() {
    return new CallbackAnswer(500, "text/plain", "again");
  }

  @Override
  public boolean statement(LocalDate day, Consumer<StatementLine> lines) throws StatementException {
    try {
      String text = new String(send("GET", "/statement/" + day, ""), StandardCharsets.UTF_8);
      text.lines().map(BankProvider::line).forEach(lines);
      return !text.isEmpty();
    } catch (IOException | RuntimeException e) {
      throw new StatementException("the bank's list of " + day + " cannot be had", e);
    }
  }

  private static StatementLine line(String raw) {
    Map<String, String> line = parse(raw.getBytes(StandardCharsets.UTF_8));
    return new StatementLine(
        StatementLine.Kind.valueOf(line.get("kind")),
        line.get("reference"),
        line.get("id"),
        money(line),
        Money.zero(line.get("currency")),
        Instant.parse(line.get("at")),
        raw);
  }

  private static Money money(Map<String, String> form) {
    return new Money(form.get("currency"), Long.parseLong(form.get("amount")));
  }

  private static String form(Map<String, String> values) {
    return values.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static Map<String, String> parse(byte[] form) {
    Map<String, String> values = new TreeMap<>();
    for (String pair : new String(form, StandardCharsets.UTF_8).split("&", -1)) {
      int at = pair.indexOf('=');
      values.put(
          pair.substring(0, Math.max(0, at)),
          URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
    }
    return values;
  }

  @Override
  public void close() {
    http.close();
  }
}
