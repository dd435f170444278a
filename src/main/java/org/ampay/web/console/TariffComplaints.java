package org.ampay.web.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the engine and the catalog say about a tariff, in the page's language. They speak English,
 * as the API does; the Chinese of it stands in {@code complaints_zh.txt}, a line a sentence, {@code
 * *} for what differs. A sentence that is not there is shown as it is.
 */
final class TariffComplaints {

  private record Sentence(Pattern english, String chinese) {}

  private static final List<Sentence> SENTENCES = read();

  private TariffComplaints() {}

  static String text(Ui ui, String english) {
    if (!ui.language().locale().getLanguage().equals(Locale.CHINESE.getLanguage())) {
      return english;
    }
    for (Sentence sentence : SENTENCES) {
      Matcher matcher = sentence.english().matcher(english);
      if (matcher.matches()) {
        String text = sentence.chinese();
        for (int i = 1; i <= matcher.groupCount(); i++) {
          text = text.replaceFirst("\\*", Matcher.quoteReplacement(matcher.group(i)));
        }
        return text;
      }
    }
    return english;
  }

  private static List<Sentence> read() {
    List<Sentence> sentences = new ArrayList<>();
    try (InputStream in =
            Objects.requireNonNull(
                TariffComplaints.class.getResourceAsStream("/i18n/complaints_zh.txt"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int middle = line.indexOf(" = ");
        if (middle > 0) {
          sentences.add(sentence(line.substring(0, middle), line.substring(middle + 3)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(sentences);
  }

  private static Sentence sentence(String english, String chinese) {
    StringBuilder pattern = new StringBuilder();
    for (String part : english.split("\\*", -1)) {
      pattern.append(pattern.isEmpty() ? "" : "(.*)").append(Pattern.quote(part));
    }
    return new Sentence(Pattern.compile(pattern.toString(), Pattern.DOTALL), chinese);
  }
}
