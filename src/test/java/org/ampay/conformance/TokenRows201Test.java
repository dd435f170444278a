package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an idTokenInfo says of a token, by its type, language and places. */
class TokenRows201Test {

  private final ScenarioApi api = ScenarioServer.shared().api();
  private final Places places = new Places();

  @Test
  @Proves("C01.FR.06")
  void aTokenOfAGroup_isAnsweredWithIt_whateverItsStatus() {
    try (Station201 station = Station201.online()) {
      assertThat(info(station, places.member("GC06")).at("/groupIdToken/idToken").asText())
          .isEqualTo("GC06");
      assertThat(info(station, places.member("")).has("groupIdToken")).isFalse();
    }
  }

  @Test
  @Proves({"C01.FR.10", "C01.FR.11", "C01.FR.17"})
  void aDriversLanguage_isToldAsItsTag_andNoSecondOne() {
    try (Station201 station = Station201.online()) {
      long driver =
          api.post("/drivers", Map.of("name", "Zhang", "language", "zh-CN"))
              .expect(201)
              .path("id")
              .asLong();
      api.post("/drivers/" + driver + "/wallet/top-ups", Map.of("amount", Map.of("minor", 9_000)))
          .expect(201);
      String uid = Unique.token();
      api.token(Map.of("uid", uid, "driver", driver));
      JsonNode info = info(station, uid);
      assertThat(info.path("language1").asText()).isEqualTo("zh-CN");
      assertThat(info.has("language2")).isFalse();
      JsonNode silent = info(station, places.member(""));
      assertThat(silent.has("language1")).isFalse();
      assertThat(silent.has("language2")).isFalse();
      assertThat(api.post("/drivers", Map.of("name", "X", "language", "Chinese!")).field())
          .isEqualTo("language");
    }
  }

  @Test
  @Proves("C01.FR.18")
  void aTokenForAnotherTypeOfEvse_isRefusedForThat() {
    Setup direct = Setup.plain().with("evses", List.of(Map.of("id", 1, "current_type", "DC")));
    try (Station201 station = Station201.online(direct)) {
      String uid = places.member("", Map.of("evse_type", "AC"));
      assertThat(station.authorize(uid)).isEqualTo("NotAllowedTypeEVSE");
      assertThat(station.start(Unique.transaction(), 1, uid, 0).at("/idTokenInfo/status").asText())
          .isEqualTo("NotAllowedTypeEVSE");
    }
  }

  @Test
  @Proves({"C01.FR.19", "C01.FR.20", "C01.FR.22"})
  void aTokenForSomeEvses_isToldWhich() {
    try (Station201 station = Station201.online(Setup.plain().withEvses(3))) {
      JsonNode everywhere = info(station, places.member(""));
      assertThat(everywhere.path("status").asText()).isEqualTo("Accepted");
      assertThat(everywhere.has("evseId")).isFalse();
      String some =
          places.member("", Map.of("allowed_evses", List.of(at(station, 3), at(station, 1))));
      assertThat(info(station, some).path("evseId").toString()).isEqualTo("[1,3]");
      JsonNode refused = station.start(Unique.transaction(), 2, some, 0).path("idTokenInfo");
      assertThat(refused.path("status").asText()).isEqualTo("NotAtThisLocation");
      String elsewhere =
          places.member("", Map.of("allowed_evses", List.of(Map.of("station", "FAR-AWAY"))));
      JsonNode none = info(station, elsewhere);
      assertThat(none.path("status").asText()).isEqualTo("NotAtThisLocation");
      assertThat(none.has("evseId")).isFalse();
    }
  }

  private static Map<String, Object> at(Station201 station, int evse) {
    return Map.of("station", station.identity(), "evse", evse);
  }

  @Test
  @Proves("C02.FR.02")
  void aStartButton_isAccepted() {
    try (Station201 station = Station201.online()) {
      String transaction = Unique.transaction();
      JsonNode answer =
          station
              .event(
                  Event201.started(transaction, "ChargingStateChanged")
                      .evse(1)
                      .with("idToken", Map.of("idToken", "", "type", "NoAuthorization")))
              .payload();
      assertThat(answer.at("/idTokenInfo/status").asText()).isEqualTo("Accepted");
      assertThat(api.session(station, transaction).path("state").asText()).isEqualTo("active");
    }
  }

  @Test
  @Proves({"C04.FR.01", "C04.FR.02", "C04.FR.04"})
  void aPinCode_isJudged_andStandsInNoLog() {
    try (Station201 station = Station201.online()) {
      String pin = places.member("", Map.of("type", "KeyCode"));
      String card = places.member("");
      assertThat(status(station, pin, "KeyCode")).isEqualTo("Accepted");
      assertThat(status(station, "WRONG-" + pin, "KeyCode")).isEqualTo("Invalid");
      assertThat(status(station, card, "KeyCode")).isEqualTo("Invalid");
      assertThat(status(station, pin, "ISO14443")).isEqualTo("Unknown");
      String frames =
          api.awaitGet(
                  "/stations/" + station.identity() + "/messages?limit=100",
                  log -> log.toString().contains("Invalid") && log.toString().contains("Unknown"))
              .toString();
      assertThat(frames).contains("KeyCode").doesNotContain("WRONG-" + pin);
    }
  }

  @Test
  @Proves("C06.FR.04")
  void localTokens_areAlwaysAnsweredWithAStatus() {
    try (Station201 station = Station201.online()) {
      String local = places.member("", Map.of("type", "Local"));
      assertThat(status(station, local, "Local")).isEqualTo("Accepted");
      assertThat(status(station, "nobodys", "Local")).isEqualTo("Unknown");
      assertThat(status(station, "0A1B2C3D4E5F", "MacAddress")).isEqualTo("Unknown");
    }
  }

  private static String status(Station201 station, String uid, String type) {
    return station
        .ok("Authorize", Map.of("idToken", Map.of("idToken", uid, "type", type)))
        .at("/idTokenInfo/status")
        .asText();
  }

  private static JsonNode info(Station201 station, String uid) {
    return station
        .ok("Authorize", "{\"idToken\": " + Station201.idToken(uid) + "}")
        .path("idTokenInfo");
  }
}
