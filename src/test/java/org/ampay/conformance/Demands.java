package org.ampay.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The files of demands, in their order. */
final class Demands {

  static final String OBLIGATIONS_16 = "obligations-1.6.tsv";
  static final String REQUIREMENTS_201 = "requirements-2.0.1.tsv";
  static final String CERTIFICATION = "certification-cases-csms.tsv";
  static final String EXCEPTIONS = "exceptions.tsv";

  private Demands() {}

  static List<Row> obligations16() {
    return rows(OBLIGATIONS_16, f -> new Row("1.6", f[0], f[1], f[3], f[4]));
  }

  static List<Row> requirements201() {
    return rows(
        REQUIREMENTS_201, f -> new Row("2.0.1", f[0], f[2].isBlank() ? f[1] : f[2], f[4], f[5]));
  }

  static List<Row> scenarios() {
    return rows(CERTIFICATION, f -> new Row(f[0], f[1], "", f[2], f[4]));
  }

  /** Why a row has no test, by its id. */
  static Map<String, String> exceptions() {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (String line : lines(EXCEPTIONS)) {
      String[] fields = line.split("\t", -1);
      if (fields.length != 2 || fields[1].isBlank()) {
        throw new AssertionError(EXCEPTIONS + ", not an id, a tab and a reason: " + line);
      }
      if (reasons.put(fields[0], fields[1]) != null) {
        throw new AssertionError(EXCEPTIONS + ", twice: " + fields[0]);
      }
    }
    return reasons;
  }

  private static List<Row> rows(String file, Function<String[], Row> row) {
    return lines(file).stream().skip(1).map(line -> row.apply(line.split("\t", -1))).toList();
  }

  private static List<String> lines(String file) {
    try (InputStream in =
        Objects.requireNonNull(Demands.class.getResourceAsStream("/conformance/" + file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
