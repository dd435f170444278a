package org.ampay.conformance;

import static org.ampay.conformance.Profiles.ids;
import static org.ampay.conformance.Profiles.newest;
import static org.ampay.conformance.Profiles.profile;
import static org.ampay.conformance.Profiles.set201;
import static org.ampay.conformance.Profiles.shown;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** OCPP 2.0.1, block K: what stations report about profiles and limits of others. */
class ProfileReportScenarios201Test {

  private static final String GET = "GetChargingProfiles";
  private static final String REPORT = "ReportChargingProfiles";

  private final ScenarioApi api = ScenarioServer.shared().api();
  private final Station201 station = Station201.online(Setup.plain().withEvses(2));

  private static String part(int request, int evse, String source, boolean more, JsonNode set) {
    return """
    {"requestId": %d, "evseId": %d, "chargingLimitSource": "%s", "tbc": %s,
      "chargingProfile": [%s]}
    """
        .formatted(request, evse, source, more, profile(set));
  }

  /** Asks: the station gets exactly that, accepts, and reports in two parts what it has. */
  private void asked(String criteria) {
    String request = "{\"requestId\": 900, " + criteria + "}";
    station.answers(GET, Profiles.ACCEPTED);
    api.answered(station, GET, request);
    assertThat(station.awaitCall(GET).payload()).isEqualTo(ScenarioApi.tree(request));
    assertThat(query()).isEqualTo("asked");
    station.ok(REPORT, part(900, 1, "CSO", true, set201(1, 1, 0, "TxDefaultProfile")));
    assertThat(query()).isEqualTo("receiving");
    station.ok(REPORT, part(900, 2, "CSO", false, set201(2, 2, 3, "TxDefaultProfile")));
    assertThat(query()).isEqualTo("complete");
    assertThat(shown(station).path("queries").path(0).path("profiles").asInt()).isEqualTo(2);
    assertThat(ids(station)).contains(1, 2);
    assertThat(newest(station, 2).path("evse").asInt()).isEqualTo(2);
    station.close();
  }

  private String query() {
    return shown(station).path("queries").path(0).path("state").asText();
  }

  @Test
  @Scenario("TC_K_29_CSMS")
  @Proves("K09.FR.03")
  void tcK29_profilesOfEvse0() {
    asked("\"evseId\": 0, \"chargingProfile\": {\"chargingProfilePurpose\": \"TxDefaultProfile\"}");
  }

  @Test
  @Scenario("TC_K_30_CSMS")
  void tcK30_profilesOfOneEvse_thatAreNotThere_areMissing() {
    Profiles.accepted(station, "SetChargingProfile", set201(1, 300, 5, "TxDefaultProfile"));
    Profiles.accepted(station, "SetChargingProfile", set201(2, 301, 6, "TxDefaultProfile"));
    asked("\"evseId\": 1, \"chargingProfile\": {\"chargingProfilePurpose\": \"TxDefaultProfile\"}");
    assertThat(newest(station, 300).path("state").asText()).isEqualTo("missing");
    assertThat(newest(station, 301).path("state").asText()).isEqualTo("accepted");
  }

  @Test
  @Scenario("TC_K_31_CSMS")
  void tcK31_profilesOfTheStation_withoutAnEvse() {
    asked("\"chargingProfile\": {\"chargingProfilePurpose\": \"TxDefaultProfile\"}");
  }

  @Test
  @Scenario("TC_K_32_CSMS")
  void tcK32_profilesById_andNothingBeside() {
    assertThat(
            Profiles.refused(
                station,
                GET,
                ScenarioApi.tree(
                    "{\"requestId\": 1, \"chargingProfile\":"
                        + " {\"chargingProfileId\": [1], \"stackLevel\": 0}}")))
        .isEqualTo("chargingProfile.chargingProfileId");
    assertThat(
            Profiles.refused(
                station, GET, ScenarioApi.tree("{\"requestId\": 1, \"chargingProfile\": {}}")))
        .isEqualTo("chargingProfile");
    asked("\"chargingProfile\": {\"chargingProfileId\": [1, 2]}");
  }

  @Test
  @Scenario("TC_K_33_CSMS")
  void tcK33_profilesByEvseAndStackLevel() {
    asked("\"evseId\": 1, \"chargingProfile\": {\"stackLevel\": 0}");
  }

  @Test
  @Scenario("TC_K_34_CSMS")
  void tcK34_profilesByEvseAndLimitSource() {
    asked("\"evseId\": 1, \"chargingProfile\": {\"chargingLimitSource\": [\"CSO\"]}");
  }

  @Test
  @Scenario("TC_K_35_CSMS")
  void tcK35_profilesByEvseAndPurpose() {
    asked("\"evseId\": 1, \"chargingProfile\": {\"chargingProfilePurpose\": \"TxDefaultProfile\"}");
  }

  @Test
  @Scenario("TC_K_36_CSMS")
  void tcK36_profilesByEvsePurposeAndStackLevel() {
    asked(
        "\"evseId\": 1, \"chargingProfile\":"
            + " {\"chargingProfilePurpose\": \"TxDefaultProfile\", \"stackLevel\": 0}");
  }

  @Test
  void noProfiles_endsTheQuestion() {
    Profiles.accepted(station, "SetChargingProfile", set201(1, 310, 5, "TxDefaultProfile"));
    station.answers(GET, "{\"status\": \"NoProfiles\"}");
    api.answered(station, GET, "{\"requestId\": 5, \"chargingProfile\": {\"stackLevel\": 5}}");
    assertThat(query()).isEqualTo("none");
    assertThat(newest(station, 310).path("state").asText()).isEqualTo("missing");
    station.close();
  }

  private void limit(String more) {
    JsonNode answer =
        station.ok(
            "NotifyChargingLimit",
            """
            {"evseId": 1, "chargingLimit": {"chargingLimitSource": "EMS", "isGridCritical": true}%s}
            """
                .formatted(more));
    assertThat(answer).isEmpty();
  }

  private void released() {
    JsonNode answer =
        station.ok("ClearedChargingLimit", "{\"chargingLimitSource\": \"EMS\", \"evseId\": 1}");
    assertThat(answer).isEmpty();
    assertThat(shown(station).path("limits").path(0).path("cleared_at").asText()).isNotEmpty();
    station.close();
  }

  @Test
  @Scenario("TC_K_48_CSMS")
  void tcK48_limitOfOthers_isStoredAndShown() {
    limit("");
    limit(
        """
        , "chargingSchedule": [{"id": 1, "chargingRateUnit": "A",
          "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 8}]}]
        """);
    JsonNode limits = shown(station).path("limits");
    assertThat(limits.path(0).path("source").asText()).isEqualTo("EMS");
    assertThat(limits.path(0).path("grid_critical").asBoolean()).isTrue();
    assertThat(limits.path(0).path("cleared_at").isNull()).isTrue();
    assertThat(limits.path(0).path("schedules").path(0).path("id").asInt()).isEqualTo(1);
    assertThat(limits.path(1).path("cleared_at").asText()).isNotEmpty();
    station.close();
  }

  @Test
  @Scenario("TC_K_50_CSMS")
  void tcK50_limitReleasedWhileIdle_isShownAsOver() {
    limit("");
    released();
  }

  @Test
  @Scenario("TC_K_51_CSMS")
  void tcK51_limitReleasedInATransaction_isShownAsOver() {
    String token = api.token();
    String transaction = Unique.transaction();
    station.started(transaction, 1, token, 1_000);
    limit("");
    station.event(Event201.updated(transaction, "ChargingRateChanged").meter(1_500)).payload();
    released();
    assertThat(api.session(station, transaction).path("state").asText()).isEqualTo("active");
  }

  @Test
  @Scenario("TC_K_52_CSMS")
  void tcK52_limitAsExternalConstraints_isReportedAndNeverOurs() {
    JsonNode external = set201(1, 520, 0, "ChargingStationExternalConstraints");
    station.answers(GET, Profiles.ACCEPTED);
    api.answered(
        station,
        GET,
        "{\"requestId\": 52, \"chargingProfile\":"
            + " {\"chargingProfilePurpose\": \"ChargingStationExternalConstraints\"}}");
    station.ok(REPORT, part(52, 1, "EMS", false, external));
    JsonNode shown = newest(station, 520);
    assertThat(shown.path("source").asText()).isEqualTo("EMS");
    assertThat(shown.path("purpose").asText()).isEqualTo("external");
    assertThat(
            Profiles.refused(
                station, "ClearChargingProfile", ScenarioApi.tree("{\"chargingProfileId\": 520}")))
        .isEqualTo("chargingProfileId");
    assertThat(
            Profiles.refused(station, "SetChargingProfile", set201(1, 520, 0, "TxDefaultProfile")))
        .isEqualTo("chargingProfile.id");
    station.close();
  }
}
