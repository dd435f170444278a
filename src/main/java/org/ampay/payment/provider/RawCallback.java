package org.ampay.payment.provider;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What came to {@code /hooks/{provider}/{account}}, byte for byte.
 *
 * @param headers by lower-case name
 * @param receivedAt by our clock
 */
public record RawCallback(Map<String, String> headers, byte[] body, Instant receivedAt) {

  public RawCallback {
    headers = Map.copyOf(headers);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
