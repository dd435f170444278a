package org.ampay.conformance;

import static org.ampay.conformance.TransactionStarts201Test.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Block J of OCPP 2.0.1: meter values outside and inside of transactions, plain and signed. */
class MeterValues201Test {

  /** One value of the register with its context. */
  private static Map<String, Object> value(String at, String context, int registerWh) {
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
                "unitOfMeasure",
                Map.of("unit", "Wh"))));
  }

  private static UnaryOperator<Event201> with(Object... values) {
    return event -> event.with("meterValue", List.of(values));
  }

  /** Contexts of a session's readings with their registers: {@code Sample.Clock 1000}. */
  private static List<String> readings(Transaction201 tx) {
    List<String> readings = new ArrayList<>();
    for (JsonNode reading : tx.session().path("meter_readings")) {
      readings.add(
          reading.path("context").asText() + " " + reading.path("energy_register_wh").asInt());
    }
    return readings;
  }

  private static JsonNode signedValues(Transaction201 tx) {
    long session = tx.session().path("session_id").asLong();
    return tx.station
        .api()
        .get("/sessions/" + session + "/signed-values")
        .expect(200)
        .path("items");
  }

  private static List<String> outsideOfSessions(Station201 station) {
    return station
        .server()
        .server()
        .foundation()
        .database()
        .dsl()
        .fetch(
            "SELECT CONCAT(r.evse_no, ' ', r.context, ' ', r.register_mwh DIV 1000, ' ',"
                + " COALESCE(r.extra, '')) FROM meter_reading r JOIN station s"
                + " ON s.id = r.station_id WHERE r.session_id = 0 AND s.identity = ? ORDER BY r.id",
            station.identity())
        .map(row -> row.get(0, String.class).strip());
  }

  private static JsonNode meterValues(Station201 station, int evse, Object... values) {
    return station.ok("MeterValues", Map.of("evseId", evse, "meterValue", List.of(values)));
  }

  @Test
  @Scenario("TC_J_01_CSMS")
  @Proves("J01.FR.18")
  void tcJ01_clockAlignedValues_idle() {
    try (Station201 station = Station201.online()) {
      String at = ScenarioStation.minutesAgo(1);
      assertThat(meterValues(station, 1, value(at, "Sample.Clock", 7_000))).isEmpty();
      assertThat(meterValues(station, 0, value(at, "Sample.Clock", 9_000))).isEmpty();
      assertThat(outsideOfSessions(station))
          .containsExactly("1 Sample.Clock 7000", "0 Sample.Clock 9000");
    }
  }

  @Test
  @Scenario("TC_J_02_CSMS")
  void tcJ02_clockAlignedValues_inATransaction() {
    try (Transaction201 tx = Transaction201.begin()) {
      tx.started("Authorized", e -> e.evse(1).token(tx.token).state("Charging").meter(0));
      JsonNode answer =
          tx.updated("MeterValueClock", with(value(tx.time(), "Sample.Clock", 1_000)));
      assertThat(answer).isEmpty();
      assertThat(readings(tx)).containsExactly("Sample.Periodic 0", "Sample.Clock 1000");
    }
  }

  @Test
  @Scenario("TC_J_03_CSMS")
  void tcJ03_clockAlignedValues_atTheEnd() {
    try (Transaction201 tx = Transaction201.begin()) {
      tx.started("Authorized", e -> e.evse(1).token(tx.token).state("Charging").meter(0));
      String clock = tx.time();
      tx.later(5);
      tx.ended(
          "StopAuthorized",
          "Local",
          with(
              value(clock, "Sample.Clock", 1_000), value(tx.time(), "Transaction.End", 2_000)));
      assertThat(tx.settled().path("energy_wh").asInt()).isEqualTo(2_000);
      assertThat(readings(tx)).contains("Sample.Clock 1000", "Transaction.End 2000");
    }
  }

  @Test
  @Scenario("TC_J_04_CSMS")
  void tcJ04_signedClockAlignedValues_areTakenByteForByte() {
    String data = "OCMF|{\"FV\":\"1.0\",\"GI\":\"\u96fb\"}|{\"SD\":\"3045\\u0022+/==\"}  ";
    try (Station201 station = Station201.online()) {
      String at = ScenarioStation.minutesAgo(1);
      assertThat(meterValues(station, 1, signed(at, "Sample.Clock", 7_000, data))).isEmpty();
      String kept = outsideOfSessions(station).getFirst();
      assertThat(kept).startsWith("1 Sample.Clock 7000 [");
      JsonNode extra = ScenarioApi.tree(kept.substring(kept.indexOf('[')));
      assertThat(extra.at("/0/signedMeterValue/signedMeterData").asText()).isEqualTo(data);
      assertThat(extra.at("/0/signedMeterValue/publicKey").asText()).isEqualTo("key/+");
    }
  }

  @Test
  @Scenario("TC_J_07_CSMS")
  @Proves("J02.FR.19")
  void tcJ07_sampledAtStarted_evseKnown() {
    try (Transaction201 tx = Transaction201.begin()) {
      tx.station.plug(1);
      JsonNode answer =
          tx.started(
              "CablePluggedIn",
              e -> with(value(tx.time(), "Transaction.Begin", 4_000)).apply(e.evse(1)));
      assertThat(answer).isEmpty();
      assertThat(readings(tx)).containsExactly("Transaction.Begin 4000");
      assertThat(tx.session().path("meter_start_wh").asInt()).isEqualTo(4_000);
    }
  }

  @Test
  @Scenario("TC_J_08_CSMS")
  void tcJ08_transactionBegin_evseUnknown() {
    try (Transaction201 tx = Transaction201.begin()) {
      tx.started("Authorized", e -> e.token(tx.token));
      JsonNode answer =
          tx.updated(
              "CablePluggedIn",
              e -> with(value(tx.time(), "Transaction.Begin", 4_000)).apply(e.evse(1)));
      assertThat(answer).isEmpty();
      assertThat(readings(tx)).containsExactly("Transaction.Begin 4000");
      assertThat(tx.session().path("evse").asInt()).isEqualTo(1);
    }
  }

  @Test
  @Scenario("TC_J_09_CSMS")
  void tcJ09_sampledAtUpdated() {
    try (Transaction201 tx = Transaction201.begin()) {
      tx.started("Authorized", e -> e.evse(1).token(tx.token).state("Charging").meter(0));
      assertThat(
              tx.updated("MeterValuePeriodic", with(value(tx.time(), "Sample.Periodic", 1_500))))
          .isEmpty();
      assertThat(readings(tx)).containsExactly("Sample.Periodic 0", "Sample.Periodic 1500");
    }
  }

  @Test
  @Scenario("TC_J_10_CSMS")
  void tcJ10_sampledAtEnded() {
    try (Transaction201 tx = Transaction201.begin()) {
      tx.started("Authorized", e -> e.evse(1).token(tx.token).state("Charging").meter(0));
      String periodic = tx.time();
      tx.later(10);
      tx.ended(
          "StopAuthorized",
          "Local",
          with(
              value(periodic, "Sample.Periodic", 1_000),
              value(tx.time(), "Transaction.End", 3_000)));
      JsonNode session = tx.settled();
      assertThat(session.path("meter_stop_wh").asInt()).isEqualTo(3_000);
      assertThat(session.path("total").path("minor").asLong()).isEqualTo(350);
      assertThat(readings(tx)).hasSize(3);
    }
  }

  @Test
  @Scenario("TC_J_11_CSMS")
  void tcJ11_signedSampledValues_areTakenAndShown() {
    try (Transaction201 tx = Transaction201.begin()) {
      tx.started(
          "Authorized",
          e ->
              with(signed(tx.time(), "Transaction.Begin", 0, "begin=="))
                  .apply(e.evse(1).token(tx.token).state("Charging")));
      tx.ended(
          "StopAuthorized", "Local", with(signed(tx.time(), "Transaction.End", 2_000, "end==")));
      assertThat(tx.settled().path("energy_wh").asInt()).isEqualTo(2_000);
      JsonNode signed = signedValues(tx);
      assertThat(signed).hasSize(2);
      assertThat(signed.at("/0/data").asText()).isEqualTo("begin==");
      assertThat(signed.at("/1/data").asText()).isEqualTo("end==");
      assertThat(signed.at("/1/context").asText()).isEqualTo("Transaction.End");
      assertThat(signed.at("/1/encoding").asText()).isEqualTo("OCMF");
      assertThat(signed.at("/1/signing_method").asText()).isEqualTo("ECDSA-secp256r1-SHA256");
    }
  }
}
