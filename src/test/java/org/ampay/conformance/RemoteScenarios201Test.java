package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** OCPP 2.0.1, block F: starting, stopping, unlocking and triggering from afar. */
class RemoteScenarios201Test {

  private static final String ACCEPTED = "{\"status\": \"Accepted\"}";
  private static final int REMOTE_ID = 4711;

  private final ScenarioApi api = ScenarioServer.shared().api();
  private final String token = Unique.token();
  private final String transaction = "tx-" + token;
  private final long driver = api.driver(token, 100_000);

  private String start(String further) {
    return "{\"evseId\": 1, \"remoteStartId\": "
        + REMOTE_ID
        + ", \"idToken\": "
        + Station201.idToken(token)
        + further
        + "}";
  }

  private void remoteStart(Station201 station) {
    sent(station, "RequestStartTransaction", start(""), ACCEPTED);
  }

  /** Sends it, looks at what the station got and at what the API tells. */
  private void sent(Station201 station, String action, String payload, String answer) {
    station.answers(action, answer);
    assertThat(api.answered(station, action, payload)).isEqualTo(ScenarioApi.tree(answer));
    assertThat(station.awaitCall(action).payload()).isEqualTo(ScenarioApi.tree(payload));
  }

  private void assertCharged(Station201 station) {
    JsonNode answer = station.end(transaction, token, 6_000);
    assertThat(answer.path("totalCost").decimalValue()).isEqualByComparingTo("5.5");
    JsonNode session =
        api.awaitSession(
            station, transaction, s -> s.path("settlement_state").asText().equals("settled"));
    assertThat(session.path("token").asText()).isEqualTo(token);
  }

  @Test
  @Scenario("TC_F_01_CSMS")
  @Proves({"F01.FR.04", "F01.FR.06"})
  void tcF01_remoteStart_withTheCableIn() {
    try (Station201 station = Station201.online()) {
      station.plug(1);
      remoteStart(station);
      station.event(
          Event201.started(transaction, "RemoteStart")
              .evse(1)
              .token(token)
              .info("remoteStartId", REMOTE_ID)
              .state("Charging")
              .meter(1_000));
      assertCharged(station);
    }
  }

  @Test
  @Scenario("TC_F_02_CSMS")
  @Proves("F02.FR.12")
  void tcF02_remoteStartFirst_stationAuthorizes() {
    try (Station201 station = Station201.online()) {
      remoteStart(station);
      assertThat(station.authorize(token)).isEqualTo("Accepted");
      station.plug(1);
      station.event(
          Event201.started(transaction, "CablePluggedIn")
              .evse(1)
              .token(token)
              .info("remoteStartId", REMOTE_ID)
              .meter(1_000));
      station.event(Event201.updated(transaction, "ChargingStateChanged").state("Charging"));
      assertCharged(station);
    }
  }

  @Test
  @Scenario("TC_F_03_CSMS")
  void tcF03_remoteStartFirst_withoutAuthorize() {
    try (Station201 station = Station201.online()) {
      remoteStart(station);
      JsonNode answer =
          station
              .event(
                  Event201.started(transaction, "RemoteStart")
                      .evse(1)
                      .token(token)
                      .info("remoteStartId", REMOTE_ID)
                      .meter(1_000))
              .payload();
      assertThat(answer.path("idTokenInfo").path("status").asText()).isEqualTo("Accepted");
      station.plug(1);
      station.event(Event201.updated(transaction, "CablePluggedIn").state("Charging"));
      assertCharged(station);
    }
  }

  @Test
  @Scenario("TC_F_04_CSMS")
  void tcF04_remoteStart_butTheCableNeverComes() {
    try (Station201 station = Station201.online()) {
      remoteStart(station);
      station.event(
          Event201.started(transaction, "RemoteStart")
              .evse(1)
              .token(token)
              .info("remoteStartId", REMOTE_ID)
              .meter(1_000));
      station.event(Event201.ended(transaction, "EVConnectTimeout", "Timeout").meter(1_000));
      api.awaitSession(station, transaction, s -> s.path("state").asText().equals("finished"));
      api.awaitGet(
          "/drivers/" + driver + "/wallet",
          wallet -> wallet.path("held").path("minor").asLong() == 0);
    }
  }

  @Test
  @Scenario("TC_F_06_CSMS")
  void tcF06_connector_isUnlocked() {
    try (Station201 station = Station201.online()) {
      sent(
          station,
          "UnlockConnector",
          "{\"evseId\": 1, \"connectorId\": 1}",
          "{\"status\": \"Unlocked\"}");
    }
  }

  @Test
  @Proves({"F01.FR.04", "F02.FR.12"})
  void remoteStart_withoutAToken_isNotSent() {
    try (Station201 station = Station201.online()) {
      ScenarioApi.Reply wrong =
          api.command(station, "RequestStartTransaction", "{\"remoteStartId\": 1}");
      assertThat(wrong.status()).isEqualTo(400);
      assertThat(wrong.field()).isEqualTo("idToken");
    }
  }

  private String profile(String purpose, String further) {
    return start(
        """
        , "chargingProfile": {"id": 1, "stackLevel": 0, "chargingProfilePurpose": "%s",
          "chargingProfileKind": "Relative"%s, "chargingSchedule": [{"id": 1,
            "chargingRateUnit": "W",
            "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 11000.0}]}]}
        """
            .formatted(purpose, further));
  }

  @Test
  @Proves({"F01.FR.08", "F02.FR.16", "K05.FR.01"})
  void remoteStart_takesAProfileAlong() {
    try (Station201 station = Station201.online()) {
      sent(station, "RequestStartTransaction", profile("TxProfile", ""), ACCEPTED);
    }
  }

  private void refused(String payload, String field) {
    try (Station201 station = Station201.online()) {
      station.answers("RequestStartTransaction", ACCEPTED);
      ScenarioApi.Reply wrong = api.command(station, "RequestStartTransaction", payload);
      assertThat(wrong.status()).isEqualTo(400);
      assertThat(wrong.field()).isEqualTo(field);
      assertThat(station.waitingCalls("RequestStartTransaction")).isZero();
    }
  }

  @Test
  @Proves({"F01.FR.09", "F02.FR.17", "K05.FR.02"})
  void remoteStart_withAProfileOfAnotherPurpose_isNotSent() {
    refused(profile("TxDefaultProfile", ""), "chargingProfile.chargingProfilePurpose");
  }

  @Test
  @Proves({"F01.FR.11", "F02.FR.19"})
  void remoteStart_withAProfileOfATransaction_isNotSent() {
    refused(profile("TxProfile", ", \"transactionId\": \"tx-7\""), "chargingProfile.transactionId");
  }

  @Test
  @Proves({"F03.FR.01", "F04.FR.01"})
  void remoteStop_namesTheStationsTransaction() {
    try (Station201 station = Station201.online()) {
      station.started(transaction, 1, token, 1_000);
      sent(
          station,
          "RequestStopTransaction",
          "{\"transactionId\": \"" + transaction + "\"}",
          ACCEPTED);
      station.event(Event201.ended(transaction, "RemoteStop", "Remote").meter(2_000));
      api.awaitSession(station, transaction, s -> s.path("state").asText().equals("finished"));
    }
  }

  // ---- F06

  private static String trigger(String message, String evse) {
    return "{\"requestedMessage\": \""
        + message
        + "\""
        + (evse.isEmpty() ? "" : ", \"evse\": " + evse)
        + "}";
  }

  private void triggered(Station201 station, String message, String evse) {
    sent(station, "TriggerMessage", trigger(message, evse), ACCEPTED);
  }

  private static String meterValues(int evse) {
    return """
    {"evseId": %d, "meterValue": [{"timestamp": "%s", "sampledValue": [
      {"value": 7.5, "context": "Trigger"}]}]}
    """
        .formatted(evse, ScenarioStation.now());
  }

  @Test
  @Scenario("TC_F_11_CSMS")
  @Proves({"F06.FR.01", "F06.FR.02"})
  void tcF11_meterValues_ofOneEvse() {
    try (Station201 station = Station201.online()) {
      triggered(station, "MeterValues", "{\"id\": 1}");
      station.ok("MeterValues", meterValues(1));
    }
  }

  @Test
  @Scenario("TC_F_12_CSMS")
  @Proves("F06.FR.01")
  void tcF12_meterValues_ofAllEvses() {
    try (Station201 station = Station201.online(Setup.plain().withEvses(2))) {
      triggered(station, "MeterValues", "");
      station.ok("MeterValues", meterValues(1));
      station.ok("MeterValues", meterValues(2));
    }
  }

  @Test
  @Scenario("TC_F_13_CSMS")
  @Proves({"F06.FR.01", "F06.FR.02"})
  void tcF13_transactionEvent_ofOneEvse() {
    triggeredEvent("{\"id\": 1}");
  }

  @Test
  @Scenario("TC_F_14_CSMS")
  @Proves("F06.FR.01")
  void tcF14_transactionEvent_ofAllEvses() {
    triggeredEvent("");
  }

  private void triggeredEvent(String evse) {
    try (Station201 station = Station201.online()) {
      station.started(transaction, 1, token, 1_000);
      triggered(station, "TransactionEvent", evse);
      station.event(Event201.updated(transaction, "Trigger").state("Charging").meter(2_000));
      assertThat(api.session(station, transaction).path("state").asText()).isEqualTo("active");
    }
  }

  @Test
  @Scenario("TC_F_15_CSMS")
  @Proves("F06.FR.01")
  void tcF15_logStatus_isIdle() {
    try (Station201 station = Station201.online()) {
      triggered(station, "LogStatusNotification", "");
      station.ok("LogStatusNotification", "{\"status\": \"Idle\"}");
    }
  }

  @Test
  @Scenario("TC_F_18_CSMS")
  @Proves("F06.FR.01")
  void tcF18_firmwareStatus_isIdle() {
    try (Station201 station = Station201.online()) {
      triggered(station, "FirmwareStatusNotification", "");
      station.ok("FirmwareStatusNotification", "{\"status\": \"Idle\"}");
    }
  }

  @Test
  @Scenario("TC_F_20_CSMS")
  @Proves("F06.FR.01")
  void tcF20_heartbeat() {
    try (Station201 station = Station201.online()) {
      triggered(station, "Heartbeat", "");
      station.heartbeat();
    }
  }

  private void triggeredStatus(String status) {
    try (Station201 station = Station201.online()) {
      triggered(station, "StatusNotification", "{\"id\": 1, \"connectorId\": 1}");
      station.status(1, 1, status);
      assertThat(api.connectorStatus(station, 1, 1)).isEqualTo(status);
    }
  }

  @Test
  @Scenario("TC_F_23_CSMS")
  @Proves({"F06.FR.01", "F06.FR.02", "F06.FR.13"})
  void tcF23_status_isAvailable() {
    triggeredStatus("Available");
  }

  @Test
  @Scenario("TC_F_24_CSMS")
  @Proves({"F06.FR.01", "F06.FR.02", "F06.FR.13"})
  void tcF24_status_isOccupied() {
    triggeredStatus("Occupied");
  }

  @Test
  @Proves("F06.FR.13")
  void trigger_ofAStatusWithoutItsConnector_isNotSent() {
    try (Station201 station = Station201.online()) {
      ScenarioApi.Reply wrong =
          api.command(station, "TriggerMessage", trigger("StatusNotification", "{\"id\": 1}"));
      assertThat(wrong.status()).isEqualTo(400);
      assertThat(wrong.field()).isEqualTo("evse.connectorId");
      wrong = api.command(station, "TriggerMessage", trigger("StatusNotification", ""));
      assertThat(wrong.field()).isEqualTo("evse");
      assertThat(station.waitingCalls("TriggerMessage")).isZero();
    }
  }

  @Test
  @Scenario("TC_F_27_CSMS")
  void tcF27_trigger_isNotImplemented() {
    try (Station201 station = Station201.online()) {
      sent(
          station,
          "TriggerMessage",
          trigger("SignCombinedCertificate", ""),
          "{\"status\": \"NotImplemented\"}");
    }
  }
}
