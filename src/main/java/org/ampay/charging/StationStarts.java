package org.ampay.charging;

import java.util.concurrent.CompletionStage;
import org.ampay.access.IdToken;
import org.ampay.station.EvseRef;
import org.ampay.station.StationInfo;

/** Asks stations to begin sessions. Owned here, implemented where the OCPP versions are known. */
@FunctionalInterface
public interface StationStarts {

  /**
   * RemoteStartTransaction, RequestStartTransaction; never completes exceptionally. A station that
   * says yes has promised to try, no more: the session exists when it reports it.
   */
  CompletionStage<StationStops.Answer> start(StationInfo station, EvseRef evse, IdToken token);
}
