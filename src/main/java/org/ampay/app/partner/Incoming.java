package org.ampay.app.partner;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A call to the partner.
 *
 * @param path decoded, without empty segments
 * @param headers by their lower-case names
 */
record Incoming(
    String method,
    List<String> path,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] bytes) {

  JsonNode body() {
    return PartnerJson.tree(new String(bytes, StandardCharsets.UTF_8));
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Path segments from that one on. */
  List<String> from(int index) {
    return path.size() <= index ? List.of() : path.subList(index, path.size());
  }

  String module() {
    return path.size() > 2 ? path.get(2) : "versions";
  }

  @Override
  public String toString() {
    return method + " /" + String.join("/", path);
  }
}
