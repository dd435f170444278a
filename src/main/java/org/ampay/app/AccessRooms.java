package org.ampay.app;

import java.time.Duration;
import java.util.Map;
import org.ampay.access.list.LocalLists;
import org.ampay.access.reservation.Reservations;
import org.ampay.charging.SessionUseStore;
import org.ampay.ocpp.v16.LocalLists16;
import org.ampay.ocpp.v16.Reservations16;
import org.ampay.ocpp.v201.LocalLists201;
import org.ampay.ocpp.v201.Reservations201;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.store.JobRunner;

/** Local lists and reservations: what of access speaks to stations. Wired when they can be. */
final class AccessRooms {

  private static final Duration SWEEP = Duration.ofSeconds(2);

  /** A list in many parts, each waiting for its answer. */
  private static final Duration LEASE = Duration.ofMinutes(15);

  final LocalLists lists;
  final Reservations reservations;

  AccessRooms(Foundation on, CoreRooms core, CommandPort commands) {
    lists =
        new LocalLists(
            on.database(),
            core.tokens,
            core.inventory,
            core.jobs,
            on.time(),
            new LocalLists.Ports(
                commands,
                Map.of(
                    Protocol.OCPP_16, new LocalLists16(), Protocol.OCPP_201, new LocalLists201())));
    reservations =
        new Reservations(
            on.database().transactor(),
            core.reservations,
            core.tokens,
            core.jobs,
            on.ids(),
            on.time(),
            new Reservations.Ports(
                commands,
                Map.of(
                    Protocol.OCPP_16,
                    new Reservations16(),
                    Protocol.OCPP_201,
                    new Reservations201()),
                new SessionUseStore(on.database())));
    core.runner.register(
        JobRunner.Settings.of(LocalLists.SYNC).withBatch(1).withParallelism(8).withLease(LEASE),
        lists::sync);
    core.runner.register(JobRunner.Settings.of(Reservations.EXPIRY), reservations::expire);
  }

  void start(Threads threads) {
    threads.repeat("sweep of local lists", SWEEP, lists::sweep);
  }
}
