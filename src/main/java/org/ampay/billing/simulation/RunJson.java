package org.ampay.billing.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The parts of a run that are kept as JSON. */
final class RunJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private RunJson() {}

  static String write(Places places) {
    ObjectNode node = MAPPER.createObjectNode();
    places.sortedSites().forEach(node.putArray("sites")::add);
    places.sortedStations().forEach(node.putArray("stations")::add);
    node.put("tariff_only", places.tariffOnly());
    return node.toString();
  }

  static Places places(String json) {
    JsonNode node = read(json);
    return new Places(
        ids(node.path("sites")), ids(node.path("stations")), node.path("tariff_only").asBoolean());
  }

  static String write(Run.Found found) {
    ObjectNode node = MAPPER.createObjectNode();
    ObjectNode skipped = node.putObject("skipped");
    for (Skip reason : Skip.values()) {
      Long count = found.skipped().get(reason);
      if (count != null) {
        skipped.put(reason.code(), count);
      }
    }
    node.put("outside", found.outside());
    node.put("tax_unknown", found.taxUnknown());
    ArrayNode rises = node.putArray("rises");
    for (Rise rise : found.rises()) {
      rises.addArray().add(rise.sessionId()).add(rise.before()).add(rise.after());
    }
    return node.toString();
  }

  static Run.Found found(String json) {
    JsonNode node = read(json);
    Map<Skip, Long> skipped = new EnumMap<>(Skip.class);
    node.path("skipped")
        .properties()
        .forEach(e -> skipped.put(Skip.ofCode(e.getKey()), e.getValue().asLong()));
    List<Rise> rises = new ArrayList<>();
    for (JsonNode rise : node.path("rises")) {
      rises.add(new Rise(rise.get(0).asLong(), rise.get(1).asLong(), rise.get(2).asLong()));
    }
    return new Run.Found(
        skipped, node.path("outside").asLong(), node.path("tax_unknown").asLong(), rises);
  }

  private static Set<Long> ids(JsonNode list) {
    Set<Long> ids = new TreeSet<>();
    list.forEach(id -> ids.add(id.asLong()));
    return ids;
  }

  private static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the table holds no JSON", e);
    }
  }
}
