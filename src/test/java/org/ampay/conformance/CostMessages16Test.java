package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What stations of OCPP 1.6 show their drivers, by the paper on prices of the OCA. */
class CostMessages16Test {

  private static final String VENDOR = "org.openchargealliance.costmsg";
  private static final String KEYS =
      """
      {"configurationKey": [
        {"key": "CustomDisplayCostAndPrice", "readonly": true, "value": "true"},
        {"key": "NumberOfDecimalsForCostValues", "readonly": true, "value": "3"},
        {"key": "CustomMultiLanguageMessages", "readonly": true, "value": "true"},
        {"key": "SupportedLanguages", "readonly": true, "value": "en,nl,zh"}]}
      """;

  private final Station16 station = Station16.online();
  private final ScenarioApi api = station.api();
  private final String token = Unique.token();

  private CostMessages16Test() {
    station.answers("DataTransfer", "{\"status\": \"Accepted\"}");
    api.driver(token, 100_000);
  }

  @AfterEach
  void end() {
    station.close();
  }

  /** The station says by its configuration that it shows costs. */
  private void shows() {
    station.answers("GetConfiguration", KEYS);
    api.answered(station, "GetConfiguration", "{}");
    api.awaitGet(
        "/stations/" + station.identity() + "/cost-display", s -> s.path("shows").asBoolean());
  }

  private JsonNode told(String messageId) {
    JsonNode payload = station.awaitCall("DataTransfer").payload();
    assertThat(payload.path("vendorId").asText()).isEqualTo(VENDOR);
    assertThat(payload.path("messageId").asText()).isEqualTo(messageId);
    return ScenarioApi.tree(payload.path("data").asText());
  }

  /** Reads until the cost is that. */
  private JsonNode costs(String cost) {
    while (true) {
      JsonNode told = told("RunningCost");
      if (told.path("cost").decimalValue().compareTo(new BigDecimal(cost)) == 0) {
        return told;
      }
    }
  }

  private void triggered(int transaction, int registerWh) {
    station.ok(
        "MeterValues",
        """
        {"connectorId": 1, "transactionId": %d, "meterValue": [{"timestamp": "%s",
          "sampledValue": [{"value": "%d", "measurand": "Energy.Active.Import.Register",
            "context": "Trigger", "unit": "Wh"}]}]}
        """
            .formatted(transaction, station.clock(), registerWh));
  }

  @Test
  void session_isToldFromTheTokenToTheEnd() {
    shows();
    assertThat(station.authorize(token)).isEqualTo("Accepted");
    JsonNode price = told("SetUserPrice");
    assertThat(price.path("idToken").asText()).isEqualTo(token);
    assertThat(price.path("priceText").asText()).isEqualTo("1.00 元/度 + 每次 0.50 元");
    assertThat(price.path("priceTextExtra")).hasSize(1);
    assertThat(price.at("/priceTextExtra/0/language").asText()).isEqualTo("en");
    assertThat(price.at("/priceTextExtra/0/content").asText()).startsWith("1.00 CNY/kWh");

    int transaction = station.started(1, token, 1_000);
    assertThat(told("SetUserPrice").path("idToken").asText()).isEqualTo(token);
    JsonNode start = costs("0.50");
    assertThat(start.path("transactionId").asInt()).isEqualTo(transaction);
    assertThat(start.path("state").asText()).isEqualTo("Charging");
    assertThat(start.path("meterValue").asInt()).isEqualTo(1_000);
    assertThat(start.at("/chargingPrice/kWhPrice").decimalValue()).isEqualByComparingTo("1");
    assertThat(start.at("/chargingPrice/flatFee").decimalValue()).isEqualByComparingTo("0.5");
    assertThat(start.at("/chargingPrice").has("hourPrice")).isFalse();

    triggered(transaction, 2_500);
    assertThat(costs("2.00").path("meterValue").asInt()).isEqualTo(2_500);

    station.stop(transaction, token, 3_340, "Local");
    JsonNode last = told("FinalCost");
    assertThat(last.path("transactionId").asInt()).isEqualTo(transaction);
    assertThat(last.path("cost").decimalValue()).isEqualByComparingTo("2.84");
    assertThat(last.path("priceText").asText()).contains("2.84").contains("2.340");
    JsonNode session =
        api.awaitSession(
            station, transaction, s -> s.path("settlement_state").asText().equals("settled"));
    assertThat(session.path("total").path("minor").asLong()).isEqualTo(284);
  }

  @Test
  void thresholdsAndTimes_areTriggers_andAnotherPriceIsToldAtOnce() {
    shows();
    long tariff =
        api.post(
                "/tariffs",
                """
                {"currency": "CNY", "tax_included": "NO",
                 "occupancy": {"price": 6.00, "vat": 6, "step_size": 60, "grace_seconds": 900},
                 "elements": [
                  {"price_components": [{"type": "ENERGY", "price": 1.00, "vat": 13,
                    "step_size": 1}], "restrictions": {"max_kwh": 2}},
                  {"price_components": [{"type": "ENERGY", "price": 2.00, "vat": 13,
                    "step_size": 1}]}]}
                """)
            .expect(201)
            .path("id")
            .asLong();
    api.assign(tariff, "station", station.identity());
    int transaction = station.started(1, token, 0);
    told("SetUserPrice");
    JsonNode start = told("RunningCost");
    assertThat(start.at("/chargingPrice/kWhPrice").decimalValue()).isEqualByComparingTo("1.13");
    assertThat(start.at("/triggerMeterValue/atEnergykWh").decimalValue()).isEqualByComparingTo("2");
    assertThat(start.at("/triggerMeterValue/atCPStatus/0").asText()).isEqualTo("SuspendedEV");
    assertThat(start.at("/idlePrice/graceMinutes").asInt()).isEqualTo(15);
    assertThat(start.at("/idlePrice/hourPrice").decimalValue()).isEqualByComparingTo("6.36");

    station.meter(1, transaction, 2_100);
    JsonNode after = told("RunningCost");
    assertThat(after.at("/chargingPrice/kWhPrice").decimalValue()).isEqualByComparingTo("2.26");
    // 2 kWh at 1.00 and 0.1 kWh at 2.00, with 13 %
    assertThat(after.path("cost").decimalValue()).isEqualByComparingTo("2.49");
    assertThat(after.path("triggerMeterValue").has("atEnergykWh")).isFalse();
    station.stop(transaction, token, 2_100, "Local");
    assertThat(told("FinalCost").path("cost").decimalValue()).isEqualByComparingTo("2.49");
  }

  @Test
  void stationThatShowsNothing_isToldNothing() {
    assertThat(station.authorize(token)).isEqualTo("Accepted");
    int transaction = station.started(1, token, 0);
    triggered(transaction, 1_000);
    station.stop(transaction, token, 2_000, "Local");
    api.awaitSession(
        station, transaction, s -> s.path("settlement_state").asText().equals("settled"));
    assertThat(station.waitingCalls("DataTransfer")).isZero();
  }

  @Test
  void unpluggedConnector_isAccepted_nonsenseIsNot() {
    assertThat(unplugged("{\"transactionId\": 12, \"timestamp\": \"2026-01-01T00:00:00Z\"}"))
        .isEqualTo("Accepted");
    assertThat(unplugged("{\"timestamp\": \"yesterday\"}")).isEqualTo("Rejected");
  }

  private String unplugged(String data) {
    return station
        .ok(
            "DataTransfer",
            Map.of("vendorId", VENDOR, "messageId", "ConnectorUnplugged", "data", data))
        .path("status")
        .asText();
  }
}
