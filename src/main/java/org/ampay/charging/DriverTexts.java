package org.ampay.charging;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ampay.tariff.PriceText;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/** Texts about prices in the language that fits best: the driver's, the station's, ours. */
final class DriverTexts {

  private DriverTexts() {}

  /**
   * The prices in a text that fits on the display.
   *
   * @param driver the driver's language, RFC 5646; null: not known
   */
  static PriceMessage price(
      TariffSnapshot tariff, Display display, @Nullable String driver, Instant at) {
    Locale language = language(tariff, driver, display.language());
    return price(tariff, display, language, at);
  }

  static PriceMessage price(TariffSnapshot tariff, Display display, Locale language, Instant at) {
    return new PriceMessage(
        language.toLanguageTag(), PriceText.display(tariff, language, at, display.maxChars()));
  }

  /** The first of the wanted languages in which there is a text. */
  static Locale language(
      TariffSnapshot tariff, @Nullable String driver, @Nullable String station) {
    List<Locale> wanted = new ArrayList<>();
    for (String tag : new String[] {driver, station}) {
      if (tag != null && !tag.isBlank()) {
        wanted.add(Locale.forLanguageTag(tag.trim().replace('_', '-')));
      }
    }
    for (Locale language : wanted) {
      if (PriceText.speaks(tariff.tariffs().getFirst(), language)) {
        return Locale.of(language.getLanguage());
      }
    }
    return tariff.currency().equals("CNY") ? Locale.CHINESE : Locale.ENGLISH;
  }
}
