package org.ampay.payment.provider.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.ampay.base.Money;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.Callback.Disputed.State;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Outcome;

/** What an event says of our operations; the version of the API that wrote it does not matter. */
final class StripeEvents {

  private static final int LONGEST_REASON = 100;

  private StripeEvents() {}

  static Callback read(String id, String type, JsonNode object) {
    return switch (type) {
      case "checkout.session.completed", "checkout.session.async_payment_succeeded" ->
          page(id, object, new Outcome.Pending(text(object, "payment_intent")));
      case "checkout.session.expired" -> page(id, object, new Outcome.Declined("expired"));
      case "checkout.session.async_payment_failed" ->
          page(id, object, new Outcome.Declined("the payment failed"));
      case "payment_intent.succeeded" -> succeeded(id, object);
      case "payment_intent.amount_capturable_updated" -> held(id, object);
      case "payment_intent.payment_failed" -> failed(id, object);
      case "refund.created", "refund.updated", "refund.failed" -> refund(id, object);
      case "charge.dispute.created",
          "charge.dispute.updated",
          "charge.dispute.closed",
          "charge.dispute.funds_withdrawn",
          "charge.dispute.funds_reinstated" ->
          dispute(id, object);
      default -> new Callback.Irrelevant(id);
    };
  }

  /** A page ends with its payment: what became of that is told by its own events, or asked. */
  private static Callback page(String id, JsonNode page, Outcome outcome) {
    String payment = text(page, "payment_intent");
    return news(
        id,
        text(page, "client_reference_id"),
        payment.isEmpty() ? text(page, "id") : payment,
        money(page, "amount_total"),
        outcome);
  }

  private static Callback succeeded(String id, JsonNode payment) {
    Money received = money(payment, "amount_received");
    String ref = text(payment, "id");
    if (kind(payment).equals(CommandKind.AUTHORIZE.code())) {
      String capture = text(payment.path("metadata"), StripeApi.CAPTURE);
      return news(id, capture, ref, received, done(received, ref));
    }
    return news(id, reference(payment), ref, money(payment, "amount"), done(received, ref));
  }

  /** Told when money is set aside; again when a hold is raised, which its own answer told. */
  private static Callback held(String id, JsonNode payment) {
    boolean raised =
        payment.path("metadata").properties().stream()
            .anyMatch(entry -> entry.getKey().startsWith(StripeApi.INCREMENT));
    if (raised || !kind(payment).equals(CommandKind.AUTHORIZE.code())) {
      return new Callback.Irrelevant(id);
    }
    String ref = text(payment, "id");
    return news(
        id,
        reference(payment),
        ref,
        money(payment, "amount"),
        done(money(payment, "amount_capturable"), ref));
  }

  /** On a page a payer may try again: only a charge without him has failed for good. */
  private static Callback failed(String id, JsonNode payment) {
    if (!kind(payment).equals(CommandKind.CHARGE.code())) {
      return new Callback.Irrelevant(id);
    }
    JsonNode error = payment.path("last_payment_error");
    String why = text(error, "decline_code");
    return news(
        id,
        reference(payment),
        text(payment, "id"),
        money(payment, "amount"),
        new Outcome.Declined(cut(why.isEmpty() ? text(error, "code") : why)));
  }

  private static Callback refund(String id, JsonNode refund) {
    Money amount = money(refund, "amount");
    String ref = text(refund, "id");
    Outcome outcome =
        switch (text(refund, "status")) {
          case "succeeded" -> done(amount, ref);
          case "failed", "canceled" -> new Outcome.Declined("the refund " + text(refund, "status"));
          default -> new Outcome.Pending(ref);
        };
    return news(id, reference(refund), ref, amount, outcome);
  }

  private static Callback dispute(String id, JsonNode dispute) {
    JsonNode due = dispute.path("evidence_details").path("due_by");
    return new Callback.Disputed(
        id,
        "",
        text(dispute, "payment_intent"),
        text(dispute, "id"),
        state(text(dispute, "status")),
        money(dispute, "amount"),
        cut(text(dispute, "reason")),
        due.isIntegralNumber() ? Instant.ofEpochSecond(due.asLong()).toString() : "");
  }

  private static State state(String status) {
    return switch (status) {
      case "won" -> State.WON;
      case "lost" -> State.LOST;
      case "needs_response", "under_review" -> State.OPEN;
      default -> {
        if (!status.startsWith("warning_")) {
          throw new IllegalArgumentException("a dispute in an unknown state");
        }
        yield State.WARNING;
      }
    };
  }

  /** Payments that others made by the same account have no reference of ours. */
  private static Callback news(
      String id, String reference, String providerRef, Money amount, Outcome outcome) {
    return reference.isEmpty()
        ? new Callback.Irrelevant(id)
        : new Callback.News(id, reference, providerRef, amount, outcome);
  }

  private static Outcome done(Money amount, String ref) {
    return new Outcome.Succeeded(amount, Money.zero(amount.currency()), ref);
  }

  private static Money money(JsonNode object, String field) {
    JsonNode amount = object.path(field);
    if (!amount.isIntegralNumber() || !amount.canConvertToLong()) {
      throw new IllegalArgumentException("no amount in " + field);
    }
    return StripeAmounts.ofWire(text(object, "currency"), amount.asLong());
  }

  private static String reference(JsonNode object) {
    return text(object.path("metadata"), StripeApi.REFERENCE);
  }

  private static String kind(JsonNode object) {
    return text(object.path("metadata"), StripeApi.KIND);
  }

  /** Empty when it is missing or null. */
  private static String text(JsonNode object, String field) {
    return object.path(field).isTextual() ? object.path(field).asText() : "";
  }

  private static String cut(String text) {
    return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text;
  }
}
