package org.ampay.app.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A call to the gateway.
 *
 * @param target path and query as they came: they may be signed
 * @param headers by lower-case name
 */
public record SandboxCall(String method, String target, Map<String, String> headers, byte[] body) {

  public SandboxCall {
    headers = Map.copyOf(headers);
  }

  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** The parts of the path between slashes. */
  public List<String> segments() {
    return List.of(path().substring(1).split("/", -1));
  }

  /** A header, empty when it is missing. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** The parameters of the query. */
  public Map<String, String> query() {
    int query = target.indexOf('?');
    return form(query < 0 ? "" : target.substring(query + 1));
  }

  /** The body as the parameters of a form. */
  public Map<String, String> form() {
    return form(text());
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static Map<String, String> form(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      values.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
    }
    return values;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
