package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Block N: monitors and events. */
class MonitoringScenarios201Test {

  private static final String ACCEPTED = "{\"status\": \"Accepted\"}";

  private final ScenarioApi api = ScenarioServer.shared().api();

  /** A report is asked for, comes, and is shown. */
  private void monitoringReport(String criteria, String place) {
    try (Station201 station = Station201.online()) {
      DevicePlay play = new DevicePlay(station);
      station.answers("GetMonitoringReport", ACCEPTED);
      String payload = "{\"requestId\": 41" + criteria + place + "}";
      api.answered(station, "GetMonitoringReport", payload);
      assertThat(station.awaitCall("GetMonitoringReport").payload())
          .isEqualTo(ScenarioApi.tree(payload));
      play.reportsMonitor(41, 7, "UpperThreshold");
      JsonNode report = play.report();
      assertThat(report.path("kind").asText()).isEqualTo("monitors");
      assertThat(report.path("state").asText()).isEqualTo("complete");
      JsonNode monitor = play.items("monitors").getFirst();
      assertThat(monitor.path("id").asInt()).isEqualTo(7);
      assertThat(monitor.path("type").asText()).isEqualTo("UpperThreshold");
      assertThat(monitor.path("value").asText()).isEqualTo("22000");
      assertThat(monitor.path("severity").asInt()).isEqualTo(5);
    }
  }

  private static final String CRITERIA = ", \"monitoringCriteria\": [\"ThresholdMonitoring\"]";
  private static final String PLACE =
      ", \"componentVariable\": [" + DevicePlay.variable("Power", "") + "]";

  @Test
  @Scenario("TC_N_01_CSMS")
  void tcN01_monitors_areReportedByCriteria() {
    monitoringReport(CRITERIA, "");
  }

  @Test
  @Scenario("TC_N_02_CSMS")
  void tcN02_monitors_areReportedByVariable() {
    monitoringReport("", PLACE);
  }

  @Test
  @Scenario("TC_N_03_CSMS")
  void tcN03_monitors_areReportedByCriteriaAndVariable() {
    monitoringReport(CRITERIA, PLACE);
  }

  @Test
  @Scenario("TC_N_60_CSMS")
  void tcN60_monitors_areReportedByCriteriaAndSeveralComponents() {
    monitoringReport(
        ", \"monitoringCriteria\": [\"DeltaMonitoring\", \"ThresholdMonitoring\"]",
        ", \"componentVariable\": ["
            + DevicePlay.variable("Power", "")
            + ", {\"component\": {\"name\": \"Connector\", \"evse\": {\"id\": 1,"
            + " \"connectorId\": 1}}}]");
  }

  @Test
  @Scenario("TC_N_47_CSMS")
  void tcN47_aReportOfEverything_replacesWhatWasKnown() {
    try (Station201 station = Station201.online()) {
      DevicePlay play = new DevicePlay(station);
      play.takesMonitors(1);
      api.answered(station, "SetVariableMonitoring", monitors("Delta", "5"));
      assertThat(play.monitors()).containsExactly(1);
      station.answers("GetMonitoringReport", ACCEPTED);
      api.answered(station, "GetMonitoringReport", "{\"requestId\": 42}");
      play.reportsMonitor(42, 7, "LowerThreshold");
      assertThat(play.monitors()).containsExactly(7);
    }
  }

  @Test
  @Scenario("TC_N_05_CSMS")
  void tcN05_theMonitoringBase_isSetAndKept() {
    try (Station201 station = Station201.online()) {
      DevicePlay play = new DevicePlay(station);
      station.answers("SetMonitoringBase", ACCEPTED);
      for (String base : List.of("All", "FactoryDefault", "HardWiredOnly")) {
        api.answered(station, "SetMonitoringBase", "{\"monitoringBase\": \"" + base + "\"}");
        assertThat(play.monitoring().path("base").asText()).isEqualTo(base);
      }
      station.answers("SetMonitoringBase", "{\"status\": \"NotSupported\"}");
      api.answered(station, "SetMonitoringBase", "{\"monitoringBase\": \"All\"}");
      assertThat(play.monitoring().path("base").asText()).isEqualTo("HardWiredOnly");
    }
  }

  @Test
  @Scenario("TC_N_16_CSMS")
  void tcN16_theMonitoringLevel_isSetAndKept() {
    try (Station201 station = Station201.online()) {
      station.answers("SetMonitoringLevel", ACCEPTED);
      api.answered(station, "SetMonitoringLevel", "{\"severity\": 4}");
      assertThat(station.awaitCall("SetMonitoringLevel").payload().path("severity").asInt())
          .isEqualTo(4);
      assertThat(new DevicePlay(station).monitoring().path("level").asInt()).isEqualTo(4);
    }
  }

  @Test
  @Scenario("TC_N_17_CSMS")
  void tcN17_aLevelOutOfRange_isRejectedAndNotKept() {
    try (Station201 station = Station201.online()) {
      station.answers("SetMonitoringLevel", "{\"status\": \"Rejected\"}");
      assertThat(
              api.answered(station, "SetMonitoringLevel", "{\"severity\": 10}")
                  .path("status")
                  .asText())
          .isEqualTo("Rejected");
      assertThat(new DevicePlay(station).monitoring().path("level").isNull()).isTrue();
    }
  }

  private static String monitors(String... typesAndValues) {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < typesAndValues.length; i += 2) {
      items
          .append(items.isEmpty() ? "" : ", ")
          .append(
              DevicePlay.variable(
                  "Power",
                  ", \"type\": \""
                      + typesAndValues[i]
                      + "\", \"value\": "
                      + typesAndValues[i + 1]
                      + ", \"severity\": 5"));
    }
    return "{\"setMonitoringData\": [" + items + "]}";
  }

  @Test
  @Scenario("TC_N_08_CSMS")
  void tcN08_oneMonitor_isSetAndKeptWithItsId() {
    try (Station201 station = Station201.online()) {
      DevicePlay play = new DevicePlay(station);
      play.takesMonitors(3);
      api.answered(station, "SetVariableMonitoring", monitors("UpperThreshold", "21000"));
      JsonNode monitor = play.items("monitors").getFirst();
      assertThat(monitor.path("id").asInt()).isEqualTo(3);
      assertThat(monitor.path("value").asText()).isEqualTo("21000");
      assertThat(monitor.path("place").path("variable").asText()).isEqualTo("Power");
    }
  }

  @Test
  @Scenario("TC_N_09_CSMS")
  void tcN09_severalMonitors_areSetInOneCall() {
    try (Station201 station = Station201.online()) {
      DevicePlay play = new DevicePlay(station);
      play.takesMonitors(3);
      api.answered(
          station,
          "SetVariableMonitoring",
          monitors("UpperThreshold", "21000", "LowerThreshold", "100"));
      assertThat(station.awaitCall("SetVariableMonitoring").payload().path("setMonitoringData"))
          .hasSize(2);
      assertThat(play.monitors()).containsExactly(3, 4);
    }
  }

  @Test
  @Scenario("TC_N_18_CSMS")
  void tcN18_monitors_areClearedWithinTheStationsLimit() {
    try (Station201 station = Station201.online()) {
      DevicePlay play = new DevicePlay(station);
      ProvisioningScenarios201Test.limit(
          station, play, "MonitoringCtrlr", "ClearVariableMonitoring", "2");
      play.takesMonitors(1);
      api.answered(
          station,
          "SetVariableMonitoring",
          monitors("UpperThreshold", "3", "LowerThreshold", "2", "Delta", "1"));
      assertThat(play.monitors()).hasSize(3);
      play.clears("Accepted");
      JsonNode answer = api.answered(station, "ClearVariableMonitoring", "{\"id\": [1, 2, 3]}");
      assertThat(answer.path("clearMonitoringResult")).hasSize(3);
      assertThat(station.awaitCall("ClearVariableMonitoring").payload().path("id")).hasSize(2);
      assertThat(station.awaitCall("ClearVariableMonitoring").payload().path("id")).hasSize(1);
      assertThat(play.monitors()).isEmpty();
    }
  }

  @Test
  @Scenario("TC_N_44_CSMS")
  void tcN44_aMonitorThatCannotBeCleared_stays() {
    try (Station201 station = Station201.online()) {
      DevicePlay play = new DevicePlay(station);
      play.takesMonitors(1);
      api.answered(station, "SetVariableMonitoring", monitors("Delta", "1"));
      play.clears("Rejected");
      JsonNode answer = api.answered(station, "ClearVariableMonitoring", "{\"id\": [1]}");
      assertThat(answer.path("clearMonitoringResult").path(0).path("status").asText())
          .isEqualTo("Rejected");
      assertThat(play.monitors()).containsExactly(1);
    }
  }

  @Test
  @Scenario("TC_N_21_CSMS")
  void tcN21_anEventOfAHardWiredMonitor_isConfirmedAndShown() {
    try (Station201 station = Station201.online()) {
      DevicePlay play = new DevicePlay(station);
      assertThat(play.event(1, "Alerting", "HardWiredMonitor", "23000", "")).isEmpty();
      JsonNode event = play.items("events").getFirst();
      assertThat(event.path("trigger").asText()).isEqualTo("Alerting");
      assertThat(event.path("notification").asText()).isEqualTo("HardWiredMonitor");
      assertThat(event.path("value").asText()).isEqualTo("23000");
    }
  }

  @Test
  @Scenario("TC_N_24_CSMS")
  void tcN24_aPeriodicMonitor_isSetAndItsEventsAreShown() {
    try (Station201 station = Station201.online()) {
      DevicePlay play = new DevicePlay(station);
      play.takesMonitors(9);
      api.answered(station, "SetVariableMonitoring", monitors("Periodic", "60"));
      assertThat(play.items("monitors").getFirst().path("type").asText()).isEqualTo("Periodic");
      for (int i = 1; i <= 3; i++) {
        play.event(i, "Periodic", "CustomMonitor", "1" + i, ", \"variableMonitoringId\": 9");
      }
      assertThat(play.items("events")).hasSize(3);
      assertThat(play.items("events").getFirst().path("monitor_id").asInt()).isEqualTo(9);
    }
  }

  @Test
  @Scenario("TC_N_48_CSMS")
  void tcN48_anEventOfAWriteOnlyVariable_hasNoValue() {
    try (Station201 station = Station201.online()) {
      DevicePlay play = new DevicePlay(station);
      assertThat(play.event(1, "Delta", "HardWiredNotification", "", "")).isEmpty();
      assertThat(play.items("events").getFirst().path("value").asText("x")).isEmpty();
    }
  }

  @Test
  @Scenario("TC_N_49_CSMS")
  void tcN49_anAlert_isClearedAfterABoot() {
    try (Station201 station = Station201.online()) {
      DevicePlay play = new DevicePlay(station);
      play.event(1, "Alerting", "CustomMonitor", "23000", ", \"variableMonitoringId\": 4");
      station.disconnect();
      station.connect();
      station.boot("PowerUp");
      play.event(
          1,
          "Alerting",
          "CustomMonitor",
          "1000",
          ", \"variableMonitoringId\": 4, \"cleared\": true");
      List<JsonNode> events = play.items("events");
      assertThat(events).hasSize(2);
      assertThat(events.getFirst().path("cleared").asBoolean()).isTrue();
      assertThat(events.getLast().path("cleared").asBoolean(false)).isFalse();
    }
  }

  @Test
  @Scenario("TC_N_50_CSMS")
  void tcN50_aPeriodicEvent_isConfirmedAndShown() {
    try (Station201 station = Station201.online()) {
      DevicePlay play = new DevicePlay(station);
      assertThat(play.event(5, "Periodic", "PreconfiguredMonitor", "12", "")).isEmpty();
      assertThat(play.items("events").getFirst().path("trigger").asText()).isEqualTo("Periodic");
    }
  }
}
