package org.ampay.conformance;

import static org.ampay.conformance.Transaction201.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Block E of OCPP 2.0.1: every way in which a transaction may start. */
class TransactionStarts201Test {

  /** Ends it, 10 kWh later, and checks bill and answer: 10.00 and 0.50 for the session. */
  private static void endAndSettle(Transaction201 tx, int registerWh) {
    JsonNode ended =
        tx.later(60)
            .ended("StopAuthorized", "Local", e -> e.token(tx.token).meter(registerWh + 10_000));
    assertThat(status(ended)).isEqualTo("Accepted");
    assertThat(ended.path("totalCost").decimalValue()).isEqualByComparingTo("10.50");
    JsonNode session = tx.settled();
    assertThat(session.path("state").asText()).isEqualTo("finished");
    assertThat(session.path("stop_reason").asText()).isEqualTo("Local");
    assertThat(session.path("total").path("minor").asLong()).isEqualTo(1_050);
    assertThat(session.path("token").asText()).isEqualTo(tx.token);
  }

  @Test
  @Scenario("TC_E_01_CSMS")
  @Proves("J02.FR.19")
  void tcE01_startsAtPowerPathClosed() {
    try (Transaction201 tx = Transaction201.begin()) {
      tx.station.plug(1);
      assertThat(tx.station.authorize(tx.token)).isEqualTo("Accepted");
      JsonNode started =
          tx.started(
              "ChargingStateChanged", e -> e.evse(1).token(tx.token).state("Charging").meter(500));
      assertThat(status(started)).isEqualTo("Accepted");
      assertThat(tx.events()).containsExactly("Started ChargingStateChanged Charging");
      endAndSettle(tx, 500);
    }
  }

  @Test
  @Scenario("TC_E_02_CSMS")
  void tcE02_startsAtEnergyTransfer() {
    try (Transaction201 tx = Transaction201.begin()) {
      assertThat(tx.station.authorize(tx.token)).isEqualTo("Accepted");
      tx.station.plug(1);
      JsonNode started =
          tx.started(
              "ChargingStateChanged", e -> e.evse(1).token(tx.token).state("Charging").meter(0));
      assertThat(status(started)).isEqualTo("Accepted");
      assertThat(tx.session().path("state").asText()).isEqualTo("active");
      endAndSettle(tx, 0);
    }
  }

  @Test
  @Scenario("TC_E_03_CSMS")
  @Proves({"E02.FR.02", "E02.FR.04"})
  void tcE03_cableFirst_thenToken() {
    try (Transaction201 tx = Transaction201.begin()) {
      tx.station.plug(1);
      JsonNode started = tx.started("CablePluggedIn", e -> e.evse(1).state("EVConnected").meter(0));
      assertThat(started.has("idTokenInfo")).isFalse();
      assertThat(tx.session().path("token").asText("")).isEmpty();
      assertThat(status(tx.updated("Authorized", e -> e.token(tx.token)))).isEqualTo("Accepted");
      assertThat(tx.session().path("token").asText()).isEqualTo(tx.token);
      tx.updated("ChargingStateChanged", e -> e.state("Charging"));
      assertThat(tx.events())
          .containsExactly(
              "Started CablePluggedIn EVConnected",
              "Updated Authorized",
              "Updated ChargingStateChanged Charging");
      endAndSettle(tx, 0);
    }
  }

  @Test
  @Proves({"E02.FR.02", "E05.FR.01"})
  void cableFirst_thenABadToken_isRefusedAndStarted_byAnother() {
    try (Transaction201 tx = Transaction201.begin()) {
      tx.started("CablePluggedIn", e -> e.evse(1).state("EVConnected").meter(0));
      assertThat(status(tx.updated("Authorized", e -> e.token(Unique.token()))))
          .isIn("Invalid", "Unknown");
      assertThat(status(tx.updated("Authorized", e -> e.token(tx.token)))).isEqualTo("Accepted");
      endAndSettle(tx, 0);
    }
  }

  @Test
  @Scenario("TC_E_04_CSMS")
  @Proves("E03.FR.02")
  void tcE04_tokenFirst_thenCable() {
    try (Transaction201 tx = Transaction201.begin()) {
      assertThat(tx.station.authorize(tx.token)).isEqualTo("Accepted");
      assertThat(status(tx.started("Authorized", e -> e.token(tx.token)))).isEqualTo("Accepted");
      tx.station.plug(1);
      tx.updated("CablePluggedIn", e -> e.evse(1).state("EVConnected").meter(0));
      tx.updated("ChargingStateChanged", e -> e.state("Charging"));
      assertThat(tx.session().path("evse").asInt()).isEqualTo(1);
      endAndSettle(tx, 0);
    }
  }

  @Test
  @Scenario("TC_E_09_CSMS")
  void tcE09_startsAtEvConnected() {
    try (Transaction201 tx = Transaction201.begin()) {
      tx.station.plug(1);
      tx.started("CablePluggedIn", e -> e.evse(1).state("EVConnected").meter(0));
      assertThat(tx.session().path("state").asText()).isEqualTo("active");
      assertThat(status(tx.updated("Authorized", e -> e.token(tx.token)))).isEqualTo("Accepted");
      endAndSettle(tx, 0);
    }
  }

  @Test
  @Scenario("TC_E_10_CSMS")
  @Proves({"E01.FR.11", "E01.FR.12"})
  void tcE10_startsAtAuthorized_withTheGroupInTheAnswer() {
    try (Transaction201 tx = Transaction201.begin()) {
      String grouped = Unique.token();
      tx.station.api().token(Map.of("uid", grouped, "group", "FLEET"));
      JsonNode started = tx.started("Authorized", e -> e.evse(1).token(grouped).meter(0));
      assertThat(status(started)).isEqualTo("Accepted");
      assertThat(started.path("idTokenInfo").path("groupIdToken").path("idToken").asText())
          .isEqualTo("FLEET");
      // Checked anew in each event that has one.
      tx.station.api().patch("/tokens/" + grouped, Map.of("blocked", true)).expect(200);
      assertThat(status(tx.updated("Authorized", e -> e.token(grouped)))).isEqualTo("Blocked");
    }
  }

  @Test
  @Scenario("TC_E_11_CSMS")
  void tcE11_startsAtDataSigned() {
    try (Transaction201 tx = Transaction201.begin()) {
      tx.station.plug(1);
      assertThat(tx.station.authorize(tx.token)).isEqualTo("Accepted");
      String at = tx.time();
      JsonNode started =
          tx.started(
              "SignedDataReceived",
              e ->
                  e.evse(1)
                      .token(tx.token)
                      .state("EVConnected")
                      .with(
                          "meterValue", List.of(signed(at, "Transaction.Begin", 0, "b==\u00e9"))));
      assertThat(status(started)).isEqualTo("Accepted");
      long session = tx.session().path("session_id").asLong();
      JsonNode signed =
          tx.station
              .api()
              .get("/sessions/" + session + "/signed-values")
              .expect(200)
              .at("/items/0");
      assertThat(signed.path("data").asText()).isEqualTo("b==\u00e9");
      assertThat(signed.path("public_key").asText()).isEqualTo("key/+");
      endAndSettle(tx, 0);
    }
  }

  /** A signed register, as OCMF meters send it. */
  static Map<String, Object> signed(String at, String context, int registerWh, String data) {
    return Map.of(
        "timestamp",
        at,
        "sampledValue",
        List.of(
            Map.of(
                "value",
                registerWh,
                "context",
                context,
                "measurand",
                "Energy.Active.Import.Register",
                "signedMeterValue",
                Map.of(
                    "signedMeterData",
                    data,
                    "signingMethod",
                    "ECDSA-secp256r1-SHA256",
                    "encodingMethod",
                    "OCMF",
                    "publicKey",
                    "key/+"))));
  }

  @Test
  @Scenario("TC_E_12_CSMS")
  void tcE12_startsAtParkingBayOccupancy() {
    try (Transaction201 tx = Transaction201.begin()) {
      tx.started("EVDetected", e -> e.evse(1));
      assertThat(tx.session().path("state").asText()).isEqualTo("active");
      assertThat(status(tx.updated("Authorized", e -> e.token(tx.token)))).isEqualTo("Accepted");
      tx.station.plug(1);
      tx.updated("CablePluggedIn", e -> e.state("EVConnected").meter(0));
      tx.updated("ChargingStateChanged", e -> e.state("Charging"));
      endAndSettle(tx, 0);
    }
  }

  @Test
  @Scenario("TC_E_38_CSMS")
  void tcE38_evNotReadyYet() {
    try (Transaction201 tx = Transaction201.begin()) {
      assertThat(tx.station.authorize(tx.token)).isEqualTo("Accepted");
      tx.station.plug(1);
      tx.started("Authorized", e -> e.evse(1).token(tx.token).state("EVConnected").meter(0));
      tx.updated("ChargingStateChanged", e -> e.state("SuspendedEV"));
      tx.updated("ChargingStateChanged", e -> e.state("Charging"));
      assertThat(tx.events()).contains("Updated ChargingStateChanged SuspendedEV");
      endAndSettle(tx, 0);
    }
  }

  @Test
  @Scenario("TC_E_39_CSMS")
  void tcE39_noCableInTime_isDeauthorized_andCostsNoEnergy() {
    try (Transaction201 tx = Transaction201.begin()) {
      assertThat(tx.station.authorize(tx.token)).isEqualTo("Accepted");
      tx.started("Authorized", e -> e.evse(1).token(tx.token));
      JsonNode ended = tx.ended("EVConnectTimeout", "Timeout", e -> e);
      assertThat(ended.path("totalCost").decimalValue()).isEqualByComparingTo("0.50");
      JsonNode session = tx.settled();
      assertThat(session.path("stop_reason").asText()).isEqualTo("Timeout");
      assertThat(session.path("energy_wh").decimalValue()).isEqualByComparingTo("0");
    }
  }

  @Test
  @Scenario("TC_E_53_CSMS")
  void tcE53_seqNoThatRestartsAtZero_isAccepted() {
    Station201 station = Station201.online();
    try (Transaction201 first = Transaction201.on(station)) {
      first.started("Authorized", e -> e.seqNo(0).evse(1).token(first.token).meter(0));
      first.ended("StopAuthorized", "Local", e -> e.seqNo(1).meter(1_000));
      first.settled();
      Transaction201 second = Transaction201.on(station).later(20);
      assertThat(
              status(
                  second.started(
                      "Authorized", e -> e.seqNo(0).evse(1).token(second.token).meter(1_000))))
          .isEqualTo("Accepted");
      JsonNode ended = second.ended("StopAuthorized", "Local", e -> e.seqNo(1).meter(2_000));
      assertThat(ended.path("totalCost").decimalValue()).isEqualByComparingTo("1.50");
      assertThat(second.settled().path("energy_wh").asInt()).isEqualTo(1_000);
    }
  }
}
