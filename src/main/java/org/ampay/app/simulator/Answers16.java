package org.ampay.app.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a simulated OCPP 1.6 station answers to commands. */
final class Answers16 {

  /** Answers that are always the same status. */
  private static final Map<String, String> STATUS =
      Map.ofEntries(
          Map.entry("CancelReservation", "Rejected"),
          Map.entry("CertificateSigned", "Rejected"),
          Map.entry("ClearCache", "Accepted"),
          Map.entry("ClearChargingProfile", "Accepted"),
          Map.entry("DataTransfer", "UnknownVendorId"),
          Map.entry("DeleteCertificate", "NotFound"),
          Map.entry("GetCompositeSchedule", "Rejected"),
          Map.entry("GetInstalledCertificateIds", "NotFound"),
          Map.entry("GetLog", "Rejected"),
          Map.entry("InstallCertificate", "Rejected"),
          Map.entry("ReserveNow", "Rejected"),
          Map.entry("SignedUpdateFirmware", "Rejected"));

  private final Map<String, String> configuration = new TreeMap<>();
  private int listVersion;

  Answers16() {
    configuration.putAll(
        new HashMap<>(
            Map.of(
                "HeartbeatInterval", "300",
                "MeterValueSampleInterval", "15",
                "MeterValuesSampledData", "Energy.Active.Import.Register,Power.Active.Import,SoC",
                "ConnectionTimeOut", "60",
                "LocalAuthListEnabled", "true",
                "SupportedFeatureProfiles", "Core,LocalAuthListManagement,SmartCharging",
                "NumberOfConnectors", "1")));
  }

  Optional<ObjectNode> answer(String action, JsonNode payload, StationControls controls) {
    String status = STATUS.get(action);
    if (status != null) {
      return Optional.of(Json.status(status));
    }
    ObjectNode answer =
        switch (action) {
          case "RemoteStartTransaction" -> remoteStart(payload, controls);
          case "RemoteStopTransaction" ->
              accepted(controls.remoteStop(payload.path("transactionId").asText()));
          case "ChangeAvailability" -> availability(payload, controls);
          case "Reset" -> reset(controls);
          case "TriggerMessage", "ExtendedTriggerMessage" ->
              controls.trigger(payload.path("requestedMessage").asText())
                  ? Json.status("Accepted")
                  : Json.status("NotImplemented");
          case "UnlockConnector" ->
              Json.status(controls.transactionRunning() ? "UnlockFailed" : "Unlocked");
          case "GetConfiguration" -> configuration(payload);
          case "ChangeConfiguration" -> change(payload, controls);
          case "GetLocalListVersion" -> Json.object().put("listVersion", listVersion);
          case "SendLocalList" -> localList(payload);
          case "SetChargingProfile" -> limit(payload, controls);
          case "GetDiagnostics", "UpdateFirmware" -> Json.object();
          default -> null;
        };
    return Optional.ofNullable(answer);
  }

  private static ObjectNode accepted(boolean yes) {
    return Json.status(yes ? "Accepted" : "Rejected");
  }

  private static ObjectNode remoteStart(JsonNode payload, StationControls controls) {
    return accepted(
        controls.remoteStart(
            payload.path("connectorId").asInt(0), payload.path("idTag").asText(), null));
  }

  private static ObjectNode availability(JsonNode payload, StationControls controls) {
    if (controls.transactionRunning()) {
      return Json.status("Scheduled");
    }
    controls.setAvailable(
        payload.path("connectorId").asInt(), payload.path("type").asText().equals("Operative"));
    return Json.status("Accepted");
  }

  private static ObjectNode reset(StationControls controls) {
    controls.reset();
    return Json.status("Accepted");
  }

  private ObjectNode configuration(JsonNode payload) {
    ObjectNode answer = Json.object();
    ArrayNode known = answer.putArray("configurationKey");
    if (payload.path("key").isEmpty()) {
      configuration.forEach((key, value) -> add(known, key, value));
      return answer;
    }
    for (JsonNode key : payload.path("key")) {
      String value = configuration.get(key.asText());
      if (value != null) {
        add(known, key.asText(), value);
      } else {
        answer.withArray("unknownKey").add(key.asText());
      }
    }
    return answer;
  }

  private static void add(ArrayNode known, String key, String value) {
    known.addObject().put("key", key).put("readonly", false).put("value", value);
  }

  private ObjectNode change(JsonNode payload, StationControls controls) {
    String key = payload.path("key").asText();
    String value = payload.path("value").asText();
    if (key.equals("AuthorizationKey")) {
      controls.setPassword(value);
      return Json.status("Accepted");
    }
    if (!configuration.containsKey(key)) {
      return Json.status("NotSupported");
    }
    configuration.put(key, value);
    return Json.status("Accepted");
  }

  private ObjectNode localList(JsonNode payload) {
    listVersion = payload.path("listVersion").asInt();
    return Json.status("Accepted");
  }

  private static ObjectNode limit(JsonNode payload, StationControls controls) {
    JsonNode schedule = payload.path("csChargingProfiles").path("chargingSchedule");
    JsonNode first = schedule.path("chargingSchedulePeriod").path(0).path("limit");
    if (first.isNumber()) {
      double perAmpere = schedule.path("chargingRateUnit").asText().equals("A") ? 230 * 3 : 1;
      controls.setLimitW(first.asDouble() * perAmpere);
    }
    return Json.status("Accepted");
  }
}
