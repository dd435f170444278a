package org.ampay.access;

import java.time.Instant;
import java.util.List;
import org.ampay.station.StationInfo;

/**
 * A station asks whether a token may do something.
 *
 * @param evses the EVSEs it is about; empty when the station did not say
 * @param at when it was presented, by the station's clock
 */
public record AuthorizationRequest(
    StationInfo station, List<Integer> evses, IdToken token, Purpose purpose, Instant at) {

  /** What the token is for. */
  public enum Purpose {
    /** Authorize: shown, nothing started yet. */
    PRESENT,
    /** StartTransaction or a TransactionEvent that starts energy. */
    START,
    /** A token in a later message of its session: a session is not counted against itself. */
    CONTINUE,
    /** A stop. */
    STOP
  }

  public AuthorizationRequest {
    evses = List.copyOf(evses);
  }
}
