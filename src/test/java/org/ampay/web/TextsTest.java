package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages' texts: the same in both languages, and all there. */
class TextsTest {

  private static final Path BASE = Path.of(System.getProperty("ampay.basedir", ""));

  /** A key as a literal: {@code "nav.stations"}. */
  private static final Pattern KEY =
      Pattern.compile(
          "\"((?:nav|footer|common|time|problem|signin|dashboard|attention|quarantine"
              + "|station|action|outcome|session|sessions|bill|payment|ledger|tariff"
              + "|driver|wallet|token|command|form|messages|tab|report|access|device"
              + "|onboarding|simulation|tryout|calendar|tou|level|promo|pay|order"
              + "|account|roaming|partner|held|terminal)\\.[a-z_0-9]+)\"");

  @Test
  void bothLanguages_haveTheSameKeysAndPlaceholders() {
    Properties chinese = texts("zh");
    Properties english = texts("en");
    assertThat(chinese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    for (String key : chinese.stringPropertyNames()) {
      assertThat(placeholders(chinese.getProperty(key)))
          .as(key)
          .isEqualTo(placeholders(english.getProperty(key)));
    }
  }

  @Test
  void everyUsedKey_exists() {
    Set<String> missing = new TreeSet<>();
    Properties english = texts("en");
    for (Path file : sources()) {
      Matcher matcher = KEY.matcher(read(file));
      while (matcher.find()) {
        boolean partOfAPrefix =
            english.stringPropertyNames().stream()
                .anyMatch(key -> key.startsWith(matcher.group(1)));
        if (!partOfAPrefix && !audited(matcher.group(1))) {
          missing.add(matcher.group(1) + " in " + file.getFileName());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /** Words of the audit log look like keys and are none. */
  private static boolean audited(String word) {
    return word.matches(
            "(station|driver|token|tariff|wallet|calendar)\\.(create|update|delete|password|block|unblock"
                + "|top_up|version|assign|end|approve|reject|approval|adopt|import|admission|read_model|forget"
                + "|security_profile)")
        || word.equals("onboarding.forget")
        || word.matches("pay\\.(css|js)");
  }

  private static Set<String> placeholders(String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\{\\d}").matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  private static List<Path> sources() {
    try (Stream<Path> templates = Files.walk(BASE.resolve("src/main/jte"));
        Stream<Path> pages = Files.walk(BASE.resolve("src/main/java/org/ampay/web/console"));
        Stream<Path> driver = Files.walk(BASE.resolve("src/main/java/org/ampay/web/driver"))) {
      return Stream.concat(templates, Stream.concat(pages, driver))
          .filter(Files::isRegularFile)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Properties texts(String language) {
    Properties properties = new Properties();
    Path file = BASE.resolve("src/main/resources/i18n/messages_" + language + ".properties");
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
