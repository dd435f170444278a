package org.ampay.app;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads settings one by one: from flags, else from the environment, else from the file, else the
 * default. Every key that was asked for is known; {@link #refuseUnknown} names the first that
 * nobody asked for, so that a slip of the pen never goes unnoticed.
 *
 * <p>The setting {@code ocpp.call_timeout} is {@code AMPAY_OCPP_CALL_TIMEOUT} in the environment.
 */
final class SettingsReader {

  private static final String PREFIX = "AMPAY_";

  /** Variables that are not the server's: the launcher's. */
  private static final Set<String> OTHER_VARIABLES = Set.of("AMPAY_JAVA_HOME", "AMPAY_JAVA_OPTS");

  private final Map<String, String> flags;
  private final Map<String, String> environment;
  private final Map<String, String> file;
  private final String fileName;
  private final Map<String, String> defaults = new LinkedHashMap<>();

  SettingsReader(
      Map<String, String> flags,
      Map<String, String> environment,
      Map<String, String> file,
      String fileName) {
    this.flags = flags;
    this.environment = environment;
    this.file = file;
    this.fileName = fileName;
  }

  /** The keys asked for so far, in order, with their defaults as text. */
  Map<String, String> defaults() {
    return new LinkedHashMap<>(defaults);
  }

  String text(String key, String defaultValue) {
    return read(key, defaultValue, Function.identity());
  }

  int integer(String key, int defaultValue, int min, int max, String unit) {
    String takes = "a whole number of " + unit + " from " + min + " to " + max;
    return read(
        key,
        Integer.toString(defaultValue),
        text -> {
          if (!text.matches("-?\\d{1,10}")) {
            throw new IllegalArgumentException("takes " + takes);
          }
          long value = Long.parseLong(text);
          if (value < min || value > max) {
            throw new IllegalArgumentException("takes " + takes);
          }
          return (int) value;
        });
  }

  boolean yesOrNo(String key, boolean defaultValue) {
    return read(
        key,
        Boolean.toString(defaultValue),
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("takes true or false");
            });
  }

  /** Any type, by its parser, which says in an IllegalArgumentException what it takes. */
  <T> T read(String key, String defaultValue, Function<String, T> parser) {
    defaults.put(key, defaultValue);
    Found found = find(key).orElse(new Found(defaultValue, "the default"));
    try {
      return parser.apply(found.value());
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "setting "
              + key
              + " = "
              + shown(key, found.value())
              + " ("
              + found.source()
              + ") "
              + e.getMessage(),
          flags.containsKey(key));
    }
  }

  private Optional<Found> find(String key) {
    String flag = flags.get(key);
    if (flag != null) {
      return Optional.of(new Found(flag, "--" + key.split("\\.")[0]));
    }
    String variable = environment.get(variable(key));
    if (variable != null) {
      return Optional.of(new Found(variable, variable(key)));
    }
    return Optional.ofNullable(file.get(key)).map(value -> new Found(value, fileName));
  }

  /** Stops at the first setting of the file or the environment that does not exist. */
  void refuseUnknown() {
    for (Map.Entry<String, String> entry : file.entrySet()) {
      if (!defaults.containsKey(entry.getKey())) {
        throw unknown(entry.getKey(), entry.getValue(), fileName, nearest(entry.getKey()));
      }
    }
    Map<String, String> variables = new LinkedHashMap<>();
    defaults.keySet().forEach(key -> variables.put(variable(key), key));
    for (Map.Entry<String, String> entry : environment.entrySet()) {
      String name = entry.getKey();
      if (name.startsWith(PREFIX)
          && !variables.containsKey(name)
          && !OTHER_VARIABLES.contains(name)) {
        String key = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
        throw unknown(name, entry.getValue(), "environment", variable(nearest(key)));
      }
    }
  }

  private static SettingsException unknown(
      String name, String value, String source, String nearest) {
    return new SettingsException(
        "unknown setting "
            + name
            + " = "
            + shown(name, value)
            + " ("
            + source
            + "): there is none of that name, the nearest is "
            + nearest);
  }

  private String nearest(String key) {
    String wanted = key.replace('.', '_');
    return defaults.keySet().stream()
        .min(
            (a, b) ->
                Integer.compare(
                    distance(a.replace('.', '_'), wanted), distance(b.replace('.', '_'), wanted)))
        .orElse("");
  }

  static String variable(String key) {
    return PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** A secret is never shown, also not under a mistyped name. */
  private static String shown(String key, String value) {
    String lower = key.toLowerCase(Locale.ROOT);
    boolean secret =
        lower.contains("pass")
            || lower.contains("secret")
            || lower.contains("token")
            || lower.contains("key")
            || lower.endsWith("url");
    return secret ? "(not shown)" : "'" + value + "'";
  }

  /** Levenshtein's edit distance. */
  private static int distance(String a, String b) {
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replace, Math.min(last[j], row[j - 1]) + 1);
      }
      last = row;
    }
    return last[b.length()];
  }

  private record Found(String value, String source) {}
}
