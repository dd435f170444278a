package org.ampay.ocpp.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;

/** Random payloads that a JSON Schema of {@link JsonSchemas} allows. */
final class RandomPayloads {

  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
  private static final int[] CHARACTERS = {
    'a', 'Z', '0', ' ', '"', '\\', '/', '\n', 0x1f, 0x7f, 'é', '充', '電', 0x2028, 0x1f50c, '<'
  };

  private final Random random;
  private final boolean whole;

  /**
   * With {@code whole} every optional field is there and arrays are short, else one field of three.
   */
  RandomPayloads(long seed, boolean whole) {
    this.random = new Random(seed);
    this.whole = whole;
  }

  /** A valid value. */
  JsonNode of(JsonNode schema) {
    if (schema.has("enum")) {
      JsonNode values = schema.get("enum");
      return values.get(random.nextInt(values.size()));
    }
    return switch (schema.path("type").asText("any")) {
      case "object" -> object(schema);
      case "array" -> array(schema);
      case "string" -> NODES.textNode(text(schema));
      case "integer" -> integer(schema);
      case "number" -> number(schema);
      case "boolean" -> NODES.booleanNode(random.nextBoolean());
      default -> any(3);
    };
  }

  private ObjectNode object(JsonNode schema) {
    ObjectNode object = NODES.objectNode();
    for (Map.Entry<String, JsonNode> property : schema.get("properties").properties()) {
      boolean required = false;
      for (JsonNode name : schema.path("required")) {
        required |= name.asText().equals(property.getKey());
      }
      if (required || whole || random.nextInt(3) == 0) {
        object.set(property.getKey(), of(property.getValue()));
      }
    }
    if (schema.get("additionalProperties").asBoolean() && random.nextInt(4) == 0) {
      object.set("beyond " + random.nextInt(), any(3));
    }
    return object;
  }

  private ArrayNode array(JsonNode schema) {
    ArrayNode array = NODES.arrayNode();
    int min = schema.get("minItems").asInt();
    int max = Math.min(schema.path("maxItems").asInt(Integer.MAX_VALUE), min + 2);
    int size = whole ? Math.max(min, 1) : min + random.nextInt(max - min + 1);
    for (int i = 0; i < size; i++) {
      array.add(of(schema.get("items")));
    }
    return array;
  }

  private String text(JsonNode schema) {
    return switch (schema.path("format").asText()) {
      case "date-time" -> dateTime();
      case "uri" -> "ftp://user@example.com:21/firmware/" + random.nextInt(1000) + "?a=%20b#c";
      default -> {
        int max = schema.path("maxLength").asInt(60);
        yield text(random.nextInt(8) == 0 ? max : random.nextInt(Math.min(max, 30) + 1));
      }
    };
  }

  private String text(int codePoints) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < codePoints; i++) {
      text.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
    }
    return text.toString();
  }

  /** With milliseconds at most: the writer keeps no more. */
  private String dateTime() {
    Instant instant = Instant.ofEpochMilli(random.nextLong(0, 4_000_000_000_000L));
    return switch (random.nextInt(3)) {
      case 0 -> instant.toString();
      case 1 -> instant.atOffset(ZoneOffset.ofHoursMinutes(5, 30)).withSecond(7).toString();
      default -> instant.toString().replace("Z", "-00:00");
    };
  }

  private JsonNode integer(JsonNode schema) {
    int min = schema.path("minimum").asInt(Integer.MIN_VALUE);
    int max = schema.path("maximum").asInt(Integer.MAX_VALUE);
    int value = random.nextBoolean() ? random.nextInt(100) : random.nextInt();
    value = Math.clamp(value, min, max);
    return random.nextInt(10) == 0
        ? NODES.numberNode(new BigDecimal(value + ".0"))
        : NODES.numberNode(value);
  }

  private JsonNode number(JsonNode schema) {
    int scale = schema.has("multipleOf") ? 1 : random.nextInt(7);
    return NODES.numberNode(BigDecimal.valueOf(random.nextInt(-1000, 1_000_000), scale));
  }

  private JsonNode any(int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> NODES.textNode(text(random.nextInt(10)));
      case 1 -> NODES.numberNode(random.nextInt());
      case 2 -> NODES.booleanNode(random.nextBoolean());
      case 3 -> NODES.nullNode();
      case 4 -> NODES.arrayNode().add(any(depth - 1)).add(any(depth - 1));
      default -> NODES.objectNode().set("k", any(depth - 1));
    };
  }
}
