package org.ampay.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What a station answers to the server's CALLs, by action; NotSupported unless it was told. */
final class Script {

  private final Map<String, Function<ReceivedCall, Optional<String>>> answers =
      new ConcurrentHashMap<>();

  /** The frame to send; empty: silence. */
  Optional<String> answer(ReceivedCall call) {
    return answers
        .getOrDefault(call.action(), c -> Optional.of(error(c, "NotSupported")))
        .apply(call);
  }

  void payload(String action, Function<JsonNode, String> payload) {
    answers.put(action, call -> Optional.of(result(call, payload.apply(call.payload()))));
  }

  void error(String action, String code) {
    answers.put(action, call -> Optional.of(error(call, code)));
  }

  void silence(String action) {
    answers.put(action, call -> Optional.empty());
  }

  void raw(String action, Function<String, String> frame) {
    answers.put(action, call -> Optional.of(frame.apply(call.messageId())));
  }

  static String result(ReceivedCall call, String payload) {
    return "[3,\"" + call.messageId() + "\"," + payload + "]";
  }

  static String error(ReceivedCall call, String code) {
    return "[4,\"" + call.messageId() + "\",\"" + code + "\",\"scripted\",{}]";
  }
}
