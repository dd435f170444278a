package org.ampay.app;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.ampay.cluster.LiveBus;
import org.ampay.ocpp.DeviceCommands;
import org.ampay.ocpp.v16.DeviceDialect16;
import org.ampay.ocpp.v201.DeviceDialect201;
import org.ampay.station.CommandPort;
import org.ampay.station.Inventory;
import org.ampay.station.Protocol;
import org.ampay.station.StationLife;
import org.ampay.station.device.AdmissionDesk;
import org.ampay.station.device.BootPace;
import org.ampay.station.device.DeviceDesk;
import org.ampay.station.device.DeviceReadStore;
import org.ampay.station.device.Devices;
import org.ampay.station.device.EventStore;
import org.ampay.station.device.ModelReading;
import org.ampay.station.device.Onboarding;
import org.ampay.station.device.Provisioning;
import org.ampay.station.device.UnknownStations;
import org.ampay.store.GroupCommit;

/** Admission, device model and events, wired in start order. */
final class DeviceRooms {

  private static final Duration REFRESH = Duration.ofSeconds(1);
  private static final Duration FLUSH = Duration.ofSeconds(1);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration FORGET = Duration.ofMinutes(10);
  private static final Duration KEEP_CHANGES = Duration.ofDays(730);
  private static final Duration KEEP_EVENTS = Duration.ofDays(400);

  final Provisioning provisioning;
  final UnknownStations unknown;
  final Devices devices;
  final DeviceReadStore known;
  private final GroupCommit<EventStore.Batch, Boolean> events;
  private final Foundation on;
  private final Threads threads;

  DeviceRooms(Foundation on, Threads threads, GroupCommit.Environment commits, LiveBus live) {
    this.on = on;
    this.threads = threads;
    provisioning = new Provisioning(on.database(), on.time());
    unknown = new UnknownStations(on.database(), on.time());
    known = new DeviceReadStore(on.database());
    events =
        new GroupCommit<>(
            GroupCommit.Settings.of("event"),
            on.database().transactor(),
            new EventStore(on.idSource("device")),
            commits);
    devices =
        new Devices(
            on.database(),
            on.idSource("device_model"),
            events,
            new BootPace(on.time(), on.random()::nextDouble),
            threads.blocking(),
            live);
  }

  /** The way to stations, watched; from now on models are read after boots. */
  DeviceCommands connect(CommandPort port, StationLife life) {
    DeviceCommands commands =
        new DeviceCommands(
            port,
            Map.of(
                Protocol.OCPP_16, new DeviceDialect16(), Protocol.OCPP_201, new DeviceDialect201()),
            devices,
            known,
            on.time());
    ModelReading reading =
        new ModelReading(
            on.settings().ocpp().modelReading(),
            on.database(),
            commands,
            on.ids(),
            on.time(),
            threads.blocking());
    life.watch(reading);
    threads.repeat("reading of device models", TICK, reading::tick);
    return commands;
  }

  /** What pages and calls need. */
  DeviceDesk desk(Inventory inventory, StationLife life, DeviceCommands commands) {
    return new DeviceDesk(
        new AdmissionDesk(provisioning, life, commands),
        new Onboarding(inventory, provisioning, unknown),
        known,
        commands);
  }

  /** Begins with what is done now and then. */
  void start() {
    threads.repeat("refresh of admissions", REFRESH, provisioning::refresh);
    threads.repeat("flush of unknown stations", FLUSH, unknown::flush);
    threads.repeat("end of old events", FORGET, this::forget);
  }

  private void forget() {
    Instant now = on.time().now();
    known.forget(now.minus(KEEP_CHANGES), now.minus(KEEP_EVENTS));
  }

  /** Takes nothing more; waits for what has been taken. */
  void drain() {
    events.close();
    events.drained().toCompletableFuture().join();
    unknown.flush();
  }
}
