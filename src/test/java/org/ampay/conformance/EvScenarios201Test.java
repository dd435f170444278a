package org.ampay.conformance;

import static org.ampay.conformance.Profiles.newest;
import static org.ampay.conformance.Profiles.profile;
import static org.ampay.conformance.Profiles.schedule;
import static org.ampay.conformance.Profiles.shown;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** OCPP 2.0.1, K15 to K17: what EVs ask for by ISO 15118, and what they are given. */
class EvScenarios201Test {

  private static final String SET = "SetChargingProfile";

  private final ScenarioApi api = ScenarioServer.shared().api();
  private final String transaction = Unique.transaction();

  /** An AC station of 11 kW with a transaction on EVSE 1. */
  private Station201 charging() {
    Station201 station = station();
    station.answers(SET, Profiles.ACCEPTED);
    station.started(transaction, 1, api.token(), 1_000);
    return station;
  }

  private static Station201 station() {
    return Station201.online(
        Setup.plain()
            .with(
                "evses",
                List.of(
                    Map.of(
                        "id", 1,
                        "current_type", "AC",
                        "phases", 3,
                        "max_power_w", 11_000,
                        "connectors", List.of(Map.of("id", 1))))));
  }

  private static String needs(Station201 station, int maxA) {
    return station
        .ok(
            "NotifyEVChargingNeeds",
            """
            {"evseId": 1, "maxScheduleTuples": 12, "chargingNeeds": {
              "requestedEnergyTransfer": "AC_three_phase",
              "acChargingParameters": {"energyAmount": 20000, "evMinCurrent": 6,
                "evMaxCurrent": %d, "evMaxVoltage": 400}}}
            """
                .formatted(maxA))
        .path("status")
        .asText();
  }

  private static String will(Station201 station, int amperes) {
    return station
        .ok(
            "NotifyEVChargingSchedule",
            """
            {"evseId": 1, "timeBase": "%s", "chargingSchedule": {"id": 1, "chargingRateUnit": "A",
              "chargingSchedulePeriod": [{"startPeriod": 0, "limit": %d, "numberPhases": 3}]}}
            """
                .formatted(ScenarioStation.now(), amperes))
        .path("status")
        .asText();
  }

  /** The profile that the station is sent; its limit. */
  private String limitSent(Station201 station) {
    JsonNode set = station.awaitCall(SET).payload();
    assertThat(set.path("evseId").asInt()).isEqualTo(1);
    assertThat(profile(set).path("transactionId").asText()).isEqualTo(transaction);
    assertThat(profile(set).path("chargingProfilePurpose").asText()).isEqualTo("TxProfile");
    assertThat(profile(set).path("chargingSchedule")).hasSize(1);
    assertThat(schedule(set).path("chargingSchedulePeriod")).hasSize(1);
    int id = profile(set).path("id").asInt();
    api.awaitGet(
        "/stations/" + station.identity() + "/charging-profiles",
        all -> newest(station, id).path("state").asText().equals("accepted"));
    return schedule(set).path("chargingSchedulePeriod").path(0).path("limit").asText();
  }

  @Test
  @Scenario("TC_K_53_CSMS")
  @Proves({"K15.FR.02", "K15.FR.03", "K15.FR.07"})
  void tcK53_needs_areAnsweredThenAScheduleIsSent() {
    try (Station201 station = charging()) {
      assertThat(needs(station, 32)).isEqualTo("Accepted");
      assertThat(limitSent(station)).isEqualTo("15.9"); // 11 kW over three phases of 230 V
      JsonNode kept = shown(station).path("needs").path(0);
      assertThat(kept.path("status").asText()).isEqualTo("Accepted");
      assertThat(kept.path("needs").path("acChargingParameters").path("evMaxCurrent").asInt())
          .isEqualTo(32);
      assertThat(kept.path("profile_id").asInt()).isPositive();
      assertThat(will(station, 15)).isEqualTo("Accepted");
      assertThat(shown(station).path("ev_schedules").path(0).path("accepted").asBoolean()).isTrue();
    }
  }

  @Test
  @Scenario("TC_K_55_CSMS")
  @Proves({"K15.FR.11", "K15.FR.12", "K15.FR.13"})
  void tcK55_scheduleBeyondItsLimits_isRejectedAndRenegotiated() {
    try (Station201 station = charging()) {
      needs(station, 16);
      assertThat(limitSent(station)).isEqualTo("15.9");
      assertThat(will(station, 15)).isEqualTo("Accepted");
      assertThat(will(station, 20)).isEqualTo("Rejected");
      assertThat(shown(station).path("ev_schedules").path(0).path("reason").asText())
          .contains("20 A");
      assertThat(limitSent(station)).isEqualTo("15.9");
    }
  }

  @Test
  @Scenario("TC_K_57_CSMS")
  @Proves({"K17.FR.02", "K17.FR.03", "K17.FR.07"})
  void tcK57_evAsksAnew_andGetsAnotherScheduleInThePlaceOfTheFirst() {
    try (Station201 station = charging()) {
      assertThat(needs(station, 16)).isEqualTo("Accepted");
      assertThat(limitSent(station)).isEqualTo("15.9");
      assertThat(needs(station, 10)).isEqualTo("Accepted");
      assertThat(limitSent(station)).isEqualTo("10.0");
      assertThat(Profiles.ids(station)).hasSize(1);
      assertThat(will(station, 10)).isEqualTo("Accepted");
    }
  }

  @Test
  @Proves({"K17.FR.11", "K17.FR.12", "K17.FR.13"})
  void scheduleAfterRenegotiationByTheEv_isJudgedByTheNewLimits() {
    try (Station201 station = charging()) {
      needs(station, 16);
      assertThat(limitSent(station)).isEqualTo("15.9");
      needs(station, 10);
      assertThat(limitSent(station)).isEqualTo("10.0");
      assertThat(will(station, 10)).isEqualTo("Accepted");
      assertThat(will(station, 15)).isEqualTo("Rejected");
      assertThat(limitSent(station)).isEqualTo("10.0");
    }
  }

  @Test
  @Scenario("TC_K_58_CSMS")
  void tcK58_renegotiationByUs_isATxProfileInTheTransaction() {
    try (Station201 station = charging()) {
      needs(station, 32);
      assertThat(limitSent(station)).isEqualTo("15.9");
      int id = shown(station).path("needs").path(0).path("profile_id").asInt();
      Profiles.accepted(station, SET, Profiles.tx201(1, id, 0, transaction));
      assertThat(Profiles.ids(station)).containsExactly(id);
      assertThat(will(station, 6)).isEqualTo("Accepted");
      assertThat(will(station, 7)).isEqualTo("Rejected");
    }
  }

  @Test
  @Scenario("TC_K_59_CSMS")
  @Proves("K16.FR.12")
  void tcK59_needsDuringOurRenegotiation_areGivenASchedule() {
    try (Station201 station = charging()) {
      needs(station, 32);
      assertThat(limitSent(station)).isEqualTo("15.9");
      int id = shown(station).path("needs").path(0).path("profile_id").asInt();
      Profiles.accepted(station, SET, Profiles.tx201(1, id, 0, transaction));
      assertThat(needs(station, 12)).isEqualTo("Accepted");
      assertThat(limitSent(station)).isEqualTo("12.0");
    }
  }

  @Test
  @Proves({"K15.FR.05", "K17.FR.05", "K15.FR.18"})
  void needsBeforeTheTransaction_areProcessedWhenItBegins() {
    try (Station201 station = station()) {
      station.answers(SET, Profiles.ACCEPTED);
      assertThat(needs(station, 32)).isEqualTo("Processing");
      assertThat(station.waitingCalls(SET)).isZero();
      station.started(transaction, 1, api.token(), 1_000);
      assertThat(limitSent(station)).isEqualTo("15.9");
    }
  }

  @Test
  @Proves({"K15.FR.04", "K17.FR.04", "K02.FR.01"})
  void limitOfOthers_isKeptTo_andBelowTheNeedsRejected() {
    try (Station201 station = charging()) {
      String limit =
          """
          {"evseId": 1, "chargingLimit": {"chargingLimitSource": "EMS"}, "chargingSchedule":
            [{"id": 1, "chargingRateUnit": "A",
              "chargingSchedulePeriod": [{"startPeriod": 0, "limit": %d}]}]}
          """;
      station.ok("NotifyChargingLimit", limit.formatted(8));
      assertThat(needs(station, 32)).isEqualTo("Accepted");
      assertThat(limitSent(station)).isEqualTo("8.0");
      station.ok("NotifyChargingLimit", limit.formatted(5));
      assertThat(needs(station, 32)).isEqualTo("Rejected");
      assertThat(shown(station).path("needs").path(0).path("reason").asText())
          .isEqualTo("less is left than the EV needs: 5.0 A");
    }
  }
}
