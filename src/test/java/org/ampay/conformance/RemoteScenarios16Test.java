package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** OCPP 1.6 Core: sessions that the operator begins and ends from afar. */
class RemoteScenarios16Test {

  private static final String ACCEPTED = "{\"status\": \"Accepted\"}";
  private static final String REJECTED = "{\"status\": \"Rejected\"}";

  private final ScenarioApi api = ScenarioServer.shared().api();
  private final String token = Unique.token();
  private final long driver = api.driver(token, 100_000);

  /** Sends it and looks at what the station got. */
  private void remoteStart(Station16 station, String answer) {
    station.answers("RemoteStartTransaction", answer);
    JsonNode payload =
        api.answered(
            station,
            "RemoteStartTransaction",
            "{\"connectorId\": 1, \"idTag\": \"" + token + "\"}");
    assertThat(payload).isEqualTo(ScenarioApi.tree(answer));
    JsonNode got = station.awaitCall("RemoteStartTransaction").payload();
    assertThat(got.path("idTag").asText()).isEqualTo(token);
    assertThat(got.path("connectorId").asInt()).isEqualTo(1);
  }

  private void assertCharged(Station16 station, int transaction) {
    station.status(1, "Charging");
    station.stop(transaction, token, 6_000, "Local");
    JsonNode session =
        api.awaitSession(
            station, transaction, s -> s.path("settlement_state").asText().equals("settled"));
    assertThat(session.path("total").path("minor").asLong()).isEqualTo(550);
    assertThat(session.path("token").asText()).isEqualTo(token);
  }

  private long held() {
    return api.get("/drivers/" + driver + "/wallet")
        .expect(200)
        .path("held")
        .path("minor")
        .asLong();
  }

  @Test
  @Scenario("TC_010_CSMS")
  @Proves({"1.6/RemoteStartTransaction/1", "1.6/RemoteStartTransaction/2"})
  void tc010_remoteStart_withTheCableIn() {
    try (Station16 station = Station16.online()) {
      station.plug(1);
      remoteStart(station, ACCEPTED);
      assertThat(api.sessions(station)).as("only promised").isEmpty();
      assertThat(station.authorize(token)).isEqualTo("Accepted");
      assertCharged(station, station.started(1, token, 1_000));
    }
  }

  @Test
  @Scenario("TC_011_1_CSMS")
  void tc011_1_remoteStart_thenTheCable() {
    try (Station16 station = Station16.online()) {
      station.status(1, "Available");
      remoteStart(station, ACCEPTED);
      assertThat(station.authorize(token)).isEqualTo("Accepted");
      station.plug(1);
      assertCharged(station, station.started(1, token, 1_000));
    }
  }

  @Test
  @Scenario("TC_011_2_CSMS")
  @Proves("1.6/RemoteStartTransaction/2")
  void tc011_2_remoteStart_andNoCable_leavesNothingBehind() {
    try (Station16 station = Station16.online()) {
      station.status(1, "Available");
      remoteStart(station, ACCEPTED);
      station.status(1, "Preparing");
      station.status(1, "Available");
      assertThat(api.sessions(station)).isEmpty();
      assertThat(held()).isZero();
      assertThat(api.connectorStatus(station, 1, 1)).isEqualTo("Available");
    }
  }

  @Test
  @Scenario("TC_012_CSMS")
  @Proves("1.6/RemoteStopTransaction/1")
  void tc012_remoteStop_endsWithTheStationsStop() {
    try (Station16 station = Station16.online()) {
      station.plug(1);
      int transaction = station.started(1, token, 1_000);
      station.status(1, "Charging");
      station.answers("RemoteStopTransaction", ACCEPTED);
      JsonNode answer =
          api.answered(
              station, "RemoteStopTransaction", "{\"transactionId\": " + transaction + "}");
      assertThat(answer.path("status").asText()).isEqualTo("Accepted");
      assertThat(station.awaitCall("RemoteStopTransaction").payload().path("transactionId").asInt())
          .isEqualTo(transaction);
      assertThat(api.session(station, transaction).path("state").asText()).isEqualTo("active");
      station.stop(transaction, token, 6_000, "Remote");
      station.status(1, "Finishing");
      station.unplug(1);
      JsonNode session =
          api.awaitSession(
              station, transaction, s -> s.path("settlement_state").asText().equals("settled"));
      assertThat(session.path("stop_reason").asText()).isEqualTo("Remote");
      assertThat(session.path("total").path("minor").asLong()).isEqualTo(550);
    }
  }

  @Test
  @Scenario("TC_026_CSMS")
  void tc026_remoteStartRejected_startsNothing() {
    try (Station16 station = Station16.online()) {
      station.plug(1);
      remoteStart(station, REJECTED);
      assertThat(api.sessions(station)).isEmpty();
      assertThat(held()).isZero();
    }
  }

  @Test
  @Scenario("TC_028_CSMS")
  void tc028_remoteStopRejected_changesNothing() {
    try (Station16 station = Station16.online()) {
      station.plug(1);
      int transaction = station.started(1, token, 1_000);
      station.answers("RemoteStopTransaction", REJECTED);
      JsonNode answer =
          api.answered(
              station, "RemoteStopTransaction", "{\"transactionId\": " + (transaction + 1) + "}");
      assertThat(answer.path("status").asText()).isEqualTo("Rejected");
      assertThat(api.session(station, transaction).path("state").asText()).isEqualTo("active");
      assertCharged(station, transaction);
    }
  }
}
