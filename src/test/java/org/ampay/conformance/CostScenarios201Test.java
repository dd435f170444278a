package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Block I of OCPP 2.0.1: what drivers are told of prices and costs. */
class CostScenarios201Test {

  @Test
  @Scenario("TC_I_01_CSMS")
  @Proves({"I02.FR.01", "I06.FR.01", "I06.FR.02"})
  void tcI01_runningCost_byAnswerAndByCostUpdated() {
    try (ScenarioServer server = ScenarioServer.start(Map.of("sessions.cost_interval", "1"));
        Station201 station = Station201.online(Setup.on(server));
        Transaction201 tx = Transaction201.on(station)) {
      station
          .api()
          .put("/stations/" + station.identity() + "/cost-display", "{\"shows\": true}")
          .expect(200);
      station.answers("CostUpdated", "{}");
      tx.started("CablePluggedIn", e -> e.evse(1).state("EVConnected").meter(0));
      JsonNode authorized = tx.updated("Authorized", e -> e.token(tx.token));
      JsonNode message = authorized.path("updatedPersonalMessage");
      assertThat(message.path("format").asText()).isEqualTo("UTF8");
      assertThat(message.path("content").asText()).contains("1.00").contains("0.50");
      JsonNode running = tx.updated("MeterValuePeriodic", e -> e.state("Charging").meter(3_000));
      assertThat(running.has("updatedPersonalMessage")).isFalse();
      BigDecimal cost = running.path("totalCost").decimalValue();
      assertThat(cost).isEqualByComparingTo("3.50");
      JsonNode told = station.awaitCall("CostUpdated").payload();
      while (told.path("totalCost").decimalValue().compareTo(cost) != 0) {
        told = station.awaitCall("CostUpdated").payload();
      }
      assertThat(told.path("transactionId").asText()).isEqualTo(tx.id);
      JsonNode ended = tx.ended("StopAuthorized", "Local", e -> e.token(tx.token).meter(3_000));
      assertThat(ended.path("totalCost").decimalValue()).isEqualByComparingTo(cost);
      assertThat(tx.settled().path("total").path("minor").asLong()).isEqualTo(350);
    }
  }

  @Test
  void costUpdated_byApi_isAnswered() {
    try (Transaction201 tx = Transaction201.begin()) {
      tx.station.answers("CostUpdated", "{}");
      tx.started("Authorized", e -> e.evse(1).token(tx.token).state("Charging").meter(0));
      tx.station
          .api()
          .answered(tx.station, "CostUpdated", Map.of("transactionId", tx.id, "totalCost", 3.25));
      assertThat(tx.station.awaitCall("CostUpdated").payload().path("totalCost").decimalValue())
          .isEqualByComparingTo("3.25");
    }
  }

  @Test
  @Proves("I03.FR.02")
  void finalCost_inTheAnswerToEnded_isTheBill() {
    try (Transaction201 tx = Transaction201.begin()) {
      tx.started("Authorized", e -> e.evse(1).token(tx.token).state("Charging").meter(0));
      JsonNode ended = tx.ended("StopAuthorized", "Local", e -> e.token(tx.token).meter(2_340));
      assertThat(ended.path("totalCost").decimalValue()).isEqualByComparingTo("2.84");
      assertThat(tx.settled().path("total").path("minor").asLong()).isEqualTo(284);
    }
  }

  @Test
  @Proves("I03.FR.04")
  void freeSession_isTold_totalCostZero() {
    try (Transaction201 tx = Transaction201.begin()) {
      ScenarioApi api = tx.station.api();
      api.assign(api.tariff("0.00", "0.00"), "station", tx.station.identity());
      tx.started("Authorized", e -> e.evse(1).token(tx.token).state("Charging").meter(0));
      JsonNode ended = tx.ended("StopAuthorized", "Local", e -> e.token(tx.token).meter(2_340));
      assertThat(ended.path("totalCost").isNumber()).isTrue();
      assertThat(ended.path("totalCost").decimalValue()).isEqualByComparingTo("0");
    }
  }

  @Test
  @Proves("I01.FR.02")
  void stationThatShowsNothing_isToldNeitherPriceNorRunningCost() {
    try (Transaction201 tx = Transaction201.begin()) {
      JsonNode authorize =
          tx.station.ok("Authorize", "{\"idToken\": " + Station201.idToken(tx.token) + "}");
      assertThat(authorize.path("idTokenInfo").has("personalMessage")).isFalse();
      tx.started("CablePluggedIn", e -> e.evse(1).state("EVConnected").meter(0));
      JsonNode authorized = tx.updated("Authorized", e -> e.token(tx.token));
      assertThat(authorized.has("updatedPersonalMessage")).isFalse();
      assertThat(authorized.has("totalCost")).isFalse();
      assertThat(tx.updated("MeterValuePeriodic", e -> e.meter(1_000)).has("totalCost")).isFalse();
    }
  }

  private static void reports(Station201 station, String component, String rest, String value) {
    station.ok(
        "NotifyReport",
        """
        {"requestId": 77, "generatedAt": "%s", "seqNo": 0, "tbc": false, "reportData": [
          {"component": {"name": "%s"}, "variable": {%s},
           "variableAttribute": [{"value": "%s", "mutability": "ReadOnly"}]}]}
        """
            .formatted(ScenarioStation.now(), component, rest, value));
  }

  @Test
  @Proves({"I01.FR.01", "I01.FR.02"})
  void stationThatReportsIt_isToldPricesInTheDriversLanguage() {
    try (Station201 station = Station201.online()) {
      ScenarioApi api = station.api();
      reports(
          station, "TariffCostCtrlr", "\"name\": \"Enabled\", \"instance\": \"Tariff\"", "true");
      reports(station, "TariffCostCtrlr", "\"name\": \"Enabled\", \"instance\": \"Cost\"", "true");
      reports(station, "DisplayMessageCtrlr", "\"name\": \"PersonalMessageSize\"", "30");
      JsonNode display =
          api.awaitGet(
              "/stations/" + station.identity() + "/cost-display",
              d -> d.path("shows").asBoolean() && d.path("max_chars").asInt() == 30);
      assertThat(display.path("shows").asBoolean()).isTrue();
      String english = driver(api, "en-GB");
      String chinese = driver(api, "zh-CN");
      assertThat(personal(station, english)).isEqualTo("en: 1.00 CNY/kWh + 0.50 CNY per s…");
      assertThat(personal(station, chinese)).isEqualTo("zh: 1.00 元/度 + 每次 0.50 元");

      station.answers("CostUpdated", "{}");
      Transaction201 tx = Transaction201.on(station);
      JsonNode started =
          tx.started("Authorized", e -> e.evse(1).token(english).state("Charging").meter(0));
      JsonNode message = started.at("/idTokenInfo/personalMessage");
      assertThat(message.path("format").asText()).isEqualTo("UTF8");
      assertThat(message.path("language").asText()).isEqualTo("en");
      assertThat(started.path("totalCost").decimalValue()).isEqualByComparingTo("0.50");
      tx.ended("StopAuthorized", "Local", e -> e.token(english).meter(1_000));
    }
  }

  private static String driver(ScenarioApi api, String language) {
    String uid = Unique.token();
    long driver =
        api.post("/drivers", Map.of("name", uid, "language", language))
            .expect(201)
            .path("id")
            .asLong();
    api.post("/drivers/" + driver + "/wallet/top-ups", Map.of("amount", Map.of("minor", 100_000)))
        .expect(201);
    api.token(Map.of("uid", uid, "type", "ISO14443", "driver", driver));
    return uid;
  }

  private static String personal(Station201 station, String token) {
    JsonNode message =
        station
            .ok("Authorize", "{\"idToken\": " + Station201.idToken(token) + "}")
            .at("/idTokenInfo/personalMessage");
    return message.path("language").asText() + ": " + message.path("content").asText();
  }

  @Test
  @Proves({"I02.FR.01", "I06.FR.01", "I06.FR.02"})
  void anotherPrice_isToldAtOnce() {
    try (Transaction201 tx = Transaction201.begin()) {
      Station201 station = tx.station;
      ScenarioApi api = station.api();
      long tariff =
          api.post(
                  "/tariffs",
                  """
                  {"currency": "CNY", "elements": [
                    {"price_components": [{"type": "ENERGY", "price": 1, "step_size": 1}],
                     "restrictions": {"max_kwh": 2}},
                    {"price_components": [{"type": "ENERGY", "price": 3, "step_size": 1}]}]}
                  """)
              .expect(201)
              .path("id")
              .asLong();
      api.assign(tariff, "station", station.identity());
      api.put("/stations/" + station.identity() + "/cost-display", "{\"shows\": true}").expect(200);
      station.answers("CostUpdated", "{}");
      tx.started("Authorized", e -> e.evse(1).token(tx.token).state("Charging").meter(0));
      JsonNode cheap = tx.updated("MeterValuePeriodic", e -> e.meter(1_500));
      assertThat(cheap.has("updatedPersonalMessage")).isFalse();
      assertThat(station.waitingCalls("CostUpdated")).isZero();
      JsonNode dear = tx.updated("MeterValuePeriodic", e -> e.meter(2_500));
      assertThat(dear.path("totalCost").decimalValue()).isEqualByComparingTo("3.50");
      assertThat(dear.at("/updatedPersonalMessage/content").asText()).isEqualTo("现价 3.00 元/度");
      assertThat(station.awaitCall("CostUpdated").payload().path("totalCost").decimalValue())
          .isEqualByComparingTo("3.50");
      tx.ended("StopAuthorized", "Local", e -> e.token(tx.token).meter(3_000));
      assertThat(station.awaitCall("CostUpdated").payload().path("totalCost").decimalValue())
          .as("the end")
          .isEqualByComparingTo("5.00");
      assertThat(tx.settled().at("/total/minor").asLong()).isEqualTo(500);
    }
  }
}
