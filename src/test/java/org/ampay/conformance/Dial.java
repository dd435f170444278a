package org.ampay.conformance;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * How a station dials in: address, subprotocols offered, headers.
 *
 * @param url with the identity
 * @param tls of a {@code wss} address; null: the JVM's own
 */
public record Dial(
    URI url,
    List<String> subprotocols,
    Map<String, String> headers,
    @Nullable SSLSocketFactory tls) {

  public Dial withUrl(URI other) {
    return new Dial(other, subprotocols, headers, tls);
  }

  public Dial offering(String... names) {
    return new Dial(url, List.of(names), headers, tls);
  }

  public Dial withTls(SSLSocketFactory factory) {
    return new Dial(url, subprotocols, headers, factory);
  }

  public Dial withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Dial(url, subprotocols, more, tls);
  }

  public Dial withBasic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return withHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  public Dial withoutCredentials() {
    Map<String, String> less = new LinkedHashMap<>(headers);
    less.remove("Authorization");
    return new Dial(url, subprotocols, less, tls);
  }
}
