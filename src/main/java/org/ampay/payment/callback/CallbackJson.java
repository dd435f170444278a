package org.ampay.payment.callback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.ampay.base.Money;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.Outcome;

/** Callbacks as they are stored: what they say, in our words. */
final class CallbackJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private CallbackJson() {}

  static String write(Callback.News news) {
    ObjectNode json = about(news.eventId(), news.reference(), news.providerRef(), news.amount());
    switch (news.outcome()) {
      case Outcome.Succeeded done ->
          json.put("outcome", "succeeded")
              .put("done_minor", done.done().minor())
              .put("gift_minor", done.gift().minor())
              .put("done_currency", done.done().currency())
              .put("done_ref", done.providerRef());
      case Outcome.Declined declined ->
          json.put("outcome", "declined").put("reason", declined.reason());
      case Outcome.Pending pending ->
          json.put("outcome", "pending").put("done_ref", pending.providerRef());
      case Outcome.ActionRequired _,
          Outcome.NotSent _,
          Outcome.Unknown _,
          Outcome.Misconfigured _ ->
          json.put("outcome", "unknown");
    }
    return text(json);
  }

  static String write(Callback.Disputed dispute) {
    ObjectNode json =
        about(dispute.eventId(), dispute.reference(), dispute.providerRef(), dispute.amount());
    json.put("dispute_ref", dispute.disputeRef())
        .put("state", dispute.state().code())
        .put("reason", dispute.reason())
        .put("deadline", dispute.deadline());
    return text(json);
  }

  private static ObjectNode about(
      String eventId, String reference, String providerRef, Money amount) {
    return JSON.createObjectNode()
        .put("event_id", eventId)
        .put("reference", reference)
        .put("provider_ref", providerRef)
        .put("currency", amount.currency())
        .put("amount_minor", amount.minor());
  }

  static Outcome outcome(String text) {
    JsonNode json = tree(text);
    return switch (json.path("outcome").asText()) {
      case "succeeded" -> {
        String currency = json.path("done_currency").asText();
        yield new Outcome.Succeeded(
            new Money(currency, json.path("done_minor").asLong()),
            new Money(currency, json.path("gift_minor").asLong()),
            json.path("done_ref").asText());
      }
      case "declined" -> new Outcome.Declined(json.path("reason").asText());
      case "pending" -> new Outcome.Pending(json.path("done_ref").asText());
      default -> new Outcome.Unknown("the provider told no end");
    };
  }

  static Callback.Disputed dispute(String text) {
    JsonNode json = tree(text);
    return new Callback.Disputed(
        json.path("event_id").asText(),
        json.path("reference").asText(),
        json.path("provider_ref").asText(),
        json.path("dispute_ref").asText(),
        Callback.Disputed.State.valueOf(
            json.path("state").asText().toUpperCase(java.util.Locale.ROOT)),
        new Money(json.path("currency").asText(), json.path("amount_minor").asLong()),
        json.path("reason").asText(),
        json.path("deadline").asText());
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored callback is damaged", e);
    }
  }

  private static String text(ObjectNode json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }
}
