package org.ampay.charging;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ampay.charging.CostDisplayStore.Told;
import org.ampay.charging.CostDisplayStore.Wish;
import org.jspecify.annotations.Nullable;

/**
 * What stations can show, by what they report of themselves: {@code TariffCostCtrlr} and {@code
 * DisplayMessageCtrlr} of OCPP 2.0.1, the keys of the paper on prices for 1.6. A person's word
 * wins. Belongs to one refreshing thread.
 */
final class DisplayModel {

  private static final int MAX_LANGUAGES = 10;

  private final Map<Long, Map<String, String>> told = new HashMap<>();
  private Instant seen = Instant.EPOCH;

  /** From when on changes are not known yet. */
  Instant seen() {
    return seen;
  }

  void take(List<Told> changes) {
    for (Told change : changes) {
      told.computeIfAbsent(change.stationId(), id -> new HashMap<>())
          .put(change.name(), change.value());
      seen = change.changedAt();
    }
  }

  /** The stations that show anything. */
  Map<Long, Display> displays(Map<Long, Wish> wishes) {
    Set<Long> stations = new HashSet<>(told.keySet());
    stations.addAll(wishes.keySet());
    Map<Long, Display> displays = new HashMap<>();
    for (long station : stations) {
      Display display = display(told.getOrDefault(station, Map.of()), wishes.get(station));
      if (display.any()) {
        displays.put(station, display);
      }
    }
    return displays;
  }

  static Display display(Map<String, String> told, @Nullable Wish wish) {
    boolean transfers = yes(told.get("CustomDisplayCostAndPrice"));
    Integer size = number(told.get("DisplayMessageCtrlr.PersonalMessageSize"), Display.MAX_CHARS);
    if (wish != null && wish.maxChars() != null) {
      size = wish.maxChars();
    }
    return new Display(
        wish == null ? transfers || has(told, "Tariff") : wish.shows(),
        wish == null ? transfers || has(told, "Cost") : wish.shows(),
        size == null || size < 1 ? Display.MAX_CHARS : Math.min(size, Display.MAX_CHARS),
        number(
            told.get(
                transfers
                    ? "NumberOfDecimalsForCostValues"
                    : TARIFF + "NumberOfDecimalsForCostValues"),
            9),
        language(told),
        yes(told.get("CustomMultiLanguageMessages")) ? languages(told) : List.of());
  }

  private static final String TARIFF = "TariffCostCtrlr.";

  /** Enabled where the station says so; one that only says Available has nothing to switch. */
  private static boolean has(Map<String, String> told, String instance) {
    String enabled = told.get(TARIFF + "Enabled[" + instance + "]");
    return enabled == null || enabled.isEmpty()
        ? yes(told.get(TARIFF + "Available[" + instance + "]"))
        : yes(enabled);
  }

  private static @Nullable String language(Map<String, String> told) {
    return Optional.ofNullable(told.get("DisplayMessageCtrlr.Language"))
        .or(() -> Optional.ofNullable(told.get("Language")))
        .filter(text -> !text.isBlank())
        .orElse(null);
  }

  private static List<String> languages(Map<String, String> told) {
    return Arrays.stream(told.getOrDefault("SupportedLanguages", "").split(",", -1))
        .map(String::trim)
        .filter(language -> !language.isEmpty())
        .limit(MAX_LANGUAGES)
        .toList();
  }

  private static boolean yes(@Nullable String value) {
    return value != null && value.trim().toLowerCase(Locale.ROOT).equals("true");
  }

  private static @Nullable Integer number(@Nullable String value, int most) {
    try {
      return value == null || value.isBlank()
          ? null
          : Integer.valueOf(Math.clamp(Long.parseLong(value.trim()), 0, most));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
