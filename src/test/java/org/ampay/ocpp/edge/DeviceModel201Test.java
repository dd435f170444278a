package org.ampay.ocpp.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.ampay.conformance.Proves;
import org.ampay.ocpp.v201.Calls201;
import org.ampay.station.Protocol;
import org.ampay.station.device.DeviceEvent;
import org.ampay.station.device.MonitorFact;
import org.ampay.station.device.ReportPart;
import org.ampay.station.device.ReportPart.Items;
import org.ampay.station.device.VariableFact;
import org.ampay.station.device.VariableFact.Traits;
import org.ampay.station.device.VariableKey;
import org.junit.jupiter.api.Test;

/** NotifyReport, NotifyMonitoringReport, NotifyEvent. */
class DeviceModel201Test {

  private static final String NOW = "2026-03-02T08:00:00Z";

  private final EdgeTester edge =
      new EdgeTester(Protocol.OCPP_201, rooms -> new Calls201(rooms, new EdgeSettings(300, 60)));
  private final FakeDevices devices = edge.rooms.devices;

  @Test
  void aReport_isStoredAttributeByAttribute_andConfirmed() {
    assertThat(
            edge.call(
                "NotifyReport",
                """
                {"requestId":5,"generatedAt":"2026-03-02T08:00:00Z","seqNo":3,"tbc":true,
                 "reportData":[{"component":{"name":"Connector","instance":"left",
                   "evse":{"id":1,"connectorId":2}},"variable":{"name":"Current","instance":"L1"},
                   "variableAttribute":[
                     {"value":"16","mutability":"ReadOnly","persistent":true,"constant":false},
                     {"type":"MaxSet","value":"32"}],
                   "variableCharacteristics":{"dataType":"decimal","unit":"A","minLimit":0,
                     "maxLimit":32.5,"supportsMonitoring":true}}]}
                """))
        .isEqualTo("result {}");
    ReportPart part = devices.reports.getFirst();
    assertThat(part.requestId()).isEqualTo(5);
    assertThat(part.seqNo()).isEqualTo(3);
    assertThat(part.last()).isFalse();
    assertThat(((Items.Variables) part.items()).facts())
        .containsExactly(
            new VariableFact(
                new VariableKey("Connector", "left", 1, 2, "Current", "L1", "Actual"),
                "16",
                false,
                new Traits("ReadOnly", true, false, "decimal", "A", "0", "32.5", null, true)),
            new VariableFact(
                new VariableKey("Connector", "left", 1, 2, "Current", "L1", "MaxSet"),
                "32",
                false,
                new Traits(null, null, null, "decimal", "A", "0", "32.5", null, true)));
  }

  @Test
  void aPartWithoutTbc_isTheLast() {
    edge.call("NotifyReport", "{\"requestId\":1,\"generatedAt\":\"" + NOW + "\",\"seqNo\":0}");
    assertThat(devices.reports)
        .containsExactly(new ReportPart(1, 0, true, new Items.Variables(List.of())));
  }

  @Test
  void whatIsNotStored_isNotConfirmed() {
    devices.stored = CompletableFuture.failedStage(new IllegalStateException("no database"));
    assertThat(
            edge.stage(
                    "NotifyReport", "{\"requestId\":1,\"generatedAt\":\"" + NOW + "\",\"seqNo\":0}")
                .toCompletableFuture())
        .isCompletedExceptionally();
    assertThat(
            edge.stage("NotifyEvent", event("Alerting", "EVSE", "Power", "")).toCompletableFuture())
        .isCompletedExceptionally();
  }

  @Test
  void monitors_areStored() {
    assertThat(
            edge.call(
                "NotifyMonitoringReport",
                """
                {"requestId":6,"generatedAt":"2026-03-02T08:00:00Z","seqNo":0,
                 "monitor":[{"component":{"name":"EVSE","evse":{"id":1}},
                   "variable":{"name":"Power"},"variableMonitoring":[{"id":9,"transaction":true,
                   "value":22000.5,"type":"UpperThreshold","severity":3}]}]}
                """))
        .isEqualTo("result {}");
    assertThat(devices.reports)
        .containsExactly(
            new ReportPart(
                6,
                0,
                true,
                new Items.Monitors(
                    List.of(
                        new MonitorFact(
                            9,
                            new VariableKey("EVSE", "", 1, 0, "Power", "", "Actual"),
                            "UpperThreshold",
                            "22000.5",
                            3,
                            true)))));
  }

  @Test
  @Proves("N07.FR.03")
  void anAlert_isKeptWithAllItSays_andConfirmedEmpty() {
    assertThat(
            edge.call(
                "NotifyEvent",
                event(
                    "Alerting",
                    "EVSE",
                    "Power",
                    ",\"cause\":3,\"techCode\":\"E1\",\"techInfo\":\"hot\",\"cleared\":true,"
                        + "\"transactionId\":\"tx\",\"variableMonitoringId\":9")))
        .isEqualTo("result {}");
    assertThat(devices.events)
        .containsExactly(
            new DeviceEvent(
                4,
                Instant.parse(NOW),
                VariableKey.of("EVSE", "Power", ""),
                "Alerting",
                "23000",
                3,
                true,
                9,
                "CustomMonitor",
                "E1",
                "hot",
                "tx"));
    assertThat(edge.rooms.reports).isEmpty();
  }

  @Test
  @Proves("N08.FR.02")
  void aPeriodicEvent_isConfirmedEmpty() {
    assertThat(edge.call("NotifyEvent", event("Periodic", "EVSE", "Power", "")))
        .isEqualTo("result {}");
    assertThat(devices.events).extracting(DeviceEvent::trigger).containsExactly("Periodic");
  }

  @Test
  void availability_isKeptAsAnEventToo_andMovesTheConnector() {
    edge.call(
        "NotifyEvent",
        event("Delta", "Connector", "AvailabilityState", "")
            .replace("23000", "Occupied")
            .replace(
                "\"name\":\"Connector\"",
                "\"name\":\"Connector\",\"evse\":{\"id\":1,\"connectorId\":1}"));
    assertThat(devices.events).hasSize(1);
    assertThat(edge.rooms.connectors).hasSize(1);
  }

  @Test
  void anEventOfAPassword_isMasked() {
    edge.call("NotifyEvent", event("Delta", "SecurityCtrlr", "BasicAuthPassword", ""));
    assertThat(devices.events.getFirst().value()).isEqualTo("***");
  }

  private static String event(String trigger, String component, String variable, String more) {
    return """
    {"generatedAt":"2026-03-02T08:00:00Z","seqNo":0,"eventData":[{"eventId":4,
     "timestamp":"2026-03-02T08:00:00Z","trigger":"%s","actualValue":"23000",
     "eventNotificationType":"CustomMonitor","component":{"name":"%s"},
     "variable":{"name":"%s"}%s}]}
    """
        .formatted(trigger, component, variable, more);
  }
}
