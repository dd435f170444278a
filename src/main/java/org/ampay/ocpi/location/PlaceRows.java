package org.ampay.ocpi.location;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bodies of stored places: JSON of our own, told to nobody. */
final class PlaceRows {

  private static final ObjectMapper JSON = new ObjectMapper();

  private PlaceRows() {}

  static String write(Place.Head head) {
    ObjectNode node = JSON.createObjectNode();
    node.put("id", head.id());
    node.put("name", head.name());
    node.put("street", head.street());
    node.put("city", head.city());
    node.put("postal_code", head.postalCode());
    node.put("country", head.country());
    node.put("latitude", plain(head.latitude()));
    node.put("longitude", plain(head.longitude()));
    node.put("zone", head.zone());
    node.put("operator", head.operator());
    return node.toString();
  }

  static Place.Head head(String body) {
    JsonNode node = read(body);
    return new Place.Head(
        node.path("id").asText(),
        node.path("name").asText(),
        node.path("street").asText(),
        node.path("city").asText(),
        node.path("postal_code").asText(),
        node.path("country").asText(),
        decimal(node.path("latitude")),
        decimal(node.path("longitude")),
        node.path("zone").asText(),
        node.path("operator").asText(),
        List.of()); // told anew at each reading of the inventory
  }

  static String write(PlaceEvse evse) {
    ObjectNode node = JSON.createObjectNode();
    node.put("station", evse.stationId());
    node.put("evse", evse.evseNo());
    node.put("evse_id", evse.evseId());
    node.put("reference", evse.reference());
    ArrayNode capabilities = node.putArray("capabilities");
    evse.capabilities().forEach(capabilities::add);
    ObjectNode tariffs = node.putObject("tariffs");
    evse.tariffs().forEach((partner, id) -> tariffs.put(Long.toString(partner), id));
    ArrayNode connectors = node.putArray("connectors");
    evse.connectors().forEach(connector -> write(connectors.addObject(), connector));
    return node.toString();
  }

  private static void write(ObjectNode node, PlaceConnector connector) {
    node.put("id", connector.id());
    node.put("standard", connector.standard());
    node.put("format", connector.format());
    node.put("power_type", connector.powerType());
    node.put("voltage", connector.voltage());
    node.put("amperage", connector.amperage());
    node.put("power", connector.powerW());
    node.put("updated", connector.lastUpdated().toEpochMilli());
  }

  static PlaceEvse evse(long id, String status, String body, Instant lastUpdated) {
    JsonNode node = read(body);
    List<String> capabilities = new ArrayList<>();
    node.path("capabilities").forEach(c -> capabilities.add(c.asText()));
    Map<Long, String> tariffs = new HashMap<>();
    node.path("tariffs")
        .fields()
        .forEachRemaining(t -> tariffs.put(Long.valueOf(t.getKey()), t.getValue().asText()));
    List<PlaceConnector> connectors = new ArrayList<>();
    node.path("connectors").forEach(c -> connectors.add(connector(c)));
    JsonNode reference = node.path("reference");
    return new PlaceEvse(
        id,
        node.path("station").asLong(),
        node.path("evse").asInt(),
        node.path("evse_id").asText(),
        EvseStatus.valueOf(status),
        capabilities,
        reference.isTextual() ? reference.asText() : null,
        connectors,
        tariffs,
        lastUpdated);
  }

  private static PlaceConnector connector(JsonNode node) {
    return new PlaceConnector(
        node.path("id").asText(),
        node.path("standard").asText(),
        node.path("format").asText(),
        node.path("power_type").asText(),
        node.path("voltage").asInt(),
        node.path("amperage").asInt(),
        node.path("power").asInt(),
        Instant.ofEpochMilli(node.path("updated").asLong()));
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored place cannot be read", e);
    }
  }

  private static @Nullable String plain(@Nullable BigDecimal value) {
    return value == null ? null : value.toPlainString();
  }

  private static @Nullable BigDecimal decimal(JsonNode node) {
    return node.isTextual() ? new BigDecimal(node.asText()) : null;
  }
}
