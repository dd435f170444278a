package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** OCPP 1.6 Core: the line or the power is away, and what belongs to the connection itself. */
class OfflineScenarios16Test {

  private final ScenarioApi api = ScenarioServer.shared().api();
  private final String token = api.token();

  @Test
  @Scenario("TC_032_1_CSMS")
  void tc032_1_powerLoss_stopComesAfterTheBoot() {
    try (Station16 station = Station16.online()) {
      station.plug(1);
      int transaction = station.started(1, token, 1_000);
      station.status(1, "Charging");
      station.cut();
      station.awaitShown(false);
      station.connect();
      station.bootAccepted();
      station.status(1, "Available");
      station.stop(transaction, token, 6_000, "PowerLoss");
      JsonNode session =
          api.awaitSession(station, transaction, s -> !s.path("state").asText().equals("active"));
      assertThat(session.path("stop_reason").asText()).isEqualTo("PowerLoss");
      assertThat(session.path("energy_wh").asInt()).isEqualTo(5_000);
    }
  }

  @Test
  @Scenario("TC_037_1_CSMS")
  @Proves("1.6/connection/11")
  void tc037_1_offlineStart_isTakenAtItsTime() {
    String began = ScenarioStation.minutesAgo(30);
    try (Station16 station = Station16.online()) {
      station.status(1, "Available");
      station.cut();
      station.awaitShown(false);
      station.connect();
      JsonNode started = station.start(1, token, 1_000, began);
      assertThat(started.path("idTagInfo").path("status").asText()).isEqualTo("Accepted");
      int transaction = started.path("transactionId").asInt();
      station.status(1, "Charging");
      JsonNode session = api.session(station, transaction);
      assertThat(session.path("started_at").asText()).isEqualTo(began);
      assertThat(session.path("state").asText()).isEqualTo("active");
      station.stop(transaction, token, 6_000, "Local", ScenarioStation.now());
    }
  }

  @Test
  @Scenario("TC_037_3_CSMS")
  @Proves({"1.6/StartTransaction/2", "1.6/StartTransaction/3"})
  void tc037_3_offlineStartOfABadToken_isRefusedWithItsOwnId() {
    String began = ScenarioStation.minutesAgo(10);
    try (Station16 station = Station16.online()) {
      station.cut();
      station.awaitShown(false);
      station.connect();
      String stranger = Unique.token();
      JsonNode first = station.start(1, stranger, 1_000, began);
      assertThat(first.path("idTagInfo").path("status").asText()).isEqualTo("Invalid");
      int transaction = first.path("transactionId").asInt();
      assertThat(transaction).isPositive();
      station.stop(transaction, stranger, 1_000, "DeAuthorized", ScenarioStation.now());
      JsonNode session = api.session(station, transaction);
      assertThat(session.path("state").asText()).isEqualTo("rejected");
      assertThat(session.path("stop_reason").asText()).isEqualTo("DeAuthorized");
      JsonNode second = station.start(1, stranger, 1_000, ScenarioStation.now());
      assertThat(second.path("transactionId").asInt()).isNotIn(0, transaction);
    }
  }

  @Test
  @Scenario("TC_039_CSMS")
  @Proves({"1.6/connection/11", "1.6/connection/12"})
  void tc039_wholeSessionOffline_isBilledByItsTimes() {
    String began = ScenarioStation.minutesAgo(90);
    String ended = ScenarioStation.minutesAgo(30);
    try (Station16 station = Station16.online()) {
      station.disconnect();
      station.connect();
      station.status(1, "Available");
      station.heartbeat();
      int transaction = station.start(1, token, 1_000, began).path("transactionId").asInt();
      station.meter(1, transaction, 3_000, ScenarioStation.minutesAgo(60));
      station.stop(transaction, token, 6_000, "Local", ended);
      JsonNode session =
          api.awaitSession(
              station, transaction, s -> s.path("settlement_state").asText().equals("settled"));
      assertThat(session.path("started_at").asText()).isEqualTo(began);
      assertThat(session.path("stopped_at").asText()).isEqualTo(ended);
      assertThat(session.path("state").asText()).isEqualTo("finished");
      assertThat(session.path("total").path("minor").asLong()).isEqualTo(550);
    }
  }

  @Test
  @Scenario("TC_064_CSMS")
  @Proves("1.6/DataTransfer/1")
  void tc064_dataTransferOfAStranger_isAnswered() {
    try (Station16 station = Station16.online()) {
      JsonNode answer =
          station.ok(
              "DataTransfer",
              "{\"vendorId\": \"com.example.nobody\", \"messageId\": \"m\", \"data\": \"充\"}");
      assertThat(answer.path("status").asText()).isEqualTo("UnknownVendorId");
    }
  }

  @Test
  @Scenario("TC_088_CSMS")
  @Proves({"1.6/connection/2", "1.6/connection/3", "1.6/connection/4"})
  void tc088_subprotocol_isAgreedOrTheConnectionEnds() {
    try (Station16 station = Station16.make()) {
      station.connect(station.dial().offering("ocpp1.5", "ocpp1.6"));
      assertThat(station.agreedSubprotocol()).isEqualTo("ocpp1.6");
      station.bootAccepted();
      station.disconnect();
      assertThat(station.handshake(station.dial().offering("ocpp1.5"))).isEqualTo(101);
      assertThat(station.agreedSubprotocol()).isEmpty();
      station.awaitClosed();
      station.awaitShown(false);
      URI stranger = URI.create(station.dial().url() + "-stranger");
      assertThat(station.handshake(station.dial().withUrl(stranger))).isEqualTo(404);
    }
  }
}
