package org.ampay.charging;

import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.ampay.station.StationInfo;

/** Asks stations to end sessions. Owned here, implemented where the OCPP versions are known. */
@FunctionalInterface
public interface StationStops {

  /** What a station says. */
  enum Answer {
    /** It promises to try. */
    ACCEPTED,
    REFUSED,
    /** It is not there, or did not answer in time. */
    AWAY;

    private final String stored = name().toLowerCase(Locale.ROOT);

    /** As stored: {@code accepted}. */
    public String stored() {
      return stored;
    }
  }

  /** RemoteStopTransaction, RequestStopTransaction; never completes exceptionally. */
  CompletionStage<Answer> stop(StationInfo station, String transactionId);
}
