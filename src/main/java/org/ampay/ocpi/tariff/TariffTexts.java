package org.ampay.ocpi.tariff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ampay.tariff.DisplayText;
import org.ampay.tariff.Tariff;

/** The {@code tariff_alt_text}: what the operator wrote, and what OCPI's fields cannot say. */
public final class TariffTexts {

  private static final int MAX_TEXT = 512;

  private TariffTexts() {}

  /**
   * Writes the texts.
   *
   * @param tariff in the words of OCPI, with the operator's own texts
   * @param unsaid none: the operator's own texts alone
   */
  public static void put(ObjectNode node, Tariff tariff, Collection<Unsaid> unsaid) {
    if (unsaid.isEmpty()) {
      return; // the tree has the operator's own
    }
    Set<Unsaid> sorted = EnumSet.copyOf(unsaid);
    ArrayNode texts = node.arrayNode();
    for (DisplayText own : tariff.info().altTexts()) {
      boolean chinese = own.language().equalsIgnoreCase(Locale.CHINESE.getLanguage());
      String more = chinese ? chinese(sorted) : english(sorted);
      texts
          .addObject()
          .put("language", own.language())
          .put("text", cut(own.text() + (chinese ? "。" : ". ") + more));
    }
    if (!speaks(tariff, Locale.ENGLISH)) {
      texts.addObject().put("language", "en").put("text", cut(english(sorted)));
    }
    if (!speaks(tariff, Locale.CHINESE)) {
      texts.addObject().put("language", "zh").put("text", cut(chinese(sorted)));
    }
    node.set("tariff_alt_text", texts);
  }

  private static boolean speaks(Tariff tariff, Locale language) {
    return tariff.info().altTexts().stream()
        .anyMatch(text -> text.language().equalsIgnoreCase(language.getLanguage()));
  }

  private static String english(Set<Unsaid> unsaid) {
    return "Not shown in these price elements: " + joined(unsaid, Unsaid::english, "; ") + ".";
  }

  private static String chinese(Set<Unsaid> unsaid) {
    return "以上价格要素未包含：" + joined(unsaid, Unsaid::chinese, "、") + "。";
  }

  private static String joined(Set<Unsaid> unsaid, Function<Unsaid, String> text, String between) {
    return unsaid.stream().map(text).collect(Collectors.joining(between));
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
  }
}
