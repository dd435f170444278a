package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** OCPP 2.0.1, block G: taking stations, EVSEs and connectors out of service and back. */
class AvailabilityScenarios201Test {

  private static final String EVSE = ", \"evse\": {\"id\": 1}";
  private static final String CONNECTOR = ", \"evse\": {\"id\": 1, \"connectorId\": 1}";
  private static final String STATION = "";

  private final ScenarioApi api = ScenarioServer.shared().api();

  private void change(Station201 station, String status, String where, String answer) {
    String payload = "{\"operationalStatus\": \"" + status + "\"" + where + "}";
    station.answers("ChangeAvailability", "{\"status\": \"" + answer + "\"}");
    JsonNode told = api.command(station, "ChangeAvailability", payload).expect(200);
    assertThat(told.path("payload").path("status").asText()).isEqualTo(answer);
    assertThat(station.awaitCall("ChangeAvailability").payload())
        .isEqualTo(ScenarioApi.tree(payload));
  }

  /** The station takes it at once and reports its connector. */
  private void changedAtOnce(String status, String where) {
    try (Station201 station = Station201.online()) {
      change(station, status, where, "Accepted");
      String reported = status.equals("Operative") ? "Available" : "Unavailable";
      station.status(1, 1, reported);
      assertThat(api.connectorStatus(station, 1, 1)).isEqualTo(reported);
    }
  }

  /** A transaction is running: the change comes after it. */
  private void changedAfterTheTransaction(String where) {
    String token = api.token();
    try (Station201 station = Station201.online()) {
      station.started("tx-" + token, 1, token, 1_000);
      station.plug(1);
      change(station, "Inoperative", where, "Scheduled");
      assertThat(api.connectorStatus(station, 1, 1)).isEqualTo("Occupied");
      station.end("tx-" + token, token, 2_000);
      station.status(1, 1, "Unavailable");
      assertThat(api.connectorStatus(station, 1, 1)).isEqualTo("Unavailable");
      api.awaitSession(
          station, "tx-" + token, s -> s.path("settlement_state").asText().equals("settled"));
    }
  }

  @Test
  @Scenario("TC_G_03_CSMS")
  void tcG03_evse_toInoperative() {
    changedAtOnce("Inoperative", EVSE);
  }

  @Test
  @Scenario("TC_G_04_CSMS")
  void tcG04_evse_toOperative() {
    changedAtOnce("Operative", EVSE);
  }

  @Test
  @Scenario("TC_G_05_CSMS")
  void tcG05_station_toInoperative() {
    changedAtOnce("Inoperative", STATION);
  }

  @Test
  @Scenario("TC_G_06_CSMS")
  void tcG06_station_toOperative() {
    changedAtOnce("Operative", STATION);
  }

  @Test
  @Scenario("TC_G_07_CSMS")
  void tcG07_connector_toInoperative() {
    changedAtOnce("Inoperative", CONNECTOR);
  }

  @Test
  @Scenario("TC_G_08_CSMS")
  void tcG08_connector_toOperative() {
    changedAtOnce("Operative", CONNECTOR);
  }

  @Test
  @Scenario("TC_G_11_CSMS")
  void tcG11_evse_scheduledDuringATransaction() {
    changedAfterTheTransaction(EVSE);
  }

  @Test
  @Scenario("TC_G_14_CSMS")
  void tcG14_station_scheduledDuringATransaction() {
    changedAfterTheTransaction(STATION);
  }

  @Test
  @Scenario("TC_G_17_CSMS")
  void tcG17_connector_scheduledDuringATransaction() {
    changedAfterTheTransaction(CONNECTOR);
  }
}
