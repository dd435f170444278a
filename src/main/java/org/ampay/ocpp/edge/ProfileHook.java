package org.ampay.ocpp.edge;

import java.util.Optional;
import java.util.function.Consumer;
import org.ampay.ocpp.edge.StationEdge.Objection;
import org.ampay.ocpp.wire.WireException;
import org.ampay.ocpp.wire.WireObject;
import org.ampay.power.OrderAnswer;
import org.ampay.power.PowerPort;
import org.ampay.power.ProfileOrder;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;

/** Tells the room of power what is sent about charging profiles, and what became of it. */
public final class ProfileHook {

  private static final Consumer<CommandOutcome> NOTHING = outcome -> {};

  /** The words of one version. */
  public interface Reader {

    /** What a request says about profiles; empty: nothing. */
    Optional<ProfileOrder> order(WireObject request);

    /** What an answer to it says. */
    OrderAnswer answer(ProfileOrder order, String payload) throws WireException;
  }

  private final Protocol protocol;
  private final Reader reader;
  private final PowerPort power;

  public ProfileHook(Protocol protocol, Reader reader, PowerPort power) {
    this.protocol = protocol;
    this.reader = reader;
    this.power = power;
  }

  /** Why a request must not be sent; may block. */
  public Optional<Objection> objection(StationInfo station, WireObject request) {
    return reader
        .order(request)
        .flatMap(order -> power.objection(station, protocol, order))
        .map(complaint -> new Objection(complaint.field(), complaint.text()));
  }

  /** It is about to be sent; may block. What is returned is told what became of it. */
  public Consumer<CommandOutcome> sending(StationInfo station, WireObject request) {
    Optional<ProfileOrder> order = reader.order(request);
    if (order.isEmpty()) {
      return NOTHING;
    }
    Consumer<OrderAnswer> told = power.sending(station, order.get());
    return outcome -> told.accept(answer(order.get(), outcome));
  }

  private OrderAnswer answer(ProfileOrder order, CommandOutcome outcome) {
    return switch (outcome) {
      case CommandOutcome.Answered(String payload) -> {
        try {
          yield reader.answer(order, payload);
        } catch (WireException broken) {
          yield new OrderAnswer.Unclear(String.valueOf(broken.getMessage()));
        }
      }
      case CommandOutcome.Error(String code, String text) ->
          new OrderAnswer.Refused(text.isEmpty() ? code : code + ": " + text, false);
      case CommandOutcome.Invalid(String _, String text) -> new OrderAnswer.Unclear(text);
      case CommandOutcome.TimedOut _ -> new OrderAnswer.Unclear("no answer");
      case CommandOutcome.UnknownAction _,
          CommandOutcome.BadPayload _,
          CommandOutcome.NotConnected _ ->
          new OrderAnswer.NotSent();
    };
  }
}
