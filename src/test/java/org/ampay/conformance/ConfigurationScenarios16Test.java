package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Boots and settings of OCPP 1.6. */
class ConfigurationScenarios16Test {

  private static final String KEYS =
      """
      {"configurationKey": [
        {"key": "HeartbeatInterval", "readonly": false, "value": "300"},
        {"key": "NumberOfConnectors", "readonly": true, "value": "1"},
        {"key": "AuthorizationKey", "readonly": false, "value": "736563726574"}]}
      """;

  private final ScenarioApi api = ScenarioServer.shared().api();

  @Test
  @Scenario("TC_019_1_CSMS")
  void tc019_1_everyKey_isReadAndKept() {
    try (Station16 station = Station16.online()) {
      DevicePlay play = new DevicePlay(station);
      station.answers("GetConfiguration", KEYS);
      api.answered(station, "GetConfiguration", "{}");
      assertThat(station.awaitCall("GetConfiguration").payload()).isEmpty();
      assertThat(play.value("HeartbeatInterval")).isEqualTo("300");
      assertThat(play.value("AuthorizationKey")).isEqualTo("***");
      assertThat(play.report().path("asked").asText()).isEqualTo("GetConfiguration");
      assertThat(play.report().path("items").asInt()).isEqualTo(3);
    }
  }

  @Test
  @Scenario("TC_019_2_CSMS")
  @Proves("1.6/GetConfiguration/1")
  void tc019_2_oneKey_isReadAndKept_andMoreThanTheStationTakesAreSplit() {
    try (Station16 station = Station16.online()) {
      DevicePlay play = new DevicePlay(station);
      station.answers(
          "GetConfiguration",
          """
          {"configurationKey": [
            {"key": "GetConfigurationMaxKeys", "readonly": true, "value": "1"}],
           "unknownKey": ["Nothing"]}
          """);
      JsonNode answer =
          api.answered(
              station, "GetConfiguration", "{\"key\": [\"GetConfigurationMaxKeys\", \"Nothing\"]}");
      assertThat(answer.path("unknownKey").path(0).asText()).isEqualTo("Nothing");
      assertThat(play.value("GetConfigurationMaxKeys")).isEqualTo("1");
      station.awaitCall("GetConfiguration");
      api.answered(station, "GetConfiguration", "{\"key\": [\"A\", \"B\"]}");
      assertThat(station.awaitCall("GetConfiguration").payload().path("key")).hasSize(1);
      assertThat(station.awaitCall("GetConfiguration").payload().path("key")).hasSize(1);
    }
  }

  private String change(Station16 station, String value, String answer) {
    station.answers("ChangeConfiguration", "{\"status\": \"" + answer + "\"}");
    return api.answered(
            station,
            "ChangeConfiguration",
            "{\"key\": \"MeterValueSampleInterval\", \"value\": \"" + value + "\"}")
        .path("status")
        .asText();
  }

  @Test
  @Scenario("TC_021_CSMS")
  void tc021_aKey_isChangedAndKept() {
    try (Station16 station = Station16.online()) {
      DevicePlay play = new DevicePlay(station);
      assertThat(change(station, "60", "Accepted")).isEqualTo("Accepted");
      assertThat(play.value("MeterValueSampleInterval")).isEqualTo("60");
      assertThat(change(station, "30", "RebootRequired")).isEqualTo("RebootRequired");
      assertThat(play.value("MeterValueSampleInterval")).isEqualTo("60");
      assertThat(play.items("variables").getFirst().path("pending_value").asText()).isEqualTo("30");
    }
  }

  @Test
  @Scenario("TC_040_1_CSMS")
  void tc040_1_aKeyThatTheStationDoesNotHave_isToldAndNotKept() {
    try (Station16 station = Station16.online()) {
      assertThat(change(station, "60", "NotSupported")).isEqualTo("NotSupported");
      assertThat(new DevicePlay(station).value("MeterValueSampleInterval"))
          .isEqualTo("(not known)");
    }
  }

  @Test
  @Scenario("TC_040_2_CSMS")
  @Proves("1.6/ChangeConfiguration/1")
  void tc040_2_aValueThatTheStationRefuses_isToldAndNotKept() {
    try (Station16 station = Station16.online()) {
      DevicePlay play = new DevicePlay(station);
      change(station, "60", "Accepted");
      assertThat(change(station, "-1", "Rejected")).isEqualTo("Rejected");
      assertThat(play.value("MeterValueSampleInterval")).isEqualTo("60");
    }
  }

  @Test
  @Proves({"1.6/BootNotification/1", "1.6/BootNotification/3", "1.6/BootNotification/4"})
  void aPendingStation_isConfiguredWhileItsChannelStaysOpen() {
    try (Station16 station = Station16.make()) {
      DevicePlay play = new DevicePlay(station);
      play.decide("pending").expect(200);
      station.connect();
      JsonNode boot = station.boot();
      assertThat(boot.path("status").asText()).isEqualTo("Pending");
      assertThat(boot.path("interval").asInt()).isPositive();
      station.answers("GetConfiguration", KEYS);
      api.answered(station, "GetConfiguration", "{}");
      assertThat(play.value("HeartbeatInterval")).isEqualTo("300");
      assertThat(
              api.command(station, "RemoteStartTransaction", "{\"idTag\": \"T\"}")
                  .expect(200)
                  .path("code")
                  .asText())
          .isEqualTo("SecurityError");
      assertThat(station.waitingCalls("RemoteStartTransaction")).isZero();
      assertThat(station.isConnected()).isTrue();
      station.answers("TriggerMessage", "{\"status\": \"Accepted\"}");
      play.decide("accepted").expect(200);
      station.awaitCall("TriggerMessage");
      assertThat(station.boot().path("status").asText()).isEqualTo("Accepted");
    }
  }

  @Test
  @Proves("1.6/BootNotification/2")
  void aRejectedStation_isSentNothing() {
    try (Station16 station = Station16.make()) {
      new DevicePlay(station).decide("rejected").expect(200);
      station.connect();
      assertThat(station.boot().path("status").asText()).isEqualTo("Rejected");
      assertThat(api.command(station, "GetConfiguration", "{}").expect(200).path("code").asText())
          .isEqualTo("SecurityError");
      assertThat(station.waitingCalls("GetConfiguration")).isZero();
    }
  }

  @Test
  @Proves({"1.6/Heartbeat/1", "1.6/Heartbeat/2"})
  void everyMessage_isASignOfLife_andAHeartbeatTellsTheTime() {
    try (Station16 station = Station16.online()) {
      Instant told = Instant.parse(station.heartbeat());
      assertThat(Duration.between(told, Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
      Instant before = Instant.now().minusSeconds(1);
      station.status(1, "Available");
      api.awaitStation(
          station, s -> Instant.parse(s.path("last_seen_at").asText()).isAfter(before));
    }
  }

  @Test
  @Proves({"1.6/StatusNotification/1", "1.6/StatusNotification/2"})
  void aStatusWithoutATime_isOfItsReceipt_andConnectorZeroIsTheStation() {
    try (Station16 station = Station16.online()) {
      station.ok(
          "StatusNotification",
          "{\"connectorId\": 1, \"status\": \"Faulted\", \"errorCode\": \"GroundFailure\"}");
      JsonNode connector = api.station(station).path("evses").path(0).path("connectors").path(0);
      assertThat(connector.path("status").asText()).isEqualTo("Faulted");
      Instant at = Instant.parse(connector.path("status_at").asText());
      assertThat(Duration.between(at, Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
      station.status(0, "Unavailable");
      assertThat(api.connectorStatus(station, 1, 1)).isEqualTo("Faulted");
    }
  }
}
