package org.ampay.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** Charging profiles of scenarios, and how the API shows them. */
final class Profiles {

  static final String ACCEPTED = "{\"status\": \"Accepted\"}";

  private static final ScenarioApi API = ScenarioServer.shared().api();

  private Profiles() {}

  /** SetChargingProfile of 2.0.1: absolute, one period of 6 A. */
  static ObjectNode set201(int evse, int id, int stackLevel, String purpose) {
    return (ObjectNode)
        ScenarioApi.tree(
            """
            {"evseId": %d, "chargingProfile": {"id": %d, "stackLevel": %d,
              "chargingProfilePurpose": "%s", "chargingProfileKind": "Absolute",
              "chargingSchedule": [{"id": 1, "startSchedule": "2026-11-01T00:00:00.000Z",
                "duration": 86400, "chargingRateUnit": "A",
                "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6, "numberPhases": 3}]}]}}
            """
                .formatted(evse, id, stackLevel, purpose));
  }

  /** A TxProfile of 2.0.1, without an end. */
  static ObjectNode tx201(int evse, int id, int stackLevel, String transaction) {
    ObjectNode request = set201(evse, id, stackLevel, "TxProfile");
    profile(request).put("transactionId", transaction);
    schedule(request).remove("duration");
    return request;
  }

  /** SetChargingProfile of 1.6: absolute, one period of 6 A. */
  static ObjectNode set16(int connector, int id, int stackLevel, String purpose) {
    return (ObjectNode)
        ScenarioApi.tree(
            """
            {"connectorId": %d, "csChargingProfiles": {"chargingProfileId": %d, "stackLevel": %d,
              "chargingProfilePurpose": "%s", "chargingProfileKind": "Absolute",
              "chargingSchedule": {"startSchedule": "2026-11-01T00:00:00.000Z",
                "duration": 86400, "chargingRateUnit": "A",
                "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6, "numberPhases": 3}]}}}
            """
                .formatted(connector, id, stackLevel, purpose));
  }

  /** The profile of a request of either version. */
  static ObjectNode profile(JsonNode request) {
    return (ObjectNode)
        (request.has("chargingProfile")
            ? request.get("chargingProfile")
            : request.get("csChargingProfiles"));
  }

  /** The first schedule of a request of either version. */
  static ObjectNode schedule(JsonNode request) {
    JsonNode schedule = profile(request).get("chargingSchedule");
    return (ObjectNode) (schedule.isArray() ? schedule.get(0) : schedule);
  }

  /** What the API shows. */
  static JsonNode shown(ScenarioStation station) {
    return API.get("/stations/" + station.identity() + "/smart-charging").expect(200);
  }

  /** The ids of the profiles that the station has, as shown. */
  static List<Integer> ids(ScenarioStation station) {
    return StreamSupport.stream(shown(station).path("profiles").spliterator(), false)
        .map(profile -> profile.path("id").asInt())
        .sorted()
        .toList();
  }

  /** The newest profile of that id, in any state. */
  static JsonNode newest(ScenarioStation station, int id) {
    for (JsonNode item :
        API.get("/stations/" + station.identity() + "/charging-profiles")
            .expect(200)
            .path("items")) {
      if (item.path("id").asInt() == id) {
        return item;
      }
    }
    throw new AssertionError("no profile " + id + " of " + station.identity());
  }

  /** Sends it: the station must get exactly that, and answers Accepted. */
  static void accepted(ScenarioStation station, String action, JsonNode request) {
    station.answers(action, ACCEPTED);
    JsonNode answer = API.answered(station, action, request);
    if (!answer.path("status").asText().equals("Accepted")) {
      throw new AssertionError("answer: " + answer);
    }
    JsonNode got = station.awaitCall(action).payload();
    if (!got.equals(request)) {
      throw new AssertionError("the station got " + got + " instead of " + request);
    }
  }

  /** It must be refused, and never reach the station; the field that is named. */
  static String refused(ScenarioStation station, String action, JsonNode request) {
    ScenarioApi.Reply reply = API.command(station, action, request);
    reply.expect(400);
    if (station.waitingCalls(action) > 0) {
      throw new AssertionError("the station was sent " + request);
    }
    return reply.field();
  }
}
