package org.ampay.web.console;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/** The languages of the pages, each with its texts. */
public enum Language {
  ZH("zh-CN", "中文"),
  EN("en", "English");

  private final String tag;
  private final String ownName;
  private final ResourceBundle texts;

  Language(String tag, String ownName) {
    this.tag = tag;
    this.ownName = ownName;
    this.texts =
        ResourceBundle.getBundle(
            "i18n.messages",
            Locale.forLanguageTag(tag),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  public String tag() {
    return tag;
  }

  public String ownName() {
    return ownName;
  }

  public Locale locale() {
    return Locale.forLanguageTag(tag);
  }

  /** The text of a key, with {@code {0}}, {@code {1}} … replaced. */
  public String text(String key, Object... values) {
    String text = texts.getString(key);
    for (int i = 0; i < values.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(values[i]));
    }
    return text;
  }

  /** The text of a key that may not exist. */
  public Optional<String> textIfKnown(String key) {
    return texts.containsKey(key) ? Optional.of(texts.getString(key)) : Optional.empty();
  }

  /** The language of a tag, empty for another. */
  public static Optional<Language> of(String tag) {
    for (Language language : values()) {
      if (language.tag.equals(tag)) {
        return Optional.of(language);
      }
    }
    return Optional.empty();
  }

  /** What a browser asks for: Chinese when it comes before English, English otherwise. */
  public static Language accepted(String header) {
    try {
      for (Locale.LanguageRange range : ranges(header)) {
        if (range.getRange().startsWith("zh")) {
          return ZH;
        }
        if (range.getRange().startsWith("en")) {
          return EN;
        }
      }
      return EN;
    } catch (IllegalArgumentException e) {
      return EN;
    }
  }

  private static List<Locale.LanguageRange> ranges(String header) {
    return header.isBlank() || header.length() > 200
        ? List.of()
        : Locale.LanguageRange.parse(header);
  }
}
