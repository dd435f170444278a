package org.ampay.ocpi.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ampay.ocpi.OcpiVersion;

/**
 * An endpoint of the specification.
 *
 * @param side {@code SENDER}, {@code RECEIVER}; empty where there is no such thing
 * @param path as the facts write it
 */
record Endpoint(OcpiVersion version, String module, String side, String method, String path) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** All endpoints of a version, by the facts. */
  static List<Endpoint> all(OcpiVersion version) {
    String file = "/ocpi/ocpi-" + version.wire() + ".json";
    try (InputStream in = Endpoint.class.getResourceAsStream(file)) {
      List<Endpoint> all = new ArrayList<>();
      JsonNode modules = JSON.readTree(Objects.requireNonNull(in, file)).path("modules");
      for (Map.Entry<String, JsonNode> module : modules.properties()) {
        for (Map.Entry<String, JsonNode> part : module.getValue().properties()) {
          String side = part.getKey().replaceFirst("\\(.*", "");
          if (List.of("SENDER", "RECEIVER", "endpoints").contains(side)) {
            for (JsonNode one : part.getValue()) {
              all.add(
                  new Endpoint(
                      version,
                      module.getKey(),
                      side.equals("endpoints") ? "" : side,
                      one.get(0).asText(),
                      one.get(1).asText()));
            }
          }
        }
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code cdrs SENDER GET {cdrs}?..} */
  String key() {
    return String.join(" ", List.of(module, side, method, path)).replace("  ", " ");
  }

  @Override
  public String toString() {
    return version.wire() + " " + key();
  }
}
