package org.ampay.ocpi.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.ampay.ocpi.OcpiVersion;

/** Right objects made from the facts alone: every field there, lists with one element. */
public final class Examples {

  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
  private static final int MAX_DEPTH = 8;

  private Examples() {}

  /** An object with all its fields. */
  public static ObjectNode full(OcpiVersion version, String object) {
    return made(Facts.of(version), object, 0);
  }

  /** An object with those fields only that it must have. */
  public static ObjectNode least(OcpiVersion version, String object) {
    return made(Facts.of(version), object, MAX_DEPTH);
  }

  private static ObjectNode made(Facts facts, String object, int depth) {
    ObjectNode made = NODES.objectNode();
    for (FieldFacts field : facts.fields(object).values()) {
      if (depth >= MAX_DEPTH && !field.cardinality().isRequired()) {
        continue;
      }
      JsonNode one = one(facts, object, field, depth);
      made.set(field.name(), field.cardinality().isList() ? list(one) : one);
    }
    return made;
  }

  private static ArrayNode list(JsonNode one) {
    return NODES.arrayNode().add(one);
  }

  private static JsonNode one(Facts facts, String object, FieldFacts field, int depth) {
    if (facts.has(field.type())) {
      return made(facts, field.type(), depth + 1);
    }
    return switch (field.type()) {
      case "any" -> NODES.objectNode();
      case "boolean" -> NODES.booleanNode(true);
      case "number" -> NODES.numberNode(new BigDecimal("1.25"));
      case "int" -> NODES.numberNode(3);
      case "DateTime" -> NODES.textNode("2026-01-31T10:00:00Z");
      case "URL" -> NODES.textNode("https://example.org/a");
      case "string", "CiString" -> NODES.textNode(text(facts, object, field));
      default ->
          NODES.textNode(
              facts.enumFacts(field.type()).values().stream().sorted().findFirst().orElseThrow());
    };
  }

  private static String text(Facts facts, String object, FieldFacts field) {
    if (facts.pattern(object, field.name()).isEmpty()) {
      return "x".repeat(Math.max(1, Math.min(field.maxLength(), 3)));
    }
    return switch (field.name()) {
      case "latitude" -> "31.23040";
      case "longitude" -> "121.47370";
      case "start_date", "end_date" -> "2026-01-31";
      default -> "09:30";
    };
  }
}
