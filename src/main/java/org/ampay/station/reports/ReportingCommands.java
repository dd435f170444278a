package org.ampay.station.reports;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.ampay.station.CommandOrder;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A way to stations on which commands that lead to reports are noted before they are sent. */
public final class ReportingCommands implements CommandPort {

  private static final Logger LOG = LoggerFactory.getLogger(ReportingCommands.class);

  private final CommandPort port;
  private final ReportWatch watch;
  private final Executor blocking;

  /**
   * @param blocking runs what waits for the database
   */
  public ReportingCommands(CommandPort port, ReportWatch watch, Executor blocking) {
    this.port = port;
    this.watch = watch;
    this.blocking = blocking;
  }

  @Override
  public Optional<Protocol> connected(long stationId) {
    return port.connected(stationId);
  }

  @Override
  public CompletionStage<CommandOutcome> send(StationInfo station, String action, String payload) {
    Optional<Protocol> protocol = port.connected(station.id());
    if (protocol.isEmpty() || !watch.concerns(action)) {
      return port.send(station, action, payload);
    }
    return CompletableFuture.supplyAsync(
            () -> watch.sending(station, protocol.get(), action, payload), blocking)
        .thenCompose(noted -> told(noted, port.send(station, action, payload)));
  }

  /** Waits for the database: who sends for somebody has a thread that may. */
  @Override
  public Sent send(StationInfo station, CommandOrder order) {
    Optional<Protocol> protocol = port.connected(station.id());
    if (protocol.isEmpty() || !watch.concerns(order.action())) {
      return port.send(station, order);
    }
    Optional<Consumer<CommandOutcome>> noted =
        watch.sending(station, protocol.get(), order.action(), order.payload());
    Sent sent = port.send(station, order);
    return new Sent(sent.recordId(), told(noted, sent.outcome()));
  }

  @Override
  public Examined examine(StationInfo station, String action, String payload) {
    return port.examine(station, action, payload);
  }

  @Override
  public boolean ready(long stationId) {
    return port.ready(stationId);
  }

  private CompletionStage<CommandOutcome> told(
      Optional<Consumer<CommandOutcome>> noted, CompletionStage<CommandOutcome> outcome) {
    return noted.isEmpty()
        ? outcome
        : outcome.thenApplyAsync(became -> tell(noted.get(), became), blocking);
  }

  private static CommandOutcome tell(Consumer<CommandOutcome> noted, CommandOutcome outcome) {
    try {
      noted.accept(outcome);
    } catch (RuntimeException e) {
      // The station has answered: its answer is not lost because we could not note it.
      LOG.warn("what became of a command was not noted", e);
    }
    return outcome;
  }
}
