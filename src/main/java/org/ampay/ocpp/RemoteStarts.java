package org.ampay.ocpp;

import java.util.concurrent.CompletionStage;
import org.ampay.access.IdToken;
import org.ampay.charging.StationStarts;
import org.ampay.charging.StationStops.Answer;
import org.ampay.station.EvseRef;
import org.ampay.station.StationInfo;

/** RemoteStartTransaction (1.6) and RequestStartTransaction (2.0.1), as the station speaks. */
public final class RemoteStarts implements StationStarts {

  private final RemoteControl control;

  public RemoteStarts(RemoteControl control) {
    this.control = control;
  }

  @Override
  public CompletionStage<Answer> start(StationInfo station, EvseRef evse, IdToken token) {
    return control
        .start(station, evse, token)
        .thenApply(RemoteStops::answer)
        .exceptionally(failure -> Answer.AWAY);
  }
}
