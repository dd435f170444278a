package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** OCPP 1.6: resetting, unlocking, configuration and triggers. */
class CommandScenarios16Test {

  private static final String ACCEPTED = "{\"status\": \"Accepted\"}";

  private final ScenarioApi api = ScenarioServer.shared().api();

  /** Sends it, looks at what the station got, and that its answer is told and kept. */
  private JsonNode sent(Station16 station, String action, String payload, String answer) {
    station.answers(action, answer);
    JsonNode told = api.command(station, action, payload).expect(200);
    assertThat(told.path("status").asText()).isEqualTo("answered");
    assertThat(told.path("payload")).isEqualTo(ScenarioApi.tree(answer));
    JsonNode got = station.awaitCall(action).payload();
    assertThat(got).isEqualTo(ScenarioApi.tree(payload));
    JsonNode kept = api.get("/commands/" + told.path("command_id").asLong()).expect(200);
    assertThat(kept.path("state").asText()).isEqualTo("answered");
    assertThat(kept.path("answer")).isEqualTo(ScenarioApi.tree(answer));
    assertThat(kept.path("payload")).isEqualTo(ScenarioApi.tree(payload));
    assertThat(kept.path("sender").asText()).startsWith("key:");
    assertThat(kept.path("latency_ms").isIntegralNumber()).isTrue();
    return kept;
  }

  /** A running session is stopped by the reset, and the station boots anew. */
  private void reset(String type, String reason) {
    String token = api.token();
    try (Station16 station = Station16.online()) {
      int transaction = station.started(1, token, 1_000);
      sent(station, "Reset", "{\"type\": \"" + type + "\"}", ACCEPTED);
      station.stop(transaction, token, 3_000, reason);
      station.disconnect();
      station.connect();
      assertThat(station.boot().path("status").asText()).isEqualTo("Accepted");
      station.status(1, "Available");
      JsonNode session =
          api.awaitSession(
              station, transaction, s -> s.path("settlement_state").asText().equals("settled"));
      assertThat(session.path("state").asText()).isEqualTo("finished");
      assertThat(session.path("total").path("minor").asLong()).isEqualTo(250);
    }
  }

  @Test
  @Scenario("TC_013_CSMS")
  @Proves("1.6/Reset/1")
  void tc013_hardReset_stopsTheSession() {
    reset("Hard", "HardReset");
  }

  @Test
  @Scenario("TC_014_CSMS")
  @Proves("1.6/Reset/1")
  void tc014_softReset_stopsTheSession() {
    reset("Soft", "SoftReset");
  }

  @Test
  @Scenario("TC_017_1_CSMS")
  void tc017_1_unlock_whileIdle() {
    try (Station16 station = Station16.online()) {
      sent(station, "UnlockConnector", "{\"connectorId\": 1}", "{\"status\": \"Unlocked\"}");
    }
  }

  @Test
  @Scenario("TC_017_2_CSMS")
  @Proves("1.6/UnlockConnector/1")
  void tc017_2_unlock_ofAFixedCable_isNotSupported() {
    try (Station16 station = Station16.online()) {
      sent(station, "UnlockConnector", "{\"connectorId\": 1}", "{\"status\": \"NotSupported\"}");
    }
  }

  @Test
  @Scenario("TC_018_1_CSMS")
  void tc018_1_unlock_duringASession_endsIt() {
    String token = api.token();
    try (Station16 station = Station16.online()) {
      int transaction = station.started(1, token, 1_000);
      sent(station, "UnlockConnector", "{\"connectorId\": 1}", "{\"status\": \"Unlocked\"}");
      station.stop(transaction, token, 2_000, "UnlockCommand");
      station.unplug(1);
      JsonNode session =
          api.awaitSession(
              station, transaction, s -> s.path("settlement_state").asText().equals("settled"));
      assertThat(session.path("total").path("minor").asLong()).isEqualTo(150);
    }
  }

  @Test
  @Scenario("TC_019_1_CSMS")
  void tc019_1_allKeys_areRead() {
    try (Station16 station = Station16.online()) {
      sent(
          station,
          "GetConfiguration",
          "{}",
          """
          {"configurationKey": [{"key": "HeartbeatInterval", "readonly": false, "value": "300"},
            {"key": "NumberOfConnectors", "readonly": true, "value": "1"}]}
          """);
    }
  }

  @Test
  @Scenario("TC_019_2_CSMS")
  @Proves("1.6/GetConfiguration/1")
  void tc019_2_oneKey_isRead_andAnUnknownOneIsANormalAnswer() {
    try (Station16 station = Station16.online()) {
      sent(
          station,
          "GetConfiguration",
          "{\"key\": [\"SupportedFeatureProfiles\", \"Nonsense\"]}",
          """
          {"configurationKey": [{"key": "SupportedFeatureProfiles", "readonly": true,
            "value": "Core"}], "unknownKey": ["Nonsense"]}
          """);
    }
  }

  @Test
  @Proves("1.6/GetConfiguration/1")
  void moreKeysThanTheStationTakes_areAskedForInParts() {
    try (Station16 station = Station16.online()) {
      String three = "{\"key\": [\"A\", \"B\", \"C\"]}";
      sent(
          station,
          "GetConfiguration",
          three,
          """
          {"configurationKey": [{"key": "GetConfigurationMaxKeys", "readonly": true, "value": "2"}]}
          """);
      api.command(station, "GetConfiguration", three).expect(200);
      int first = station.awaitCall("GetConfiguration").payload().path("key").size();
      int second = station.awaitCall("GetConfiguration").payload().path("key").size();
      assertThat(first).isBetween(1, 2);
      assertThat(first + second).isEqualTo(3);
    }
  }

  private void change(String status) {
    try (Station16 station = Station16.online()) {
      sent(
          station,
          "ChangeConfiguration",
          "{\"key\": \"MeterValueSampleInterval\", \"value\": \"30\"}",
          "{\"status\": \"" + status + "\"}");
    }
  }

  @Test
  @Scenario("TC_021_CSMS")
  @Proves("1.6/ChangeConfiguration/1")
  void tc021_key_isChanged() {
    change("Accepted");
  }

  @Test
  @Proves("1.6/ChangeConfiguration/1")
  void rebootRequired_isShown() {
    change("RebootRequired");
  }

  @Test
  @Scenario("TC_040_1_CSMS")
  @Proves("1.6/ChangeConfiguration/1")
  void tc040_1_keyNotSupported_isShown() {
    change("NotSupported");
  }

  @Test
  @Scenario("TC_040_2_CSMS")
  @Proves("1.6/ChangeConfiguration/1")
  void tc040_2_valueRejected_isShown() {
    change("Rejected");
  }

  @Test
  @Scenario("TC_030_CSMS")
  void tc030_unlock_fails() {
    try (Station16 station = Station16.online()) {
      sent(station, "UnlockConnector", "{\"connectorId\": 1}", "{\"status\": \"UnlockFailed\"}");
    }
  }

  @Test
  @Scenario("TC_031_CSMS")
  void tc031_unlock_ofAConnectorThatIsNotThere() {
    try (Station16 station = Station16.online()) {
      sent(station, "UnlockConnector", "{\"connectorId\": 9}", "{\"status\": \"NotSupported\"}");
    }
  }

  private void trigger(Station16 station, String message) {
    String connector = message.equals("MeterValues") ? ", \"connectorId\": 1" : "";
    sent(
        station,
        "TriggerMessage",
        "{\"requestedMessage\": \"" + message + "\"" + connector + "}",
        ACCEPTED);
  }

  @Test
  @Scenario("TC_054_CSMS")
  @Proves("1.6/TriggerMessage/1")
  void tc054_eachMessage_isTriggered_andComesAfterTheAnswer() {
    try (Station16 station = Station16.online()) {
      trigger(station, "MeterValues");
      station.ok(
          "MeterValues",
          """
          {"connectorId": 1, "meterValue": [{"timestamp": "%s", "sampledValue": [
            {"value": "7", "context": "Trigger"}]}]}
          """
              .formatted(ScenarioStation.now()));
      trigger(station, "Heartbeat");
      station.heartbeat();
      trigger(station, "StatusNotification");
      station.status(1, "Faulted", "GroundFailure");
      assertThat(api.connectorStatus(station, 1, 1)).isEqualTo("Faulted");
      trigger(station, "DiagnosticsStatusNotification");
      station.ok("DiagnosticsStatusNotification", "{\"status\": \"Idle\"}");
      trigger(station, "FirmwareStatusNotification");
      station.ok("FirmwareStatusNotification", "{\"status\": \"Idle\"}");
      trigger(station, "BootNotification");
      assertThat(station.boot().path("status").asText()).isEqualTo("Accepted");
    }
  }

  @Test
  @Scenario("TC_055_CSMS")
  @Proves("1.6/TriggerMessage/1")
  void tc055_trigger_isRejected() {
    try (Station16 station = Station16.online()) {
      String trigger = "{\"requestedMessage\": \"MeterValues\", \"connectorId\": 1}";
      sent(station, "TriggerMessage", trigger, "{\"status\": \"Rejected\"}");
      sent(station, "TriggerMessage", trigger, "{\"status\": \"NotImplemented\"}");
    }
  }

  @Test
  @Proves("1.6/ExtendedTriggerMessage/1")
  void certificateRenewal_isTriggered() {
    try (Station16 station = Station16.online()) {
      sent(
          station,
          "ExtendedTriggerMessage",
          "{\"requestedMessage\": \"SignChargePointCertificate\"}",
          ACCEPTED);
    }
  }

  @Test
  @Proves("1.6/ChangeAvailability/1")
  void availability_isChangedForConnectorAndStation_nowOrLater() {
    try (Station16 station = Station16.online()) {
      for (int connector : List.of(0, 1)) {
        for (String answer : List.of("Accepted", "Scheduled", "Rejected")) {
          sent(
              station,
              "ChangeAvailability",
              "{\"connectorId\": " + connector + ", \"type\": \"Inoperative\"}",
              "{\"status\": \"" + answer + "\"}");
        }
      }
    }
  }

  @Test
  @Proves("1.6/RemoteStartTransaction/1")
  void remoteStart_withAProfileOfAnotherPurpose_orWithATransaction_isNotSent() {
    try (Station16 station = Station16.online()) {
      station.answers("RemoteStartTransaction", ACCEPTED);
      String profile =
          """
          {"idTag": "T1", "chargingProfile": {"chargingProfileId": 1, "stackLevel": 0,
            "chargingProfilePurpose": "%s", "chargingProfileKind": "Relative"%s,
            "chargingSchedule": {"chargingRateUnit": "W",
              "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 11000}]}}}
          """;
      ScenarioApi.Reply wrong =
          api.command(station, "RemoteStartTransaction", profile.formatted("TxDefaultProfile", ""));
      assertThat(wrong.status()).isEqualTo(400);
      assertThat(wrong.field()).isEqualTo("chargingProfile.chargingProfilePurpose");
      wrong =
          api.command(
              station,
              "RemoteStartTransaction",
              profile.formatted("TxProfile", ", \"transactionId\": 7"));
      assertThat(wrong.field()).isEqualTo("chargingProfile.transactionId");
      assertThat(station.waitingCalls("RemoteStartTransaction")).isZero();
      api.answered(station, "RemoteStartTransaction", profile.formatted("TxProfile", ""));
    }
  }

  @Test
  @Proves("1.6/RemoteStopTransaction/1")
  void remoteStop_namesTheTransaction_whichEndsWithItsStop() {
    String token = api.token();
    try (Station16 station = Station16.online()) {
      int transaction = station.started(1, token, 1_000);
      sent(station, "RemoteStopTransaction", "{\"transactionId\": " + transaction + "}", ACCEPTED);
      assertThat(api.session(station, transaction).path("state").asText()).isEqualTo("active");
      station.stop(transaction, token, 2_000, "Remote");
      api.awaitSession(station, transaction, s -> s.path("state").asText().equals("finished"));
    }
  }
}
