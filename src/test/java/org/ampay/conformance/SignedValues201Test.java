package org.ampay.conformance;

import static org.ampay.conformance.TransactionStarts201Test.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Signed meter values of OCPP 2.0.1 are kept byte for byte, shown and exported. */
class SignedValues201Test {

  private static UnaryOperator<Event201> with(Object... values) {
    return event -> event.with("meterValue", List.of(values));
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
  void signedClockAlignedValues_areTakenByteForByte() {
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
  void signedSampledValues_areTakenAndShown() {
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
