package org.ampay.app;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Parsers of settings that are texts; each says in its exception what it takes. */
final class SettingsText {

  private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug", "trace");
  private static final int MIN_PASSWORD = 10;

  private SettingsText() {}

  /** An http or https URL without a slash at the end, or nothing. */
  static String url(String text) {
    if (text.isEmpty()) {
      return text;
    }
    try {
      URI url = new URI(text);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (web && url.getHost() != null && !text.endsWith("/")) {
        return text;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(takesUrl(), e);
    }
    throw new IllegalArgumentException(takesUrl());
  }

  private static String takesUrl() {
    return "takes a URL such as https://charge.example.com, without a slash at the end";
  }

  static String email(String text) {
    if (!text.matches("[^@\\s]+@[^@\\s]+")) {
      throw new IllegalArgumentException("takes an e-mail address");
    }
    return text;
  }

  static String newPassword(String text) {
    if (!text.isEmpty() && text.length() < MIN_PASSWORD) {
      throw new IllegalArgumentException("takes a password of at least 10 characters");
    }
    return text;
  }

  static String pathPrefix(String text) {
    if (!text.matches("/([\\w.~-]+/)*")) {
      throw new IllegalArgumentException("takes a path with / at both ends, such as /ocpp/");
    }
    return text;
  }

  /** Names with semicolons between them: an organisation's name may hold a comma. */
  static Set<String> names(String text) {
    return Arrays.stream(text.split(";", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  static String logLevel(String text) {
    if (!LEVELS.contains(text)) {
      throw new IllegalArgumentException("takes error, warn, info, debug or trace");
    }
    return text;
  }
}
