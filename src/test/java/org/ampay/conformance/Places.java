package org.ampay.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What scenarios of local lists and reservations do through the API. */
final class Places {

  private final ScenarioApi api = ScenarioServer.shared().api();

  /** A token of a group, with a driver who has money. */
  String member(String group) {
    return member(group, Map.of());
  }

  String member(String group, Map<String, ?> further) {
    String uid = Unique.token();
    long driver = api.post("/drivers", Map.of("name", uid)).expect(201).path("id").asLong();
    api.post("/drivers/" + driver + "/wallet/top-ups", Map.of("amount", Map.of("minor", 100_000)))
        .expect(201);
    Map<String, Object> fields = new HashMap<>(Map.of("uid", uid, "driver", driver));
    if (!group.isEmpty()) {
      fields.put("group", group);
    }
    fields.putAll(further);
    api.token(fields);
    return uid;
  }

  void change(String uid, Map<String, ?> fields) {
    api.patch("/tokens/" + uid, fields).expect(200);
  }

  // ---- local lists

  private static String list(ScenarioStation station) {
    return "/stations/" + station.identity() + "/local-list";
  }

  /** The tokens of a group belong in the station's list from now on. */
  void keeps(ScenarioStation station, String group) {
    keeps(station, Map.of("mode", "chosen", "groups", List.of(group)));
  }

  void keeps(ScenarioStation station, Map<String, ?> policy) {
    api.put(list(station) + "/policy", policy).expect(200);
  }

  /** What the server knows of the list, once it is in that state. */
  JsonNode awaitList(ScenarioStation station, String state) {
    return api.awaitGet(list(station), shown -> shown.path("state").asText().equals(state));
  }

  /** The same, once the station has taken a newer version too. */
  JsonNode awaitNewer(ScenarioStation station, int version) {
    return api.awaitGet(
        list(station),
        shown ->
            shown.path("state").asText().equals("current")
                && shown.path("version").asInt() > version);
  }

  /** Sends the whole list now. */
  JsonNode sendFull(ScenarioStation station) {
    return api.post(list(station) + "/sync", Map.of("full", true)).expect(200);
  }

  // ---- reservations

  /** Asks for an EVSE (0: any) for half an hour. */
  ScenarioApi.Reply reserve(ScenarioStation station, int evse, String token) {
    return reserve(station, Map.of("evse", evse, "token", token));
  }

  /** Fields of the call; without {@code until} half an hour. */
  ScenarioApi.Reply reserve(ScenarioStation station, Map<String, ?> fields) {
    Map<String, Object> body = new HashMap<>();
    body.put("until", Instant.now().plusSeconds(1_800).toString());
    body.putAll(fields);
    return api.post("/stations/" + station.identity() + "/reservations", body);
  }

  /** A reservation that the station takes. */
  JsonNode reserved(ScenarioStation station, int evse, String token) {
    station.answers("ReserveNow", "{\"status\": \"Accepted\"}");
    JsonNode made = reserve(station, evse, token).expect(201);
    if (!made.path("state").asText().equals("accepted")) {
      throw new AssertionError("not accepted: " + made);
    }
    return made;
  }

  JsonNode cancel(JsonNode reservation) {
    return api.post("/reservations/" + reservation.path("id").asLong() + "/cancel", null)
        .expect(200);
  }

  JsonNode reservation(JsonNode reservation) {
    return api.get("/reservations/" + reservation.path("id").asLong()).expect(200);
  }

  JsonNode awaitReservation(JsonNode reservation, String state) {
    return api.awaitGet(
        "/reservations/" + reservation.path("id").asLong(),
        shown -> shown.path("state").asText().equals(state));
  }
}
