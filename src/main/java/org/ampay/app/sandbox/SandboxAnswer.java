package org.ampay.app.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer of the gateway; {@code headers} beside the content type. */
public record SandboxAnswer(
    int status, String contentType, byte[] body, Map<String, String> headers) {

  public SandboxAnswer {
    headers = Map.copyOf(headers);
  }

  public static SandboxAnswer json(int status, String body) {
    return new SandboxAnswer(
        status, "application/json; charset=utf-8", body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  static SandboxAnswer html(int status, String body) {
    return new SandboxAnswer(
        status, "text/html; charset=utf-8", body.getBytes(StandardCharsets.UTF_8), Map.of());
  }
}
