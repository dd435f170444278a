package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** "Stop at 50 yuan": sessions end where their drivers want it, in both versions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitScenariosTest {

  private static final String ACCEPTED = "{\"status\": \"Accepted\"}";

  private ScenarioServer server;
  private ScenarioApi api;

  @BeforeAll
  void start() {
    server = ScenarioServer.start(Map.of("sessions.limit_check", "1", "sessions.stop_retry", "1"));
    api = server.api();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static String limits(JsonNode session) {
    return "/sessions/" + session.path("session_id").asLong() + "/limits";
  }

  @Test
  void amount_stopsAStation16_againAfterARefusal() {
    try (Station16 station = Station16.online(Setup.on(server))) {
      String token = api.token();
      int transaction = station.started(1, token, 0);
      String path = limits(api.session(station, transaction));
      JsonNode set = api.put(path, "{\"amount\": {\"minor\": 550}}").expect(200);
      assertThat(set.at("/amount/currency").asText()).isEqualTo("CNY");
      assertThat(set.path("reached").isNull()).isTrue();

      station.answers("RemoteStopTransaction", "{\"status\": \"Rejected\"}");
      station.meter(1, transaction, 3_000);
      station.meter(1, transaction, 3_001);
      assertThat(station.waitingCalls("RemoteStopTransaction")).isZero();
      station.meter(1, transaction, 5_000);
      assertThat(station.awaitCall("RemoteStopTransaction").payload().path("transactionId").asInt())
          .isEqualTo(transaction);
      api.awaitGet(path, l -> l.path("stop_answer").asText().equals("refused"));
      station.answers("RemoteStopTransaction", ACCEPTED);
      station.awaitCall("RemoteStopTransaction");
      JsonNode reached = api.awaitGet(path, l -> l.path("stop_answer").asText().equals("accepted"));
      assertThat(reached.path("reached").asText()).isEqualTo("amount");
      assertThat(reached.path("stop_tries").asInt()).isGreaterThanOrEqualTo(2);
      station.stop(transaction, token, 5_000, "Remote");
      JsonNode session =
          api.awaitSession(
              station, transaction, s -> s.path("settlement_state").asText().equals("settled"));
      assertThat(session.at("/total/minor").asLong()).isEqualTo(550);
      assertThat(session.at("/limits/reached").asText()).isEqualTo("amount");
      assertThat(api.put(path, "{\"minutes\": 5}").status()).isEqualTo(409);
    }
  }

  @Test
  void energyAndCharge_stopAStation201_once() {
    try (Station201 station = Station201.online(Setup.on(server));
        Transaction201 tx = Transaction201.on(station)) {
      station.answers("RequestStopTransaction", ACCEPTED);
      tx.started("Authorized", e -> e.evse(1).token(tx.token).state("Charging").meter(0));
      String path = limits(tx.session());
      api.put(path, "{\"energy_wh\": 20000, \"soc_percent\": 80}").expect(200);
      tx.updated("MeterValuePeriodic", e -> e.meter(1_000));
      assertThat(station.waitingCalls("RequestStopTransaction")).isZero();
      tx.updated("MeterValuePeriodic", e -> e.meter(20_000));
      assertThat(station.awaitCall("RequestStopTransaction").payload().path("transactionId"))
          .isEqualTo(ScenarioApi.JSON.valueToTree(tx.id));
      JsonNode reached = api.awaitGet(path, l -> l.path("stop_answer").asText().equals("accepted"));
      assertThat(reached.path("reached").asText()).isEqualTo("energy");
      tx.updated("MeterValuePeriodic", e -> e.meter(20_100));
      tx.ended("RemoteStop", "Remote", e -> e.meter(20_150));
      assertThat(tx.settled().at("/total/minor").asLong()).isEqualTo(2_065);
      assertThat(station.waitingCalls("RequestStopTransaction")).isZero();
      assertThat(api.get(path).expect(200).path("stop_tries").asInt()).isEqualTo(1);
    }
  }

  @Test
  void time_stopsWithoutAnyReading() {
    try (Station16 station = Station16.online(Setup.on(server))) {
      String token = api.token();
      station.answers("RemoteStopTransaction", ACCEPTED);
      int transaction = station.started(1, token, 0);
      String path = limits(api.session(station, transaction));
      station.meter(1, transaction, 10, ScenarioStation.now());
      api.put(path, "{\"minutes\": 60}").expect(200);
      station.awaitCall("RemoteStopTransaction");
      assertThat(
              api.awaitGet(path, l -> l.path("stop_answer").asText().equals("accepted"))
                  .path("reached")
                  .asText())
          .isEqualTo("time");
    }
  }

  @Test
  void badLimits_areNamed_andAnEmptyBodyTakesThemAway() {
    try (Station16 station = Station16.online(Setup.on(server))) {
      int transaction = station.started(1, api.token(), 0);
      String path = limits(api.session(station, transaction));
      assertThat(api.put(path, "{\"soc_percent\": 101}").field()).isEqualTo("soc_percent");
      assertThat(api.put(path, "{\"energy_wh\": 0}").field()).isEqualTo("energy_wh");
      assertThat(api.put(path, "{\"amount\": {\"currency\": \"EUR\", \"minor\": 5}}").field())
          .isEqualTo("amount.currency");
      api.put(path, "{\"minutes\": 600, \"soc_percent\": 80}").expect(200);
      assertThat(api.get(path).expect(200).path("minutes").asInt()).isEqualTo(600);
      api.put(path, "{}").expect(200);
      assertThat(api.session(station, transaction).path("limits").isNull()).isTrue();
      assertThat(api.session(station, transaction).at("/cost_so_far/minor").asLong()).isEqualTo(50);
    }
  }
}
