package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Local authorization lists of OCPP 1.6: sent by themselves, as the policy says. */
class LocalListScenarios16Test {

  private final Places places = new Places();

  @Test
  @Scenario("TC_042_1_CSMS")
  @Proves("1.6/GetLocalListVersion/1")
  void tc042_1_versionMinusOne_meansNoListIsKept() {
    try (Station16 station = Station16.online()) {
      station.answers("GetLocalListVersion", "{\"listVersion\": -1}");
      places.member("G042-1");
      places.keeps(station, "G042-1");
      JsonNode list = places.awaitList(station, "unsupported");
      assertThat(list.path("reported_version").asInt()).isEqualTo(-1);
      assertThat(station.waitingCalls("SendLocalList")).isZero();
    }
  }

  @Test
  @Scenario("TC_042_2_CSMS")
  void tc042_2_versionZero_isAnEmptyList() {
    try (Station16 station = Station16.online()) {
      ScriptedList held = ScriptedList.of(station);
      places.keeps(station, Map.of("mode", "empty"));
      JsonNode list = places.awaitList(station, "current");
      assertThat(list.path("version").asInt()).isZero();
      assertThat(list.path("entries").asInt()).isZero();
      assertThat(held.updates()).isEmpty();
    }
  }

  @Test
  @Scenario("TC_043_1_CSMS")
  void tc043_1_sendLocalListNotSupported_isKeptAndNotRepeated() {
    try (Station16 station = Station16.online()) {
      ScriptedList held = ScriptedList.of(station);
      held.refuseNext("NotSupported");
      places.member("G043-1");
      places.keeps(station, "G043-1");
      JsonNode list = places.awaitList(station, "unsupported");
      assertThat(list.path("error").asText()).isEqualTo("NOT_SUPPORTED");
      assertThat(held.updates()).hasSize(1);
    }
  }

  @Test
  @Scenario("TC_043_3_CSMS")
  @Proves("1.6/SendLocalList/2")
  void tc043_3_aDifferentialThatFails_isFollowedByTheWholeList() {
    try (Station16 station = Station16.online()) {
      ScriptedList held = ScriptedList.of(station);
      String first = places.member("G043-3");
      places.keeps(station, "G043-3");
      int version = places.awaitNewer(station, 0).path("version").asInt();
      held.refuseNext("Failed");
      String second = places.member("G043-3");
      JsonNode list = places.awaitNewer(station, version);
      assertThat(types(held)).containsExactly("Full", "Differential", "Full");
      assertThat(held.uids())
          .containsExactlyInAnyOrder(
              first.toLowerCase(Locale.ROOT), second.toLowerCase(Locale.ROOT));
      assertThat(list.path("version").asInt()).isEqualTo(held.held());
      held.refuseNext("VersionMismatch");
      places.change(first, Map.of("blocked", true));
      places.awaitNewer(station, list.path("version").asInt());
      assertThat(types(held)).endsWith("Differential", "Full");
      assertThat(held.entry(first).at("/idTagInfo/status").asText()).isEqualTo("Blocked");
    }
  }

  @Test
  @Scenario("TC_043_4_CSMS")
  @Proves("1.6/SendLocalList/1")
  void tc043_4_theWholeList_comesInPartsOfWhatTheStationTakes() {
    try (Station16 station = Station16.online()) {
      ScriptedList held = ScriptedList.of(station);
      station.answers(
          "GetConfiguration",
          """
          {"configurationKey": [
            {"key": "SendLocalListMaxLength", "readonly": true, "value": "2"},
            {"key": "LocalAuthListMaxLength", "readonly": true, "value": "100"}]}
          """);
      List<String> members = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        members.add(places.member("G043-4").toLowerCase(Locale.ROOT));
      }
      places.keeps(station, "G043-4");
      JsonNode list = places.awaitNewer(station, 0);
      assertThat(types(held)).containsExactly("Full", "Differential", "Differential");
      assertThat(held.updates())
          .allMatch(update -> update.path("localAuthorizationList").size() <= 2);
      assertThat(versions(held)).isSorted().doesNotHaveDuplicates();
      List<String> sent = new ArrayList<>();
      held.updates()
          .forEach(
              update ->
                  update
                      .path("localAuthorizationList")
                      .forEach(
                          line -> sent.add(line.path("idTag").asText().toLowerCase(Locale.ROOT))));
      assertThat(sent)
          .hasSameSizeAs(new HashSet<>(sent))
          .containsExactlyInAnyOrderElementsOf(members);
      assertThat(list.path("entries").asInt()).isEqualTo(5);
    }
  }

  @Test
  @Scenario("TC_043_5_CSMS")
  void tc043_5_aChangedToken_isSentAsADifferential() {
    try (Station16 station = Station16.online()) {
      ScriptedList held = ScriptedList.of(station);
      String stays = places.member("G043-5");
      String leaves = places.member("G043-5");
      places.keeps(station, "G043-5");
      int version = places.awaitNewer(station, 0).path("version").asInt();
      assertThat(held.entry(stays).at("/idTagInfo/parentIdTag").asText()).isEqualTo("G043-5");
      places.change(leaves, Map.of("group", "ANOTHER"));
      places.awaitNewer(station, version);
      assertThat(types(held)).containsExactly("Full", "Differential");
      JsonNode lines = held.updates().getLast().path("localAuthorizationList");
      assertThat(lines).hasSize(1);
      assertThat(lines.path(0).path("idTag").asText()).isEqualTo(leaves);
      assertThat(lines.path(0).has("idTagInfo")).isFalse();
      assertThat(held.uids()).containsExactly(stays.toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void aStationThatWasAway_getsWhatChangedMeanwhile() {
    Station16 station = Station16.online();
    try (station) {
      ScriptedList held = ScriptedList.of(station);
      String uid = places.member("G-AWAY");
      places.keeps(station, "G-AWAY");
      int version = places.awaitNewer(station, 0).path("version").asInt();
      station.disconnect();
      places.change(uid, Map.of("blocked", true));
      assertThat(places.awaitList(station, "stale").path("version").asInt()).isEqualTo(version);
      station.connect();
      station.bootAccepted();
      places.awaitNewer(station, version);
      assertThat(types(held)).containsExactly("Full", "Differential");
      assertThat(held.entry(uid).at("/idTagInfo/status").asText()).isEqualTo("Blocked");
    }
  }

  private static List<String> types(ScriptedList held) {
    return held.updates().stream().map(update -> update.path("updateType").asText()).toList();
  }

  private static List<Integer> versions(ScriptedList held) {
    return held.updates().stream().map(update -> update.path("listVersion").asInt()).toList();
  }
}
