package org.ampay.app.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A CALL of a station. The payload is built when it is first sent (an offline 1.6 session learns
 * its transactionId only then) and repeated unchanged.
 */
final class Call {

  final String action;

  /** What it reports, when it is a transaction message: kept until it is acknowledged. */
  final @Nullable Fact fact;

  final Consumer<JsonNode> onAnswer;
  final Runnable onFailure;
  int attempts;

  private final Supplier<ObjectNode> payload;
  private @Nullable String text;

  Call(
      String action,
      Supplier<ObjectNode> payload,
      @Nullable Fact fact,
      Consumer<JsonNode> onAnswer,
      Runnable onFailure) {
    this.action = action;
    this.payload = payload;
    this.fact = fact;
    this.onAnswer = onAnswer;
    this.onFailure = onFailure;
  }

  /** A call that may be lost. */
  static Call of(Message message, Consumer<JsonNode> onAnswer) {
    return new Call(message.action(), message.payload(), null, onAnswer, () -> {});
  }

  String text() {
    if (text == null) {
      text = payload.get().toString();
    }
    return text;
  }

  /** Action and payload, not yet sent. */
  record Message(String action, Supplier<ObjectNode> payload) {}

  /** A transaction message's content, as the crash test looks for it. */
  record Fact(Kind kind, Charge charge, Sample sample) {}

  /** What a transaction message reports. */
  enum Kind {
    START,
    READING,
    CHANGE,
    STOP
  }
}
