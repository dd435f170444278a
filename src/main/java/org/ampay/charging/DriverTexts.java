package org.ampay.charging;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ampay.tariff.PriceNow;
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

  /** What holds now for a session that stands there. */
  static PriceMessage now(
      TariffSnapshot tariff,
      Display display,
      @Nullable String driver,
      Instant at,
      PriceNow.Standing standing) {
    Locale language = language(tariff, driver, display.language());
    String text = PriceText.now(tariff, language, at, standing);
    return new PriceMessage(
        language.toLanguageTag(), text.substring(0, Math.min(text.length(), display.maxChars())));
  }

  /** The prices in the language that fits best, then in the others that the display takes. */
  static List<PriceMessage> all(
      TariffSnapshot tariff, Display display, @Nullable String driver, Instant at) {
    List<PriceMessage> texts = new ArrayList<>();
    for (Locale language : languages(tariff, display, driver)) {
      texts.add(price(tariff, display, language, at));
    }
    return texts;
  }

  /** The language that fits best, then the others that the display takes. */
  static List<Locale> languages(TariffSnapshot tariff, Display display, @Nullable String driver) {
    Set<Locale> languages = new LinkedHashSet<>();
    languages.add(language(tariff, driver, display.language()));
    for (String tag : display.languages()) {
      Locale other = Locale.of(Locale.forLanguageTag(tag).getLanguage());
      if (PriceText.speaks(tariff.tariffs().getFirst(), other)) {
        languages.add(other);
      }
    }
    return List.copyOf(languages);
  }

  /** The first of the wanted languages in which there is a text. */
  static Locale language(TariffSnapshot tariff, @Nullable String driver, @Nullable String station) {
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
