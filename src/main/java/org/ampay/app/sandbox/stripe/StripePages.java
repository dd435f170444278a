package org.ampay.app.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ampay.app.sandbox.SandboxWire.Act;
import org.ampay.app.sandbox.SandboxWire.Asked;
import org.ampay.base.Money;

/** Checkout: pages on which payers pay. */
final class StripePages {

  static final String SESSION = "checkout.session";
  static final String PATH = "/c/pay/";

  private static final Pattern ID = Pattern.compile("cs_test_[A-Za-z0-9]{24}");
  private static final long LEAST_OPEN = 30 * 60;
  private static final long MOST_OPEN = 24 * 3_600;

  private final StripeStore store;
  private final StripeHooks hooks;
  private final StripePayments payments;

  StripePages(StripeStore store, StripeHooks hooks, StripePayments payments) {
    this.store = store;
    this.hooks = hooks;
    this.payments = payments;
  }

  ObjectNode create(Merchant merchant, Map<String, String> form) throws StripeError {
    if (!StripeStore.required(form, "mode").equals("payment")) {
      throw StripeError.invalid("parameter_unknown", "mode", "only payment");
    }
    long amount = StripeStore.amount(form, "line_items[0][price_data][unit_amount]");
    String currency = StripeStore.required(form, "line_items[0][price_data][currency]");
    String success = StripeStore.required(form, "success_url");
    long expires =
        form.containsKey("expires_at")
            ? StripeStore.amount(form, "expires_at")
            : store.now() + MOST_OPEN;
    if (expires < store.now() + LEAST_OPEN || expires > store.now() + MOST_OPEN) {
      throw StripeError.invalid(
          "parameter_invalid_integer",
          "expires_at",
          "The `expires_at` timestamp must be between 30 minutes and 24 hours from now.");
    }
    ObjectNode page = store.make(merchant, SESSION, "cs_test_");
    page.put("amount_subtotal", amount)
        .put("amount_total", amount)
        .put("cancel_url", form.getOrDefault("cancel_url", success))
        .put("client_reference_id", form.getOrDefault("client_reference_id", ""))
        .put("currency", currency.toLowerCase(Locale.ROOT))
        .put("expires_at", expires)
        .put("mode", "payment")
        .put("payment_status", "unpaid")
        .put("status", "open")
        .put("success_url", success)
        .putNull("payment_intent")
        .put("url", store.world().address().get() + PATH + page.path("id").asText());
    StripeStore.metadata(page, form, "");
    ObjectNode payment = page.putObject("_payment");
    payment
        .put(
            "manual", form.getOrDefault("payment_intent_data[capture_method]", "").equals("manual"))
        .put("subject", form.getOrDefault("line_items[0][price_data][product_data][name]", ""));
    StripeStore.metadata(payment, form, "payment_intent_data");
    return shown(page);
  }

  ObjectNode find(Merchant merchant, String id) throws StripeError {
    return shown(store.find(merchant, SESSION, id));
  }

  ObjectNode list(Merchant merchant, Map<String, String> query) {
    ObjectNode list =
        store.list(merchant, SESSION, query, "/v1/checkout/sessions", page -> true).deepCopy();
    list.path("data")
        .forEach(
            page -> {
              ((ObjectNode) page).put("status", status((ObjectNode) page));
              ((ObjectNode) page).remove("_payment");
            });
    return list;
  }

  ObjectNode expire(Merchant merchant, String id) throws StripeError {
    ObjectNode page = store.find(merchant, SESSION, id);
    if (!status(page).equals("open")) {
      throw StripeError.invalid(
          "",
          "",
          "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session"
              + " has a status of `"
              + status(page)
              + "`.");
    }
    page.put("status", "expired").putNull("url");
    hooks.tell(merchant, "checkout.session.expired", shown(page));
    return shown(page);
  }

  /** As merchants see it. */
  private ObjectNode shown(ObjectNode page) {
    ObjectNode shown = page.deepCopy();
    shown.remove("_payment");
    shown.put("status", status(page));
    return shown;
  }

  /** Pages end by themselves: their time tells, no event does. */
  private String status(ObjectNode page) {
    String status = page.path("status").asText();
    return status.equals("open") && page.path("expires_at").asLong() <= store.now()
        ? "expired"
        : status;
  }

  private Optional<ObjectNode> ofText(String text) {
    Matcher id = ID.matcher(text);
    return id.find() ? Optional.ofNullable(store.all(SESSION).get(id.group())) : Optional.empty();
  }

  Optional<Asked> asked(String text) {
    return ofText(text)
        .map(
            page ->
                new Asked(
                    page.path("_payment").path("subject").asText(),
                    money(page),
                    page.path("_payment").path("manual").asBoolean(),
                    status(page).equals("open"),
                    uri(page, "success_url"),
                    uri(page, "cancel_url")));
  }

  private static Money money(ObjectNode page) {
    String currency = page.path("currency").asText().toUpperCase(Locale.ROOT);
    return new Money(currency, StripeBalance.minor(currency, page.path("amount_total").asLong()));
  }

  private static URI uri(ObjectNode page, String field) {
    return URI.create(
        page.path(field).asText().replace("{CHECKOUT_SESSION_ID}", page.path("id").asText()));
  }

  boolean act(String text, Act act, java.util.function.Function<String, Merchant> merchants) {
    Optional<ObjectNode> found = ofText(text);
    if (found.isEmpty() || !status(found.get()).equals("open")) {
      return false;
    }
    ObjectNode page = found.get();
    Merchant merchant = merchants.apply(store.owner(page.path("id").asText()));
    switch (act) {
      case PAY -> pay(merchant, page);
      case DECLINE -> payments.refuse(merchant, intent(merchant, page));
      case CANCEL -> {
        // The page stays open: the payer may come back to it.
      }
    }
    return true;
  }

  private void pay(Merchant merchant, ObjectNode page) {
    ObjectNode intent = intent(merchant, page);
    payments.agree(merchant, intent);
    boolean taken = intent.path("status").asText().equals("succeeded");
    page.put("status", "complete").put("payment_status", taken ? "paid" : "unpaid").putNull("url");
    hooks.tell(merchant, "checkout.session.completed", shown(page));
  }

  /** The payment behind a page, made when the payer first tries. */
  private ObjectNode intent(Merchant merchant, ObjectNode page) {
    ObjectNode known = store.all(StripePayments.INTENT).get(page.path("payment_intent").asText());
    if (known != null) {
      return known;
    }
    ObjectNode made =
        payments.make(
            merchant,
            page.path("amount_total").asLong(),
            page.path("currency").asText(),
            page.path("_payment").path("manual").asBoolean());
    made.set("metadata", page.path("_payment").path("metadata").deepCopy());
    page.put("payment_intent", made.path("id").asText());
    return made;
  }
}
