package org.ampay.app.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import org.ampay.app.sandbox.SandboxBooks.Kind;

/** Payments: made, set aside, captured, cancelled. */
final class StripePayments {

  static final String INTENT = "payment_intent";
  static final String CHARGE = "charge";

  private static final long HOLD_SECONDS = 7L * 86_400;

  private final StripeStore store;
  private final StripeHooks hooks;
  private final StripeBalance balance;

  StripePayments(StripeStore store, StripeHooks hooks, StripeBalance balance) {
    this.store = store;
    this.hooks = hooks;
    this.balance = balance;
  }

  /** A payment that nobody has agreed to yet. */
  ObjectNode make(Merchant merchant, long amount, String currency, boolean manual) {
    ObjectNode intent = store.make(merchant, INTENT, "pi_");
    intent
        .put("amount", amount)
        .put("amount_capturable", 0)
        .put("amount_received", 0)
        .put("capture_method", manual ? "manual" : "automatic_async")
        .put("confirmation_method", "automatic")
        .put("client_secret", intent.path("id").asText() + "_secret_" + store.letters(24))
        .put("currency", currency.toLowerCase(Locale.ROOT))
        .put("status", "requires_payment_method")
        .putNull("customer")
        .putNull("last_payment_error")
        .putNull("latest_charge")
        .putNull("payment_method")
        .putObject("metadata");
    intent.putArray("payment_method_types").add("card");
    return intent;
  }

  /** {@code POST /v1/payment_intents} with {@code confirm} and {@code off_session}. */
  ObjectNode charge(Merchant merchant, Map<String, String> form, boolean decline)
      throws StripeError {
    long amount = StripeStore.amount(form, "amount");
    String customer = StripeStore.required(form, "customer");
    String method = StripeStore.required(form, "payment_method");
    if (!customer.startsWith("cus_") || !method.startsWith("pm_")) {
      throw StripeError.missing("customer", customer);
    }
    ObjectNode intent =
        make(
            merchant,
            amount,
            StripeStore.required(form, "currency"),
            form.getOrDefault("capture_method", "").equals("manual"));
    intent.put("customer", customer).put("payment_method", method);
    StripeStore.metadata(intent, form, "");
    if (decline || method.toLowerCase(Locale.ROOT).contains("declined")) {
      refuse(merchant, intent);
      throw StripeError.declined();
    }
    agree(merchant, intent);
    return intent;
  }

  /** The payer's bank refuses. */
  void refuse(Merchant merchant, ObjectNode intent) {
    intent
        .putObject("last_payment_error")
        .put("type", "card_error")
        .put("code", "card_declined")
        .put("decline_code", "generic_decline")
        .put("message", "Your card was declined.");
    hooks.tell(merchant, "payment_intent.payment_failed", intent);
  }

  /** The payer's bank agrees: set aside, or taken. */
  void agree(Merchant merchant, ObjectNode intent) {
    long amount = intent.path("amount").asLong();
    boolean manual = intent.path("capture_method").asText().equals("manual");
    intent.putNull("last_payment_error");
    if (!intent.path("payment_method").isTextual()) {
      intent.put("payment_method", "pm_" + store.letters(24));
    }
    ObjectNode charge = store.make(merchant, CHARGE, "ch_");
    charge
        .put("amount", amount)
        .put("amount_captured", 0)
        .put("amount_refunded", 0)
        .put("captured", false)
        .put("currency", intent.path("currency").asText())
        .put("paid", true)
        .put("payment_intent", intent.path("id").asText())
        .put("refunded", false)
        .put("status", "succeeded")
        .putNull("balance_transaction")
        .set("metadata", intent.path("metadata").deepCopy());
    intent.put("latest_charge", charge.path("id").asText());
    if (manual) {
      intent.put("status", "requires_capture").put("amount_capturable", amount);
      balance.hold(merchant, intent, amount);
      hooks.tell(merchant, "payment_intent.amount_capturable_updated", intent);
    } else {
      take(merchant, intent, charge, amount, reference(intent));
    }
    hooks.tell(merchant, "charge.succeeded", charge);
  }

  private void take(
      Merchant merchant, ObjectNode intent, ObjectNode charge, long amount, String reference) {
    intent.put("status", "succeeded").put("amount_received", amount).put("amount_capturable", 0);
    charge.put("captured", true).put("amount_captured", amount);
    charge.put(
        "balance_transaction",
        balance.move(merchant, Kind.PAYMENT, "charge", charge, amount, reference));
    hooks.tell(merchant, "payment_intent.succeeded", intent);
  }

  ObjectNode capture(Merchant merchant, String id, Map<String, String> form) throws StripeError {
    ObjectNode intent = held(merchant, id);
    long most = intent.path("amount_capturable").asLong();
    long amount =
        form.containsKey("amount_to_capture")
            ? StripeStore.amount(form, "amount_to_capture")
            : most;
    if (amount > most) {
      throw StripeError.invalid(
          "amount_too_large",
          "amount_to_capture",
          "The requested capture amount is greater than the amount you can capture.");
    }
    StripeStore.metadata(intent, form, "");
    ObjectNode charge = store.find(merchant, CHARGE, intent.path("latest_charge").asText());
    balance.hold(merchant, intent, 0);
    String capture = intent.path("metadata").path("ampay_capture").asText("");
    take(merchant, intent, charge, amount, capture.isEmpty() ? reference(intent) : capture);
    hooks.tell(merchant, "charge.captured", charge);
    return intent;
  }

  ObjectNode increment(Merchant merchant, String id, Map<String, String> form) throws StripeError {
    ObjectNode intent = held(merchant, id);
    long amount = StripeStore.amount(form, "amount");
    if (amount <= intent.path("amount").asLong()) {
      throw StripeError.invalid(
          "amount_too_small", "amount", "The amount must be greater than the authorized amount.");
    }
    StripeStore.metadata(intent, form, "");
    intent.put("amount", amount).put("amount_capturable", amount);
    balance.hold(merchant, intent, amount);
    hooks.tell(merchant, "payment_intent.amount_capturable_updated", intent);
    return intent;
  }

  ObjectNode cancel(Merchant merchant, String id) throws StripeError {
    ObjectNode intent = find(merchant, id);
    String status = intent.path("status").asText();
    if (status.equals("succeeded") || status.equals("canceled")) {
      throw unexpected(status);
    }
    end(merchant, intent, "requested_by_customer");
    hooks.tell(merchant, "payment_intent.canceled", intent);
    return intent;
  }

  ObjectNode find(Merchant merchant, String id) throws StripeError {
    ObjectNode intent = store.find(merchant, INTENT, id);
    if (intent.path("status").asText().equals("requires_capture")
        && intent.path("created").asLong() + HOLD_SECONDS < store.now()) {
      end(merchant, intent, "automatic");
    }
    return intent;
  }

  private void end(Merchant merchant, ObjectNode intent, String reason) {
    intent
        .put("status", "canceled")
        .put("amount_capturable", 0)
        .put("canceled_at", store.now())
        .put("cancellation_reason", reason);
    balance.hold(merchant, intent, 0);
  }

  private ObjectNode held(Merchant merchant, String id) throws StripeError {
    ObjectNode intent = find(merchant, id);
    String status = intent.path("status").asText();
    if (!status.equals("requires_capture")) {
      throw unexpected(status);
    }
    return intent;
  }

  private static StripeError unexpected(String status) {
    return StripeError.invalid(
        "payment_intent_unexpected_state",
        "",
        "This PaymentIntent has a status of " + status + ".");
  }

  private static String reference(ObjectNode object) {
    return object.path("metadata").path("ampay").asText("");
  }
}
