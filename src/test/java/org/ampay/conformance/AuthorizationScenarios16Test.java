package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Authorize and ClearCache of OCPP 1.6. */
class AuthorizationScenarios16Test {

  private final ScenarioApi api = ScenarioServer.shared().api();
  private final Places places = new Places();

  @Test
  @Scenario("TC_023_1_CSMS")
  void tc023_1_anUnknownToken_isInvalid() {
    try (Station16 station = Station16.online()) {
      assertThat(station.authorize("NOBODYS-CARD")).isEqualTo("Invalid");
      assertThat(api.sessions(station)).isEmpty();
    }
  }

  @Test
  @Scenario("TC_023_2_CSMS")
  void tc023_2_anExpiredToken_isExpired() {
    try (Station16 station = Station16.online()) {
      String uid = places.member("", Map.of("expiry", Instant.now().minusSeconds(60).toString()));
      assertThat(station.authorize(uid)).isEqualTo("Expired");
    }
  }

  @Test
  @Scenario("TC_023_3_CSMS")
  void tc023_3_aBlockedToken_isBlocked() {
    try (Station16 station = Station16.online()) {
      String uid = places.member("");
      assertThat(station.authorize(uid)).isEqualTo("Accepted");
      places.change(uid, Map.of("blocked", true));
      assertThat(station.authorize(uid)).isEqualTo("Blocked");
    }
  }

  @Test
  @Proves("1.6/Authorize/1")
  void authorize_namesTheParent_ofAnAcceptedTokenOnly() {
    try (Station16 station = Station16.online()) {
      String uid = places.member("PARENT-16");
      JsonNode info = station.ok("Authorize", Map.of("idTag", uid)).path("idTagInfo");
      assertThat(info.path("status").asText()).isEqualTo("Accepted");
      assertThat(info.path("parentIdTag").asText()).isEqualTo("PARENT-16");
      places.change(uid, Map.of("blocked", true));
      info = station.ok("Authorize", Map.of("idTag", uid)).path("idTagInfo");
      assertThat(info.path("status").asText()).isEqualTo("Blocked");
      assertThat(info.has("parentIdTag")).isFalse();
    }
  }

  @Test
  @Scenario("TC_061_CSMS")
  @Proves("1.6/ClearCache/1")
  void tc061_clearCache_isSent_andARefusalIsAnAnswer() {
    try (Station16 station = Station16.online()) {
      station.answers("ClearCache", "{\"status\": \"Accepted\"}");
      assertThat(api.answered(station, "ClearCache", "{}").path("status").asText())
          .isEqualTo("Accepted");
      assertThat(station.awaitCall("ClearCache").payload().size()).isZero();
      station.answers("ClearCache", "{\"status\": \"Rejected\"}");
      assertThat(api.answered(station, "ClearCache", "{}").path("status").asText())
          .isEqualTo("Rejected");
    }
  }
}
