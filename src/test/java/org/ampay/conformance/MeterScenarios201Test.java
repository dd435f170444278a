package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** OCPP 2.0.1, block J: meter values, clock-aligned and of a transaction. */
class MeterScenarios201Test {

  private static final String SIGNED = "T0NNRnx7fQ==";

  private final ScenarioApi api = ScenarioServer.shared().api();
  private final String token = api.token();
  private final String transaction = Unique.transaction();

  /** A meter value with one sample of the energy register, at the time of its event. */
  private static List<Object> values(String context, int registerWh, boolean signed) {
    Map<String, Object> sample = new java.util.LinkedHashMap<>();
    sample.put("value", registerWh);
    sample.put("context", context);
    sample.put("measurand", "Energy.Active.Import.Register");
    sample.put("unitOfMeasure", Map.of("unit", "Wh"));
    if (signed) {
      sample.put(
          "signedMeterValue",
          Map.of(
              "signedMeterData", SIGNED,
              "signingMethod", "ECDSA",
              "encodingMethod", "OCMF",
              "publicKey", "S0VZ"));
    }
    return List.of(Map.of("sampledValue", List.of(sample)));
  }

  private static void assertAnswered(Answer answer) {
    assertThat(answer.payload().isObject()).isTrue();
  }

  /** The reading of that register in the session, once there is one. */
  private JsonNode reading(Station201 station, int registerWh) {
    JsonNode session = api.awaitSession(station, transaction, s -> find(s, registerWh) != null);
    return find(session, registerWh);
  }

  private static JsonNode find(JsonNode session, int registerWh) {
    for (JsonNode reading : session.path("meter_readings")) {
      if (reading.path("energy_register_wh").asInt() == registerWh) {
        return reading;
      }
    }
    return null;
  }

  @Test
  @Scenario("TC_J_01_CSMS")
  @Proves("J01.FR.18")
  void tcJ01_clockAlignedValues_whileIdle() {
    try (Station201 station = Station201.online()) {
      JsonNode answer =
          station.ok(
              "MeterValues",
              """
              {"evseId": 1, "meterValue": [{"timestamp": "%s", "sampledValue": [{"value": 7000,
                "context": "Sample.Clock"}]}]}
              """
                  .formatted(station.clock()));
      assertThat(answer).isEmpty();
      assertThat(api.sessions(station)).isEmpty();
    }
  }

  @Test
  @Scenario("TC_J_02_CSMS")
  @Proves("J02.FR.19")
  void tcJ02_clockAlignedValues_inATransaction() {
    try (Station201 station = Station201.online()) {
      station.started(transaction, 1, token, 1_000);
      assertAnswered(
          station.event(
              Event201.updated(transaction, "MeterValueClock")
                  .with("meterValue", values("Sample.Clock", 2_000, false))));
      assertThat(reading(station, 2_000).path("context").asText()).isEqualTo("Sample.Clock");
      station.end(transaction, token, 3_000);
    }
  }

  @Test
  @Scenario("TC_J_03_CSMS")
  void tcJ03_clockAlignedValues_atTheEnd() {
    try (Station201 station = Station201.online()) {
      station.started(transaction, 1, token, 1_000);
      assertAnswered(
          station.event(
              Event201.ended(transaction, "StopAuthorized", "Local")
                  .token(token)
                  .with("meterValue", values("Sample.Clock", 3_000, false))));
      assertThat(reading(station, 3_000).path("context").asText()).isEqualTo("Sample.Clock");
      assertThat(api.session(station, transaction).path("energy_wh").asInt()).isEqualTo(2_000);
    }
  }

  @Test
  @Scenario("TC_J_04_CSMS")
  void tcJ04_signedClockAlignedValues_areKeptAsTheyCame() {
    try (Station201 station = Station201.online()) {
      station.started(transaction, 1, token, 1_000);
      assertAnswered(
          station.event(
              Event201.updated(transaction, "MeterValueClock")
                  .with("meterValue", values("Sample.Clock", 2_000, true))));
      assertThat(reading(station, 2_000).path("extra").asText()).contains(SIGNED, "OCMF");
      station.end(transaction, token, 3_000);
    }
  }

  @Test
  @Scenario("TC_J_07_CSMS")
  void tcJ07_valuesAtTheStart_ofAKnownEvse() {
    try (Station201 station = Station201.online()) {
      JsonNode answer =
          station
              .event(
                  Event201.started(transaction, "Authorized")
                      .evse(1)
                      .token(token)
                      .with("meterValue", values("Transaction.Begin", 1_000, false)))
              .payload();
      assertThat(answer.path("idTokenInfo").path("status").asText()).isEqualTo("Accepted");
      assertThat(reading(station, 1_000).path("context").asText()).isEqualTo("Transaction.Begin");
      assertThat(api.session(station, transaction).path("meter_start_wh").asInt()).isEqualTo(1_000);
      station.end(transaction, token, 3_000);
    }
  }

  @Test
  @Scenario("TC_J_08_CSMS")
  void tcJ08_beginValues_whoseEvseComesLater() {
    try (Station201 station = Station201.online()) {
      assertAnswered(
          station.event(
              Event201.started(transaction, "Authorized")
                  .token(token)
                  .with("meterValue", values("Transaction.Begin", 1_000, false))));
      assertAnswered(
          station.event(Event201.updated(transaction, "CablePluggedIn").evse(1).state("Charging")));
      station.end(transaction, token, 3_000);
      JsonNode session = api.session(station, transaction);
      assertThat(session.path("evse").asInt()).isEqualTo(1);
      assertThat(session.path("energy_wh").asInt()).isEqualTo(2_000);
    }
  }

  @Test
  @Scenario("TC_J_09_CSMS")
  @Proves("J02.FR.19")
  void tcJ09_sampledValues_whileCharging() {
    try (Station201 station = Station201.online()) {
      station.started(transaction, 1, token, 1_000);
      assertAnswered(
          station.event(
              Event201.updated(transaction, "MeterValuePeriodic")
                  .with("meterValue", values("Sample.Periodic", 2_000, false))));
      assertThat(reading(station, 2_000).path("context").asText()).isEqualTo("Sample.Periodic");
      station.end(transaction, token, 3_000);
    }
  }

  @Test
  @Scenario("TC_J_10_CSMS")
  void tcJ10_sampledValues_atTheEnd() {
    try (Station201 station = Station201.online()) {
      station.started(transaction, 1, token, 1_000);
      assertAnswered(
          station.event(
              Event201.ended(transaction, "StopAuthorized", "Local")
                  .token(token)
                  .with("meterValue", values("Transaction.End", 3_000, false))));
      assertThat(reading(station, 3_000).path("context").asText()).isEqualTo("Transaction.End");
      assertThat(api.session(station, transaction).path("meter_stop_wh").asInt()).isEqualTo(3_000);
    }
  }

  @Test
  @Scenario("TC_J_11_CSMS")
  void tcJ11_signedSampledValues_areKeptAsTheyCame() {
    try (Station201 station = Station201.online()) {
      station.started(transaction, 1, token, 1_000);
      assertAnswered(
          station.event(
              Event201.ended(transaction, "StopAuthorized", "Local")
                  .token(token)
                  .with("meterValue", values("Transaction.End", 3_000, true))));
      assertThat(reading(station, 3_000).path("extra").asText()).contains(SIGNED, "OCMF");
    }
  }
}
