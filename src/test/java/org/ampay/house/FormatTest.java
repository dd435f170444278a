package org.ampay.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One way to format: google-java-format's. */
class FormatTest {

  @Test
  void everyFile_isFormatted() {
    List<String> unformatted =
        Sources.javaFiles().parallelStream()
            .filter(file -> !isFormatted(file))
            .map(Sources::name)
            .toList();
    assertThat(unformatted).as("files to format; bin/format does it").isEmpty();
  }

  private static boolean isFormatted(Path file) {
    String text = Sources.read(file);
    try {
      return new Formatter().formatSourceAndFixImports(text).equals(text);
    } catch (FormatterException e) {
      throw new AssertionError(Sources.name(file) + " cannot be parsed: " + e.getMessage(), e);
    }
  }
}
