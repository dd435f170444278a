package org.ampay.app.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.ampay.app.sandbox.SandboxBooks.Kind;

/** What leaves a merchant's balance again: refunds, transfers, disputes. */
final class StripeRefunds {

  static final String REFUND = "refund";
  static final String TRANSFER = "transfer";
  static final String DISPUTE = "dispute";

  private static final long EVIDENCE_SECONDS = 10L * 86_400;

  private final StripeStore store;
  private final StripeHooks hooks;
  private final StripeBalance balance;
  private final StripePayments payments;

  StripeRefunds(
      StripeStore store, StripeHooks hooks, StripeBalance balance, StripePayments payments) {
    this.store = store;
    this.hooks = hooks;
    this.balance = balance;
    this.payments = payments;
  }

  ObjectNode refund(Merchant merchant, Map<String, String> form) throws StripeError {
    ObjectNode charge = charge(merchant, StripeStore.required(form, "payment_intent"));
    long left = charge.path("amount_captured").asLong() - charge.path("amount_refunded").asLong();
    long amount = form.containsKey("amount") ? StripeStore.amount(form, "amount") : left;
    if (left == 0) {
      throw StripeError.invalid("charge_already_refunded", "", "Charge has already been refunded.");
    }
    if (amount > left) {
      throw StripeError.invalid(
          "", "amount", "Refund amount is greater than unrefunded amount on charge");
    }
    ObjectNode refund = store.make(merchant, REFUND, "re_");
    refund
        .put("amount", amount)
        .put("charge", charge.path("id").asText())
        .put("currency", charge.path("currency").asText())
        .put("payment_intent", charge.path("payment_intent").asText())
        .put("status", "succeeded")
        .putNull("failure_reason");
    StripeStore.metadata(refund, form, "");
    long refunded = charge.path("amount_refunded").asLong() + amount;
    charge.put("amount_refunded", refunded).put("refunded", amount == left);
    refund.put(
        "balance_transaction",
        balance.move(
            merchant,
            Kind.REFUND,
            "refund",
            refund,
            -amount,
            refund.path("metadata").path("ampay").asText("")));
    hooks.tell(merchant, "refund.created", refund);
    hooks.tell(merchant, "charge.refunded", charge);
    return refund;
  }

  ObjectNode transfer(Merchant merchant, Map<String, String> form) throws StripeError {
    long amount = StripeStore.amount(form, "amount");
    String receiver = StripeStore.required(form, "destination");
    if (!receiver.startsWith("acct_")) {
      throw StripeError.missing("destination", receiver);
    }
    ObjectNode transfer = store.make(merchant, TRANSFER, "tr_");
    transfer
        .put("amount", amount)
        .put("amount_reversed", 0)
        .put("currency", StripeStore.required(form, "currency"))
        .put("destination", receiver)
        .put("reversed", false)
        .put("transfer_group", form.getOrDefault("transfer_group", ""));
    String charge = form.getOrDefault("source_transaction", "");
    if (charge.isEmpty()) {
      transfer.putNull("source_transaction");
    } else {
      transfer.put(
          "source_transaction", store.find(merchant, "charge", charge).path("id").asText());
    }
    StripeStore.metadata(transfer, form, "");
    transfer.put(
        "balance_transaction",
        balance.move(
            merchant,
            charge.isEmpty() ? Kind.PAYOUT : Kind.SPLIT,
            "transfer",
            transfer,
            -amount,
            transfer.path("metadata").path("ampay").asText("")));
    hooks.tell(merchant, "transfer.created", transfer);
    return transfer;
  }

  /**
   * A payer disputes, or a dispute ends. Not an address of Stripe: there it is banks who do.
   *
   * @param form {@code payment_intent} and {@code status}
   */
  ObjectNode dispute(Merchant merchant, Map<String, String> form) throws StripeError {
    String payment = StripeStore.required(form, "payment_intent");
    String status = form.getOrDefault("status", "needs_response");
    ObjectNode charge = charge(merchant, payment);
    ObjectNode known = null;
    for (ObjectNode each : store.all(DISPUTE).values()) {
      if (each.path("payment_intent").asText().equals(payment)) {
        known = each;
      }
    }
    return known == null ? open(merchant, charge, status) : change(merchant, known, status);
  }

  private ObjectNode open(Merchant merchant, ObjectNode charge, String status) {
    long amount = charge.path("amount_captured").asLong();
    ObjectNode dispute = store.make(merchant, DISPUTE, "dp_");
    dispute
        .put("amount", amount)
        .put("charge", charge.path("id").asText())
        .put("currency", charge.path("currency").asText())
        .put("payment_intent", charge.path("payment_intent").asText())
        .put("reason", "fraudulent")
        .put("status", status)
        .putObject("evidence_details")
        .put("due_by", store.now() + EVIDENCE_SECONDS);
    hooks.tell(merchant, "charge.dispute.created", dispute);
    if (!status.startsWith("warning_")) {
      balance.move(merchant, Kind.DISPUTE, "adjustment", dispute, -amount, "");
      hooks.tell(merchant, "charge.dispute.funds_withdrawn", dispute);
    }
    return dispute;
  }

  private ObjectNode change(Merchant merchant, ObjectNode dispute, String status) {
    boolean warned = dispute.path("status").asText().startsWith("warning_");
    long amount = dispute.path("amount").asLong();
    dispute.put("status", status);
    if (warned && !status.startsWith("warning_")) {
      balance.move(merchant, Kind.DISPUTE, "adjustment", dispute, -amount, "");
    }
    if (status.equals("won")) {
      balance.move(merchant, Kind.DISPUTE, "adjustment", dispute, amount, "");
      hooks.tell(merchant, "charge.dispute.funds_reinstated", dispute);
    }
    boolean over = status.equals("won") || status.equals("lost") || status.equals("warning_closed");
    hooks.tell(merchant, over ? "charge.dispute.closed" : "charge.dispute.updated", dispute);
    return dispute;
  }

  private ObjectNode charge(Merchant merchant, String payment) throws StripeError {
    ObjectNode intent = payments.find(merchant, payment);
    if (!intent.path("status").asText().equals("succeeded")) {
      throw StripeError.invalid(
          "payment_intent_unexpected_state", "payment_intent", "has no captured charge");
    }
    return store.find(merchant, StripePayments.CHARGE, intent.path("latest_charge").asText());
  }
}
