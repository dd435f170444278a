package org.ampay.app.partner;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * What the partner was answered.
 *
 * @param http 0: no answer at all
 * @param envelope a missing node if it was no JSON
 * @param headers by their lower-case names
 */
public record PartnerAnswer(int http, JsonNode envelope, Map<String, String> headers) {

  /** OCPI's status; 0: none. */
  public int status() {
    return envelope.path("status_code").asInt(0);
  }

  public JsonNode data() {
    return envelope.path("data");
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Whether OCPI says 1xxx. */
  public boolean isDone() {
    return status() / 1000 == 1;
  }

  /**
   * The data, once all went well.
   *
   * @throws PartnerException when it did not
   */
  public JsonNode done() {
    if (!isDone()) {
      throw new PartnerException(toString());
    }
    return data();
  }

  @Override
  public String toString() {
    return "HTTP " + http + " " + envelope;
  }
}
