package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Block D: local authorization lists of OCPP 2.0.1. */
class LocalListScenarios201Test {

  private final Places places = new Places();

  @Test
  @Scenario("TC_D_01_CSMS")
  @Proves({"D01.FR.01", "D01.FR.06", "D01.FR.18"})
  void tcD01_theWholeList_hasTypeVersionAndEachTokenOnce() {
    try (Station201 station = Station201.online()) {
      ScriptedList held = ScriptedList.of(station);
      String one = places.member("GD01");
      String two = places.member("GD01");
      places.keeps(station, "GD01");
      JsonNode list = places.awaitNewer(station, 0);
      JsonNode update = held.updates().getFirst();
      assertThat(update.path("updateType").asText()).isEqualTo("Full");
      assertThat(update.path("versionNumber").asInt()).isPositive();
      assertThat(uids(update)).containsExactlyInAnyOrder(one, two).doesNotHaveDuplicates();
      assertThat(held.entry(one).at("/idTokenInfo/groupIdToken/idToken").asText())
          .isEqualTo("GD01");
      assertThat(list.path("version").asInt()).isEqualTo(held.held());
      assertThat(list.path("entries").asInt()).isEqualTo(2);
    }
  }

  @Test
  @Scenario("TC_D_02_CSMS")
  void tcD02_anAddedAndAChangedToken_areSentAsADifferential() {
    try (Station201 station = Station201.online()) {
      ScriptedList held = ScriptedList.of(station);
      String old = places.member("GD02");
      places.keeps(station, "GD02");
      int version = places.awaitNewer(station, 0).path("version").asInt();
      places.change(old, Map.of("blocked", true));
      version = places.awaitNewer(station, version).path("version").asInt();
      assertThat(held.updates().getLast().path("updateType").asText()).isEqualTo("Differential");
      assertThat(uids(held.updates().getLast())).containsExactly(old);
      assertThat(held.entry(old).at("/idTokenInfo/status").asText()).isEqualTo("Blocked");
      String fresh = places.member("GD02");
      places.awaitNewer(station, version);
      assertThat(uids(held.updates().getLast())).containsExactly(fresh);
      assertThat(held.updates().getLast().path("versionNumber").asInt()).isGreaterThan(version);
    }
  }

  @Test
  @Scenario("TC_D_03_CSMS")
  void tcD03_aTokenThatBelongsThereNoMore_isTakenOut() {
    try (Station201 station = Station201.online()) {
      ScriptedList held = ScriptedList.of(station);
      String stays = places.member("GD03");
      String leaves = places.member("GD03");
      places.keeps(station, "GD03");
      int version = places.awaitNewer(station, 0).path("version").asInt();
      places.change(leaves, Map.of("group", "GD03-OUT"));
      places.awaitNewer(station, version);
      JsonNode update = held.updates().getLast();
      assertThat(update.path("updateType").asText()).isEqualTo("Differential");
      assertThat(uids(update)).containsExactly(leaves);
      assertThat(update.at("/localAuthorizationList/0").has("idTokenInfo")).isFalse();
      assertThat(held.uids()).containsExactly(stays.toLowerCase(Locale.ROOT));
    }
  }

  @Test
  @Scenario("TC_D_04_CSMS")
  void tcD04_aWholeListWithoutTokens_wipesIt() {
    try (Station201 station = Station201.online()) {
      ScriptedList held = ScriptedList.of(station);
      places.member("GD04");
      places.keeps(station, "GD04");
      places.awaitNewer(station, 0);
      places.keeps(station, Map.of("mode", "empty"));
      places.awaitList(station, "current");
      places.sendFull(station);
      JsonNode update = held.updates().getLast();
      assertThat(update.path("updateType").asText()).isEqualTo("Full");
      assertThat(update.has("localAuthorizationList")).isFalse();
      assertThat(held.uids()).isEmpty();
      assertThat(places.awaitList(station, "current").path("entries").asInt()).isZero();
    }
  }

  @Test
  @Scenario("TC_D_08_CSMS")
  void tcD08_theVersion_isReadAndCompared() {
    try (Station201 station = Station201.online()) {
      ScriptedList held = ScriptedList.of(station);
      String uid = places.member("GD08");
      places.keeps(station, "GD08");
      int version = places.awaitNewer(station, 0).path("version").asInt();
      station.answers("GetLocalListVersion", "{\"versionNumber\": 77}");
      places.change(uid, Map.of("blocked", true));
      JsonNode list = places.awaitNewer(station, version);
      // Somebody else wrote it: what it holds is not known, so the whole list is sent.
      assertThat(held.updates().getLast().path("updateType").asText()).isEqualTo("Full");
      assertThat(list.path("version").asInt()).isGreaterThan(77);
    }
  }

  @Test
  @Scenario("TC_D_09_CSMS")
  void tcD09_versionZero_isNoList() {
    try (Station201 station = Station201.online()) {
      ScriptedList held = ScriptedList.of(station);
      places.keeps(station, Map.of("mode", "empty"));
      JsonNode list = places.awaitList(station, "current");
      assertThat(list.path("reported_version").asInt()).isZero();
      assertThat(station.awaitCall("GetLocalListVersion").payload().size()).isZero();
      assertThat(held.updates()).isEmpty();
    }
  }

  @Test
  @Proves("D01.FR.03")
  void aDifferentialThatFails_isFollowedByTheWholeList() {
    try (Station201 station = Station201.online()) {
      ScriptedList held = ScriptedList.of(station);
      places.member("GD-FAIL");
      places.keeps(station, "GD-FAIL");
      int version = places.awaitNewer(station, 0).path("version").asInt();
      held.refuseNext("VersionMismatch");
      places.member("GD-FAIL");
      places.awaitNewer(station, version);
      assertThat(held.updates().stream().map(u -> u.path("updateType").asText()))
          .containsExactly("Full", "Differential", "Full");
      assertThat(held.uids()).hasSize(2);
    }
  }

  @Test
  @Proves("D01.FR.11")
  void aLongList_keepsToItemsAndBytesAMessage() {
    try (Station201 station = Station201.online()) {
      ScriptedList held = ScriptedList.of(station);
      station.answers(
          "GetVariables",
          """
          {"getVariableResult": [
            {"attributeStatus": "Accepted", "attributeValue": "4",
             "component": {"name": "LocalAuthListCtrlr"}, "variable": {"name": "ItemsPerMessage"}},
            {"attributeStatus": "Accepted", "attributeValue": "600",
             "component": {"name": "LocalAuthListCtrlr"}, "variable": {"name": "BytesPerMessage"}}]}
          """);
      for (int i = 0; i < 6; i++) {
        places.member("GD11");
      }
      places.keeps(station, "GD11");
      places.awaitNewer(station, 0);
      assertThat(held.updates())
          .hasSizeGreaterThan(1)
          .allMatch(update -> update.path("localAuthorizationList").size() <= 4)
          .allMatch(update -> update.toString().length() <= 600);
      assertThat(held.uids()).hasSize(6);
    }
  }

  private static List<String> uids(JsonNode update) {
    List<String> uids = new ArrayList<>();
    update
        .path("localAuthorizationList")
        .forEach(line -> uids.add(line.at("/idToken/idToken").asText()));
    return uids;
  }
}
