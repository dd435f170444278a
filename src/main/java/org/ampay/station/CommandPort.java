package org.ampay.station;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The way to a station: implemented by the gateway, on whatever node the station is connected to.
 */
public interface CommandPort {

  /**
   * Sends a CALL of the station's own OCPP version and waits for its answer.
   *
   * @param action for example {@code RemoteStartTransaction}
   * @param payload JSON text of the request, checked against the dictionary before it is sent
   */
  CompletionStage<CommandOutcome> send(StationInfo station, String action, String payload);

  /** The protocol of the station's connection; empty when it is not connected. */
  Optional<Protocol> connected(long stationId);
}
