package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A station that nobody knows knocks, is adopted, and comes in; models are read by themselves. */
class OnboardingScenarioTest {

  private static final ScenarioServer SERVER =
      ScenarioServer.start(Map.of("ocpp.read_model_delay", "1"));

  @Test
  void whoKnocks_isShownAdoptedAndComesIn() {
    String identity = Unique.station();
    try (Station16 known = Station16.make(Setup.on(SERVER))) {
      Dial stranger = known.dial().withUrl(known.dial().url().resolve("/ocpp/" + identity));
      assertThat(known.handshake(stranger)).isEqualTo(404);
      assertThat(known.handshake(stranger)).isEqualTo(404);
      JsonNode knock =
          known
              .api()
              .awaitGet("/onboarding?limit=1000", list -> seen(list, identity) == 2)
              .path("items")
              .path(0);
      assertThat(knock.path("offered").asText()).isEqualTo("ocpp1.6");
      assertThat(knock.path("remote").asText()).isEqualTo("127.0.0.1");
      known.api().post("/onboarding/" + identity + "/adopt", Map.of("evses", 2)).expect(201);
      assertThat(known.handshake(stranger)).isEqualTo(101);
      known.bootAccepted();
      assertThat(seen(known.api().get("/onboarding?limit=1000").expect(200), identity)).isZero();
    }
  }

  private static int seen(JsonNode list, String identity) {
    for (JsonNode item : list.path("items")) {
      if (item.path("id").asText().equals(identity)) {
        return item.path("seen").asInt();
      }
    }
    return 0;
  }

  @Test
  @Proves("B07.FR.14")
  void theModelOfANewStation_isReadByItself() {
    try (Station201 station = Station201.make(Setup.on(SERVER))) {
      DevicePlay play = new DevicePlay(station);
      station.answers("GetBaseReport", "{\"status\": \"Accepted\"}");
      station.connect();
      station.bootAccepted();
      JsonNode asked = station.awaitCall("GetBaseReport").payload();
      assertThat(asked.path("reportBase").asText()).isEqualTo("FullInventory");
      play.reports(asked.path("requestId").asInt());
      station
          .api()
          .awaitGet(
              "/stations/" + station.identity() + "/monitoring",
              m -> m.path("model_firmware").asText().equals("1.0"));
      assertThat(play.value("HeartbeatInterval")).isEqualTo("300");
    }
  }

  @Test
  void theSettingsOfANew16Station_areReadByThemselves() {
    try (Station16 station = Station16.make(Setup.on(SERVER))) {
      station.answers(
          "GetConfiguration",
          "{\"configurationKey\": [{\"key\": \"A\", \"readonly\": true, \"value\": \"1\"}]}");
      station.connect();
      station.bootAccepted();
      assertThat(station.awaitCall("GetConfiguration").payload()).isEmpty();
      station
          .api()
          .awaitGet(
              "/stations/" + station.identity() + "/variables",
              list -> list.path("items").path(0).path("value").asText().equals("1"));
    }
  }
}
