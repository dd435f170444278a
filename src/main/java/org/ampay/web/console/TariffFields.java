package org.ampay.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

/** What the tariff's form and its JSON have in common. */
public final class TariffFields {

  /** Dimensions that a row of prices has, in the order of its fields. */
  public static final List<String> DIMENSIONS =
      List.of("ENERGY", "SERVICE", "TIME", "FLAT", "PARKING_TIME");

  /** Tiers of a calendar, the dearest first. */
  public static final List<String> TIERS =
      List.of("SHARP", "PEAK", "FLAT", "VALLEY", "DEEP_VALLEY");

  public static final List<String> DAYS =
      List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY");

  /** Bounds of a price's restrictions and their unit in the form. */
  public static final List<String> BOUNDS = List.of("kwh", "power", "current", "duration");

  /** How the fields begin that few prices have as a condition. */
  public static final List<String> MORE =
      List.of("start_date", "end_date", "reservation", "min_", "max_");

  static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
  static final BigDecimal SIXTY = BigDecimal.valueOf(60);

  private TariffFields() {}

  /** The unit of a price: {@code kWh}, {@code h}; empty for one a session. */
  public static String per(String dimension) {
    return switch (dimension) {
      case "ENERGY", "SERVICE" -> "/kWh";
      case "TIME", "PARKING_TIME", "OCCUPANCY" -> "/h";
      default -> "";
    };
  }

  /** The unit of a dimension's step, empty where it has none. */
  public static String stepUnit(String dimension) {
    return switch (dimension) {
      case "ENERGY", "SERVICE" -> "Wh";
      case "TIME", "PARKING_TIME" -> "s";
      default -> "";
    };
  }

  /**
   * The same JSON with what makes no difference made alike: how a number is written, and the order
   * of an element's components.
   */
  static JsonNode normal(JsonNode node) {
    if (node.isNumber()) {
      return DecimalNode.valueOf(plain(node.decimalValue()));
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = NODES.arrayNode();
      array.forEach(item -> copy.add(normal(item)));
      return copy;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = NODES.objectNode();
      object
          .properties()
          .forEach(
              e ->
                  copy.set(
                      e.getKey(),
                      e.getKey().equals("price_components")
                          ? sorted(normal(e.getValue()))
                          : normal(e.getValue())));
      return copy;
    }
    return node;
  }

  private static JsonNode sorted(JsonNode components) {
    ArrayNode copy = NODES.arrayNode();
    StreamSupport.stream(components.spliterator(), false)
        .sorted(Comparator.comparing(c -> c.path("type").asText()))
        .forEach(copy::add);
    return copy;
  }

  static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** A number's text without exponent, zeros behind the point kept. */
  static String text(JsonNode number) {
    return number.isNumber() ? number.decimalValue().toPlainString() : number.asText();
  }
}
