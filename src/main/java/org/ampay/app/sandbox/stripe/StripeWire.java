package org.ampay.app.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.app.sandbox.SandboxAnswer;
import org.ampay.app.sandbox.SandboxCall;
import org.ampay.app.sandbox.SandboxWire;

/** Stripe's API as far as our provider uses it. */
public final class StripeWire implements SandboxWire {

  static final String NAME = "stripe";

  private static final long KEYS_KNOWN = 24 * 3_600;

  private record Known(String request, int status, byte[] body, long at) {}

  private final World world;
  private final StripeStore store;
  private final StripePages pages;
  private final StripePayments payments;
  private final StripeRefunds refunds;
  private final StripeBalance balance;
  private final Map<String, Merchant> byName = new LinkedHashMap<>();
  private final Map<String, Merchant> byKey = new HashMap<>();
  private final Map<String, Known> answered = new HashMap<>();

  public StripeWire(World world) {
    this.world = world;
    this.store = new StripeStore(world);
    StripeHooks hooks = new StripeHooks(store);
    this.balance = new StripeBalance(store);
    this.payments = new StripePayments(store, hooks, balance);
    this.pages = new StripePages(store, hooks, payments);
    this.refunds = new StripeRefunds(store, hooks, balance, payments);
  }

  @Override
  public String provider() {
    return NAME;
  }

  @Override
  public Map<String, String> account(String name, URI callbackUrl) {
    Merchant merchant =
        byName.computeIfAbsent(
            name,
            key ->
                new Merchant(
                    name,
                    "acct_" + store.letters(16),
                    "sk_test_" + store.letters(48),
                    "whsec_" + store.letters(32),
                    callbackUrl));
    byKey.put(merchant.key(), merchant);
    return Map.of(
        "secret_key", merchant.key(),
        "webhook_secret", merchant.webhookSecret(),
        "increments", "yes",
        "gateway", world.address().get().toString());
  }

  @Override
  public boolean owns(String path) {
    return path.startsWith("/v1/") || path.startsWith(StripePages.PATH);
  }

  @Override
  public String operation(SandboxCall call) {
    List<String> path = call.segments();
    String last = path.getLast();
    return switch (last) {
      case "capture", "cancel", "expire", "increment_authorization" -> last;
      default ->
          call.method().equals("GET")
              ? "query"
              : path.size() > 2 && path.get(1).equals("checkout") ? "checkout" : path.get(1);
    };
  }

  @Override
  public SandboxAnswer answer(SandboxCall call, Oddity oddity) {
    if (call.path().startsWith(StripePages.PATH)) {
      String id = call.path().substring(StripePages.PATH.length());
      return new SandboxAnswer(
          303, "text/plain", new byte[0], Map.of("location", "/sandbox/payer?qr=" + id));
    }
    try {
      Merchant merchant = byKey.get(call.header("authorization").replaceFirst("^Bearer ", ""));
      if (merchant == null) {
        throw StripeError.unauthorized();
      }
      return call.method().equals("POST")
          ? once(merchant, call, oddity)
          : json(200, read(merchant, call), false);
    } catch (StripeError e) {
      return json(e.status(), e.json(), false);
    }
  }

  /** The same key again has the same answer, and does nothing. */
  private SandboxAnswer once(Merchant merchant, SandboxCall call, Oddity oddity)
      throws StripeError {
    String key = call.header("idempotency-key");
    String name = merchant.name() + " " + key;
    String request = call.method() + " " + call.path() + " " + call.text();
    Known known = key.isEmpty() ? null : answered.get(name);
    if (known != null && known.at() + KEYS_KNOWN > store.now()) {
      if (!known.request().equals(request)) {
        throw StripeError.otherParameters();
      }
      return new SandboxAnswer(known.status(), "application/json", known.body(), headers(true));
    }
    SandboxAnswer answer;
    try {
      answer = json(200, write(merchant, call, oddity), false);
    } catch (StripeError e) {
      answer = json(e.status(), e.json(), false);
      if (e.isOfParameters()) {
        return answer;
      }
    }
    if (!key.isEmpty()) {
      answered.put(name, new Known(request, answer.status(), answer.body(), store.now()));
    }
    return answer;
  }

  private ObjectNode write(Merchant merchant, SandboxCall call, Oddity oddity) throws StripeError {
    List<String> path = call.segments();
    Map<String, String> form = call.form();
    boolean decline = oddity == Oddity.DECLINE;
    if (decline && !call.path().equals("/v1/payment_intents")) {
      throw StripeError.declined();
    }
    String end = path.getLast();
    return switch (path.get(1)) {
      case "checkout" ->
          end.equals("expire") ? pages.expire(merchant, path.get(3)) : pages.create(merchant, form);
      case "payment_intents" ->
          switch (path.size() < 4 ? "" : end) {
            case "" -> payments.charge(merchant, form, decline);
            case "capture" -> payments.capture(merchant, path.get(2), form);
            case "cancel" -> payments.cancel(merchant, path.get(2));
            case "increment_authorization" -> payments.increment(merchant, path.get(2), form);
            default -> throw StripeError.noAddress(call.method(), call.path());
          };
      case "refunds" -> refunds.refund(merchant, form);
      case "transfers" -> refunds.transfer(merchant, form);
      case "disputes" -> refunds.dispute(merchant, form);
      default -> throw StripeError.noAddress(call.method(), call.path());
    };
  }

  private ObjectNode read(Merchant merchant, SandboxCall call) throws StripeError {
    List<String> path = call.segments();
    Map<String, String> query = call.query();
    return switch (path.get(1)) {
      case "checkout" ->
          path.size() > 3 ? pages.find(merchant, path.get(3)) : pages.list(merchant, query);
      case "payment_intents" ->
          path.size() > 2
              ? payments.find(merchant, path.get(2))
              : list(merchant, StripePayments.INTENT, query, call, "customer");
      case "refunds" ->
          path.size() > 2
              ? store.find(merchant, StripeRefunds.REFUND, path.get(2))
              : list(merchant, StripeRefunds.REFUND, query, call, "payment_intent");
      case "transfers" -> list(merchant, StripeRefunds.TRANSFER, query, call, "transfer_group");
      case "balance_transactions" -> balance.list(merchant, query);
      case "balance" ->
          StripeStore.MAPPER.createObjectNode().put("object", "balance").put("livemode", false);
      default -> throw StripeError.noAddress(call.method(), call.path());
    };
  }

  private ObjectNode list(
      Merchant merchant, String object, Map<String, String> query, SandboxCall call, String by) {
    String wanted = query.get(by);
    return store.list(
        merchant,
        object,
        query,
        call.path(),
        each -> wanted == null || wanted.equals(each.path(by).asText()));
  }

  private static SandboxAnswer json(int status, ObjectNode body, boolean again) {
    return new SandboxAnswer(
        status,
        "application/json",
        body.toString().getBytes(StandardCharsets.UTF_8),
        headers(again));
  }

  private static Map<String, String> headers(boolean again) {
    Map<String, String> headers = new HashMap<>();
    headers.put("request-id", "req_sandbox");
    headers.put("stripe-version", com.stripe.Stripe.API_VERSION);
    if (again) {
      headers.put("idempotent-replayed", "true");
    }
    return headers;
  }

  @Override
  public Optional<Asked> asked(String text) {
    return pages.asked(text);
  }

  @Override
  public boolean act(String text, Act act) {
    return pages.act(text, act, byName::get);
  }

  @Override
  public boolean acknowledged(int status, String body) {
    return status >= 200 && status < 300;
  }
}
