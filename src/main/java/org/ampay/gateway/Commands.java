package org.ampay.gateway;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.ampay.ocpp.edge.StationEdge;
import org.ampay.ocpp.wire.MessageType;
import org.ampay.ocpp.wire.Payload;
import org.ampay.ocpp.wire.WireException;
import org.ampay.ocpp.wire.WireObject;
import org.ampay.station.CommandOrder;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.Registration;
import org.ampay.station.Sender;
import org.ampay.station.StationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends commands to the stations that are connected here. */
final class Commands implements CommandPort {

  /** What may be sent to a station before it is accepted, and must not be (1.6 4.2.1, B02). */
  private static final Set<String> NOT_WHILE_PENDING =
      Set.of(
          "RemoteStartTransaction",
          "RemoteStopTransaction",
          "RequestStartTransaction",
          "RequestStopTransaction");

  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

  private static final Set<String> TRIGGERS = Set.of("TriggerMessage", "ExtendedTriggerMessage");

  private final Gate gate;

  Commands(Gate gate) {
    this.gate = gate;
  }

  /** A command that was looked at. */
  private sealed interface Checked {

    /** It must not be sent. */
    record Refused(Protocol protocol, CommandOutcome outcome) implements Checked {}

    /** It keeps to the dictionary and to the rules. */
    record Good(Protocol protocol, MessageType<?, ?> type, Payload payload, WireObject request)
        implements Checked {}
  }

  @Override
  public Optional<Protocol> connected(long stationId) {
    return gate.connections().find(stationId).map(StationChannel::protocol);
  }

  @Override
  public boolean ready(long stationId) {
    return gate.isReady(stationId);
  }

  @Override
  public CompletionStage<CommandOutcome> send(StationInfo station, String action, String payload) {
    return send(station, CommandOrder.of(Sender.system(""), action, payload)).outcome();
  }

  @Override
  public Sent send(StationInfo station, CommandOrder order) {
    Optional<StationChannel> channel = gate.connections().find(station.id());
    return switch (check(station, channel, order.action(), order.payload())) {
      case Checked.Refused(Protocol _, CommandOutcome outcome) -> refused(outcome);
      case Checked.Good good ->
          channel.isEmpty()
              ? refused(new CommandOutcome.NotConnected())
              : send(channel.get(), station, order, good);
    };
  }

  private Sent send(
      StationChannel channel, StationInfo station, CommandOrder order, Checked.Good good) {
    Registration registration = gate.rooms().lifecycle().registration(station.id());
    if (isForbidden(registration, order.action())) {
      return refused(
          new CommandOutcome.Error("SecurityError", "not sent: the station is " + registration));
    }
    StationEdge edge = gate.edge(good.protocol());
    Consumer<CommandOutcome> told = edge.sending(station, good.request());
    String masked = Secrets.masked(order.payload());
    long id = gate.rooms().watch().begun(station, order, good.protocol(), masked);
    CompletionStage<CommandOutcome> outcome =
        channel
            .commands()
            .call(
                id,
                order.recordId() != 0,
                good.type(),
                good.payload(),
                edge.triggeredBy(good.request()));
    return new Sent(id, outcome.thenApply(answer -> counted(tell(station, told, answer))));
  }

  private static CommandOutcome tell(
      StationInfo station, Consumer<CommandOutcome> told, CommandOutcome outcome) {
    try {
      told.accept(outcome);
    } catch (RuntimeException e) {
      // The station has answered: its answer is not lost because it could not be noted.
      LOG.error("station {}: an answer was not noted", station.identity(), e);
    }
    return outcome;
  }

  private Sent refused(CommandOutcome outcome) {
    return new Sent(0, completedStage(counted(outcome)));
  }

  private CommandOutcome counted(CommandOutcome outcome) {
    gate.metrics().command(outcome);
    return outcome;
  }

  @Override
  public Examined examine(StationInfo station, String action, String payload) {
    Optional<StationChannel> channel = gate.connections().find(station.id());
    Registration registration = gate.rooms().lifecycle().registration(station.id());
    boolean sendable = channel.isPresent() && !isForbidden(registration, action);
    return switch (check(station, channel, action, payload)) {
      case Checked.Refused(Protocol protocol, CommandOutcome outcome) ->
          new Examined(Optional.of(outcome), protocol, "", sendable);
      case Checked.Good good ->
          new Examined(Optional.empty(), good.protocol(), Secrets.masked(payload), sendable);
    };
  }

  private Checked check(
      StationInfo station, Optional<StationChannel> channel, String action, String payload) {
    Protocol protocol =
        channel
            .map(StationChannel::protocol)
            .or(() -> gate.rooms().lastProtocol().apply(station))
            .orElse(Protocol.OCPP_16);
    StationEdge edge = gate.edge(protocol);
    Optional<? extends MessageType<?, ?>> type = edge.command(action);
    if (type.isEmpty()) {
      return new Checked.Refused(protocol, new CommandOutcome.UnknownAction(action));
    }
    Payload json = Payload.of(payload);
    if (json.length() > gate.settings().limits().maxMessageBytes()) {
      return bad(protocol, "", "longer than a message may be");
    }
    WireObject request;
    try {
      request = type.get().readOwnRequest(json);
    } catch (WireException broken) {
      return bad(protocol, broken.field(), broken.description());
    }
    return edge.objection(station, request)
        .<Checked>map(objection -> bad(protocol, objection.field(), objection.description()))
        .orElseGet(() -> new Checked.Good(protocol, type.get(), json, request));
  }

  private static Checked bad(Protocol protocol, String field, String description) {
    return new Checked.Refused(protocol, new CommandOutcome.BadPayload(field, description));
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
