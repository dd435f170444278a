package org.ampay.station.device;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.ampay.base.CountingIds;
import org.ampay.base.TestTime;
import org.ampay.cluster.LiveBus;
import org.ampay.station.Inventory;
import org.ampay.station.NewStation;
import org.ampay.station.Site;
import org.ampay.station.StationInfo;
import org.ampay.station.StationPasswords;
import org.ampay.station.device.ReportPart.Items;
import org.ampay.store.GroupCommit;
import org.ampay.store.TestDatabase;

/** One station with its device model on a real database; everything runs on the caller's thread. */
final class DeviceWorld {

  final TestTime time = TestTime.monday();
  final CountingIds ids = new CountingIds(100);
  final TestDatabase db;
  final Inventory inventory;
  final Site site;
  final StationInfo station;
  final Devices devices;
  final DeviceReadStore known;

  DeviceWorld(TestDatabase db) {
    this.db = db;
    db.clear();
    inventory = new Inventory(db.database(), ids, time, new StationPasswords(new byte[32]));
    site =
        inventory.createSite(
            new Site(
                0,
                1,
                "S1",
                "Site",
                new Site.Address("Street 1", "Town", "1000", "DEU", null, null),
                ZoneId.of("Europe/Berlin"),
                true));
    station = station("CP-1");
    devices =
        new Devices(
            db.database(),
            ids,
            new GroupCommit<>(
                GroupCommit.Settings.of("event"),
                db.transactor(),
                new EventStore(ids),
                new GroupCommit.Environment(
                    Runnable::run,
                    Runnable::run,
                    (run, after) -> {
                      throw new IllegalStateException("no outage in this test");
                    },
                    time,
                    new SimpleMeterRegistry())),
            new BootPace(time, () -> 0),
            Runnable::run,
            new LiveBus());
    known = new DeviceReadStore(db.database());
  }

  StationInfo station(String identity) {
    NewStation wanted =
        new NewStation(
            1, site.id(), identity, identity, 0, new EvseTemplate("GBT_DC", 1, 0).evses());
    return inventory.createStation(wanted, Optional.empty());
  }

  static VariableFact fact(String component, String variable, String value) {
    return VariableFact.of(VariableKey.of(component, variable, ""), value);
  }

  void asked(long requestId, String what) {
    observed(
        new Observation.ReportAsked(
            what.contains("Monitor") ? "monitors" : "variables",
            requestId,
            what,
            "Accepted",
            true));
  }

  void observed(Observation observation) {
    devices.observed(station, observation, time.now()).toCompletableFuture().join();
  }

  void part(long requestId, int seqNo, boolean last, VariableFact... facts) {
    part(new ReportPart(requestId, seqNo, last, new Items.Variables(List.of(facts))));
  }

  void part(ReportPart part) {
    devices.report(station, part, time.now()).toCompletableFuture().join();
  }

  /** A second later. */
  Instant tick() {
    time.advance(Duration.ofSeconds(1));
    return time.now();
  }

  List<String> values() {
    return known.variables(station.id(), DeviceReadStore.Filter.ALL, 0, 100).stream()
        .map(row -> row.key().text() + "=" + row.value())
        .toList();
  }

  List<String> history() {
    return known.changes(station.id(), 0, Long.MAX_VALUE, 100).stream()
        .map(
            change ->
                change.key().text()
                    + ": "
                    + change.before()
                    + " -> "
                    + (change.present() ? change.after() : "removed"))
        .toList();
  }

  ReportRow report() {
    return known.reports(station.id(), Long.MAX_VALUE, 1).getFirst();
  }
}
