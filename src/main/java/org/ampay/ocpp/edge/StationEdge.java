package org.ampay.ocpp.edge;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.ampay.ocpp.wire.MessageType;
import org.ampay.ocpp.wire.WireObject;
import org.ampay.station.CommandOutcome;
import org.ampay.station.StationInfo;

/** The edge of one OCPP version: translates its wire records to version-neutral commands. */
public interface StationEdge {

  /**
   * Answers one CALL. The stage completes after the commit; when it fails, nothing was stored, and
   * the station must not be answered. Actions that need no database complete at once.
   */
  CompletionStage<CallAnswer> handle(StationCall call);

  /** The message of an action that may be called at a station. */
  Optional<? extends MessageType<?, ?>> command(String action);

  /**
   * Why a request that keeps to the dictionary must not be sent all the same: a rule of the
   * protocol's text.
   */
  default Optional<Objection> objection(WireObject request) {
    return Optional.empty();
  }

  /** The same with the rules that depend on what this station has told of itself. */
  default Optional<Objection> objection(long stationId, WireObject request) {
    return objection(request);
  }

  /** Hears a station's good answer to a request of ours. Quick; without any effect outside. */
  default void learn(long stationId, WireObject response) {}

  /**
   * The same at a station: also what its present state speaks against. May block.
   *
   * @param station whose connection it would be sent on
   */
  default Optional<Objection> objection(StationInfo station, WireObject request) {
    return objection(station.id(), request);
  }

  /**
   * A request without objections is about to be sent. May block.
   *
   * @return is told what became of it, before whoever sent it; may block
   */
  default Consumer<CommandOutcome> sending(StationInfo station, WireObject request) {
    return outcome -> {};
  }

  /**
   * A broken rule.
   *
   * @param field path of the offending field
   * @param description what is wrong, without the field
   */
  record Objection(String field, String description) {}

  /** The actions that a station calls because it was sent this request. */
  Set<String> triggeredBy(WireObject request);

  /** How this version starts and stops a session from afar. */
  RemoteOrders orders();
}
