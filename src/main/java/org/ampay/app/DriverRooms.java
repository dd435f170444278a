package org.ampay.app;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.ampay.audit.AuditLog;
import org.ampay.base.IdSource;
import org.ampay.charging.CostBoard;
import org.ampay.charging.CostDisplayStore;
import org.ampay.charging.DriverPrices;
import org.ampay.charging.DriverTalk;
import org.ampay.charging.LimitWatch;
import org.ampay.charging.OrderLimitStore;
import org.ampay.charging.Sessions;
import org.ampay.charging.StationQuestions;
import org.ampay.charging.StationStops;
import org.ampay.ocpp.DriverMessages;
import org.ampay.ocpp.RemoteControl;
import org.ampay.ocpp.RemoteStops;
import org.ampay.payment.order.RefusedStarts;
import org.ampay.station.CommandPort;
import org.ampay.tariff.TariffBook;

/** What drivers see at stations, and what they order of their sessions. */
final class DriverRooms {

  private static final Duration REFRESH = Duration.ofSeconds(5);
  private static final Duration TICK = Duration.ofSeconds(1);

  final CostBoard costs;
  final LimitWatch limits;
  final DriverPrices prices;
  final RefusedStarts refused;
  private final Threads threads;
  private final Settings.Sessions settings;
  private final IdSource ids;

  DriverRooms(Foundation on, Threads threads, TariffBook tariffs) {
    this.threads = threads;
    this.settings = on.settings().sessions();
    this.ids = on.ids();
    costs =
        new CostBoard(
            new CostBoard.Ground(
                new CostDisplayStore(on.database()), on.time(), threads.blocking()),
            settings.costInterval());
    limits =
        new LimitWatch(
            new LimitWatch.Ground(
                new OrderLimitStore(on.database()),
                on.database().transactor(),
                new AuditLog(on.database(), on.time()),
                on.time(),
                threads.blocking()),
            settings.limits());
    prices = new DriverPrices(tariffs, costs, threads.blocking());
    refused =
        new RefusedStarts(
            (station, transaction) -> CompletableFuture.completedStage(StationStops.Answer.AWAY),
            threads.blocking(),
            on.time());
  }

  /** What the core tells of its sessions. */
  Sessions.Drivers watched() {
    return new Sessions.Drivers(costs, List.of(costs, limits, refused));
  }

  /** From now on stations can be reached. */
  void open(CommandPort commands, StationQuestions questions) {
    DriverTalk talk = new DriverMessages(commands, questions);
    costs.talkBy(talk);
    prices.talkBy(talk);
    RemoteStops stops = new RemoteStops(new RemoteControl(commands, ids, RemoteStops.ORDERS));
    limits.stopBy(stops);
    refused.stopBy(stops);
  }

  /** Begins with what is done now and then. */
  void start(CoreRooms core) {
    costs.refresh();
    limits.refresh();
    threads.repeat("refresh of displays", REFRESH, costs::refresh);
    threads.repeat("refresh of drivers' limits", REFRESH, limits::refresh);
    threads.repeat("running costs", TICK, () -> costs.tick(core.sessions, core.inventory));
    threads.repeat(
        "drivers' limits",
        settings.limits().gap(),
        () -> limits.tick(core.sessions, core.inventory));
  }
}
