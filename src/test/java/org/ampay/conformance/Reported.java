package org.ampay.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the server shows of a station's operations and security events. */
final class Reported {

  private Reported() {}

  /** The newest firmware update of a station, with its timeline. */
  static JsonNode update(ScenarioStation station) {
    return newest(station, "firmware-updates");
  }

  /** The newest log upload of a station, with its timeline. */
  static JsonNode log(ScenarioStation station) {
    return newest(station, "logs");
  }

  /** The newest publication of a station; publications have no call for a single one. */
  static JsonNode publication(ScenarioStation station) {
    return station
        .api()
        .get("/firmware-publications?limit=1&station=" + station.identity())
        .expect(200)
        .path("items")
        .path(0);
  }

  private static JsonNode newest(ScenarioStation station, String path) {
    JsonNode items =
        station
            .api()
            .get("/" + path + "?limit=1&station=" + station.identity())
            .expect(200)
            .path("items");
    if (items.isEmpty()) {
      throw new AssertionError("nothing in " + path + " of " + station.identity());
    }
    return station.api().get("/" + path + "/" + items.path(0).path("id").asLong()).expect(200);
  }

  /** The words of a timeline after the answer. */
  static List<String> words(JsonNode operation) {
    List<String> words = new ArrayList<>();
    for (JsonNode event : operation.path("events")) {
      String word = event.path("status").asText();
      if (!word.equals("sent") && !word.equals("answered")) {
        words.add(word);
      }
    }
    return words;
  }

  /** The types of a station's security events, newest first; a star marks critical ones. */
  static List<String> securityEvents(ScenarioStation station) {
    List<String> types = new ArrayList<>();
    for (JsonNode event :
        station
            .api()
            .get("/security-events?station=" + station.identity())
            .expect(200)
            .path("items")) {
      types.add(event.path("type").asText() + (event.path("critical").asBoolean() ? "*" : ""));
    }
    return types;
  }

  /** SecurityEventNotification, which must be confirmed with an empty payload. */
  static void securityEvent(ScenarioStation station, String type) {
    JsonNode answer =
        station.ok(
            "SecurityEventNotification", Map.of("type", type, "timestamp", ScenarioStation.now()));
    if (!answer.isEmpty()) {
      throw new AssertionError("not empty: " + answer);
    }
  }

  /** Statuses of a station in this order, each confirmed with an empty payload. */
  static void tell(ScenarioStation station, String action, Integer requestId, String... statuses) {
    for (String status : statuses) {
      Map<String, Object> payload =
          requestId == null
              ? Map.of("status", status)
              : Map.of("status", status, "requestId", requestId);
      JsonNode answer = station.ok(action, payload);
      if (!answer.isEmpty()) {
        throw new AssertionError("not empty: " + answer);
      }
    }
  }
}
