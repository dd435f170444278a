package org.ampay.ocpp;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.ampay.access.IdToken;
import org.ampay.base.IdSource;
import org.ampay.ocpp.edge.RemoteOrders;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.EvseRef;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;

/** Starts and stops sessions from afar, in whatever version the station speaks. */
public final class RemoteControl {

  /**
   * What came of it.
   *
   * @param accepted the station promised to try; the session exists when it reports it
   * @param remoteStartId of a start, comes back in a 2.0.1 session's first event; 0 of a stop
   * @param outcome the station's own words, or why there are none
   */
  public record Outcome(boolean accepted, int remoteStartId, CommandOutcome outcome) {}

  private final CommandPort commands;
  private final IdSource remoteStartIds;
  private final Map<Protocol, RemoteOrders> orders;

  /**
   * @param remoteStartIds its ids are cut to 31 bits
   */
  public RemoteControl(
      CommandPort commands, IdSource remoteStartIds, Map<Protocol, RemoteOrders> orders) {
    this.commands = commands;
    this.remoteStartIds = remoteStartIds;
    this.orders = Map.copyOf(orders);
  }

  /** RemoteStartTransaction or RequestStartTransaction. */
  public CompletionStage<Outcome> start(StationInfo station, EvseRef evse, IdToken token) {
    int id = (int) (remoteStartIds.next() & Integer.MAX_VALUE);
    return order(station, id, version -> version.start(evse, token, id));
  }

  /**
   * RemoteStopTransaction or RequestStopTransaction.
   *
   * @param transactionId of the running session
   */
  public CompletionStage<Outcome> stop(StationInfo station, String transactionId) {
    return order(station, 0, version -> version.stop(transactionId));
  }

  private CompletionStage<Outcome> order(
      StationInfo station, int remoteStartId, Function<RemoteOrders, RemoteOrders.Order> make) {
    Optional<RemoteOrders> version = commands.connected(station.id()).map(orders::get);
    if (version.isEmpty()) {
      return CompletableFuture.completedFuture(
          new Outcome(false, remoteStartId, new CommandOutcome.NotConnected()));
    }
    RemoteOrders.Order order = make.apply(version.get());
    return commands
        .send(station, order.action(), order.payload())
        .thenApply(
            outcome -> new Outcome(accepted(version.get(), outcome), remoteStartId, outcome));
  }

  private static boolean accepted(RemoteOrders version, CommandOutcome outcome) {
    return outcome instanceof CommandOutcome.Answered(String payload) && version.accepted(payload);
  }
}
