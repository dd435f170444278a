package org.ampay.station;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The way to a station: implemented by the gateway, on whatever node the station is connected to.
 * Whatever is sent is kept in the history of commands.
 */
public interface CommandPort {

  /**
   * A command on its way.
   *
   * @param recordId of its record in the history; 0 when it was refused and so never sent
   */
  record Sent(long recordId, CompletionStage<CommandOutcome> outcome) {}

  /**
   * What can be said of a command without sending it.
   *
   * @param refusal {@link CommandOutcome.UnknownAction} or {@link CommandOutcome.BadPayload}; empty
   *     when it is a good one
   * @param protocol of the station, now or last
   * @param masked the payload without its secrets; the same text when it has none
   * @param sendable the station has a connection and may be sent this action now
   */
  record Examined(
      Optional<CommandOutcome> refusal, Protocol protocol, String masked, boolean sendable) {}

  /**
   * Sends a CALL of the station's own OCPP version for the system and waits for its answer.
   *
   * @param action for example {@code RemoteStartTransaction}
   * @param payload JSON text of the request, checked against the dictionary before it is sent
   */
  CompletionStage<CommandOutcome> send(StationInfo station, String action, String payload);

  /** The same for whoever the order names; the outcome stage never fails. */
  default Sent send(StationInfo station, CommandOrder order) {
    return new Sent(order.recordId(), send(station, order.action(), order.payload()));
  }

  /** Checks a command without sending it. */
  default Examined examine(StationInfo station, String action, String payload) {
    Optional<Protocol> protocol = connected(station.id());
    return new Examined(
        Optional.empty(), protocol.orElse(Protocol.OCPP_16), payload, protocol.isPresent());
  }

  /** Whether the station is connected, accepted, and has nothing to say first. */
  default boolean ready(long stationId) {
    return connected(stationId).isPresent();
  }

  /** The protocol of the station's connection; empty when it is not connected. */
  Optional<Protocol> connected(long stationId);
}
