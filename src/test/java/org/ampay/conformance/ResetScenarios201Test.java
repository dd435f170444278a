package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Block B: resets of a station or one EVSE, idle or busy. */
class ResetScenarios201Test {

  private final ScenarioApi api = ScenarioServer.shared().api();

  private void reset(Station201 station, String payload, String answer) {
    station.answers("Reset", "{\"status\": \"" + answer + "\"}");
    assertThat(api.answered(station, "Reset", payload).path("status").asText()).isEqualTo(answer);
    JsonNode sent = station.awaitCall("Reset").payload();
    assertThat(sent).isEqualTo(ScenarioApi.tree(payload));
  }

  /** The station goes away and comes back. */
  private void comesBack(Station201 station) {
    station.disconnect();
    station.connect();
    assertThat(station.boot("RemoteReset").path("status").asText()).isEqualTo("Accepted");
    station.status(1, 1, "Available");
    assertThat(api.connectorStatus(station, 1, 1)).isEqualTo("Available");
  }

  @Test
  @Scenario("TC_B_20_CSMS")
  void tcB20_anIdleStation_resetsAndBoots() {
    try (Station201 station = Station201.online()) {
      reset(station, "{\"type\": \"OnIdle\"}", "Accepted");
      comesBack(station);
    }
  }

  @Test
  @Scenario("TC_B_21_CSMS")
  void tcB21_aBusyStation_resetsWhenTheSessionHasEnded() {
    try (Station201 station = Station201.online()) {
      String token = api.token();
      station.plug(1);
      station.started("tx-b21", 1, token, 1_000);
      reset(station, "{\"type\": \"OnIdle\"}", "Scheduled");
      assertThat(api.session(station, "tx-b21").path("state").asText()).isEqualTo("active");
      station.end("tx-b21", token, 2_000);
      comesBack(station);
      api.awaitSession(station, "tx-b21", s -> s.path("state").asText().equals("finished"));
    }
  }

  @Test
  @Scenario("TC_B_22_CSMS")
  void tcB22_aBusyStation_resetsNow_andItsSessionEnds() {
    try (Station201 station = Station201.online()) {
      String token = api.token();
      station.plug(1);
      station.started("tx-b22", 1, token, 1_000);
      reset(station, "{\"type\": \"Immediate\"}", "Accepted");
      station
          .event(Event201.ended("tx-b22", "ResetCommand", "ImmediateReset").meter(1_500))
          .payload();
      comesBack(station);
      JsonNode session =
          api.awaitSession(station, "tx-b22", s -> s.path("state").asText().equals("finished"));
      assertThat(session.path("energy_wh").asText()).startsWith("500");
    }
  }

  @Test
  @Scenario("TC_B_25_CSMS")
  void tcB25_anIdleEvse_resetsAlone() {
    try (Station201 station = Station201.online(Setup.plain().withEvses(2))) {
      reset(station, "{\"type\": \"OnIdle\", \"evseId\": 1}", "Accepted");
      station.status(1, 1, "Unavailable");
      assertThat(api.connectorStatus(station, 1, 1)).isEqualTo("Unavailable");
      station.status(1, 1, "Available");
      assertThat(api.connectorStatus(station, 1, 1)).isEqualTo("Available");
      assertThat(station.isConnected()).isTrue();
    }
  }

  @Test
  @Scenario("TC_B_26_CSMS")
  void tcB26_aBusyEvse_resetsWhenItsSessionHasEnded() {
    try (Station201 station = Station201.online(Setup.plain().withEvses(2))) {
      String token = api.token();
      station.plug(1);
      station.started("tx-b26", 1, token, 1_000);
      reset(station, "{\"type\": \"OnIdle\", \"evseId\": 1}", "Scheduled");
      station.end("tx-b26", token, 2_000);
      station.status(1, 1, "Unavailable");
      station.status(1, 1, "Available");
      assertThat(api.connectorStatus(station, 1, 1)).isEqualTo("Available");
      api.awaitSession(station, "tx-b26", s -> s.path("state").asText().equals("finished"));
    }
  }

  @Test
  @Scenario("TC_B_27_CSMS")
  void tcB27_aBusyEvse_resetsNow_andOnlyItsSessionEnds() {
    try (Station201 station = Station201.online(Setup.plain().withEvses(2))) {
      String first = api.token();
      String second = api.token();
      station.started("tx-b27-1", 1, first, 1_000);
      station.started("tx-b27-2", 2, second, 5_000);
      reset(station, "{\"type\": \"Immediate\", \"evseId\": 1}", "Accepted");
      station
          .event(Event201.ended("tx-b27-1", "ResetCommand", "ImmediateReset").meter(1_500))
          .payload();
      api.awaitSession(station, "tx-b27-1", s -> s.path("state").asText().equals("finished"));
      assertThat(api.session(station, "tx-b27-2").path("state").asText()).isEqualTo("active");
      station.end("tx-b27-2", second, 6_000);
    }
  }
}
