package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Block C without contract certificates: who may charge, and who may stop. */
class AuthorizationScenarios201Test {

  private final ScenarioApi api = ScenarioServer.shared().api();
  private final Places places = new Places();

  @Test
  @Scenario("TC_C_02_CSMS")
  @Proves({"C01.FR.07", "C09.FR.10"})
  void tcC02_anUnknownToken_isUnknown() {
    try (Station201 station = Station201.online()) {
      assertThat(station.authorize("NOBODYS-CARD")).isEqualTo("Unknown");
    }
  }

  @Test
  @Scenario("TC_C_06_CSMS")
  void tcC06_aBlockedToken_isBlocked() {
    try (Station201 station = Station201.online()) {
      assertThat(station.authorize(places.member("", Map.of("blocked", true))))
          .isEqualTo("Blocked");
    }
  }

  @Test
  @Scenario("TC_C_07_CSMS")
  void tcC07_anExpiredToken_isExpired() {
    try (Station201 station = Station201.online()) {
      String past = Instant.now().minusSeconds(60).toString();
      assertThat(station.authorize(places.member("", Map.of("expiry", past)))).isEqualTo("Expired");
    }
  }

  @Test
  @Scenario("TC_C_08_CSMS")
  void tcC08_aCachedToken_isCheckedInItsTransaction() {
    try (Station201 station = Station201.online()) {
      String transaction = Unique.transaction();
      JsonNode answer = station.start(transaction, 1, places.member(""), 0);
      assertThat(answer.at("/idTokenInfo/status").asText()).isEqualTo("Accepted");
      assertThat(api.session(station, transaction).path("state").asText()).isEqualTo("active");
    }
  }

  @Test
  @Scenario("TC_C_20_CSMS")
  @Proves("C12.FR.03")
  void tcC20_aCachedTokenThatIsGoodNoMore_isRefused_andTheFactsAreKept() {
    try (Station201 station = Station201.online()) {
      String uid = places.member("");
      assertThat(station.authorize(uid)).isEqualTo("Accepted");
      places.change(uid, Map.of("blocked", true));
      String transaction = Unique.transaction();
      JsonNode answer = station.start(transaction, 1, uid, 1_000);
      assertThat(answer.at("/idTokenInfo/status").asText()).isEqualTo("Blocked");
      // StopTxOnInvalidId: the station ends it, with the energy that had flowed.
      station.event(Event201.ended(transaction, "Deauthorized", "DeAuthorized").meter(1_200));
      JsonNode session = api.awaitSession(station, transaction, s -> s.has("stopped_at"));
      assertThat(session.path("state").asText()).isEqualTo("review");
      assertThat(session.path("review_reason").asText()).contains("energy without authorization");
    }
  }

  @Test
  @Scenario("TC_C_37_CSMS")
  void tcC37_clearCache_isAccepted() {
    assertCleared("Accepted");
  }

  @Test
  @Scenario("TC_C_38_CSMS")
  void tcC38_clearCache_isRejected() {
    assertCleared("Rejected");
  }

  private void assertCleared(String word) {
    try (Station201 station = Station201.online()) {
      station.answers("ClearCache", "{\"status\": \"" + word + "\"}");
      assertThat(api.answered(station, "ClearCache", "{}").path("status").asText()).isEqualTo(word);
      assertThat(station.awaitCall("ClearCache").payload().size()).isZero();
    }
  }

  @Test
  @Scenario("TC_C_39_CSMS")
  @Proves({"C09.FR.02", "C09.FR.09", "C09.FR.12"})
  void tcC39_aTokenOfTheGroup_stopsTheTransaction() {
    try (Station201 station = Station201.online()) {
      String starter = places.member("GC39");
      String other = places.member("GC39");
      String transaction = Unique.transaction();
      JsonNode started = station.start(transaction, 1, starter, 0);
      assertThat(started.at("/idTokenInfo/groupIdToken/idToken").asText()).isEqualTo("GC39");
      assertThat(info(station, other).at("/groupIdToken/idToken").asText()).isEqualTo("GC39");
      JsonNode ended = station.end(transaction, other, 0);
      assertThat(ended.at("/idTokenInfo/status").asText()).isEqualTo("Accepted");
      assertThat(ended.at("/idTokenInfo/groupIdToken/idToken").asText()).isEqualTo("GC39");
      api.awaitSession(station, transaction, s -> s.path("state").asText().equals("finished"));
    }
  }

  @Test
  @Scenario("TC_C_40_CSMS")
  void tcC40_theLocalList_namesTheGroup_andItsOtherTokenStops() {
    try (Station201 station = Station201.online()) {
      ScriptedList held = ScriptedList.of(station);
      String starter = places.member("GC40");
      String other = places.member("GC40");
      places.keeps(station, "GC40");
      places.awaitNewer(station, 0);
      for (String uid : new String[] {starter, other}) {
        assertThat(held.entry(uid).at("/idTokenInfo/status").asText()).isEqualTo("Accepted");
        assertThat(held.entry(uid).at("/idTokenInfo/groupIdToken/idToken").asText())
            .isEqualTo("GC40");
      }
      String transaction = Unique.transaction();
      station.started(transaction, 1, starter, 0);
      assertThat(station.end(transaction, other, 0).at("/idTokenInfo/status").asText())
          .isEqualTo("Accepted");
      api.awaitSession(station, transaction, s -> s.path("state").asText().equals("finished"));
    }
  }

  @Test
  @Scenario("TC_C_43_CSMS")
  void tcC43_aBlockedMemberOfTheGroup_isOnTheListAsBlocked() {
    try (Station201 station = Station201.online()) {
      ScriptedList held = ScriptedList.of(station);
      String starter = places.member("GC43");
      String blocked = places.member("GC43", Map.of("blocked", true));
      places.keeps(station, "GC43");
      places.awaitNewer(station, 0);
      assertThat(held.entry(blocked).at("/idTokenInfo/status").asText()).isEqualTo("Blocked");
      assertThat(held.entry(blocked).at("/idTokenInfo/groupIdToken/idToken").asText())
          .isEqualTo("GC43");
      String transaction = Unique.transaction();
      station.started(transaction, 1, starter, 0);
      assertThat(station.authorize(blocked)).isEqualTo("Blocked");
      assertThat(api.session(station, transaction).path("state").asText()).isEqualTo("active");
      station.end(transaction, starter, 0);
      api.awaitSession(station, transaction, s -> s.path("state").asText().equals("finished"));
    }
  }

  @Test
  @Scenario("TC_C_47_CSMS")
  void tcC47_aMasterPass_stopsEverything() {
    assertMasterPassStops(true);
  }

  @Test
  @Scenario("TC_C_48_CSMS")
  void tcC48_aMasterPass_stopsWhatIsChosen() {
    assertMasterPassStops(false);
  }

  @Test
  @Scenario("TC_C_49_CSMS")
  void tcC49_aMasterPassWithoutAScreen_stopsEverything() {
    assertMasterPassStops(true);
  }

  private void assertMasterPassStops(boolean both) {
    try (Station201 station = Station201.online(Setup.plain().withEvses(2))) {
      String master = master();
      String one = Unique.transaction();
      String two = Unique.transaction();
      station.started(one, 1, places.member(""), 0);
      station.started(two, 2, places.member(""), 0);
      JsonNode info = info(station, master);
      assertThat(info.path("status").asText()).isEqualTo("Accepted");
      assertThat(info.at("/groupIdToken/idToken").asText()).isEqualTo("MASTER");
      stopByMaster(station, one, master);
      if (both) {
        stopByMaster(station, two, master);
      } else {
        assertThat(api.session(station, two).path("state").asText()).isEqualTo("active");
      }
    }
  }

  private void stopByMaster(Station201 station, String transaction, String master) {
    JsonNode ended =
        station
            .event(
                Event201.ended(transaction, "StopAuthorized", "MasterPass").token(master).meter(0))
            .payload();
    assertThat(ended.at("/idTokenInfo/status").asText()).isEqualTo("Accepted");
    api.awaitSession(station, transaction, s -> s.path("state").asText().equals("finished"));
  }

  @Test
  @Proves("C16.FR.03")
  void aMasterPass_startsNothing() {
    try (Station201 station = Station201.online()) {
      String transaction = Unique.transaction();
      JsonNode answer = station.start(transaction, 1, master(), 0);
      assertThat(answer.at("/idTokenInfo/status").asText()).isEqualTo("Invalid");
      assertThat(api.session(station, transaction).path("state").asText()).isEqualTo("rejected");
    }
  }

  private String master() {
    api.put("/token-groups/MASTER", Map.of("master_pass", true)).expect(200);
    return places.member("MASTER");
  }

  private static JsonNode info(Station201 station, String uid) {
    return station
        .ok("Authorize", "{\"idToken\": " + Station201.idToken(uid) + "}")
        .path("idTokenInfo");
  }
}
