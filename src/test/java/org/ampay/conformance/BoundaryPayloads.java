package org.ampay.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ampay.ocpp.wire.JsonSchemas;
import org.ampay.station.Protocol;

/**
 * The smallest and the largest payload of each message that the dictionary allows: only required
 * fields, shortest lists and texts; all fields, longest texts, two items. Where rules beyond the
 * dictionary speak against such a request, {@code sound-payloads.json} sets some fields.
 */
final class BoundaryPayloads {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int LONG_TEXT = 200;

  private final JsonSchemas schemas;
  private final JsonNode sound;

  BoundaryPayloads(Protocol protocol) {
    this.schemas = new JsonSchemas(protocol);
    try (InputStream in =
        Objects.requireNonNull(
            BoundaryPayloads.class.getResourceAsStream("/conformance/sound-payloads.json"))) {
      this.sound = ScenarioApi.JSON.readTree(in).path(protocol.version());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ObjectNode minimalRequest(String action) {
    return sound(action, (ObjectNode) value(schemas.request(action), false));
  }

  ObjectNode maximalRequest(String action) {
    return sound(action, (ObjectNode) value(schemas.request(action), true));
  }

  ObjectNode minimalResponse(String action) {
    return (ObjectNode) value(schemas.response(action), false);
  }

  ObjectNode maximalResponse(String action) {
    return (ObjectNode) value(schemas.response(action), true);
  }

  private ObjectNode sound(String action, ObjectNode payload) {
    patch(payload, sound.path(action));
    return payload;
  }

  /** Null takes away; an object changes what is there and adds nothing. */
  private static void patch(ObjectNode target, JsonNode patch) {
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      if (field.getValue().isNull()) {
        target.remove(field.getKey());
      } else if (!field.getValue().isObject()) {
        target.set(field.getKey(), field.getValue().deepCopy());
      } else if (target.get(field.getKey()) instanceof ObjectNode inner) {
        patch(inner, field.getValue());
      }
    }
  }

  private static JsonNode value(JsonNode schema, boolean maximal) {
    if (schema.has("enum")) {
      JsonNode values = schema.get("enum");
      return values.get(maximal ? values.size() - 1 : 0);
    }
    return switch (schema.path("type").asText("any")) {
      case "object" -> object(schema, maximal);
      case "array" -> array(schema, maximal);
      case "string" -> NODES.textNode(text(schema, maximal));
      case "integer" -> NODES.numberNode(between(schema));
      case "number" -> NODES.numberNode(new BigDecimal("1.5"));
      case "boolean" -> NODES.booleanNode(maximal);
      default -> NODES.textNode("any");
    };
  }

  private static ObjectNode object(JsonNode schema, boolean maximal) {
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    ObjectNode object = NODES.objectNode();
    for (Map.Entry<String, JsonNode> property : schema.get("properties").properties()) {
      if (maximal || required.contains(property.getKey())) {
        object.set(property.getKey(), value(property.getValue(), maximal));
      }
    }
    return object;
  }

  private static ArrayNode array(JsonNode schema, boolean maximal) {
    int min = schema.get("minItems").asInt();
    int max = schema.path("maxItems").asInt(Integer.MAX_VALUE);
    ArrayNode array = NODES.arrayNode();
    for (int i = 0; i < (maximal ? Math.min(max, 2) : min); i++) {
      array.add(value(schema.get("items"), maximal));
    }
    return array;
  }

  private static String text(JsonNode schema, boolean maximal) {
    return switch (schema.path("format").asText()) {
      case "date-time" -> "2026-07-01T12:00:00.000Z";
      case "uri" -> "ftp://user@example.com:21/firmware/1?a=%20b#c";
      default -> maximal ? "充".repeat(schema.path("maxLength").asInt(LONG_TEXT)) : "x";
    };
  }

  /** One, or what is nearest to it. */
  private static int between(JsonNode schema) {
    return Math.clamp(
        1,
        schema.path("minimum").asInt(Integer.MIN_VALUE),
        schema.path("maximum").asInt(Integer.MAX_VALUE));
  }
}
