package org.ampay.app.partner;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Paths and queries, percent-encoded. */
final class Addresses {

  private Addresses() {}

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Segments of a path as it was sent. */
  static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/")) {
      if (!segment.isEmpty()) {
        segments.add(decoded(segment));
      }
    }
    return segments;
  }

  static Map<String, String> query(String text) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  static String joined(String base, List<String> path, Map<String, String> query) {
    StringBuilder text = new StringBuilder(base.replaceFirst("/+$", ""));
    path.forEach(segment -> text.append('/').append(encoded(segment)));
    if (!query.isEmpty()) {
      text.append(base.indexOf('?') < 0 ? '?' : '&');
      text.append(
          query.entrySet().stream()
              .map(pair -> encoded(pair.getKey()) + "=" + encoded(pair.getValue()))
              .collect(Collectors.joining("&")));
    }
    return text.toString();
  }
}
