package org.ampay.web.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.station.CommandOrder;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.Sender;
import org.ampay.station.StationInfo;
import org.ampay.station.command.CommandDesk;
import org.ampay.station.command.CommandQueue.Queued;
import org.ampay.station.command.CommandRecord;
import org.ampay.station.command.CommandState;
import org.ampay.web.http.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands of people and keys: sent or queued, each with an entry in the audit log. */
public final class Commands {

  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

  /** How long an answer may wait for its record; then it is told before it can be read. */
  private static final Duration RECORD = Duration.ofSeconds(2);

  private final CommandPort port;
  private final CommandDesk desk;
  private final AuditLog audit;

  public Commands(CommandPort port, CommandDesk desk, AuditLog audit) {
    this.port = port;
    this.desk = desk;
    this.audit = audit;
  }

  /**
   * What was sent, and what became of it.
   *
   * @param recordId in the history; 0 when nothing was sent
   */
  public record Told(long recordId, CommandOutcome outcome) {}

  /**
   * Sends a CALL and waits for what becomes of it; the port bounds the wait.
   *
   * @param payload JSON text
   */
  public CommandOutcome send(StationInfo station, String action, String payload, String actor) {
    return tell(station, action, payload, actor).outcome();
  }

  /** The same with the id of its record, which can be read when this returns. */
  public Told tell(StationInfo station, String action, String payload, String actor) {
    CommandPort.Sent sent = port.send(station, CommandOrder.of(Sender.of(actor), action, payload));
    if (sent.recordId() != 0) {
      note(station, action, actor, sent.recordId(), false);
    }
    CommandOutcome outcome = await(sent, action);
    awaitRecord(sent.recordId());
    return new Told(sent.recordId(), outcome);
  }

  /** What came of a command that may wait. */
  public sealed interface Taken {

    /** It was sent at once. */
    record Sent(Told told) implements Taken {}

    /** It waits for the station. */
    record Waits(long recordId) implements Taken {}
  }

  /**
   * Sends a command now, or queues it while the station is offline, not accepted, or has others
   * waiting.
   *
   * @param seconds how long it may wait
   * @throws org.ampay.web.http.ProblemException when it may not be queued
   */
  public Taken sendOrQueue(
      StationInfo station, String action, String payload, String actor, int seconds) {
    checkSeconds(seconds);
    CommandPort.Examined examined = port.examine(station, action, payload);
    if (examined.refusal().isPresent()) {
      return new Taken.Sent(new Told(0, examined.refusal().get()));
    }
    if (examined.sendable() && !desk.queue().holdsFor(station.id())) {
      Told told = tell(station, action, payload, actor);
      if (!(told.outcome() instanceof CommandOutcome.NotConnected)) {
        return new Taken.Sent(told);
      }
    }
    if (!examined.masked().equals(payload)) {
      throw Problem.badField(
              "queue_seconds", "a command with a password or key is not kept waiting")
          .exception();
    }
    CommandOrder order = CommandOrder.of(Sender.of(actor), action, payload);
    return switch (desk.queue().add(station, order, examined.protocol().version(), seconds)) {
      case Queued.Waiting(long id) -> {
        note(station, action, actor, id, true);
        yield new Taken.Waits(id);
      }
      case Queued.Full(int max) ->
          throw Problem.conflict("queue-full", max + " commands wait for the station already")
              .exception();
    };
  }

  private void checkSeconds(int seconds) {
    int max = desk.queue().settings().maxQueueSeconds();
    if (seconds < 1 || seconds > max) {
      throw Problem.badField("queue_seconds", "must be 1 to " + max).exception();
    }
  }

  /**
   * Takes back a command that still waits.
   *
   * @return whether it did
   */
  public boolean cancel(StationInfo station, long recordId, String actor) {
    boolean cancelled = desk.queue().cancel(station, recordId);
    if (cancelled) {
      audit.append(
          AuditEntry.of(
                  station.operatorId(), actor, "command.cancel", "station:" + station.identity())
              .with("command_id", recordId));
    }
    return cancelled;
  }

  private void note(
      StationInfo station, String action, String actor, long recordId, boolean queued) {
    audit.append(
        AuditEntry.of(station.operatorId(), actor, "command.send", "station:" + station.identity())
            .with("action", action)
            .with("command_id", recordId)
            .with("queued", queued));
  }

  /** The protocol of a station's connection; empty when it has none. */
  public Optional<Protocol> protocol(long stationId) {
    return port.connected(stationId);
  }

  /** True when the station has a connection. */
  public boolean connected(long stationId) {
    return port.connected(stationId).isPresent();
  }

  /** How long a command may wait in the queue, seconds. */
  public int maxQueueSeconds() {
    return desk.queue().settings().maxQueueSeconds();
  }

  /** The newest commands of a station the caller has found in its scope. */
  public List<CommandRecord> newest(
      long stationId, @Nullable CommandState state, long beforeId, int limit) {
    return desk.store().newest(stationId, state, beforeId, limit);
  }

  /**
   * One command.
   *
   * @param operatorId null: of any operator
   */
  public Optional<CommandRecord> find(@Nullable Long operatorId, long id) {
    return desk.store().find(operatorId, id);
  }

  private static CommandOutcome await(CommandPort.Sent sent, String action) {
    try {
      return sent.outcome().toCompletableFuture().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a station", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the command " + action + " failed", e);
    }
  }

  private void awaitRecord(long recordId) {
    try {
      desk.history()
          .written(recordId)
          .toCompletableFuture()
          .get(RECORD.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing a command down", e);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("command {} is not written down yet: {}", recordId, e.toString());
    }
  }
}
