package org.ampay.app;

import java.time.Duration;
import java.util.Map;
import org.ampay.cluster.LiveBus;
import org.ampay.ocpp.v16.Profiles16;
import org.ampay.ocpp.v201.Profiles201;
import org.ampay.power.DeviceLimits;
import org.ampay.power.PowerGround;
import org.ampay.power.ProfileDialect;
import org.ampay.power.ProfileOrders;
import org.ampay.power.SmartCharging;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.device.DeviceReadStore;

/** Charging profiles and the needs of EVs, wired. */
final class PowerRooms {

  private static final Duration SWEEP = Duration.ofHours(1);

  final SmartCharging charging;
  final ProfileOrders orders;

  PowerRooms(Foundation on, Threads threads, LiveBus live, DeviceReadStore devices) {
    Map<Protocol, ProfileDialect> dialects =
        Map.of(Protocol.OCPP_16, new Profiles16(), Protocol.OCPP_201, new Profiles201());
    orders = new ProfileOrders(dialects);
    charging =
        new SmartCharging(
            new PowerGround(
                on.database(), on.ids(), on.time(), threads.blocking(), threads.delay(), live),
            new DeviceLimits(devices),
            dialects,
            orders);
    threads.repeat("sweep of charging profiles", SWEEP, charging::sweep);
  }

  /** Before stations connect. */
  void open(CommandPort commands) {
    charging.open();
    orders.connect(commands);
  }
}
