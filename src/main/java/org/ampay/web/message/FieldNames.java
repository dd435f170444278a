package org.ampay.web.message;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Words for the names of fields and actions: in English made of the name itself, {@code
 * chargingProfileId} is "Charging profile ID"; in Chinese from a list, else the English ones.
 */
public final class FieldNames {

  private static final Map<String, String> WORDS =
      Map.of(
          "id",
          "ID",
          "evse",
          "EVSE",
          "url",
          "URL",
          "ocpp",
          "OCPP",
          "apn",
          "APN",
          "vpn",
          "VPN",
          "csms",
          "CSMS",
          "sim",
          "SIM",
          "tbc",
          "more to come",
          "ev",
          "EV");

  private static final Map<String, String> CHINESE = chinese();
  private static final Map<String, String> ENGLISH = new ConcurrentHashMap<>();

  private FieldNames() {}

  /** A field, for example {@code idTag}. */
  public static String field(Locale locale, String name) {
    return in(locale, "field.", name);
  }

  /** An action, for example {@code UnlockConnector}. */
  public static String action(Locale locale, String name) {
    return in(locale, "action.", name);
  }

  /** A functional block or feature profile, {@code K SmartCharging}. */
  public static String block(Locale locale, String block) {
    int space = block.indexOf(' ');
    String letter = block.substring(0, space + 1);
    return letter + in(locale, "block.", block.substring(space + 1));
  }

  private static String in(Locale locale, String group, String name) {
    String chinese = locale.getLanguage().equals("zh") ? CHINESE.get(group + name) : null;
    if (chinese != null) {
      return chinese;
    }
    // Unknown names are the invention of stations and must not fill the memory.
    return name.length() > 60 || ENGLISH.size() > 2_000
        ? words(name)
        : ENGLISH.computeIfAbsent(name, FieldNames::words);
  }

  private static String words(String name) {
    StringBuilder label = new StringBuilder(name.length() + 8);
    for (String part : name.split("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", -1)) {
      String lower = part.toLowerCase(Locale.ROOT);
      String known = WORDS.get(lower);
      boolean acronym = part.length() > 1 && part.equals(part.toUpperCase(Locale.ROOT));
      String word = known != null ? known : acronym ? part : lower;
      label.append(label.isEmpty() ? "" : " ").append(word);
    }
    if (!label.isEmpty()) {
      label.setCharAt(0, Character.toUpperCase(label.charAt(0)));
    }
    return label.toString();
  }

  private static Map<String, String> chinese() {
    ResourceBundle texts =
        ResourceBundle.getBundle(
            "i18n.fields",
            Locale.CHINESE,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    Map<String, String> all = new HashMap<>();
    texts.keySet().forEach(key -> all.put(key, texts.getString(key)));
    return Map.copyOf(all);
  }
}
