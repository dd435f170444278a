package org.ampay.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings of a YAML file, flattened: {@code ocpp: {path: /x/}} is {@code ocpp.path}.
 *
 * @param name for messages
 */
public record SettingsFile(String name, Map<String, String> values) {

  private static final int MAX_BYTES = 1 << 20;

  public SettingsFile {
    values = Map.copyOf(values);
  }

  /** No file: everything has its default. */
  public static SettingsFile none() {
    return new SettingsFile("no file", Map.of());
  }

  /**
   * Reads a file.
   *
   * @throws SettingsException when it cannot be read
   */
  public static SettingsFile read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new SettingsException(file + " is larger than 1 MiB");
      }
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new SettingsException("cannot read the settings file " + file + ": " + e.getMessage());
    }
  }

  static SettingsFile parse(String name, String text) {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      JsonNode root = new YAMLMapper().readTree(text);
      if (root != null && !root.isMissingNode() && !root.isNull()) {
        flatten(name, "", root, values);
      }
    } catch (JsonProcessingException e) {
      throw new SettingsException(name + " is not YAML: " + firstLine(e.getOriginalMessage()));
    }
    return new SettingsFile(name, values);
  }

  private static void flatten(String name, String key, JsonNode node, Map<String, String> values) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              entry ->
                  flatten(
                      name,
                      key.isEmpty() ? entry.getKey() : key + "." + entry.getKey(),
                      entry.getValue(),
                      values));
    } else if (node.isArray() || key.isEmpty()) {
      throw new SettingsException(
          "setting " + key + " = " + node + " (" + name + ") takes one value, not a list");
    } else {
      values.put(key, node.isNull() ? "" : node.asText());
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
