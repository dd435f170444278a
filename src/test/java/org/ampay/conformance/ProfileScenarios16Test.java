package org.ampay.conformance;

import static org.ampay.conformance.Profiles.accepted;
import static org.ampay.conformance.Profiles.ids;
import static org.ampay.conformance.Profiles.newest;
import static org.ampay.conformance.Profiles.profile;
import static org.ampay.conformance.Profiles.set16;
import static org.ampay.conformance.Profiles.shown;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** OCPP 1.6, smart charging. */
class ProfileScenarios16Test {

  private static final String SET = "SetChargingProfile";

  private final ScenarioApi api = ScenarioServer.shared().api();

  @Test
  @Scenario("TC_056_CSMS")
  void tc056_defaultProfile_isSetAndShown() {
    try (Station16 station = Station16.online()) {
      accepted(station, SET, set16(1, 56, 0, "TxDefaultProfile"));
      assertThat(newest(station, 56).path("state").asText()).isEqualTo("accepted");
      assertThat(newest(station, 56).path("profile"))
          .isEqualTo(profile(set16(1, 56, 0, "TxDefaultProfile")));
      station.answers(SET, "{\"status\": \"NotSupported\"}");
      api.answered(station, SET, set16(1, 57, 1, "TxDefaultProfile"));
      assertThat(newest(station, 57).path("reason").asText()).isEqualTo("NotSupported");
    }
  }

  @Test
  @Scenario("TC_057_CSMS")
  @Proves("1.6/SetChargingProfile/1")
  void tc057_txProfile_onARunningTransactionOnly() {
    try (Station16 station = Station16.online()) {
      int transaction = station.started(1, api.token(), 1_000);
      ObjectNode set = set16(1, 57, 0, "TxProfile");
      assertThat(Profiles.refused(station, SET, set)).isEqualTo("csChargingProfiles.transactionId");
      profile(set).put("transactionId", transaction + 1);
      assertThat(Profiles.refused(station, SET, set)).isEqualTo("csChargingProfiles.transactionId");
      profile(set).put("transactionId", transaction);
      accepted(station, SET, set);
      set.put("connectorId", 0);
      assertThat(Profiles.refused(station, SET, set)).isEqualTo("connectorId");
      assertThat(Profiles.refused(station, SET, set16(1, 58, 0, "ChargePointMaxProfile")))
          .isEqualTo("connectorId");
      accepted(station, SET, set16(0, 58, 0, "ChargePointMaxProfile"));
    }
  }

  @Test
  @Scenario("TC_059_CSMS")
  void tc059_remoteStart_withAProfileForTheTransactionToCome() {
    try (Station16 station = Station16.online()) {
      ObjectNode start =
          (ObjectNode) ScenarioApi.tree("{\"connectorId\": 1, \"idTag\": \"" + api.token() + "\"}");
      start.set("chargingProfile", profile(set16(1, 59, 0, "TxProfile")));
      accepted(station, "RemoteStartTransaction", start);
      profile(start).put("transactionId", 5);
      assertThat(Profiles.refused(station, "RemoteStartTransaction", start))
          .isEqualTo("chargingProfile.transactionId");
    }
  }

  @Test
  @Scenario("TC_066_CSMS")
  @Proves("1.6/GetCompositeSchedule/1")
  void tc066_compositeSchedule_isShown_alsoThatThereIsNone() {
    String get = "GetCompositeSchedule";
    String request = "{\"connectorId\": 1, \"duration\": 300}";
    try (Station16 station = Station16.online()) {
      station.answers(
          get,
          """
          {"status": "Accepted", "connectorId": 1, "scheduleStart": "2026-11-22T10:00:00.000Z",
            "chargingSchedule": {"duration": 300, "chargingRateUnit": "A",
              "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6.5}]}}
          """);
      api.answered(station, get, request);
      JsonNode shown = shown(station).path("composite_schedules").path(0);
      assertThat(shown.path("start").asText()).startsWith("2026-11-22T10:00:00");
      assertThat(shown.path("periods").path(0).path("limit").asText()).isEqualTo("6.5");
      station.answers(get, "{\"status\": \"Rejected\"}");
      api.answered(station, get, request);
      shown = shown(station).path("composite_schedules").path(0);
      assertThat(shown.path("accepted").asBoolean()).isFalse();
      assertThat(shown.path("reason").asText()).isEqualTo("Rejected");
    }
  }

  @Test
  @Scenario("TC_067_CSMS")
  @Proves("1.6/ClearChargingProfile/1")
  void tc067_clearing_endsWhatMatches_andUnknownMeansNothingDid() {
    String clear = "ClearChargingProfile";
    try (Station16 station = Station16.online()) {
      accepted(station, SET, set16(1, 671, 0, "TxDefaultProfile"));
      accepted(station, SET, set16(1, 672, 1, "TxDefaultProfile"));
      accepted(station, SET, set16(0, 673, 0, "ChargePointMaxProfile"));
      accepted(station, clear, ScenarioApi.tree("{\"id\": 671}"));
      assertThat(ids(station)).containsExactly(672, 673);
      accepted(
          station,
          clear,
          ScenarioApi.tree(
              "{\"connectorId\": 1, \"chargingProfilePurpose\": \"TxDefaultProfile\"}"));
      assertThat(ids(station)).containsExactly(673);
      station.answers(clear, "{\"status\": \"Unknown\"}");
      assertThat(api.answered(station, clear, "{\"id\": 673}").path("status").asText())
          .isEqualTo("Unknown");
      assertThat(newest(station, 673).path("state").asText()).isEqualTo("missing");
    }
  }
}
