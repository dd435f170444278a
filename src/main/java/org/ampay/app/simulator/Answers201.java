package org.ampay.app.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** What a simulated OCPP 2.0.1 station answers to commands. */
final class Answers201 {

  /** Answers that are always the same status. */
  private static final Map<String, String> STATUS =
      Map.ofEntries(
          Map.entry("CancelReservation", "Rejected"),
          Map.entry("CertificateSigned", "Rejected"),
          Map.entry("ClearCache", "Accepted"),
          Map.entry("ClearChargingProfile", "Accepted"),
          Map.entry("ClearDisplayMessage", "Unknown"),
          Map.entry("CustomerInformation", "Rejected"),
          Map.entry("DataTransfer", "UnknownVendorId"),
          Map.entry("DeleteCertificate", "NotFound"),
          Map.entry("GetBaseReport", "EmptyResultSet"),
          Map.entry("GetChargingProfiles", "NoProfiles"),
          Map.entry("GetCompositeSchedule", "Rejected"),
          Map.entry("GetDisplayMessages", "Unknown"),
          Map.entry("GetInstalledCertificateIds", "NotFound"),
          Map.entry("GetLog", "Rejected"),
          Map.entry("GetMonitoringReport", "EmptyResultSet"),
          Map.entry("GetReport", "EmptyResultSet"),
          Map.entry("InstallCertificate", "Rejected"),
          Map.entry("PublishFirmware", "Rejected"),
          Map.entry("ReserveNow", "Rejected"),
          Map.entry("SendLocalList", "Accepted"),
          Map.entry("SetDisplayMessage", "Accepted"),
          Map.entry("SetMonitoringBase", "Accepted"),
          Map.entry("SetMonitoringLevel", "Accepted"),
          Map.entry("SetNetworkProfile", "Rejected"),
          Map.entry("UnpublishFirmware", "NoFirmware"),
          Map.entry("UpdateFirmware", "Rejected"));

  private Answers201() {}

  static Optional<ObjectNode> answer(String action, JsonNode payload, StationControls controls) {
    String status = STATUS.get(action);
    if (status != null) {
      return Optional.of(Json.status(status));
    }
    ObjectNode answer =
        switch (action) {
          case "RequestStartTransaction" ->
              accepted(
                  controls.remoteStart(
                      payload.path("evseId").asInt(0),
                      payload.path("idToken").path("idToken").asText(),
                      payload.path("remoteStartId").asInt()));
          case "RequestStopTransaction" ->
              accepted(controls.remoteStop(payload.path("transactionId").asText()));
          case "ChangeAvailability" -> availability(payload, controls);
          case "Reset" -> reset(controls);
          case "TriggerMessage" ->
              controls.trigger(payload.path("requestedMessage").asText())
                  ? Json.status("Accepted")
                  : Json.status("NotImplemented");
          case "UnlockConnector" ->
              Json.status(
                  controls.transactionRunning() ? "OngoingAuthorizedTransaction" : "Unlocked");
          case "GetVariables" -> getVariables(payload);
          case "SetVariables" -> setVariables(payload, controls);
          case "SetVariableMonitoring" -> setMonitoring(payload);
          case "ClearVariableMonitoring" -> clearMonitoring(payload);
          case "GetLocalListVersion" -> Json.object().put("versionNumber", 0);
          case "GetTransactionStatus" -> transactionStatus(payload, controls);
          case "SetChargingProfile" -> limit(payload, controls);
          case "CostUpdated" -> Json.object();
          default -> null;
        };
    return Optional.ofNullable(answer);
  }

  private static ObjectNode accepted(boolean yes) {
    return Json.status(yes ? "Accepted" : "Rejected");
  }

  private static ObjectNode availability(JsonNode payload, StationControls controls) {
    if (controls.transactionRunning()) {
      return Json.status("Scheduled");
    }
    controls.setAvailable(
        payload.path("evse").path("id").asInt(0),
        payload.path("operationalStatus").asText().equals("Operative"));
    return Json.status("Accepted");
  }

  private static ObjectNode reset(StationControls controls) {
    controls.reset();
    return Json.status("Accepted");
  }

  private static ObjectNode getVariables(JsonNode payload) {
    ObjectNode answer = Json.object();
    ArrayNode results = answer.putArray("getVariableResult");
    for (JsonNode wanted : payload.path("getVariableData")) {
      copyPlace(results.addObject().put("attributeStatus", "UnknownVariable"), wanted);
    }
    return answer;
  }

  private static ObjectNode setVariables(JsonNode payload, StationControls controls) {
    ObjectNode answer = Json.object();
    ArrayNode results = answer.putArray("setVariableResult");
    for (JsonNode wanted : payload.path("setVariableData")) {
      boolean password = wanted.path("variable").path("name").asText().equals("BasicAuthPassword");
      if (password) {
        controls.setPassword(wanted.path("attributeValue").asText());
      }
      copyPlace(
          results.addObject().put("attributeStatus", password ? "Accepted" : "UnknownVariable"),
          wanted);
    }
    return answer;
  }

  private static ObjectNode setMonitoring(JsonNode payload) {
    ObjectNode answer = Json.object();
    ArrayNode results = answer.putArray("setMonitoringResult");
    for (JsonNode wanted : payload.path("setMonitoringData")) {
      ObjectNode result = results.addObject().put("status", "UnknownComponent");
      result.set("type", wanted.path("type"));
      result.set("severity", wanted.path("severity"));
      copyPlace(result, wanted);
    }
    return answer;
  }

  private static ObjectNode clearMonitoring(JsonNode payload) {
    ObjectNode answer = Json.object();
    ArrayNode results = answer.putArray("clearMonitoringResult");
    for (JsonNode id : payload.path("id")) {
      results.addObject().put("status", "NotFound").put("id", id.asInt());
    }
    return answer;
  }

  private static void copyPlace(ObjectNode result, JsonNode wanted) {
    result.set("component", wanted.path("component"));
    result.set("variable", wanted.path("variable"));
  }

  private static ObjectNode transactionStatus(JsonNode payload, StationControls controls) {
    ObjectNode answer = Json.object().put("messagesInQueue", false);
    if (payload.has("transactionId")) {
      answer.put(
          "ongoingIndicator", controls.hasTransaction(payload.path("transactionId").asText()));
    }
    return answer;
  }

  private static ObjectNode limit(JsonNode payload, StationControls controls) {
    JsonNode schedule = payload.path("chargingProfile").path("chargingSchedule").path(0);
    JsonNode first = schedule.path("chargingSchedulePeriod").path(0).path("limit");
    if (first.isNumber()) {
      double perAmpere = schedule.path("chargingRateUnit").asText().equals("A") ? 230 * 3 : 1;
      controls.setLimitW(first.asDouble() * perAmpere);
    }
    return Json.status("Accepted");
  }
}
