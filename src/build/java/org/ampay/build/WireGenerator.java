package org.ampay.build;

import java.nio.file.Path;
import org.ampay.build.wire.WireSources;

/** Wire records, readers and writers from ocpp-schemas/. */
final class WireGenerator {
  private WireGenerator() {}

  static void generate(Path schemas, Path target) throws Exception {
    WireSources.generate(schemas, target);
  }
}
