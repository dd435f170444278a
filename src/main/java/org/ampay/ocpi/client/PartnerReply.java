package org.ampay.ocpi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What became of a request to a partner. */
public sealed interface PartnerReply {

  /**
   * OCPI 1xxx.
   *
   * @param data missing when there is none
   * @param headers lower case: {@code location}, {@code link}, {@code x-total-count}
   */
  record Done(JsonNode data, Map<String, String> headers) implements PartnerReply {
    public Done {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * The partner answered, but not so.
   *
   * @param status OCPI status; 0 when the answer had none
   */
  record Refused(int http, int status, String message) implements PartnerReply {}

  /**
   * No answer that makes sense.
   *
   * @param reached the request may have come through
   */
  record Failed(String reason, boolean reached) implements PartnerReply {}

  /** The partner has no such module, or there is no handshake: nothing was sent. */
  record NoEndpoint(String reason) implements PartnerReply {}
}
