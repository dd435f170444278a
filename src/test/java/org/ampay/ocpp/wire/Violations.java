package org.ampay.ocpp.wire;

import static org.ampay.ocpp.wire.ErrorCode.FORMAT_VIOLATION;
import static org.ampay.ocpp.wire.ErrorCode.OCCURRENCE_CONSTRAINT_VIOLATION;
import static org.ampay.ocpp.wire.ErrorCode.PROPERTY_CONSTRAINT_VIOLATION;
import static org.ampay.ocpp.wire.ErrorCode.TYPE_CONSTRAINT_VIOLATION;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Every way to break a valid payload in one place, with what the reader must say to it. */
public final class Violations {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** A broken payload. */
  public record Violation(String kind, String json, ErrorCode code, String field) {}

  private final JsonNode payload;
  private final List<Violation> found = new ArrayList<>();

  private Violations(JsonNode payload) {
    this.payload = payload;
  }

  public static List<Violation> of(JsonNode schema, JsonNode payload) {
    Violations violations = new Violations(payload);
    violations.object(schema, (ObjectNode) payload, "");
    return violations.found;
  }

  private void add(String kind, ErrorCode code, String field) {
    found.add(new Violation(kind, payload.toString(), code, field));
  }

  private void object(JsonNode schema, ObjectNode object, String path) {
    String prefix = path.isEmpty() ? "" : path + ".";
    for (JsonNode required : schema.path("required")) {
      String name = required.asText();
      ObjectNode copy = object.deepCopy();
      object.remove(name);
      add("missing", OCCURRENCE_CONSTRAINT_VIOLATION, prefix + name);
      object.setAll(copy);
    }
    if (!schema.get("additionalProperties").asBoolean()) {
      object.put("zz", 1);
      add("unknown field", FORMAT_VIOLATION, prefix + "zz");
      object.remove("zz");
    }
    for (Map.Entry<String, JsonNode> property : schema.get("properties").properties()) {
      String name = property.getKey();
      if (object.has(name)) {
        value(property.getValue(), object.get(name), prefix + name, v -> object.set(name, v));
      }
    }
  }

  /** Breaks one value; {@code set} puts another in its place. */
  private void value(JsonNode schema, JsonNode value, String path, Consumer<JsonNode> set) {
    String type = schema.path("type").asText("any");
    if (type.equals("any")) {
      return;
    }
    Replacer replacer = new Replacer(value, path, set);
    replacer.with("null", NODES.nullNode(), TYPE_CONSTRAINT_VIOLATION);
    switch (type) {
      case "object" -> {
        replacer.with("text for object", NODES.textNode("x"), TYPE_CONSTRAINT_VIOLATION);
        replacer.with("array for object", NODES.arrayNode(), TYPE_CONSTRAINT_VIOLATION);
        object(schema, (ObjectNode) value, path);
      }
      case "array" -> array(schema, (ArrayNode) value, path, replacer);
      case "string" -> text(schema, replacer);
      case "boolean" ->
          replacer.with("text for boolean", NODES.textNode("true"), TYPE_CONSTRAINT_VIOLATION);
      default -> number(schema, replacer);
    }
  }

  private void array(JsonNode schema, ArrayNode array, String path, Replacer replacer) {
    replacer.with("object for array", NODES.objectNode(), TYPE_CONSTRAINT_VIOLATION);
    if (schema.get("minItems").asInt() > 0) {
      replacer.with("too few items", NODES.arrayNode(), OCCURRENCE_CONSTRAINT_VIOLATION);
    }
    int max = schema.path("maxItems").asInt(Integer.MAX_VALUE);
    if (max < 10 && !array.isEmpty()) {
      ArrayNode many = NODES.arrayNode();
      for (int i = 0; i <= max; i++) {
        many.add(array.get(0));
      }
      replacer.with("too many items", many, OCCURRENCE_CONSTRAINT_VIOLATION);
    }
    for (int i = 0; i < array.size(); i++) {
      int index = i;
      value(schema.get("items"), array.get(i), path + '[' + i + ']', v -> array.set(index, v));
    }
  }

  private static void text(JsonNode schema, Replacer replacer) {
    replacer.with("number for text", NODES.numberNode(5), TYPE_CONSTRAINT_VIOLATION);
    replacer.with("object for text", NODES.objectNode(), TYPE_CONSTRAINT_VIOLATION);
    if (schema.has("enum")) {
      replacer.with("enum", NODES.textNode("NoSuchValue"), PROPERTY_CONSTRAINT_VIOLATION);
    } else if (schema.has("format")) {
      for (String text : List.of("yesterday", "", "2024-02-30T00:00:00Z", "2024-01-01 00:00")) {
        replacer.with("format", NODES.textNode(text), PROPERTY_CONSTRAINT_VIOLATION);
      }
    } else if (schema.has("maxLength")) {
      String text = "電".repeat(schema.get("maxLength").asInt() + 1);
      replacer.with("too long", NODES.textNode(text), PROPERTY_CONSTRAINT_VIOLATION);
    }
  }

  private static void number(JsonNode schema, Replacer replacer) {
    replacer.with("text for number", NODES.textNode("1"), TYPE_CONSTRAINT_VIOLATION);
    if (schema.get("type").asText().equals("integer")) {
      replacer.with("fraction", NODES.numberNode(new BigDecimal("1.5")), TYPE_CONSTRAINT_VIOLATION);
    }
    if (schema.has("minimum")) {
      int below = schema.get("minimum").asInt() - 1;
      replacer.with("too small", NODES.numberNode(below), PROPERTY_CONSTRAINT_VIOLATION);
    }
    if (schema.has("maximum")) {
      int above = schema.get("maximum").asInt() + 1;
      replacer.with("too large", NODES.numberNode(above), PROPERTY_CONSTRAINT_VIOLATION);
    }
    if (schema.has("multipleOf")) {
      BigDecimal odd = new BigDecimal("0.05");
      replacer.with("step", NODES.numberNode(odd), PROPERTY_CONSTRAINT_VIOLATION);
    }
  }

  private final class Replacer {
    private final JsonNode original;
    private final String path;
    private final Consumer<JsonNode> set;

    Replacer(JsonNode original, String path, Consumer<JsonNode> set) {
      this.original = original;
      this.path = path;
      this.set = set;
    }

    void with(String kind, JsonNode other, ErrorCode code) {
      set.accept(other);
      add(kind, code, path);
      set.accept(original);
    }
  }
}
