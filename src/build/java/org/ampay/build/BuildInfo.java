package org.ampay.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Writes {@code ampay.properties}, from which {@code ampay version} speaks. */
final class BuildInfo {

  private static final Pattern VERSION =
      Pattern.compile("<artifactId>ampay</artifactId>\\s*<version>([^<]+)</version>");

  private BuildInfo() {}

  static void write(Path base, Path classes) throws IOException, InterruptedException {
    String text =
        "version=%s\nbuild=%s\nschema=%s\n".formatted(version(base), commit(base), schema(base));
    Path file = classes.resolve("ampay.properties");
    Files.createDirectories(classes);
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.writeString(file, text);
    }
  }

  private static String version(Path base) throws IOException {
    Matcher matcher = VERSION.matcher(Files.readString(base.resolve("pom.xml")));
    return matcher.find() ? matcher.group(1) : "unknown";
  }

  /** The commit, or a word that there is none (a release archive has no .git). */
  private static String commit(Path base) throws InterruptedException {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=10")
              .directory(base.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String text = new String(git.getInputStream().readAllBytes()).strip();
      boolean done = git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0;
      return done && !text.isEmpty() ? text : "without-git";
    } catch (IOException e) {
      return "without-git";
    }
  }

  private static String schema(Path base) throws IOException {
    try (Stream<Path> files = Files.list(base.resolve("sql"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("V\\d+__.*\\.sql"))
          .map(name -> name.substring(1, name.indexOf("__")))
          .max(String::compareTo)
          .orElse("none");
    }
  }
}
