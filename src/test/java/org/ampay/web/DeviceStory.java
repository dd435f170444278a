package org.ampay.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ampay.station.KnockWatch.Knock;
import org.ampay.station.StationInfo;
import org.ampay.station.device.DeviceEvent;
import org.ampay.station.device.MonitorFact;
import org.ampay.station.device.Observation;
import org.ampay.station.device.ReportPart;
import org.ampay.station.device.ReportPart.Items;
import org.ampay.station.device.VariableFact;
import org.ampay.station.device.VariableFact.Traits;
import org.ampay.station.device.VariableKey;

/** What stations have told of themselves, for the pages. */
final class DeviceStory {

  private static final List<String> VARIABLES =
      List.of("AvailabilityState", "Power", "SupplyPhases", "Temperature", "Problem", "Tripped");

  private final WebFixture web;

  DeviceStory(WebFixture web) {
    this.web = web;
  }

  /** A model of 2.0.1 that changed once, events, monitors. */
  void model(StationInfo station) {
    asked(station, 1, "variables", "FullInventory");
    part(station, 1, 0, false, evses("22000"));
    part(station, 1, 1, true, controllers("30"));
    web.time.advance(Duration.ofMinutes(1));
    asked(station, 2, "variables", "FullInventory");
    part(station, 2, 0, true, evses("11000"));
    observed(
        station,
        new Observation.Values(
            Observation.Source.SET,
            List.of(
                new VariableFact(
                    VariableKey.of("OCPPCommCtrlr", "HeartbeatInterval", ""), "600", true, null)),
            List.of(),
            false));
    observed(
        station,
        new Observation.Monitors(
            List.of(
                new MonitorFact(
                    4,
                    new VariableKey("EVSE", "", 1, 0, "Power", "", "Actual"),
                    "UpperThreshold",
                    "21000",
                    3,
                    true)),
            List.of()));
    observed(station, new Observation.Monitoring("All", 6));
    events(station);
  }

  private static List<VariableFact> evses(String power) {
    List<VariableFact> facts = new ArrayList<>();
    for (int evse = 1; evse <= 2; evse++) {
      for (String variable : VARIABLES) {
        facts.add(
            new VariableFact(
                new VariableKey("EVSE", "", evse, 0, variable, "", "Actual"),
                variable.equals("Power") ? power : "Available",
                false,
                new Traits("ReadOnly", true, false, "decimal", "W", "0", "22000", null, true)));
      }
    }
    return facts;
  }

  private static List<VariableFact> controllers(String heartbeat) {
    Traits traits = new Traits("ReadWrite", true, false, "integer", "s", "1", "86400", null, false);
    return List.of(
        new VariableFact(
            VariableKey.of("OCPPCommCtrlr", "HeartbeatInterval", ""), heartbeat, false, traits),
        VariableFact.of(VariableKey.of("SecurityCtrlr", "BasicAuthPassword", ""), "secret-1"),
        VariableFact.of(VariableKey.of("DisplayCtrlr", "Text", "welcome"), ConsoleWorld.ODD),
        VariableFact.of(
            VariableKey.of("Odd" + "x".repeat(47), "V" + "y".repeat(49), "z".repeat(50)),
            "a".repeat(600)));
  }

  /** Settings of 1.6 that changed once. */
  void settings(StationInfo station) {
    for (String value : List.of("300", "600")) {
      observed(
          station,
          new Observation.Values(
              Observation.Source.GET,
              List.of(
                  setting("HeartbeatInterval", value, false),
                  setting("NumberOfConnectors", "2", true),
                  setting("AuthorizationKey", "00ff", false)),
              List.of(),
              true));
      web.time.advance(Duration.ofSeconds(1));
    }
  }

  private static VariableFact setting(String key, String value, boolean readonly) {
    return new VariableFact(VariableKey.setting(key), value, false, Traits.ofSetting(readonly));
  }

  private void events(StationInfo station) {
    Instant at = web.time.now();
    VariableKey power = new VariableKey("EVSE", "", 1, 0, "Power", "", "Actual");
    List<DeviceEvent> events = new ArrayList<>();
    events.add(
        new DeviceEvent(
            1,
            at,
            power,
            "Alerting",
            "23000",
            null,
            false,
            4,
            "CustomMonitor",
            "E-17",
            ConsoleWorld.ODD,
            "tx-1"));
    events.add(
        new DeviceEvent(
            2, at, power, "Alerting", "1000", 1, true, 4, "CustomMonitor", null, null, null));
    events.add(
        new DeviceEvent(
            3,
            at,
            power,
            "Periodic",
            "900",
            null,
            null,
            5,
            "PreconfiguredMonitor",
            null,
            null,
            null));
    web.devices.devices.events(station, events, at).toCompletableFuture().join();
  }

  /** Somebody waits outside. */
  void knocks() {
    web.devices.unknown.knocked(new Knock("NEW-STATION-1", "203.0.113.7", "ocpp1.6", true));
    web.devices.unknown.knocked(new Knock("新桩-2", "2001:db8::17", "", false));
    web.devices.unknown.knocked(
        new Knock("x".repeat(48), "203.0.113.9", "ocpp2.0.1, ocpp1.6", false));
    web.devices.unknown.flush();
  }

  private void asked(StationInfo station, int id, String kind, String what) {
    observed(station, new Observation.ReportAsked(kind, id, what, "Accepted", true));
  }

  private void observed(StationInfo station, Observation observation) {
    web.devices.devices.observed(station, observation, web.time.now()).toCompletableFuture().join();
  }

  private void part(
      StationInfo station, int id, int seqNo, boolean last, List<VariableFact> facts) {
    web.devices
        .devices
        .report(
            station, new ReportPart(id, seqNo, last, new Items.Variables(facts)), web.time.now())
        .toCompletableFuture()
        .join();
  }
}
