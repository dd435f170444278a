package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which prices a session at a real station gets, and that it keeps them. */
class TariffScenariosTest {

  private final ScenarioApi api = ScenarioServer.shared().api();

  private static String calendar(String name, String tier) {
    return """
    {"name":"%s","seasons":[{"days":[{"slots":[{"from":"00:00","tier":"%s"}]}]}]}
    """
        .formatted(name, tier);
  }

  private long total(Station16 station, int transaction) {
    return api.awaitSession(
            station, transaction, s -> !s.path("total").path("minor").isMissingNode())
        .path("total")
        .path("minor")
        .asLong();
  }

  private JsonNode applicable(Station16 station, String more) {
    return api.get("/tariffs/applicable?station=" + station.identity() + more).expect(200);
  }

  @Test
  void contractOfOneDriver_isHisPriceAlone() {
    String his = Unique.token();
    long driver = api.driver(his, 100_000);
    String others = api.token();
    try (Station16 station = Station16.online()) {
      api.assign(api.tariff("3.00", "0.00"), "station", station.identity());
      long contract = api.tariff("2.00", "0.00");
      api.assign(contract, "driver", driver);
      int first = station.started(1, his, 1_000);
      station.stop(first, his, 6_000, "Local");
      int second = station.started(1, others, 6_000);
      station.stop(second, others, 11_000, "Local");

      assertThat(total(station, first)).isEqualTo(1_000);
      assertThat(total(station, second)).isEqualTo(1_500);
      JsonNode why = applicable(station, "&driver=" + driver);
      assertThat(why.path("applies").path("id").asLong()).isEqualTo(contract);
    }
  }

  @Test
  void runningSession_keepsItsVersionAndItsCalendar() {
    String token = api.token();
    String name = "Calendar " + token;
    long calendar = api.post("/calendars", calendar(name, "PEAK")).expect(201).path("id").asLong();
    String tariff =
        """
        {"currency":"CNY","calendar_id":%d,"elements":[
          {"price_components":[{"type":"ENERGY","price":2,"step_size":1}],
           "restrictions":{"calendar_tiers":["PEAK"]}},
          {"price_components":[{"type":"ENERGY","price":1,"step_size":1}]}]}
        """
            .formatted(calendar);
    long id = api.post("/tariffs", tariff).expect(201).path("id").asLong();
    try (Station16 station = Station16.online()) {
      api.assign(id, "station", station.identity());
      int before = station.started(1, token, 0);
      api.put("/calendars/" + calendar, calendar(name, "VALLEY")).expect(200);
      String other = api.token();
      int between = station.started(2, other, 0);
      api.put("/tariffs/" + id, tariff.replace("\"price\":1,", "\"price\":7,")).expect(200);
      station.stop(before, token, 5_000, "Local");
      station.stop(between, other, 5_000, "Local");
      int after = station.started(1, token, 5_000);
      station.stop(after, token, 10_000, "Local");

      assertThat(total(station, before)).isEqualTo(1_000);
      assertThat(total(station, between)).isEqualTo(500);
      assertThat(total(station, after)).isEqualTo(3_500);
      JsonNode applies = applicable(station, "").path("applies");
      assertThat(applies.path("version").asInt()).isEqualTo(2);
      assertThat(applies.path("calendar").path("version").asInt()).isEqualTo(2);
    }
  }

  @Test
  void stationWhoseOnlyTariffEnded_fallsBackToTheOperators() {
    String token = api.token();
    try (Station16 station = Station16.online()) {
      long id = api.tariff("5.00", "0.00");
      JsonNode made =
          api.post(
                  "/tariffs/" + id + "/assignments",
                  Map.of("station", station.identity(), "valid_from", "2020-01-01T00:00:00Z"))
              .expect(201);
      int dear = station.started(1, token, 0);
      api.delete("/tariffs/" + id + "/assignments/" + made.path("id").asLong()).expect(200);
      int cheap =
          station.start(2, api.token(), 2_000, ScenarioStation.now()).path("transactionId").asInt();
      station.stop(dear, token, 2_000, "Local");
      int early = station.started(1, token, 2_000);

      assertThat(frozen(station, dear)).isEqualTo(id);
      assertThat(frozen(station, cheap)).isNotEqualTo(id).isPositive();
      assertThat(frozen(station, early)).as("it began before the end").isEqualTo(id);
    }
  }

  private long frozen(Station16 station, int transaction) {
    return api.session(station, transaction).path("tariff_snapshot").path("tariff_id").asLong();
  }
}
