package org.ampay.conformance;

import static org.ampay.conformance.Profiles.accepted;
import static org.ampay.conformance.Profiles.ids;
import static org.ampay.conformance.Profiles.newest;
import static org.ampay.conformance.Profiles.profile;
import static org.ampay.conformance.Profiles.schedule;
import static org.ampay.conformance.Profiles.set201;
import static org.ampay.conformance.Profiles.shown;
import static org.ampay.conformance.Profiles.tx201;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** OCPP 2.0.1, block K: profiles that the central system sets and clears, composite schedules. */
class ProfileScenarios201Test {

  private static final String SET = "SetChargingProfile";
  private static final String CLEAR = "ClearChargingProfile";
  private static final String DEFAULT = "TxDefaultProfile";
  private static final String MAX = "ChargingStationMaxProfile";

  private final ScenarioApi api = ScenarioServer.shared().api();
  private final String transaction = Unique.transaction();

  @Test
  @Scenario("TC_K_01_CSMS")
  @Proves({"K01.FR.08", "K01.FR.31"})
  void tcK01_defaultProfileOnOneEvse_isSetAndShown() {
    try (Station201 station = Station201.online()) {
      accepted(station, SET, set201(1, 11, 0, DEFAULT));
      JsonNode shown = shown(station).path("profiles").path(0);
      assertThat(shown.path("state").asText()).isEqualTo("accepted");
      assertThat(shown.path("purpose").asText()).isEqualTo("tx_default");
      assertThat(shown.path("evse").asInt()).isEqualTo(1);
      assertThat(shown.path("profile")).isEqualTo(profile(set201(1, 11, 0, DEFAULT)));

      ObjectNode late = set201(1, 12, 1, DEFAULT);
      ((ObjectNode) schedule(late).path("chargingSchedulePeriod").path(0)).put("startPeriod", 5);
      assertThat(Profiles.refused(station, SET, late))
          .isEqualTo("chargingProfile.chargingSchedule[0].chargingSchedulePeriod[0].startPeriod");
    }
  }

  @Test
  @Scenario("TC_K_02_CSMS")
  @Proves({"K01.FR.03", "K01.FR.16"})
  void tcK02_txProfileWithoutTransaction_isNotSent() {
    try (Station201 station = Station201.online()) {
      assertThat(Profiles.refused(station, SET, tx201(1, 21, 0, transaction)))
          .isEqualTo("chargingProfile.transactionId");
      assertThat(Profiles.refused(station, SET, set201(1, 21, 0, "TxProfile")))
          .isEqualTo("chargingProfile.transactionId");
      assertThat(Profiles.refused(station, SET, tx201(0, 21, 0, transaction))).isEqualTo("evseId");
      assertThat(ids(station)).isEmpty();
    }
  }

  @Test
  @Scenario("TC_K_03_CSMS")
  @Proves("K01.FR.38")
  void tcK03_stationMaximum_isForTheWholeStationAndNeverRelative() {
    try (Station201 station = Station201.online()) {
      accepted(station, SET, set201(0, 31, 0, MAX));
      assertThat(shown(station).path("profiles").path(0).path("purpose").asText())
          .isEqualTo("station_max");
      assertThat(Profiles.refused(station, SET, set201(1, 32, 1, MAX))).isEqualTo("evseId");
      ObjectNode relative = set201(0, 32, 1, MAX);
      profile(relative).put("chargingProfileKind", "Relative");
      schedule(relative).remove("startSchedule");
      assertThat(Profiles.refused(station, SET, relative))
          .isEqualTo("chargingProfile.chargingProfileKind");
    }
  }

  @Test
  @Scenario("TC_K_04_CSMS")
  void tcK04_sameId_takesTheOthersPlace() {
    try (Station201 station = Station201.online()) {
      accepted(station, SET, set201(1, 41, 0, DEFAULT));
      ObjectNode changed = set201(1, 41, 0, DEFAULT);
      schedule(changed).put("duration", 600);
      accepted(station, SET, changed);
      assertThat(ids(station)).containsExactly(41);
      assertThat(newest(station, 41).path("profile")).isEqualTo(profile(changed));
      JsonNode both = api.get("/stations/" + station.identity() + "/charging-profiles").expect(200);
      assertThat(both.path("items").findValuesAsText("state"))
          .containsExactly("accepted", "replaced");
    }
  }

  private static JsonNode json(String text) {
    return ScenarioApi.tree(text);
  }

  @Test
  @Scenario("TC_K_05_CSMS")
  @Proves("K10.FR.02")
  void tcK05_clearById_endsThatProfileOnly() {
    try (Station201 station = Station201.online()) {
      accepted(station, SET, set201(1, 51, 0, DEFAULT));
      accepted(station, SET, set201(1, 52, 1, DEFAULT));
      accepted(station, CLEAR, json("{\"chargingProfileId\": 51}"));
      assertThat(ids(station)).containsExactly(52);
      assertThat(newest(station, 51).path("state").asText()).isEqualTo("cleared");
      assertThat(Profiles.refused(station, CLEAR, json("{}"))).isEqualTo("chargingProfileCriteria");
      assertThat(Profiles.refused(station, CLEAR, json("{\"chargingProfileCriteria\": {}}")))
          .isEqualTo("chargingProfileCriteria");
    }
  }

  @Test
  @Scenario("TC_K_06_CSMS")
  void tcK06_clearByStackLevelAndPurpose_endsWhatMatches() {
    try (Station201 station = Station201.online()) {
      accepted(station, SET, set201(1, 61, 0, DEFAULT));
      accepted(station, SET, set201(1, 62, 1, DEFAULT));
      accepted(station, SET, set201(0, 63, 0, MAX));
      accepted(
          station,
          CLEAR,
          json(
              """
              {"chargingProfileCriteria":
                {"chargingProfilePurpose": "TxDefaultProfile", "stackLevel": 0}}
              """));
      assertThat(ids(station)).containsExactly(62, 63);
    }
  }

  @Test
  @Scenario("TC_K_08_CSMS")
  void tcK08_clearWhatIsNotThere_isToldUnknown() {
    try (Station201 station = Station201.online()) {
      accepted(station, SET, set201(1, 81, 0, DEFAULT));
      station.answers(CLEAR, "{\"status\": \"Unknown\"}");
      JsonNode answer = api.answered(station, CLEAR, "{\"chargingProfileId\": 81}");
      assertThat(answer.path("status").asText()).isEqualTo("Unknown");
      assertThat(ids(station)).isEmpty();
      assertThat(newest(station, 81).path("state").asText()).isEqualTo("missing");
    }
  }

  @Test
  @Scenario("TC_K_10_CSMS")
  void tcK10_defaultProfileOnAllEvses_isSentForEvse0() {
    try (Station201 station = Station201.online(Setup.plain().withEvses(2))) {
      accepted(station, SET, set201(0, 101, 0, DEFAULT));
      assertThat(shown(station).path("profiles").path(0).path("evse").asInt()).isZero();
      assertThat(Profiles.refused(station, SET, set201(3, 102, 1, DEFAULT))).isEqualTo("evseId");
    }
  }

  @Test
  @Scenario("TC_K_15_CSMS")
  void tcK15_stationWithoutSmartCharging_saysSo() {
    try (Station201 station = Station201.online()) {
      station.answersError(SET, "NotSupported");
      JsonNode outcome = api.command(station, SET, set201(1, 151, 0, DEFAULT)).expect(200);
      assertThat(outcome.path("status").asText()).isEqualTo("error");
      assertThat(outcome.path("code").asText()).isEqualTo("NotSupported");
      assertThat(newest(station, 151).path("state").asText()).isEqualTo("rejected");
      assertThat(newest(station, 151).path("reason").asText()).startsWith("NotSupported");
    }
  }

  @Test
  @Scenario("TC_K_19_CSMS")
  @Proves({"K01.FR.40", "K01.FR.41"})
  void tcK19_recurringProfile_hasAStartAndARecurrency() {
    try (Station201 station = Station201.online()) {
      ObjectNode daily = set201(1, 191, 0, DEFAULT);
      profile(daily).put("chargingProfileKind", "Recurring").put("recurrencyKind", "Daily");
      accepted(station, SET, daily);

      ObjectNode without = set201(1, 192, 1, DEFAULT);
      profile(without).put("chargingProfileKind", "Recurring");
      assertThat(Profiles.refused(station, SET, without))
          .isEqualTo("chargingProfile.recurrencyKind");
      ObjectNode noStart = daily.deepCopy();
      schedule(noStart).remove("startSchedule");
      assertThat(Profiles.refused(station, SET, noStart))
          .isEqualTo("chargingProfile.chargingSchedule[0].startSchedule");
      ObjectNode relative = set201(1, 192, 1, DEFAULT);
      profile(relative).put("chargingProfileKind", "Relative");
      assertThat(Profiles.refused(station, SET, relative))
          .isEqualTo("chargingProfile.chargingSchedule[0].startSchedule");
    }
  }

  @Test
  @Scenario("TC_K_37_CSMS")
  @Proves({"K05.FR.01", "K05.FR.02"})
  void tcK37_remoteStartWithProfile_hasNoTransactionId() {
    try (Station201 station = Station201.online()) {
      ObjectNode start =
          (ObjectNode)
              json(
                  """
                  {"evseId": 1, "remoteStartId": 7,
                    "idToken": {"idToken": "%s", "type": "ISO14443"}}
                  """
                      .formatted(api.token()));
      start.set("chargingProfile", profile(set201(1, 371, 0, "TxProfile")));
      accepted(station, "RequestStartTransaction", start);

      profile(start).put("transactionId", transaction);
      assertThat(Profiles.refused(station, "RequestStartTransaction", start))
          .isEqualTo("chargingProfile.transactionId");
      start.set("chargingProfile", profile(set201(1, 371, 0, DEFAULT)));
      assertThat(Profiles.refused(station, "RequestStartTransaction", start))
          .isEqualTo("chargingProfile.chargingProfilePurpose");
    }
  }

  private static String composite(int evse) {
    return """
    {"status": "Accepted", "schedule": {"evseId": %d, "duration": 3600,
      "scheduleStart": "2026-11-22T10:00:00.000Z", "chargingRateUnit": "W",
      "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 11000},
        {"startPeriod": 1800, "limit": 6900.5}]}}
    """
        .formatted(evse);
  }

  private JsonNode compositeOf(Station201 station, int evse) {
    station.answers("GetCompositeSchedule", composite(evse));
    api.answered(
        station,
        "GetCompositeSchedule",
        "{\"evseId\": " + evse + ", \"duration\": 3600, \"chargingRateUnit\": \"W\"}");
    assertThat(station.awaitCall("GetCompositeSchedule").payload().path("evseId").asInt())
        .isEqualTo(evse);
    return shown(station).path("composite_schedules");
  }

  @Test
  @Scenario("TC_K_43_CSMS")
  @Proves("K08.FR.01")
  void tcK43_compositeScheduleOfAnEvse_isKeptAndShown() {
    try (Station201 station = Station201.online()) {
      JsonNode shown = compositeOf(station, 1).path(0);
      assertThat(shown.path("accepted").asBoolean()).isTrue();
      assertThat(shown.path("unit").asText()).isEqualTo("W");
      assertThat(shown.path("duration_seconds").asInt()).isEqualTo(3600);
      assertThat(shown.path("periods").path(1).path("limit").asText()).isEqualTo("6900.5");
    }
  }

  @Test
  @Scenario("TC_K_44_CSMS")
  void tcK44_compositeScheduleOfTheStation_isKeptBesideTheOther() {
    try (Station201 station = Station201.online()) {
      compositeOf(station, 1);
      assertThat(compositeOf(station, 0).findValuesAsText("evse")).containsExactly("0", "1");
      station.answers("GetCompositeSchedule", "{\"status\": \"Rejected\"}");
      api.answered(station, "GetCompositeSchedule", "{\"evseId\": 0, \"duration\": 60}");
      assertThat(shown(station).path("composite_schedules").path(0).path("accepted").asBoolean())
          .isFalse();
    }
  }

  @Test
  @Scenario("TC_K_60_CSMS")
  @Proves({"K01.FR.01", "K02.FR.03", "K01.FR.39"})
  void tcK60_txProfileOnARunningTransaction_isSet() {
    try (Station201 station = Station201.online(Setup.plain().withEvses(2))) {
      String token = api.token();
      station.started(transaction, 1, token, 1_000);
      accepted(station, SET, tx201(1, 601, 0, transaction));
      assertThat(newest(station, 601).path("transaction_id").asText()).isEqualTo(transaction);
      assertThat(Profiles.refused(station, SET, tx201(1, 602, 0, transaction)))
          .isEqualTo("chargingProfile.stackLevel");
      assertThat(Profiles.refused(station, SET, tx201(2, 602, 1, transaction))).isEqualTo("evseId");
      station.end(transaction, token, 2_000);
      assertThat(ids(station)).isEmpty();
      assertThat(newest(station, 601).path("reason").asText()).isEqualTo("transaction ended");
    }
  }

  @Test
  @Scenario("TC_K_70_CSMS")
  @Proves("K01.FR.06")
  void tcK70_severalProfiles_doNotOverlap() {
    try (Station201 station = Station201.online()) {
      ObjectNode november = set201(1, 701, 0, DEFAULT);
      profile(november)
          .put("validFrom", "2026-11-01T00:00:00.000Z")
          .put("validTo", "2026-12-01T00:00:00.000Z");
      ObjectNode december = set201(1, 702, 0, DEFAULT);
      profile(december).put("validFrom", "2026-12-01T00:00:00.000Z");
      accepted(station, SET, november);
      accepted(station, SET, december);
      accepted(station, SET, set201(1, 703, 1, DEFAULT));
      accepted(station, SET, set201(0, 704, 0, MAX));
      assertThat(ids(station)).containsExactly(701, 702, 703, 704);
      assertThat(Profiles.refused(station, SET, set201(1, 705, 0, DEFAULT)))
          .isEqualTo("chargingProfile.stackLevel");
    }
  }

  @Test
  @Proves({"K01.FR.22", "K02.FR.07", "K10.FR.06"})
  void externalConstraints_areNeitherSetNorCleared() {
    String external = "ChargingStationExternalConstraints";
    try (Station201 station = Station201.online()) {
      assertThat(Profiles.refused(station, SET, set201(0, 1, 0, external)))
          .isEqualTo("chargingProfile.chargingProfilePurpose");
      assertThat(
              Profiles.refused(
                  station,
                  CLEAR,
                  json(
                      "{\"chargingProfileCriteria\": {\"chargingProfilePurpose\": \""
                          + external
                          + "\"}}")))
          .isEqualTo("chargingProfileCriteria.chargingProfilePurpose");
    }
  }

  @Test
  @Proves({"K01.FR.19", "K01.FR.34", "K01.FR.35"})
  void periodsAndSchedules_areSortedAndOneOnly() {
    try (Station201 station = Station201.online()) {
      ObjectNode unsorted = set201(1, 1, 0, DEFAULT);
      schedule(unsorted)
          .withArray("chargingSchedulePeriod")
          .add(json("{\"startPeriod\": 900, \"limit\": 8}"))
          .add(json("{\"startPeriod\": 600, \"limit\": 9}"));
      assertThat(Profiles.refused(station, SET, unsorted))
          .isEqualTo("chargingProfile.chargingSchedule[0].chargingSchedulePeriod[2].startPeriod");

      ObjectNode two = set201(1, 1, 0, DEFAULT);
      profile(two).withArray("chargingSchedule").add(schedule(two).deepCopy());
      assertThat(Profiles.refused(station, SET, two)).isEqualTo("chargingProfile.chargingSchedule");

      ObjectNode phase = set201(1, 1, 0, DEFAULT);
      ((ObjectNode) schedule(phase).path("chargingSchedulePeriod").path(0)).put("phaseToUse", 2);
      assertThat(Profiles.refused(station, SET, phase))
          .isEqualTo("chargingProfile.chargingSchedule[0].chargingSchedulePeriod[0].phaseToUse");
    }
  }

  @Test
  @Proves("K01.FR.20")
  void phaseToUse_needsAnEvseThatSwitchesPhases() {
    try (Station201 station = Station201.online()) {
      ObjectNode phase = set201(1, 1, 0, DEFAULT);
      ((ObjectNode) schedule(phase).path("chargingSchedulePeriod").path(0))
          .put("numberPhases", 1)
          .put("phaseToUse", 2);
      assertThat(Profiles.refused(station, SET, phase))
          .isEqualTo("chargingProfile.chargingSchedule[0].chargingSchedulePeriod[0].phaseToUse");
    }
  }

  @Test
  void ownWords_becomeTheCallOfTheVersionAndNameTheirOwnField() {
    try (Station201 station = Station201.online()) {
      station.answers(SET, Profiles.ACCEPTED);
      String path = "/stations/" + station.identity() + "/charging-profiles";
      String body =
          """
          {"evse": %d, "purpose": "%s", "unit": "W", "periods": [{"start": 0, "limit": 7400}]}
          """;
      api.post(path, body.formatted(1, "tx_default")).expect(200);
      JsonNode got = station.awaitCall(SET).payload();
      assertThat(schedule(got).path("chargingSchedulePeriod").path(0).path("limit").asInt())
          .isEqualTo(7400);
      int id = profile(got).path("id").asInt();
      assertThat(ids(station)).containsExactly(id);
      assertThat(api.post(path, body.formatted(1, "station_max")).field()).isEqualTo("evse");
      assertThat(api.post(path, body.formatted(1, "tx")).field()).isEqualTo("transaction_id");
      station.answers(CLEAR, Profiles.ACCEPTED);
      api.delete(path + "/" + id).expect(200);
      assertThat(ids(station)).isEmpty();
    }
  }
}
