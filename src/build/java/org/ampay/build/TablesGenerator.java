package org.ampay.build;

import java.nio.file.Path;

/** jOOQ table classes from sql/. */
final class TablesGenerator {
  private TablesGenerator() {}

  static void generate(Path sql, Path build, Path target) throws Exception {}
}
