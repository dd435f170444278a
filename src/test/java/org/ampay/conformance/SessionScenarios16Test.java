package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** OCPP 1.6 Core: sessions that a driver begins and ends at the station. */
class SessionScenarios16Test {

  private final ScenarioApi api = ScenarioServer.shared().api();
  private final String token = api.token();

  /** 5 kWh at 1.00 and 0.50 for the session. */
  private JsonNode assertBilled(Station16 station, int transaction) {
    JsonNode session =
        api.awaitSession(
            station, transaction, s -> s.path("settlement_state").asText().equals("settled"));
    assertThat(session.path("state").asText()).isEqualTo("finished");
    assertThat(session.path("energy_wh").asInt()).isEqualTo(5_000);
    assertThat(session.path("total").path("minor").asLong()).isEqualTo(550);
    return session;
  }

  private void assertNoSessionAndNothingHeld(Station16 station, long driver) {
    assertThat(api.sessions(station)).isEmpty();
    JsonNode wallet = api.get("/drivers/" + driver + "/wallet").expect(200);
    assertThat(wallet.path("held").path("minor").asLong()).isZero();
  }

  @Test
  @Scenario("TC_003_CSMS")
  @Proves({"1.6/Authorize/1", "1.6/StartTransaction/1", "1.6/StopTransaction/1"})
  void tc003_cableThenToken_isAWholeSession() {
    try (Station16 station = Station16.online()) {
      station.plug(1);
      assertThat(station.authorize(token)).isEqualTo("Accepted");
      int transaction = station.started(1, token, 1_000);
      assertThat(transaction).isPositive();
      station.status(1, "Charging");
      assertThat(api.session(station, transaction).path("state").asText()).isEqualTo("active");
      station.meter(1, transaction, 3_000);
      JsonNode stopped = station.stop(transaction, token, 6_000, "Local");
      assertThat(stopped.path("idTagInfo").path("status").asText()).isEqualTo("Accepted");
      station.status(1, "Finishing");
      station.unplug(1);
      JsonNode session = assertBilled(station, transaction);
      assertThat(session.path("token").asText()).isEqualTo(token);
      assertThat(session.path("meter_readings")).hasSizeGreaterThanOrEqualTo(1);
      assertThat(api.connectorStatus(station, 1, 1)).isEqualTo("Available");
    }
  }

  @Test
  @Scenario("TC_004_1_CSMS")
  void tc004_1_tokenThenCable_isAWholeSession() {
    try (Station16 station = Station16.online()) {
      station.status(1, "Available");
      assertThat(station.authorize(token)).isEqualTo("Accepted");
      station.plug(1);
      int transaction = station.started(1, token, 1_000);
      station.status(1, "Charging");
      station.stop(transaction, token, 6_000, "Local");
      assertBilled(station, transaction);
    }
  }

  @Test
  @Scenario("TC_004_2_CSMS")
  void tc004_2_tokenAndNoCable_leavesNothingBehind() {
    String uid = Unique.token();
    long driver = api.driver(uid, 100_000);
    try (Station16 station = Station16.online()) {
      station.status(1, "Available");
      assertThat(station.authorize(uid)).isEqualTo("Accepted");
      station.status(1, "Preparing");
      station.status(1, "Available");
      assertNoSessionAndNothingHeld(station, driver);
      assertThat(station.authorize(uid)).isEqualTo("Accepted");
    }
  }

  @Test
  @Scenario("TC_005_1_CSMS")
  @Proves("1.6/StopTransaction/3")
  void tc005_1_unpluggedAtTheCar_endsTheSession() {
    try (Station16 station = Station16.online()) {
      station.plug(1);
      int transaction = station.started(1, token, 1_000);
      station.status(1, "Charging");
      station.status(1, "SuspendedEV");
      JsonNode stopped =
          station.ok(
              "StopTransaction",
              """
              {"transactionId": %d, "meterStop": 6000, "timestamp": "%s",
               "reason": "EVDisconnected"}
              """
                  .formatted(transaction, station.clock()));
      assertThat(stopped.has("idTagInfo")).isFalse();
      station.status(1, "Finishing");
      station.unplug(1);
      JsonNode session = assertBilled(station, transaction);
      assertThat(session.path("stop_reason").asText()).isEqualTo("EVDisconnected");
      assertThat(api.connectorStatus(station, 1, 1)).isEqualTo("Available");
    }
  }

  @Test
  @Scenario("TC_007_CSMS")
  @Proves("1.6/StartTransaction/2")
  void tc007_cachedToken_startsWithoutAuthorize_andIsCheckedAgain() {
    try (Station16 station = Station16.online()) {
      station.plug(1);
      int transaction = station.started(1, token, 1_000);
      station.status(1, "Charging");
      station.stop(transaction, token, 6_000, "Local");
      assertBilled(station, transaction);
      api.patch("/tokens/" + token, "{\"blocked\": true}").expect(200);
      JsonNode refused = station.start(1, token, 6_000);
      assertThat(refused.path("idTagInfo").path("status").asText()).isEqualTo("Blocked");
      assertThat(refused.path("transactionId").asInt()).isNotIn(0, transaction);
    }
  }

  @Test
  @Scenario("TC_023_1_CSMS")
  void tc023_1_unknownToken_isInvalid() {
    try (Station16 station = Station16.online()) {
      station.plug(1);
      assertThat(station.authorize(Unique.token())).isEqualTo("Invalid");
      assertThat(api.sessions(station)).isEmpty();
    }
  }

  @Test
  @Scenario("TC_023_2_CSMS")
  void tc023_2_expiredToken_isExpired() {
    String uid = Unique.token();
    api.driver(uid, 100_000);
    api.patch("/tokens/" + uid, "{\"expiry\": \"2020-01-01T00:00:00Z\"}").expect(200);
    try (Station16 station = Station16.online()) {
      station.plug(1);
      assertThat(station.authorize(uid)).isEqualTo("Expired");
    }
  }

  @Test
  @Scenario("TC_023_3_CSMS")
  void tc023_3_blockedToken_isBlocked() {
    String uid = Unique.token();
    api.driver(uid, 100_000);
    api.patch("/tokens/" + uid, "{\"blocked\": true}").expect(200);
    try (Station16 station = Station16.online()) {
      station.plug(1);
      assertThat(station.authorize(uid)).isEqualTo("Blocked");
    }
  }

  @Test
  @Scenario("TC_024_CSMS")
  void tc024_lockFailure_isShown_andNothingStarts() {
    String uid = Unique.token();
    long driver = api.driver(uid, 100_000);
    try (Station16 station = Station16.online()) {
      station.plug(1);
      assertThat(station.authorize(uid)).isEqualTo("Accepted");
      station.status(1, "Faulted", "ConnectorLockFailure");
      JsonNode connector = api.station(station).path("evses").path(0).path("connectors").path(0);
      assertThat(connector.path("status").asText()).isEqualTo("Faulted");
      assertThat(connector.path("error_code").asText()).isEqualTo("ConnectorLockFailure");
      assertNoSessionAndNothingHeld(station, driver);
    }
  }
}
