package org.ampay.conformance;

import static org.ampay.conformance.Profiles.accepted;
import static org.ampay.conformance.Profiles.refused;
import static org.ampay.conformance.Profiles.schedule;
import static org.ampay.conformance.Profiles.set16;
import static org.ampay.conformance.Profiles.set201;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** Profiles keep to what their station said it can do. */
class ProfileLimitsTest {

  private static final String SET = "SetChargingProfile";
  private static final String DEFAULT = "TxDefaultProfile";

  private final ScenarioApi api = ScenarioServer.shared().api();

  @Test
  @Proves("1.6/SetChargingProfile/2")
  void configurationOf16_limitsProfiles() {
    try (Station16 station = Station16.online()) {
      station.answers(
          "GetConfiguration",
          """
          {"configurationKey": [
            {"key": "ChargeProfileMaxStackLevel", "readonly": true, "value": "3"},
            {"key": "ChargingScheduleAllowedChargingRateUnit", "readonly": true,
              "value": "Current"},
            {"key": "ChargingScheduleMaxPeriods", "readonly": true, "value": "1"},
            {"key": "MaxChargingProfilesInstalled", "readonly": true, "value": "1"}]}
          """);
      api.answered(station, "GetConfiguration", "{}");
      assertThat(refused(station, SET, set16(1, 1, 4, DEFAULT)))
          .isEqualTo("csChargingProfiles.stackLevel");
      ObjectNode watts = set16(1, 1, 3, DEFAULT);
      schedule(watts).put("chargingRateUnit", "W");
      assertThat(refused(station, SET, watts))
          .isEqualTo("csChargingProfiles.chargingSchedule.chargingRateUnit");
      ObjectNode two = set16(1, 1, 3, DEFAULT);
      schedule(two)
          .withArray("chargingSchedulePeriod")
          .add(ScenarioApi.tree("{\"startPeriod\": 60, \"limit\": 8}"));
      assertThat(refused(station, SET, two))
          .isEqualTo("csChargingProfiles.chargingSchedule.chargingSchedulePeriod");
      accepted(station, SET, set16(1, 1, 3, DEFAULT));
      assertThat(refused(station, SET, set16(1, 2, 2, DEFAULT)))
          .isEqualTo("csChargingProfiles.chargingProfileId");
    }
  }

  private static String variable(String name, String value) {
    return """
    {"attributeStatus": "Accepted", "attributeValue": "%s", "attributeType": "Actual",
      "component": {"name": "SmartChargingCtrlr", "evse": {"id": 1}},
      "variable": {"name": "%s"}}
    """
        .formatted(value, name);
  }

  @Test
  @Proves("K01.FR.20")
  void phaseToUse_needsAnEvseThatReportsToSwitchPhases() {
    try (Station201 station = Station201.online()) {
      ObjectNode phase = set201(1, 1, 0, DEFAULT);
      ((ObjectNode) schedule(phase).path("chargingSchedulePeriod").path(0))
          .put("numberPhases", 1)
          .put("phaseToUse", 2);
      assertThat(refused(station, SET, phase))
          .isEqualTo("chargingProfile.chargingSchedule[0].chargingSchedulePeriod[0].phaseToUse");
      station.answers(
          "GetVariables",
          "{\"getVariableResult\": ["
              + variable("ACPhaseSwitchingSupported", "true")
              + ","
              + variable("ProfileStackLevel", "0")
              + "]}");
      api.answered(
          station,
          "GetVariables",
          """
          {"getVariableData": [
            {"component": {"name": "SmartChargingCtrlr", "evse": {"id": 1}},
              "variable": {"name": "ACPhaseSwitchingSupported"}},
            {"component": {"name": "SmartChargingCtrlr", "evse": {"id": 1}},
              "variable": {"name": "ProfileStackLevel"}}]}
          """);
      accepted(station, SET, phase);
      assertThat(refused(station, SET, set201(1, 2, 1, DEFAULT)))
          .isEqualTo("chargingProfile.stackLevel");
    }
  }
}
