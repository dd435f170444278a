package org.ampay.app;

import java.time.Duration;
import org.ampay.cluster.LiveBus;
import org.ampay.station.CommandPort;
import org.ampay.station.Inventory;
import org.ampay.station.command.CommandDesk;
import org.ampay.station.command.CommandHistory;
import org.ampay.station.command.CommandQueue;
import org.ampay.station.command.CommandQueueStore;
import org.ampay.station.command.CommandStore;
import org.ampay.store.GroupCommit;

/** The history of commands, and the queue for stations that are offline. */
final class CommandRooms {

  private static final Duration SWEEP = Duration.ofSeconds(5);

  final CommandHistory history;
  private final Foundation on;

  CommandRooms(Foundation on, GroupCommit.Environment commits, LiveBus live) {
    this.on = on;
    this.history =
        new CommandHistory(
            new GroupCommit<>(
                GroupCommit.Settings.of("command"),
                on.database().sideTransactor(),
                new CommandStore(),
                commits),
            on.ids(),
            on.time(),
            live);
  }

  /** Loads what waits; before stations can connect. */
  CommandDesk open(CommandPort port, Inventory inventory, Threads threads) {
    CommandQueueStore store = new CommandQueueStore(on.database());
    CommandQueue queue =
        new CommandQueue(
            on.settings().ocpp().commands(),
            store,
            history,
            port,
            new CommandQueue.Environment(on.ids(), on.time(), threads.blocking(), inventory::byId));
    queue.load();
    threads.repeat("sweep of queued commands", SWEEP, queue::sweep);
    return new CommandDesk(history, queue, store);
  }
}
