package org.ampay.station;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.ampay.base.CountingIds;
import org.ampay.base.TestTime;
import org.ampay.cluster.LiveBus;
import org.ampay.store.GroupCommit;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StationLifeTest {

  @RegisterExtension static final TestDatabase DB = new TestDatabase();

  private static final Instant T0 = Instant.parse("2026-03-02T08:00:00Z");
  private static final BootReport BOOT =
      new BootReport(Protocol.OCPP_16, "Vendor", "Model", "SN1", "1.0", null);

  private final CountingIds ids = new CountingIds(100);
  private Inventory inventory;
  private StationInfo station;
  private StationLife life;

  @BeforeEach
  void start() {
    DB.clear();
    inventory = inventory();
    Site site =
        inventory.createSite(
            new Site(
                0,
                1,
                "S1",
                "Site",
                new Site.Address("Street 1", "Town", "1000", "DEU", null, null),
                ZoneId.of("Europe/Berlin"),
                true));
    NewStation.NewEvse evse =
        new NewStation.NewEvse(
            1, false, 3, 22_000, List.of(new NewStation.NewConnector(1, "IEC_62196_T2")));
    station =
        inventory.createStation(
            new NewStation(1, site.id(), "CP-1", "CP-1", 0, List.of(evse)), Optional.empty());
    life = life(inventory);
  }

  @Test
  void aBoot_isAcceptedStoredAndRememberedAfterARestart() {
    assertThat(life.registration(station.id())).isEqualTo(Registration.NONE);
    assertThat(life.boot(station, BOOT, T0).toCompletableFuture().join())
        .isEqualTo(Registration.ACCEPTED);
    assertThat(life.registration(station.id())).isEqualTo(Registration.ACCEPTED);
    StationLife restarted = life(inventory());
    assertThat(restarted.registration(station.id())).isEqualTo(Registration.ACCEPTED);
    assertThat(text("SELECT CONCAT(vendor, '/', protocol) FROM station")).isEqualTo("Vendor/1.6");
  }

  @Test
  void aConnectorsState_isStored_andAnOlderReportChangesNothing() {
    report("Charging", T0.plusSeconds(10));
    report("Available", T0);
    assertThat(text("SELECT CONCAT(status, '|', status_at) FROM connector"))
        .isEqualTo("Charging|2026-03-02 08:00:10.000");
    report("Faulted", T0.plusSeconds(20));
    assertThat(text("SELECT status FROM connector")).isEqualTo("Faulted");
  }

  @Test
  void aStatusStampedAhead_doesNotHideThoseThatFollow() {
    life.connector(
            station,
            new ConnectorReport(
                new EvseRef(1, 1), "Charging", "NoError", null, T0.plusSeconds(86_400)),
            T0)
        .toCompletableFuture()
        .join();
    report("Available", T0.plusSeconds(10));
    assertThat(text("SELECT status FROM connector")).isEqualTo("Available");
  }

  @Test
  void aPlaceThatNoStationHas_isNotKept() {
    life.connector(
            station,
            new ConnectorReport(new EvseRef(Integer.MAX_VALUE, 1), "Available", null, null, T0),
            T0)
        .toCompletableFuture()
        .join();
    assertThat(text("SELECT COUNT(*) FROM connector")).isEqualTo("1");
  }

  @Test
  void theLastProtocol_isKnownAtOnce() {
    life.connected(station, Protocol.OCPP_201, T0);
    assertThat(life.lastProtocol(station.id())).contains(Protocol.OCPP_201);
  }

  @Test
  void aConnectorThatTheInventoryDoesNotKnow_isAdded() {
    life.connector(station, new ConnectorReport(new EvseRef(2, 1), "Available", null, null, T0), T0)
        .toCompletableFuture()
        .join();
    assertThat(text("SELECT COUNT(*) FROM connector")).isEqualTo("2");
  }

  @Test
  void signsOfLife_areStoredAtTheFlush() {
    life.connected(station, Protocol.OCPP_201, T0);
    life.seen(station.id(), T0.plusSeconds(5));
    life.flush();
    assertThat(text("SELECT CONCAT(protocol, '|', last_seen_at) FROM station"))
        .isEqualTo("2.0.1|2026-03-02 08:00:05.000");
  }

  private void report(String status, Instant at) {
    life.connector(station, new ConnectorReport(new EvseRef(1, 1), status, "NoError", null, at), at)
        .toCompletableFuture()
        .join();
  }

  private Inventory inventory() {
    return new Inventory(DB.database(), ids, TestTime.monday(), new StationPasswords(new byte[32]));
  }

  private StationLife life(Inventory inventory) {
    GroupCommit<StationLifeStore.Change, Boolean> commits =
        new GroupCommit<>(
            GroupCommit.Settings.of("station"),
            DB.transactor(),
            new StationLifeStore(ids),
            new GroupCommit.Environment(
                Runnable::run,
                Runnable::run,
                (run, after) -> {
                  throw new IllegalStateException("no outage in this test");
                },
                TestTime.monday(),
                new SimpleMeterRegistry()));
    return new StationLife(inventory, commits, new LiveBus(), AdmissionRule.EVERYBODY);
  }

  private static String text(String sql) {
    return String.valueOf(DB.dsl().fetchValue(sql));
  }
}
