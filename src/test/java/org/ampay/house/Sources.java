package org.ampay.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java files that people write: {@code src/}, nothing generated. */
final class Sources {

  private Sources() {}

  static Path home() {
    return Path.of(System.getProperty("ampay.basedir", ".")).toAbsolutePath().normalize();
  }

  static List<Path> javaFiles() {
    try (Stream<Path> files = Files.walk(home().resolve("src"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("node_modules"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As people name it: relative to the project's folder. */
  static String name(Path file) {
    return home().relativize(file).toString();
  }
}
