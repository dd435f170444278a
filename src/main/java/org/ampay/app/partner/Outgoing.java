package org.ampay.app.partner;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the partner answers.
 *
 * @param status OCPI's; 0: no envelope at all
 */
record Outgoing(
    int http, int status, String message, @Nullable JsonNode data, Map<String, String> headers) {

  static Outgoing ok(@Nullable JsonNode data) {
    return new Outgoing(200, 1000, "", data, Map.of());
  }

  static Outgoing created() {
    return new Outgoing(201, 1000, "", null, Map.of());
  }

  static Outgoing refused(int http, int status, String message) {
    return new Outgoing(http, status, message, null, Map.of());
  }

  static Outgoing invalid(String message) {
    return refused(200, 2001, message);
  }

  static Outgoing noMethod() {
    return refused(405, 2000, "no such method here");
  }

  Outgoing with(String header, String value) {
    return new Outgoing(http, status, message, data, Map.of(header, value));
  }
}
