package org.ampay.web;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.ampay.base.IdSource;
import org.ampay.base.TestTime;
import org.ampay.cluster.LiveBus;
import org.ampay.ocpp.DeviceCommands;
import org.ampay.ocpp.v16.DeviceDialect16;
import org.ampay.ocpp.v201.DeviceDialect201;
import org.ampay.station.CommandPort;
import org.ampay.station.Inventory;
import org.ampay.station.Protocol;
import org.ampay.station.StationLife;
import org.ampay.station.StationLifeStore;
import org.ampay.station.device.AdmissionDesk;
import org.ampay.station.device.BootPace;
import org.ampay.station.device.DeviceDesk;
import org.ampay.station.device.DeviceReadStore;
import org.ampay.station.device.Devices;
import org.ampay.station.device.EventStore;
import org.ampay.station.device.Onboarding;
import org.ampay.station.device.Provisioning;
import org.ampay.station.device.UnknownStations;
import org.ampay.store.Database;
import org.ampay.store.GroupCommit;

/** Admission, device models and onboarding over a real database. */
final class DeviceFixture {

  final Provisioning provisioning;
  final UnknownStations unknown;
  final Devices devices;
  final StationLife life;
  final DeviceCommands commands;
  final DeviceDesk desk;

  DeviceFixture(
      Database database,
      Inventory inventory,
      CommandPort stations,
      IdSource ids,
      TestTime time,
      ExecutorService workers,
      LiveBus live) {
    GroupCommit.Environment commits =
        new GroupCommit.Environment(
            workers,
            workers,
            (run, after) -> {
              throw new IllegalStateException("no outage in this test");
            },
            time,
            new SimpleMeterRegistry());
    provisioning = new Provisioning(database, time);
    unknown = new UnknownStations(database, time);
    DeviceReadStore known = new DeviceReadStore(database);
    devices =
        new Devices(
            database,
            ids,
            new GroupCommit<>(
                GroupCommit.Settings.of("event"),
                database.transactor(),
                new EventStore(ids),
                commits),
            new BootPace(time, () -> 0),
            workers,
            live);
    life =
        new StationLife(
            inventory,
            new GroupCommit<>(
                GroupCommit.Settings.of("station"),
                database.transactor(),
                new StationLifeStore(ids),
                commits),
            live,
            provisioning);
    commands =
        new DeviceCommands(
            stations,
            Map.of(
                Protocol.OCPP_16, new DeviceDialect16(), Protocol.OCPP_201, new DeviceDialect201()),
            devices,
            known,
            time);
    desk =
        new DeviceDesk(
            new AdmissionDesk(provisioning, life, commands),
            new Onboarding(inventory, provisioning, unknown),
            known,
            commands);
  }
}
