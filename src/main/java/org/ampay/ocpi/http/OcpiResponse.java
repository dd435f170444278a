package org.ampay.ocpi.http;

import java.util.Map;

/** An answer, ready to be sent as {@code application/json}. */
public record OcpiResponse(int http, Map<String, String> headers, String body) {

  public OcpiResponse {
    headers = Map.copyOf(headers);
  }
}
