package org.ampay.ocpp;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.charging.StationStops;
import org.ampay.ocpp.RemoteControl.Outcome;
import org.ampay.ocpp.edge.RemoteOrders;
import org.ampay.ocpp.v16.Orders16;
import org.ampay.ocpp.v201.Orders201;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;

/** RemoteStopTransaction (1.6) and RequestStopTransaction (2.0.1), as the station speaks. */
public final class RemoteStops implements StationStops {

  /** How each version starts and stops. */
  public static final Map<Protocol, RemoteOrders> ORDERS =
      Map.of(Protocol.OCPP_16, new Orders16(), Protocol.OCPP_201, new Orders201());

  private final RemoteControl control;

  public RemoteStops(RemoteControl control) {
    this.control = control;
  }

  @Override
  public CompletionStage<Answer> stop(StationInfo station, String transactionId) {
    try {
      return control
          .stop(station, transactionId)
          .thenApply(RemoteStops::answer)
          .exceptionally(failure -> Answer.AWAY);
    } catch (IllegalArgumentException e) {
      // The transaction is of another version than the station speaks now.
      return CompletableFuture.completedStage(Answer.REFUSED);
    }
  }

  static Answer answer(Outcome outcome) {
    if (outcome.accepted()) {
      return Answer.ACCEPTED;
    }
    return switch (outcome.outcome()) {
      case CommandOutcome.NotConnected _, CommandOutcome.TimedOut _ -> Answer.AWAY;
      case CommandOutcome.Answered _,
          CommandOutcome.Error _,
          CommandOutcome.Invalid _,
          CommandOutcome.UnknownAction _,
          CommandOutcome.BadPayload _ ->
          Answer.REFUSED;
    };
  }
}
