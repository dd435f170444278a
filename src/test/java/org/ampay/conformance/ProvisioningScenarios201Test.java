package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Block B: boots, variables, reports, network profiles. */
class ProvisioningScenarios201Test {

  private static final String ACCEPTED = "{\"status\": \"Accepted\"}";
  private static final String STATUS =
      "{\"evseId\": 1, \"connectorId\": 1, \"connectorStatus\": \"Available\", \"timestamp\": \""
          + "2026-03-02T08:00:00Z\"}";
  private static final String START =
      "{\"remoteStartId\": 1, \"idToken\": {\"idToken\": \"T\", \"type\": \"Central\"}}";

  private final ScenarioApi api = ScenarioServer.shared().api();

  @Test
  @Scenario("TC_B_02_CSMS")
  @Proves({"B01.FR.02", "B02.FR.01", "B02.FR.06"})
  void tcB02_pendingBoot_isConfiguredAndThenAccepted() {
    try (Station201 station = Station201.make()) {
      DevicePlay play = new DevicePlay(station);
      play.decide("pending").expect(200);
      station.connect();
      JsonNode boot = station.boot("PowerUp");
      assertThat(boot.path("status").asText()).isEqualTo("Pending");
      assertThat(boot.path("interval").asInt()).isPositive();
      play.has(Map.of("Power", "22000"));
      play.takes("Accepted");
      station.answers("GetBaseReport", ACCEPTED);
      station.answers("TriggerMessage", ACCEPTED);
      api.answered(station, "GetVariables", get("Power"));
      api.answered(station, "SetVariables", set("Limit", "16"));
      api.answered(station, "GetBaseReport", report(31, "FullInventory"));
      play.reports(31);
      assertThat(play.value("Power")).isEqualTo("22000");
      assertThat(play.report().path("state").asText()).isEqualTo("complete");
      assertThat(station.call("StatusNotification", STATUS).errorCode()).isEqualTo("SecurityError");
      assertThat(
              api.command(station, "RequestStartTransaction", START)
                  .expect(200)
                  .path("code")
                  .asText())
          .isEqualTo("SecurityError");
      assertThat(play.decide("accepted").expect(200).path("boot_requested").asBoolean()).isTrue();
      assertThat(station.awaitCall("TriggerMessage").payload().path("requestedMessage").asText())
          .isEqualTo("BootNotification");
      assertThat(station.boot("Triggered").path("status").asText()).isEqualTo("Accepted");
      station.status(1, 1, "Available");
      assertThat(station.isConnected()).isTrue();
    }
  }

  @Test
  @Scenario("TC_B_06_CSMS")
  void tcB06_oneVariable_isReadAndKept() {
    try (Station201 station = Station201.online()) {
      DevicePlay play = new DevicePlay(station);
      play.has(Map.of("Power", "22000"));
      JsonNode answer = api.answered(station, "GetVariables", get("Power"));
      assertThat(answer.path("getVariableResult").path(0).path("attributeValue").asText())
          .isEqualTo("22000");
      assertThat(play.value("Power")).isEqualTo("22000");
      JsonNode none = api.answered(station, "GetVariables", get("Nothing"));
      assertThat(none.path("getVariableResult").path(0).path("attributeStatus").asText())
          .isEqualTo("UnknownVariable");
      assertThat(play.value("Nothing")).isEqualTo("(not known)");
    }
  }

  @Test
  @Scenario("TC_B_07_CSMS")
  void tcB07_severalVariables_areReadInOneCall() {
    try (Station201 station = Station201.online()) {
      DevicePlay play = new DevicePlay(station);
      play.has(Map.of("Power", "22000", "SupplyPhases", "3"));
      api.answered(station, "GetVariables", get("Power", "SupplyPhases"));
      assertThat(station.awaitCall("GetVariables").payload().path("getVariableData")).hasSize(2);
      assertThat(play.value("SupplyPhases")).isEqualTo("3");
    }
  }

  @Test
  @Scenario("TC_B_08_CSMS")
  void tcB08_reads_areSplitByWhatTheStationTakes() {
    try (Station201 station = Station201.online()) {
      DevicePlay play = new DevicePlay(station);
      limit(station, play, "DeviceDataCtrlr", "GetVariables", "2");
      play.has(Map.of("A", "1", "B", "2", "C", "3"));
      station.awaitCall("GetVariables");
      JsonNode answer = api.answered(station, "GetVariables", get("A", "B", "C"));
      assertThat(answer.path("getVariableResult")).hasSize(3);
      assertThat(station.awaitCall("GetVariables").payload().path("getVariableData")).hasSize(2);
      assertThat(station.awaitCall("GetVariables").payload().path("getVariableData")).hasSize(1);
    }
  }

  /** The station tells how many items it takes at once. */
  static void limit(
      Station201 station, DevicePlay play, String component, String message, String items) {
    play.has(Map.of("ItemsPerMessage", items));
    station
        .api()
        .answered(
            station,
            "GetVariables",
            "{\"getVariableData\": [{\"component\": {\"name\": \""
                + component
                + "\"}, \"variable\": {\"name\": \"ItemsPerMessage\", \"instance\": \""
                + message
                + "\"}}]}");
  }

  @Test
  @Scenario("TC_B_09_CSMS")
  void tcB09_oneVariable_isWrittenAndKept() {
    try (Station201 station = Station201.online()) {
      DevicePlay play = new DevicePlay(station);
      play.takes("Accepted");
      api.answered(station, "SetVariables", set("Limit", "16"));
      assertThat(play.value("Limit")).isEqualTo("16");
      play.takes("Rejected");
      JsonNode refused = api.answered(station, "SetVariables", set("Limit", "17"));
      assertThat(refused.path("setVariableResult").path(0).path("attributeStatus").asText())
          .isEqualTo("Rejected");
      assertThat(play.value("Limit")).isEqualTo("16");
      play.takes("RebootRequired");
      api.answered(station, "SetVariables", set("Limit", "18"));
      assertThat(play.value("Limit")).isEqualTo("16");
      assertThat(play.items("variables").getFirst().path("pending_value").asText()).isEqualTo("18");
    }
  }

  @Test
  @Scenario("TC_B_10_CSMS")
  void tcB10_severalVariables_areWrittenInOneCall() {
    try (Station201 station = Station201.online()) {
      DevicePlay play = new DevicePlay(station);
      play.takes("Accepted");
      api.answered(station, "SetVariables", set("Limit", "16", "Phases", "3"));
      assertThat(station.awaitCall("SetVariables").payload().path("setVariableData")).hasSize(2);
      assertThat(play.value("Limit")).isEqualTo("16");
      assertThat(play.value("Phases")).isEqualTo("3");
      assertThat(api.command(station, "SetVariables", set("Limit", "1", "Limit", "2")).status())
          .isEqualTo(400);
    }
  }

  @Test
  @Scenario("TC_B_12_CSMS")
  void tcB12_configurationInventory_isTakenInParts() {
    inventory("ConfigurationInventory");
  }

  @Test
  @Scenario("TC_B_13_CSMS")
  void tcB13_fullInventory_isTakenInParts() {
    inventory("FullInventory");
  }

  @Test
  @Scenario("TC_B_14_CSMS")
  void tcB14_summaryInventory_isTakenInParts() {
    inventory("SummaryInventory");
  }

  private void inventory(String base) {
    try (Station201 station = Station201.online()) {
      DevicePlay play = new DevicePlay(station);
      station.answers("GetBaseReport", ACCEPTED);
      api.answered(station, "GetBaseReport", report(7, base));
      assertThat(station.awaitCall("GetBaseReport").payload().path("reportBase").asText())
          .isEqualTo(base);
      play.part(7, 0, true, "EVSE", "Power", "22000");
      assertThat(play.report().path("state").asText()).isEqualTo("receiving");
      play.part(7, 1, false, "EVSE", "SupplyPhases", "3");
      JsonNode report = play.report();
      assertThat(report.path("asked").asText()).isEqualTo(base);
      assertThat(report.path("state").asText()).isEqualTo("complete");
      assertThat(report.path("parts").asInt()).isEqualTo(2);
      assertThat(play.value("Power")).isEqualTo("22000");
      assertThat(play.value("SupplyPhases")).isEqualTo("3");
      boolean whole = play.monitoring().path("model_firmware").asText().equals("1.0");
      assertThat(whole).isEqualTo(base.equals("FullInventory"));
    }
  }

  @Test
  @Scenario("TC_B_18_CSMS")
  void tcB18_customReport_isTaken_andAnEmptyOneIsShown() {
    try (Station201 station = Station201.online()) {
      DevicePlay play = new DevicePlay(station);
      station.answers("GetReport", ACCEPTED);
      String asked =
          "{\"requestId\": 8, \"componentCriteria\": [\"Active\"], \"componentVariable\": ["
              + DevicePlay.variable("Power", "")
              + "]}";
      api.answered(station, "GetReport", asked);
      play.part(8, 0, false, "EVSE", "Power", "22000");
      assertThat(play.report().path("state").asText()).isEqualTo("complete");
      assertThat(play.value("Power")).isEqualTo("22000");
      station.answers("GetReport", "{\"status\": \"EmptyResultSet\"}");
      api.answered(station, "GetReport", asked.replace("8", "9"));
      assertThat(play.report().path("answer").asText()).isEqualTo("EmptyResultSet");
      assertThat(play.report().path("state").asText()).isEqualTo("refused");
    }
  }

  @Test
  @Scenario("TC_B_30_CSMS")
  @Proves({"B02.FR.09", "B03.FR.03", "B03.FR.07"})
  void tcB30_whoTalksBeforeItIsAccepted_getsASecurityError() {
    try (Station201 station = Station201.make()) {
      DevicePlay play = new DevicePlay(station);
      play.decide("rejected").expect(200);
      station.connect();
      assertThat(station.boot("PowerUp").path("status").asText()).isEqualTo("Rejected");
      for (String action : List.of("StatusNotification", "Heartbeat", "Authorize")) {
        assertThat(station.call(action, action.startsWith("S") ? STATUS : "{}").errorCode())
            .as(action)
            .isEqualTo("SecurityError");
      }
      JsonNode told = api.command(station, "Reset", "{\"type\": \"OnIdle\"}").expect(200);
      assertThat(told.path("code").asText()).isEqualTo("SecurityError");
      assertThat(station.waitingCalls("Reset")).isZero();
      play.decide("pending").expect(200);
      assertThat(station.boot("PowerUp").path("status").asText()).isEqualTo("Pending");
      assertThat(station.call("StatusNotification", STATUS).errorCode()).isEqualTo("SecurityError");
      assertThat(station.isConnected()).isTrue();
    }
  }

  @Test
  @Scenario("TC_B_31_CSMS")
  void tcB31_aWaitingStation_bootsWhenItIsTriggered() {
    for (String decision : List.of("pending", "rejected")) {
      try (Station201 station = Station201.make()) {
        DevicePlay play = new DevicePlay(station);
        play.decide(decision).expect(200);
        station.connect();
        station.boot("PowerUp");
        station.answers("TriggerMessage", ACCEPTED);
        api.answered(station, "TriggerMessage", "{\"requestedMessage\": \"BootNotification\"}");
        play.decide("accepted").expect(200);
        assertThat(station.boot("Triggered").path("status").asText()).isEqualTo("Accepted");
        assertThat(api.station(station).path("registration").asText()).isEqualTo("accepted");
      }
    }
  }

  private static final String PROFILE =
      """
      {"configurationSlot": 1, "connectionData": {"ocppVersion": "OCPP20",
       "ocppTransport": "JSON", "ocppCsmsUrl": "wss://example.com/ocpp/", "messageTimeout": 30,
       "securityProfile": 2, "ocppInterface": "Wired0"}}
      """;

  @Test
  @Scenario("TC_B_42_CSMS")
  void tcB42_aNetworkProfile_isSet() {
    try (Station201 station = Station201.online()) {
      station.answers("SetNetworkProfile", ACCEPTED);
      assertThat(api.answered(station, "SetNetworkProfile", PROFILE).path("status").asText())
          .isEqualTo("Accepted");
      JsonNode sent = station.awaitCall("SetNetworkProfile").payload();
      assertThat(sent.path("configurationSlot").asInt()).isEqualTo(1);
      assertThat(sent.path("connectionData").path("ocppCsmsUrl").asText())
          .isEqualTo("wss://example.com/ocpp/");
    }
  }

  @Test
  @Scenario("TC_B_44_CSMS")
  void tcB44_aNetworkProfileThatFails_isShownAsSuch() {
    try (Station201 station = Station201.online()) {
      station.answers("SetNetworkProfile", "{\"status\": \"Failed\"}");
      assertThat(api.answered(station, "SetNetworkProfile", PROFILE).path("status").asText())
          .isEqualTo("Failed");
      station.heartbeat();
      assertThat(api.station(station).path("connected").asBoolean()).isTrue();
    }
  }

  @Test
  @Scenario("TC_B_58_CSMS")
  void tcB58_theSupportedSubprotocol_isAgreed_andNoneEndsTheConnection() {
    try (Station201 station = Station201.make()) {
      Dial dial = station.dial();
      station.connect(dial.offering("ocpp0.9", "ocpp2.0.1"));
      assertThat(station.agreedSubprotocol()).isEqualTo("ocpp2.0.1");
      station.disconnect();
      station.handshake(dial.offering("ocpp0.9"));
      station.awaitClosed();
      assertThat(api.station(station).path("connected").asBoolean()).isFalse();
    }
  }

  private static String report(int requestId, String base) {
    return "{\"requestId\": " + requestId + ", \"reportBase\": \"" + base + "\"}";
  }

  private static String get(String... variables) {
    StringBuilder items = new StringBuilder();
    for (String variable : variables) {
      items.append(items.isEmpty() ? "" : ", ").append(DevicePlay.variable(variable, ""));
    }
    return "{\"getVariableData\": [" + items + "]}";
  }

  private static String set(String... namesAndValues) {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      items
          .append(items.isEmpty() ? "" : ", ")
          .append(
              DevicePlay.variable(
                  namesAndValues[i], ", \"attributeValue\": \"" + namesAndValues[i + 1] + "\""));
    }
    return "{\"setVariableData\": [" + items + "]}";
  }
}
