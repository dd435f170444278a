package org.ampay.tariff;

/**
 * OCPI DisplayText.
 *
 * @param language ISO 639-1, for example {@code zh}
 * @param text at most 512 characters
 */
public record DisplayText(String language, String text) {

  private static final int MAX_TEXT = 512;

  public DisplayText {
    Checks.require(
        language.matches("[A-Za-z]{2}"), "language", "must be a two-letter language code");
    Checks.text(text, MAX_TEXT, "text");
  }
}
