package org.ampay.ocpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.base.TestTime;
import org.ampay.conformance.Proves;
import org.ampay.ocpp.edge.FakeDevices;
import org.ampay.ocpp.v16.DeviceDialect16;
import org.ampay.ocpp.v201.DeviceDialect201;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandOutcome.Answered;
import org.ampay.station.CommandOutcome.BadPayload;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.station.device.DeviceReadStore;
import org.ampay.station.device.Observation;
import org.ampay.station.device.VariableKey;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeviceCommandsTest {

  @RegisterExtension static final TestDatabase DB = new TestDatabase();

  private static final String EVSE = "\"component\":{\"name\":\"EVSE\"}";
  private static final String POWER = EVSE + ",\"variable\":{\"name\":\"Power\"}";

  private final StationInfo station =
      new StationInfo(7, 1, 1, "CP7", "CNY", 5_000, ZoneId.of("Asia/Shanghai"), List.of());
  private final FakeDevices devices = new FakeDevices();
  private final Port port = new Port();
  private final DeviceCommands commands =
      new DeviceCommands(
          port,
          Map.of(
              Protocol.OCPP_16, new DeviceDialect16(), Protocol.OCPP_201, new DeviceDialect201()),
          devices,
          new DeviceReadStore(DB.database()),
          TestTime.monday());

  /** A connection of which a test decides the answers. */
  private static final class Port implements CommandPort {
    final List<String> sent = new ArrayList<>();
    final Deque<CommandOutcome> outcomes = new ArrayDeque<>();
    Optional<Protocol> protocol = Optional.of(Protocol.OCPP_201);

    @Override
    public CompletionStage<CommandOutcome> send(StationInfo to, String action, String payload) {
      sent.add(payload);
      return CompletableFuture.completedStage(outcomes.remove());
    }

    @Override
    public Optional<Protocol> connected(long stationId) {
      return protocol;
    }
  }

  @BeforeEach
  void clear() {
    DB.clear();
  }

  /** What the station has told of its limits. */
  private void limit(String component, String variable, String instance, String value) {
    DB.dsl()
        .execute(
            "INSERT INTO device_variable (id, operator_id, station_id, component,"
                + " component_instance, evse_no, connector_no, variable, variable_instance,"
                + " attribute, value, source, report_id, first_at, changed_at, confirmed_at)"
                + " VALUES ((SELECT COUNT(*) FROM device_variable v), 1, 7, ?, '', 0, 0, ?, ?,"
                + " 'Actual', ?, 'report', 0, NOW(), NOW(), NOW())",
            component,
            variable,
            instance,
            value);
  }

  private CommandOutcome send(String action, String payload) {
    return commands.send(station, action, payload).toCompletableFuture().join();
  }

  private static String get(String variable) {
    return "{" + EVSE + ",\"variable\":{\"name\":\"" + variable + "\"}}";
  }

  private static String got(String variable, String value) {
    return "{\"getVariableResult\":[{\"attributeStatus\":\"Accepted\",\"attributeValue\":\""
        + value
        + "\","
        + EVSE
        + ",\"variable\":{\"name\":\""
        + variable
        + "\"}}]}";
  }

  @Test
  @Proves("B06.FR.05")
  void reads_areCutToTheItemsThatTheStationTakes_andAnsweredAsOne() {
    limit("DeviceDataCtrlr", "ItemsPerMessage", "GetVariables", "1");
    port.outcomes.add(new Answered(got("A", "1")));
    port.outcomes.add(new Answered(got("B", "2")));
    CommandOutcome outcome =
        send("GetVariables", "{\"getVariableData\":[" + get("A") + "," + get("B") + "]}");
    assertThat(port.sent)
        .containsExactly(
            "{\"getVariableData\":[" + get("A") + "]}", "{\"getVariableData\":[" + get("B") + "]}");
    assertThat(((Answered) outcome).payload())
        .contains("\"attributeValue\":\"1\"", "\"attributeValue\":\"2\"");
    assertThat(devices.observations.toString()).contains("variable=A", "variable=B");
  }

  @Test
  void aPartThatFails_isWhatTheWholeComesTo() {
    limit("DeviceDataCtrlr", "ItemsPerMessage", "GetVariables", "1");
    port.outcomes.add(new Answered(got("A", "1")));
    port.outcomes.add(new CommandOutcome.TimedOut());
    assertThat(send("GetVariables", "{\"getVariableData\":[" + get("A") + "," + get("B") + "]}"))
        .isEqualTo(new CommandOutcome.TimedOut());
    assertThat(devices.observations).hasSize(1);
  }

  @Test
  @Proves("B05.FR.11")
  void writes_areCutToTheBytesThatTheStationTakes() {
    limit("DeviceDataCtrlr", "BytesPerMessage", "SetVariables", "400");
    port.outcomes.add(new Answered(written("A")));
    port.outcomes.add(new Answered(written("B")));
    CommandOutcome outcome =
        send("SetVariables", "{\"setVariableData\":[" + set("A") + "," + set("B") + "]}");
    assertThat(port.sent)
        .containsExactly(
            "{\"setVariableData\":[" + set("A") + "]}", "{\"setVariableData\":[" + set("B") + "]}");
    assertThat(((Answered) outcome).payload()).contains("\"name\":\"A\"", "\"name\":\"B\"");
  }

  private static String set(String variable) {
    return "{\"attributeValue\":\""
        + "x".repeat(80)
        + "\","
        + EVSE
        + ",\"variable\":{\"name\":\""
        + variable
        + "\"}}";
  }

  private static String written(String variable) {
    return "{\"setVariableResult\":[{\"attributeStatus\":\"Accepted\","
        + EVSE
        + ",\"variable\":{\"name\":\""
        + variable
        + "\"}}]}";
  }

  @Test
  void anItemLargerThanTheStationTakes_isRefused() {
    limit("DeviceDataCtrlr", "BytesPerMessage", "SetVariables", "200");
    String payload =
        "{\"setVariableData\":[{\"attributeValue\":\"" + "x".repeat(300) + "\"," + POWER + "}]}";
    assertThat(send("SetVariables", payload))
        .isEqualTo(
            new BadPayload(
                "setVariableData", "has an item larger than the 200 bytes the station takes"));
    assertThat(port.sent).isEmpty();
  }

  @Test
  @Proves("B05.FR.13")
  void theSameVariableTwice_isRefused_butAnotherAttributeIsNot() {
    String first = "{\"attributeValue\":\"1\"," + POWER + "}";
    String same = "{\"attributeValue\":\"2\",\"attributeType\":\"Actual\"," + POWER + "}";
    String other = "{\"attributeValue\":\"2\",\"attributeType\":\"Target\"," + POWER + "}";
    assertThat(send("SetVariables", "{\"setVariableData\":[" + first + "," + same + "]}"))
        .isEqualTo(new BadPayload("setVariableData[1]", "names EVSE Power a second time"));
    port.outcomes.add(new CommandOutcome.TimedOut());
    send("SetVariables", "{\"setVariableData\":[" + first + "," + other + "]}");
    assertThat(port.sent).hasSize(1);
  }

  @Test
  void aReportThatNamesTooMuch_isRefused_becauseItCannotBeCut() {
    limit("DeviceDataCtrlr", "ItemsPerMessage", "GetReport", "1");
    String component = "{" + EVSE + "}";
    assertThat(
            send(
                "GetReport",
                "{\"requestId\":1,\"componentVariable\":[" + component + "," + component + "]}"))
        .isEqualTo(new BadPayload("componentVariable", "has 2 items, and the station takes 1"));
  }

  private static String monitor(int severity) {
    return "{\"value\":5,\"type\":\"Delta\",\"severity\":" + severity + "," + POWER + "}";
  }

  private static Answered monitorSet(int id, int severity) {
    return new Answered(
        "{\"setMonitoringResult\":[{\"id\":"
            + id
            + ",\"status\":\"Accepted\",\"type\":\"Delta\",\"severity\":"
            + severity
            + ","
            + POWER
            + "}]}");
  }

  @Test
  @Proves("N04.FR.09")
  void monitors_areSetInTheNumberThatTheStationTakes_andKeptWithTheirIds() {
    limit("MonitoringCtrlr", "ItemsPerMessage", "SetVariableMonitoring", "1");
    port.outcomes.add(monitorSet(11, 3));
    port.outcomes.add(monitorSet(12, 4));
    send(
        "SetVariableMonitoring", "{\"setMonitoringData\":[" + monitor(3) + "," + monitor(4) + "]}");
    assertThat(port.sent).hasSize(2);
    assertThat(devices.observations.toString())
        .contains("monitorId=11", "severity=3", "monitorId=12", "severity=4", "value=5");
  }

  @Test
  @Proves("N06.FR.04")
  void monitors_areClearedInTheNumberThatTheStationTakes() {
    limit("MonitoringCtrlr", "ItemsPerMessage", "ClearVariableMonitoring", "2");
    port.outcomes.add(
        new Answered(
            "{\"clearMonitoringResult\":[{\"status\":\"Accepted\",\"id\":1},"
                + "{\"status\":\"Rejected\",\"id\":2}]}"));
    port.outcomes.add(
        new Answered("{\"clearMonitoringResult\":[{\"status\":\"NotFound\",\"id\":3}]}"));
    CommandOutcome outcome = send("ClearVariableMonitoring", "{\"id\":[1,2,3]}");
    assertThat(port.sent).containsExactly("{\"id\":[1,2]}", "{\"id\":[3]}");
    assertThat(((Answered) outcome).payload()).contains("NotFound", "Rejected");
    assertThat(devices.observations)
        .containsExactly(
            new Observation.Monitors(List.of(), List.of(1)),
            new Observation.Monitors(List.of(), List.of(3)));
  }

  @Test
  void settingsOf16_areReadInTheNumberThatTheStationTakes() {
    port.protocol = Optional.of(Protocol.OCPP_16);
    limit("", "GetConfigurationMaxKeys", "", "2");
    port.outcomes.add(
        new Answered(
            "{\"configurationKey\":[{\"key\":\"A\",\"readonly\":true,\"value\":\"1\"}],"
                + "\"unknownKey\":[\"B\"]}"));
    port.outcomes.add(new Answered("{\"unknownKey\":[\"C\"]}"));
    CommandOutcome outcome = send("GetConfiguration", "{\"key\":[\"A\",\"B\",\"C\"]}");
    assertThat(port.sent).containsExactly("{\"key\":[\"A\",\"B\"]}", "{\"key\":[\"C\"]}");
    assertThat(((Answered) outcome).payload())
        .contains("\"value\":\"1\"", "\"unknownKey\":[\"B\",\"C\"]");
    assertThat(devices.observations.toString())
        .contains("value=1", "mutability=ReadOnly", "everything=false");
  }

  @Test
  @Proves("1.6/ChangeConfiguration/1")
  void aChangedSettingOf16_isKeptAsItsAnswerSays() {
    port.protocol = Optional.of(Protocol.OCPP_16);
    for (String status : List.of("Accepted", "RebootRequired", "Rejected", "NotSupported")) {
      port.outcomes.add(new Answered("{\"status\":\"" + status + "\"}"));
      send("ChangeConfiguration", "{\"key\":\"K\",\"value\":\"" + status + "\"}");
    }
    assertThat(devices.observations).hasSize(3);
    assertThat(devices.observations.get(0).toString()).contains("value=Accepted, pending=false");
    assertThat(devices.observations.get(1).toString())
        .contains("value=RebootRequired, pending=true");
    assertThat(((Observation.Values) devices.observations.get(2)).unknown())
        .containsExactly(VariableKey.setting("K"));
  }

  @Test
  void passwords_areMaskedBeforeTheyAreTold() {
    port.outcomes.add(
        new Answered(
            "{\"setVariableResult\":[{\"attributeStatus\":\"Accepted\",\"component\":{\"name\":"
                + "\"SecurityCtrlr\"},\"variable\":{\"name\":\"BasicAuthPassword\"}}]}"));
    send(
        "SetVariables",
        "{\"setVariableData\":[{\"attributeValue\":\"new-password-1\",\"component\":{\"name\":"
            + "\"SecurityCtrlr\"},\"variable\":{\"name\":\"BasicAuthPassword\"}}]}");
    assertThat(port.sent.getFirst()).contains("new-password-1");
    assertThat(devices.observations.toString()).contains("***").doesNotContain("new-password-1");
  }

  @Test
  void whatCannotBeStored_doesNotHideTheAnswer() {
    devices.stored = CompletableFuture.failedStage(new IllegalStateException("no database"));
    port.outcomes.add(new Answered(got("A", "1")));
    assertThat(send("GetVariables", "{\"getVariableData\":[" + get("A") + "]}"))
        .isEqualTo(new Answered(got("A", "1")));
  }

  @Test
  void everythingElse_passesAsItIs() {
    port.outcomes.add(new CommandOutcome.Error("NotSupported", ""));
    assertThat(send("Reset", "{\"type\": \"OnIdle\"}"))
        .isEqualTo(new CommandOutcome.Error("NotSupported", ""));
    port.outcomes.add(new BadPayload("getVariableData", "missing"));
    assertThat(send("GetVariables", "{ }")).isInstanceOf(BadPayload.class);
    port.protocol = Optional.empty();
    port.outcomes.add(new CommandOutcome.NotConnected());
    assertThat(send("GetVariables", "{ }")).isEqualTo(new CommandOutcome.NotConnected());
    assertThat(port.sent).containsExactly("{\"type\": \"OnIdle\"}", "{ }", "{ }");
  }

  @Test
  void whatTheServerAsksByItself_isOfTheStationsVersion() {
    port.outcomes.add(new CommandOutcome.TimedOut());
    port.outcomes.add(new CommandOutcome.TimedOut());
    port.outcomes.add(new CommandOutcome.TimedOut());
    commands.readModel(station, 5);
    commands.readMonitors(station, 6);
    port.protocol = Optional.of(Protocol.OCPP_16);
    commands.readModel(station, 7);
    assertThat(port.sent)
        .containsExactly(
            "{\"requestId\":5,\"reportBase\":\"FullInventory\"}", "{\"requestId\":6}", "{}");
    assertThat(commands.readMonitors(station, 8).toCompletableFuture().join())
        .isInstanceOf(CommandOutcome.UnknownAction.class);
  }
}
