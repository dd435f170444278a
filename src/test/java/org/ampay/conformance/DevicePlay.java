package org.ampay.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ampay.conformance.ScenarioApi.Reply;

/** A station that has variables and monitors, and what the server shows of them. */
final class DevicePlay {

  private final ScenarioStation station;

  DevicePlay(ScenarioStation station) {
    this.station = station;
  }

  /** GetVariables is answered with these values; what has none is unknown. */
  void has(Map<String, String> values) {
    station.answers(
        "GetVariables",
        request -> {
          ObjectNode answer = ScenarioApi.JSON.createObjectNode();
          ArrayNode results = answer.putArray("getVariableResult");
          for (JsonNode wanted : request.path("getVariableData")) {
            ObjectNode result = place(results.addObject(), wanted);
            String value = values.get(wanted.path("variable").path("name").asText());
            result.put("attributeStatus", value == null ? "UnknownVariable" : "Accepted");
            if (value != null) {
              result.put("attributeValue", value);
            }
          }
          return answer.toString();
        });
  }

  /** SetVariables is answered with this status for each. */
  void takes(String status) {
    station.answers(
        "SetVariables",
        request -> {
          ObjectNode answer = ScenarioApi.JSON.createObjectNode();
          ArrayNode results = answer.putArray("setVariableResult");
          for (JsonNode wanted : request.path("setVariableData")) {
            place(results.addObject(), wanted).put("attributeStatus", status);
          }
          return answer.toString();
        });
  }

  /** SetVariableMonitoring is accepted, with ids from this one on. */
  void takesMonitors(int firstId) {
    station.answers(
        "SetVariableMonitoring",
        request -> {
          ObjectNode answer = ScenarioApi.JSON.createObjectNode();
          ArrayNode results = answer.putArray("setMonitoringResult");
          int id = firstId;
          for (JsonNode wanted : request.path("setMonitoringData")) {
            ObjectNode result = place(results.addObject(), wanted);
            result.put("id", id++).put("status", "Accepted");
            result.set("type", wanted.path("type"));
            result.set("severity", wanted.path("severity"));
          }
          return answer.toString();
        });
  }

  /** ClearVariableMonitoring is answered with this status for each. */
  void clears(String status) {
    station.answers(
        "ClearVariableMonitoring",
        request -> {
          ObjectNode answer = ScenarioApi.JSON.createObjectNode();
          ArrayNode results = answer.putArray("clearMonitoringResult");
          request
              .path("id")
              .forEach(id -> results.addObject().put("status", status).put("id", id.asInt()));
          return answer.toString();
        });
  }

  private static ObjectNode place(ObjectNode result, JsonNode wanted) {
    result.set("component", wanted.path("component"));
    result.set("variable", wanted.path("variable"));
    if (wanted.has("attributeType")) {
      result.set("attributeType", wanted.path("attributeType"));
    }
    return result;
  }

  /** A report in two parts. */
  void reports(int requestId) {
    part(requestId, 0, true, "EVSE", "Power", "22000");
    part(requestId, 1, false, "OCPPCommCtrlr", "HeartbeatInterval", "300");
  }

  void part(
      int requestId, int seqNo, boolean more, String component, String variable, String value) {
    station.ok(
        "NotifyReport",
        """
        {"requestId": %d, "generatedAt": "%s", "seqNo": %d, "tbc": %s, "reportData": [
          {"component": {"name": "%s"}, "variable": {"name": "%s"},
           "variableAttribute": [{"value": "%s", "mutability": "ReadWrite"}],
           "variableCharacteristics": {"dataType": "integer", "supportsMonitoring": true}}]}
        """
            .formatted(requestId, ScenarioStation.now(), seqNo, more, component, variable, value));
  }

  /** A monitoring report with one monitor on {@code EVSE Power}. */
  void reportsMonitor(int requestId, int monitorId, String type) {
    station.ok(
        "NotifyMonitoringReport",
        """
        {"requestId": %d, "generatedAt": "%s", "seqNo": 0, "monitor": [
          {"component": {"name": "EVSE"}, "variable": {"name": "Power"}, "variableMonitoring": [
            {"id": %d, "transaction": false, "value": 22000, "type": "%s", "severity": 5}]}]}
        """
            .formatted(requestId, ScenarioStation.now(), monitorId, type));
  }

  /** An event of {@code EVSE Power}; its answer's payload. */
  JsonNode event(int eventId, String trigger, String kind, String value, String more) {
    return station.ok(
        "NotifyEvent",
        """
        {"generatedAt": "%1$s", "seqNo": 0, "eventData": [{"eventId": %2$d, "timestamp": "%1$s",
          "trigger": "%3$s", "actualValue": "%4$s", "eventNotificationType": "%5$s",
          "component": {"name": "EVSE"}, "variable": {"name": "Power"}%6$s}]}
        """
            .formatted(ScenarioStation.now(), eventId, trigger, value, kind, more));
  }

  /** The last report as the API shows it. */
  JsonNode report() {
    return items("reports").getFirst();
  }

  /** The stored value of a variable; {@code null} as text when there is none. */
  String value(String variable) {
    for (JsonNode item : items("variables")) {
      if (item.path("place").path("variable").asText().equals(variable)) {
        return item.path("value").asText();
      }
    }
    return "(not known)";
  }

  List<Integer> monitors() {
    return items("monitors").stream().map(m -> m.path("id").asInt()).toList();
  }

  List<JsonNode> items(String what) {
    List<JsonNode> items = new ArrayList<>();
    station
        .api()
        .get("/stations/" + station.identity() + "/" + what)
        .expect(200)
        .path("items")
        .forEach(items::add);
    return items;
  }

  JsonNode monitoring() {
    return station.api().get("/stations/" + station.identity() + "/monitoring").expect(200);
  }

  /** Accepts, holds or rejects the station. */
  Reply decide(String decision) {
    return station
        .api()
        .put("/stations/" + station.identity() + "/admission", Map.of("decision", decision));
  }

  static String variable(String name, String more) {
    return "{\"component\": {\"name\": \"EVSE\"}, \"variable\": {\"name\": \""
        + name
        + "\"}"
        + more
        + "}";
  }
}
