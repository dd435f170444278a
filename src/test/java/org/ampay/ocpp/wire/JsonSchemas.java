package org.ampay.ocpp.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ampay.station.Protocol;

/**
 * Standard JSON Schemas of a dictionary's messages, references resolved. It reads the notation on
 * its own, so that a misreading of the generator shows as a difference.
 */
public final class JsonSchemas {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern NOTATION =
      Pattern.compile("^([\\w#]+)(\\(.*?\\))?(\\[.*?\\])?(=[^!]*)?(!)?$");

  private final JsonNode dictionary;
  private final boolean closed;

  public JsonSchemas(Protocol protocol) {
    Path file =
        Path.of(
            System.getProperty("ampay.basedir", "."),
            "ocpp-schemas",
            "ocpp-" + protocol.version() + ".json");
    try {
      this.dictionary = new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.closed = protocol == Protocol.OCPP_201;
  }

  public int messages() {
    return dictionary.get("messages").size();
  }

  public ObjectNode request(String action) {
    return object("", dictionary.get("messages").get(action).get("request"));
  }

  public ObjectNode response(String action) {
    return object("", dictionary.get("messages").get(action).get("response"));
  }

  private ObjectNode object(String name, JsonNode fields) {
    ObjectNode schema = NODES.objectNode();
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = NODES.arrayNode();
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      properties.set(field.getKey(), field(field.getValue().asText()));
      if (field.getValue().asText().endsWith("!")) {
        required.add(field.getKey());
      }
    }
    boolean customData = dictionary.get("types").has("CustomDataType");
    if (customData && !name.equals("CustomDataType")) {
      properties.set(
          "customData", object("CustomDataType", dictionary.get("types").get("CustomDataType")));
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    boolean open = name.equals("CustomDataType");
    schema.put("additionalProperties", open || !closed);
    return schema;
  }

  private ObjectNode field(String notation) {
    Matcher parts = NOTATION.matcher(notation);
    if (!parts.matches()) {
      throw new IllegalArgumentException(notation);
    }
    ObjectNode one = value(parts.group(1), inner(parts.group(2)));
    if (parts.group(3) == null) {
      return one;
    }
    ObjectNode array = NODES.objectNode();
    array.put("type", "array");
    array.set("items", one);
    String[] bounds = inner(parts.group(3)).split("\\.\\.", -1);
    array.put("minItems", bounds[0].isEmpty() ? 0 : Integer.parseInt(bounds[0]));
    if (!bounds[1].isEmpty()) {
      array.put("maxItems", Integer.parseInt(bounds[1]));
    }
    return array;
  }

  private static String inner(String bracketed) {
    return bracketed == null ? "" : bracketed.substring(1, bracketed.length() - 1);
  }

  private ObjectNode value(String type, String bounds) {
    if (dictionary.get("types").has(type)) {
      return object(type, dictionary.get("types").get(type));
    }
    ObjectNode schema = NODES.objectNode();
    if (dictionary.get("enums").has(type)) {
      schema.put("type", "string");
      schema.set("enum", dictionary.get("enums").get(type));
      return schema;
    }
    switch (type) {
      case "string" -> {
        schema.put("type", "string");
        if (!bounds.isEmpty()) {
          schema.put("maxLength", Integer.parseInt(bounds));
        }
      }
      case "dateTime" -> schema.put("type", "string").put("format", "date-time");
      case "uri" -> schema.put("type", "string").put("format", "uri");
      case "integer", "number" -> number(schema.put("type", type), bounds);
      case "boolean" -> schema.put("type", "boolean");
      case "any" -> {}
      default -> throw new IllegalArgumentException(type);
    }
    return schema;
  }

  private static void number(ObjectNode schema, String bounds) {
    if (bounds.startsWith("step ")) {
      schema.put("multipleOf", new BigDecimal(bounds.substring(5)));
    } else if (!bounds.isEmpty()) {
      String[] ends = bounds.split("\\.\\.", -1);
      if (!ends[0].isEmpty()) {
        schema.put("minimum", new BigDecimal(ends[0]));
      }
      if (!ends[1].isEmpty()) {
        schema.put("maximum", new BigDecimal(ends[1]));
      }
    }
  }
}
