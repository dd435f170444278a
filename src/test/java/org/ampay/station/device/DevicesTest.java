package org.ampay.station.device;

import static org.ampay.station.device.DeviceWorld.fact;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.ampay.conformance.Proves;
import org.ampay.station.StationInfo;
import org.ampay.station.device.DeviceReadStore.Filter;
import org.ampay.station.device.Observation.Source;
import org.ampay.station.device.ReportPart.Items;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DevicesTest {

  @RegisterExtension static final TestDatabase DB = new TestDatabase();

  private DeviceWorld world;

  @BeforeEach
  void start() {
    world = new DeviceWorld(DB);
  }

  @Test
  void aReport_isCompleteWhenEveryPartHasCome_inWhateverOrder() {
    world.asked(7, "FullInventory");
    assertThat(world.report().state()).isEqualTo("asked");
    world.part(7, 0, false, fact("A", "V", "1"));
    world.part(7, 2, true, fact("C", "V", "3"));
    assertThat(world.report().state()).isEqualTo("receiving");
    assertThat(world.report().completedAt()).isNull();
    world.tick();
    world.part(7, 1, false, fact("B", "V", "2"));
    assertThat(world.report().state()).isEqualTo("complete");
    assertThat(world.report().completedAt()).isEqualTo(world.time.now());
    assertThat(world.report().parts()).isEqualTo(3);
    assertThat(world.values()).containsExactly("A V=1", "B V=2", "C V=3");
  }

  @Test
  void aRepeatedPart_changesNothing() {
    world.asked(7, "FullInventory");
    world.part(7, 0, false, fact("A", "V", "1"));
    world.part(7, 0, false, fact("A", "V", "1"));
    world.part(7, 1, true, fact("B", "V", "2"));
    world.part(7, 1, true, fact("B", "V", "2"));
    assertThat(world.report().parts()).isEqualTo(2);
    assertThat(world.report().items()).isEqualTo(2);
    assertThat(world.known.reports(world.station.id(), Long.MAX_VALUE, 10)).hasSize(1);
    assertThat(world.history()).isEmpty();
  }

  @Test
  void partsBeforeTheAnswer_belongToTheSameReport() {
    world.part(7, 0, true, fact("A", "V", "1"));
    assertThat(world.report().asked()).isEmpty();
    world.tick();
    world.asked(7, "FullInventory");
    assertThat(world.known.reports(world.station.id(), Long.MAX_VALUE, 10)).hasSize(1);
    assertThat(world.report().asked()).isEqualTo("FullInventory");
    assertThat(world.report().state()).isEqualTo("complete");
    assertThat(world.known.summary(world.station.id()).readAt()).isEqualTo(world.time.now());
  }

  @Test
  void aRefusedReport_isShownAsSuch() {
    world.observed(
        new Observation.ReportAsked("variables", 9, "SummaryInventory", "NotSupported", false));
    assertThat(world.report().state()).isEqualTo("refused");
    assertThat(world.report().answer()).isEqualTo("NotSupported");
  }

  @Test
  void aChangedValue_isInTheHistory_andWhatAFullInventoryLeavesOutIsRemoved() {
    world.asked(1, "FullInventory");
    world.part(1, 0, true, fact("A", "V", "1"), fact("B", "V", "2"));
    Instant first = world.time.now();
    world.tick();
    world.asked(2, "FullInventory");
    world.part(2, 0, true, fact("A", "V", "10"));
    assertThat(world.history()).containsExactly("B V: 2 -> removed", "A V: 1 -> 10");
    assertThat(world.values()).containsExactly("A V=10");
    long id = world.station.id();
    Difference difference =
        Difference.of(world.known.valuesAt(id, first), world.known.valuesAt(id, world.time.now()));
    assertThat(difference.lines().toString())
        .contains("variable=V", "left=1, right=10, inLeft=true, inRight=true")
        .contains("left=2, right=null, inLeft=true, inRight=false");
    assertThat(difference.equal()).isZero();
  }

  @Test
  void anInventoryOfConfigurationOnly_removesNothing() {
    world.asked(1, "FullInventory");
    world.part(1, 0, true, fact("A", "V", "1"), fact("B", "V", "2"));
    world.tick();
    world.asked(2, "ConfigurationInventory");
    world.part(2, 0, true, fact("A", "V", "1"));
    assertThat(world.values()).containsExactly("A V=1", "B V=2");
    assertThat(world.history()).isEmpty();
  }

  @Test
  void aRemovedVariable_comesBack() {
    world.asked(1, "FullInventory");
    world.part(1, 0, true, fact("A", "V", "1"), fact("B", "V", "2"));
    world.tick();
    world.asked(2, "FullInventory");
    world.part(2, 0, true, fact("B", "V", "2"));
    Instant without = world.time.now();
    world.tick();
    world.observed(
        new Observation.Values(Source.GET, List.of(fact("A", "V", "1")), List.of(), false));
    assertThat(world.values()).containsExactly("A V=1", "B V=2");
    assertThat(world.known.valuesAt(world.station.id(), without).keySet())
        .extracting(VariableKey::component)
        .containsExactly("B");
  }

  @Test
  void aPassword_isNeverStored() {
    VariableKey password = VariableKey.of("SecurityCtrlr", "BasicAuthPassword", "");
    world.observed(
        new Observation.Values(
            Source.SET,
            List.of(
                new VariableFact(password, "top-secret-1", false, null),
                new VariableFact(VariableKey.setting("AuthorizationKey"), "00ff", true, null)),
            List.of(),
            false));
    world.part(1, 0, true, VariableFact.of(password, "top-secret-2"));
    String everything =
        DB.dsl().fetch("SELECT * FROM device_variable").formatJSON()
            + DB.dsl().fetch("SELECT * FROM device_change").formatJSON();
    assertThat(everything)
        .contains("BasicAuthPassword", "AuthorizationKey", "***")
        .doesNotContain("top-secret")
        .doesNotContain("00ff");
  }

  @Test
  void aValueThatWaitsForTheBoot_isKeptBesideTheOldOne() {
    world.part(1, 0, true, fact("A", "V", "old"));
    world.observed(
        new Observation.Values(
            Source.SET,
            List.of(new VariableFact(VariableKey.of("A", "V", ""), "new", true, null)),
            List.of(),
            false));
    VariableRow row = world.known.variables(world.station.id(), Filter.ALL, 0, 1).getFirst();
    assertThat(row.value()).isEqualTo("old");
    assertThat(row.pending()).isEqualTo("new");
    world.tick();
    world.part(2, 0, true, fact("A", "V", "new"));
    row = world.known.variables(world.station.id(), Filter.ALL, 0, 1).getFirst();
    assertThat(row.value()).isEqualTo("new");
    assertThat(row.pending()).isNull();
  }

  @Test
  @Proves("1.6/GetConfiguration/1")
  void anAnswerWithEveryKey_isAWholeReading_andUnknownKeysAreRemoved() {
    world.observed(everything(setting("HeartbeatInterval", "300"), setting("Old", "x")));
    world.tick();
    world.observed(
        new Observation.Values(Source.GET, List.of(), List.of(VariableKey.setting("Old")), false));
    assertThat(world.values()).containsExactly("HeartbeatInterval=300");
    world.tick();
    world.observed(everything(setting("HeartbeatInterval", "600")));
    assertThat(world.history())
        .containsExactly("HeartbeatInterval: 300 -> 600", "Old: x -> removed");
    assertThat(world.report().asked()).isEqualTo("GetConfiguration");
    assertThat(world.report().state()).isEqualTo("complete");
  }

  private static VariableFact setting(String key, String value) {
    return new VariableFact(
        VariableKey.setting(key), value, false, VariableFact.Traits.ofSetting(false));
  }

  private static Observation everything(VariableFact... facts) {
    return new Observation.Values(Source.GET, List.of(facts), List.of(), true);
  }

  @Test
  void aStationThatInventsVariables_fillsNoMoreThanItsShare() {
    int part = 500;
    for (int seqNo = 0; seqNo * part < ModelStore.MOST_VARIABLES + part; seqNo++) {
      int begin = seqNo * part;
      world.part(
          1,
          seqNo,
          false,
          IntStream.range(begin, begin + part)
              .mapToObj(i -> fact("C" + i, "V", "1"))
              .toArray(VariableFact[]::new));
    }
    assertThat(DB.dsl().fetchValue("SELECT COUNT(*) FROM device_variable"))
        .isEqualTo((long) ModelStore.MOST_VARIABLES);
  }

  @Test
  void endlessReports_areForgottenButTheNewest() {
    for (int request = 1; request <= ReportStore.MOST_REPORTS + 5; request++) {
      world.part(request, 0, true, fact("A", "V", "1"));
    }
    assertThat(world.known.reports(world.station.id(), Long.MAX_VALUE, 100))
        .hasSize(ReportStore.MOST_REPORTS);
    world.part(1_000, -5, false, fact("A", "V", "1"));
    world.part(1_000, SeqNumbers.MOST + 1, true, fact("A", "V", "2"));
    assertThat(world.report().state()).isEqualTo("receiving");
    assertThat(world.values()).containsExactly("A V=2");
  }

  @Test
  void variables_areFoundByNameValueComponentAndChange() {
    world.part(1, 0, true, fact("EVSE", "Power", "50%"), fact("OCPPCommCtrlr", "Retry", "7"));
    Instant later = world.tick();
    world.part(2, 0, true, fact("OCPPCommCtrlr", "Retry", "8"));
    assertThat(found(new Filter("power", "", null))).containsExactly("EVSE");
    assertThat(found(new Filter("0%", "", null))).containsExactly("EVSE");
    assertThat(found(new Filter("_", "", null))).isEmpty();
    assertThat(found(new Filter("", "EVSE", null))).containsExactly("EVSE");
    assertThat(found(new Filter("", "", later))).containsExactly("OCPPCommCtrlr");
    assertThat(world.known.components(world.station.id())).containsExactly("EVSE", "OCPPCommCtrlr");
  }

  private List<String> found(Filter filter) {
    return world.known.variables(world.station.id(), filter, 0, 10).stream()
        .map(row -> row.key().component())
        .toList();
  }

  @Test
  void monitors_followSetClearAndReports() {
    world.observed(new Observation.Monitors(List.of(monitor(1), monitor(2)), List.of()));
    world.observed(new Observation.Monitors(List.of(), List.of(1)));
    assertThat(monitors()).containsExactly(2);
    world.tick();
    world.asked(5, "GetMonitoringReport (part)");
    world.part(new ReportPart(5, 0, true, new Items.Monitors(List.of(monitor(3)))));
    assertThat(monitors()).containsExactly(2, 3);
    world.tick();
    world.asked(6, "GetMonitoringReport");
    world.part(new ReportPart(6, 0, true, new Items.Monitors(List.of(monitor(3)))));
    assertThat(monitors()).containsExactly(3);
    world.tick();
    world.observed(
        new Observation.ReportAsked("monitors", 8, "GetMonitoringReport", "EmptyResultSet", false));
    assertThat(monitors()).isEmpty();
  }

  @Test
  void monitoringBaseAndLevel_areKept() {
    world.observed(new Observation.Monitoring("FactoryDefault", null));
    world.observed(new Observation.Monitoring(null, 4));
    assertThat(world.known.summary(world.station.id()).monitoringBase())
        .isEqualTo("FactoryDefault");
    assertThat(world.known.summary(world.station.id()).monitoringLevel()).isEqualTo(4);
  }

  private static MonitorFact monitor(int id) {
    return new MonitorFact(
        id, VariableKey.of("EVSE", "Power", ""), "UpperThreshold", "22000", 3, false);
  }

  private List<Integer> monitors() {
    return world.known.monitors(world.station.id(), 0, 100).stream()
        .map(row -> row.monitor().monitorId())
        .toList();
  }

  @Test
  void events_areKeptOnce_newestFirst() {
    List<DeviceEvent> told = List.of(event(1), event(2));
    events(told);
    events(told);
    assertThat(world.known.events(world.station.id(), Long.MAX_VALUE, 10))
        .extracting(row -> row.event().eventId())
        .containsExactly(2, 1);
    assertThat(world.known.events(world.station.id(), Long.MAX_VALUE, 1).getFirst().event())
        .isEqualTo(event(2));
  }

  @Test
  void oldEventsAndWhatIsLeftOfDeletedStations_areForgotten() {
    events(List.of(event(1)));
    Instant later = world.tick();
    events(List.of(event(2)));
    world.known.forget(later, later);
    assertThat(world.known.events(world.station.id(), Long.MAX_VALUE, 10)).hasSize(1);
    StationInfo other = world.station("CP-2");
    world.part(1, 0, true, fact("A", "V", "1"));
    world.inventory.deleteStation(1, world.station.id());
    world.known.forget(later, later);
    assertThat(DB.dsl().fetchValue("SELECT COUNT(*) FROM device_variable")).isEqualTo(0L);
    assertThat(DB.dsl().fetchValue("SELECT COUNT(*) FROM device_event")).isEqualTo(0L);
    assertThat(world.inventory.byId(other.id())).isPresent();
  }

  private void events(List<DeviceEvent> told) {
    world.devices.events(world.station, told, world.time.now()).toCompletableFuture().join();
  }

  private static DeviceEvent event(int id) {
    return new DeviceEvent(
        id,
        Instant.parse("2026-03-02T07:59:00Z"),
        VariableKey.of("EVSE", "Power", ""),
        "Alerting",
        "23000",
        null,
        false,
        3,
        "CustomMonitor",
        "E1",
        "too much",
        "tx-1");
  }
}
