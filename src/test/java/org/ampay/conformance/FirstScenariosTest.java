package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The first row of either version; they show how a scenario is written. */
class FirstScenariosTest {

  private final ScenarioApi api = ScenarioServer.shared().api();

  @Test
  @Scenario("TC_001_CSMS")
  @Proves({"1.6/BootNotification/1", "1.6/Heartbeat/1", "1.6/StatusNotification/1"})
  void tc001_bootStatusHeartbeat_areAnsweredAndShown() {
    try (Station16 station = Station16.make(Setup.plain().withEvses(2))) {
      station.connect();
      JsonNode boot = station.boot();
      assertThat(boot.path("status").asText()).isEqualTo("Accepted");
      assertThat(boot.path("interval").asInt()).isPositive();
      assertNow(boot.path("currentTime").asText());
      station.status(0, "Available");
      station.status(1, "Available");
      station.status(2, "Faulted", "GroundFailure");
      assertNow(station.heartbeat());
      JsonNode shown = api.station(station);
      assertThat(shown.path("registration").asText()).isEqualTo("accepted");
      assertThat(shown.path("vendor").asText()).isEqualTo("Scenario");
      assertThat(shown.path("connected").asBoolean()).isTrue();
      assertThat(api.connectorStatus(station, 1, 1)).isEqualTo("Available");
      assertThat(api.connectorStatus(station, 2, 1)).isEqualTo("Faulted");
    }
  }

  @Test
  @Scenario("TC_B_01_CSMS")
  void tcB01_coldBoot_isAccepted() {
    try (Station201 station = Station201.make()) {
      station.connect();
      JsonNode boot = station.boot("PowerUp");
      assertThat(boot.path("status").asText()).isEqualTo("Accepted");
      assertThat(boot.path("interval").asInt()).isPositive();
      assertNow(boot.path("currentTime").asText());
      station.status(1, 1, "Available");
      JsonNode shown = api.station(station);
      assertThat(shown.path("registration").asText()).isEqualTo("accepted");
      assertThat(shown.path("model").asText()).isEqualTo("Raw-201");
      assertThat(api.connectorStatus(station, 1, 1)).isEqualTo("Available");
    }
  }

  private static void assertNow(String time) {
    assertThat(Duration.between(Instant.parse(time), Instant.now()).abs())
        .isLessThan(Duration.ofSeconds(30));
  }
}
