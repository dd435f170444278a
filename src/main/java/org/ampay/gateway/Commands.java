package org.ampay.gateway;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.ampay.ocpp.edge.StationEdge;
import org.ampay.ocpp.wire.MessageType;
import org.ampay.ocpp.wire.Payload;
import org.ampay.ocpp.wire.WireException;
import org.ampay.ocpp.wire.WireObject;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.Registration;
import org.ampay.station.StationInfo;

/** Sends commands to the stations that are connected here. */
final class Commands implements CommandPort {

  /** What may be sent to a station before it is accepted, and must not be (1.6 4.2.1, B02). */
  private static final Set<String> NOT_WHILE_PENDING =
      Set.of(
          "RemoteStartTransaction",
          "RemoteStopTransaction",
          "RequestStartTransaction",
          "RequestStopTransaction");

  private static final Set<String> TRIGGERS = Set.of("TriggerMessage", "ExtendedTriggerMessage");

  private final Gate gate;

  Commands(Gate gate) {
    this.gate = gate;
  }

  @Override
  public Optional<Protocol> connected(long stationId) {
    return gate.connections().find(stationId).map(StationChannel::protocol);
  }

  @Override
  public CompletionStage<CommandOutcome> send(StationInfo station, String action, String payload) {
    return deliver(station, action, payload)
        .thenApply(
            outcome -> {
              gate.metrics().command(outcome);
              return outcome;
            });
  }

  private CompletionStage<CommandOutcome> deliver(
      StationInfo station, String action, String payload) {
    Optional<StationChannel> channel = gate.connections().find(station.id());
    Protocol protocol =
        channel
            .map(StationChannel::protocol)
            .or(() -> gate.rooms().lastProtocol().apply(station))
            .orElse(Protocol.OCPP_16);
    StationEdge edge = gate.edge(protocol);
    Optional<? extends MessageType<?, ?>> type = edge.command(action);
    if (type.isEmpty()) {
      return completedFuture(new CommandOutcome.UnknownAction(action));
    }
    Payload json = Payload.of(payload);
    if (json.length() > gate.settings().limits().maxMessageBytes()) {
      return completedFuture(new CommandOutcome.BadPayload("", "longer than a message may be"));
    }
    WireObject request;
    try {
      request = type.get().readOwnRequest(json);
    } catch (WireException broken) {
      return completedFuture(new CommandOutcome.BadPayload(broken.field(), broken.description()));
    }
    if (channel.isEmpty()) {
      return completedFuture(new CommandOutcome.NotConnected());
    }
    Registration registration = gate.rooms().lifecycle().registration(station.id());
    if (isForbidden(registration, action)) {
      return completedFuture(
          new CommandOutcome.Error("SecurityError", "not sent: the station is " + registration));
    }
    return channel.get().commands().call(type.get(), json, edge.triggeredBy(request));
  }

  /** A Rejected station is sent nothing (B03.FR.03) but the request to boot again. */
  private static boolean isForbidden(Registration registration, String action) {
    return switch (registration) {
      case ACCEPTED, NONE -> false;
      case PENDING -> NOT_WHILE_PENDING.contains(action);
      case REJECTED -> !TRIGGERS.contains(action);
    };
  }
}
