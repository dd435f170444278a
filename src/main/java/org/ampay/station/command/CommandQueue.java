package org.ampay.station.command;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongFunction;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.station.CommandOrder;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.StationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands that wait for stations that are offline. They are sent in order, one at a time, when
 * their station is connected and accepted. Each is noted as sent before it is sent: after a crash
 * in between it is shown as unknown and never sent twice.
 */
public final class CommandQueue {

  private static final Logger LOG = LoggerFactory.getLogger(CommandQueue.class);
  private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);

  /** What a command that was to be queued got. */
  public sealed interface Queued {

    /** It waits. */
    record Waiting(long recordId) implements Queued {}

    /** Too many wait already. */
    record Full(int max) implements Queued {}
  }

  /**
   * What it works with.
   *
   * @param workers runs what waits for a station's answers; a virtual thread a task
   * @param stations the inventory's station of an id; null when it was deleted
   */
  public record Environment(
      IdSource ids,
      TimeSource time,
      Executor workers,
      LongFunction<Optional<StationInfo>> stations) {}

  private final CommandSettings settings;
  private final CommandQueueStore store;
  private final CommandHistory history;
  private final CommandPort port;
  private final Environment environment;
  private final Set<Long> waiting = ConcurrentHashMap.newKeySet();
  private final Map<Long, Run> runs = new HashMap<>();
  private Instant cleanAfter = Instant.MIN;

  /** The sending of one station's commands. */
  private static final class Run {
    private boolean again;
  }

  /** A queue that is empty until {@link #load}. */
  public CommandQueue(
      CommandSettings settings,
      CommandQueueStore store,
      CommandHistory history,
      CommandPort port,
      Environment environment) {
    this.settings = settings;
    this.store = store;
    this.history = history;
    this.port = port;
    this.environment = environment;
  }

  public CommandSettings settings() {
    return settings;
  }

  /** Reads what waits, and marks what was on its way when the server ended. Once, at the start. */
  public void load() {
    store.forgetSent(environment.time().now());
    waiting.addAll(store.stations());
    history.whenReady(this::ready);
  }

  /**
   * Queues a checked command without secrets.
   *
   * @param seconds how long it may wait
   */
  public Queued add(StationInfo station, CommandOrder order, String protocol, int seconds) {
    Instant now = environment.time().now();
    CommandRecord record =
        new CommandRecord(
            environment.ids().next(),
            station.id(),
            order.sender(),
            new CommandRecord.Call(protocol, order.action(), order.payload()),
            CommandState.QUEUED,
            now,
            new CommandRecord.Progress(
                null, null, now.plusSeconds(seconds), null, null, null, null));
    if (!store.insert(record, station.operatorId(), settings.maxQueued())) {
      return new Queued.Full(settings.maxQueued());
    }
    waiting.add(station.id());
    history.changed(station);
    // It may have connected meanwhile.
    if (port.ready(station.id())) {
      ready(station);
    }
    return new Queued.Waiting(record.id());
  }

  /** Whether some wait for this station. */
  public boolean holdsFor(long stationId) {
    return waiting.contains(stationId);
  }

  /** Takes a command back; false when it does not wait any more. */
  public boolean cancel(StationInfo station, long recordId) {
    boolean cancelled = store.cancel(recordId, environment.time().now());
    history.changed(station);
    return cancelled;
  }

  /** Begins to send what waits for a station, unless that goes on already. */
  void ready(StationInfo station) {
    if (!waiting.contains(station.id())) {
      return;
    }
    synchronized (runs) {
      Run running = runs.get(station.id());
      if (running != null) {
        running.again = true;
        return;
      }
      runs.put(station.id(), new Run());
    }
    try {
      environment.workers().execute(() -> send(station));
    } catch (RejectedExecutionException e) {
      LOG.debug("ending: what waits for {} stays queued", station.identity(), e);
    }
  }

  private void send(StationInfo station) {
    boolean more = true;
    while (more) {
      boolean goOn = false;
      try {
        goOn = sendNext(station);
      } catch (RuntimeException e) {
        LOG.warn("station {}: the queue of commands stopped", station.identity(), e);
      }
      more = goOn || isToGoOn(station);
    }
  }

  private boolean isToGoOn(StationInfo station) {
    synchronized (runs) {
      Run run = runs.get(station.id());
      if (run == null || !run.again) {
        runs.remove(station.id());
        return false;
      }
      run.again = false;
      return true;
    }
  }

  /** Sends the oldest and waits for its end; false when there is none or it cannot be sent now. */
  private boolean sendNext(StationInfo station) {
    if (!port.ready(station.id())) {
      return false;
    }
    Optional<CommandRecord> claimed = store.claim(station.id(), environment.time().now());
    if (claimed.isEmpty()) {
      return false;
    }
    CommandRecord command = claimed.get();
    CommandRecord.Call call = command.call();
    CommandPort.Sent sent =
        port.send(
            station,
            new CommandOrder(command.sender(), call.action(), call.payload(), command.id()));
    CommandOutcome outcome = sent.outcome().toCompletableFuture().join();
    if (outcome instanceof CommandOutcome.NotConnected) {
      store.putBack(command.id());
      return false;
    }
    if (sent.recordId() == 0) {
      // Refused before it was sent: the station may speak another version now.
      history.finished(station, command.id(), outcome, environment.time().now());
    }
    return true;
  }

  /** Ends what is over, deletes what is old, and looks after what is stuck; every few seconds. */
  public void sweep() {
    Instant now = environment.time().now();
    for (long station : store.expire(now)) {
      environment.stations().apply(station).ifPresent(history::changed);
    }
    Set<Long> stations = store.stations();
    waiting.retainAll(stations);
    waiting.addAll(stations);
    for (long station : stations) {
      if (port.ready(station)) {
        environment.stations().apply(station).ifPresent(this::ready);
      }
    }
    if (!now.isBefore(cleanAfter)) {
      int deleted = store.deleteBefore(now.minus(Duration.ofDays(settings.retentionDays())));
      cleanAfter = deleted == 0 ? now.plus(BETWEEN_CLEANINGS) : cleanAfter;
    }
  }
}
