package org.ampay.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The marks {@link Proves} and {@link Scenario} of all test classes. */
final class Proofs {

  /**
   * A marked test.
   *
   * @param scenario its row, or empty
   */
  record Test(String className, String method, List<String> proves, Optional<String> scenario) {

    /** {@code SessionsTest.start_…}. */
    String name() {
      return className.substring(className.lastIndexOf('.') + 1) + "." + method;
    }
  }

  private final List<Test> tests;

  private Proofs(List<Test> tests) {
    this.tests = tests;
  }

  /** Reads the compiled tests. */
  static Proofs scan() {
    Path classes = Path.of(System.getProperty("ampay.basedir", "."), "target", "test-classes");
    try (Stream<Path> files = Files.walk(classes.resolve("org/ampay"))) {
      return new Proofs(
          files
              .filter(file -> file.toString().endsWith(".class"))
              .map(file -> name(classes.relativize(file)))
              .filter(name -> !name.endsWith("package-info"))
              .sorted()
              .flatMap(name -> marked(name).stream())
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    return file.toString().replaceFirst("\\.class$", "").replace('/', '.');
  }

  private static List<Test> marked(String className) {
    List<Test> found = new ArrayList<>();
    try {
      Class<?> type = Class.forName(className, false, Proofs.class.getClassLoader());
      for (Method method : type.getDeclaredMethods()) {
        Proves proves = method.getAnnotation(Proves.class);
        Scenario scenario = method.getAnnotation(Scenario.class);
        if (!method.isSynthetic() && (proves != null || scenario != null)) {
          found.add(
              new Test(
                  className,
                  method.getName(),
                  proves == null ? List.of() : List.of(proves.value()),
                  Optional.ofNullable(scenario).map(Scenario::value)));
        }
      }
    } catch (ClassNotFoundException e) {
      throw new AssertionError(className, e);
    }
    found.sort(Comparator.comparing(Test::method));
    return found;
  }

  List<Test> tests() {
    return tests;
  }

  /** The names of the tests that prove each row. */
  Map<String, List<String>> byRow() {
    Map<String, List<String>> rows = new TreeMap<>();
    for (Test test : tests) {
      for (String id : test.proves()) {
        rows.computeIfAbsent(id, i -> new ArrayList<>()).add(test.name());
      }
    }
    return rows;
  }

  /** The names of the tests that play each scenario. */
  Map<String, List<String>> byScenario() {
    Map<String, List<String>> rows = new TreeMap<>();
    for (Test test : tests) {
      test.scenario()
          .ifPresent(id -> rows.computeIfAbsent(id, i -> new ArrayList<>()).add(test.name()));
    }
    return rows;
  }
}
