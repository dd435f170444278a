package org.ampay.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the two generators, each only when what it reads has changed: wire records from {@code
 * ocpp-schemas/}, tables from {@code sql/}.
 *
 * <p>Arguments: the project's folder and the build folder.
 */
public final class Generate {

  private interface Step {
    void run(Path target) throws Exception;
  }

  private Generate() {}

  public static void main(String[] args) throws Exception {
    Path base = Path.of(args[0]);
    Path build = Path.of(args[1]);
    Path sources = build.resolve("generated-sources");
    Path generators = base.resolve("src/build/java");
    step(
        List.of(base.resolve("ocpp-schemas"), generators.resolve("org/ampay/build/wire")),
        sources.resolve("wire"),
        target -> WireGenerator.generate(base.resolve("ocpp-schemas"), target));
    step(
        List.of(base.resolve("sql"), generators.resolve("org/ampay/build/TablesGenerator.java")),
        sources.resolve("tables"),
        target -> TablesGenerator.generate(base.resolve("sql"), build, target));
    BuildInfo.write(base, build.resolve("classes"));
  }

  private static void step(List<Path> inputs, Path target, Step step) throws Exception {
    String now = fingerprint(inputs);
    Path stamp = target.resolveSibling(target.getFileName() + ".stamp");
    if (Files.exists(stamp) && Files.readString(stamp).equals(now)) {
      return;
    }
    Files.deleteIfExists(stamp);
    deleteTree(target);
    Files.createDirectories(target);
    step.run(target);
    Files.writeString(stamp, now);
  }

  private static String fingerprint(List<Path> inputs) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Path input : inputs) {
      try (Stream<Path> files = Files.walk(input)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
          digest.update(Files.readAllBytes(file));
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
