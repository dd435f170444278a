package org.ampay.access.reservation;

import java.util.Optional;
import java.util.Set;
import org.ampay.access.StationOrder;

/** How one OCPP version speaks of reservations. */
public interface ReservationDialect {

  /** Characters of a token at most. */
  int longestUid();

  /** The connector types that can be asked for; empty: the version knows none. */
  Set<String> connectorTypes();

  StationOrder reserve(Reservation reservation);

  /** {@code Accepted}, {@code Faulted}, {@code Occupied}, {@code Rejected}, {@code Unavailable}. */
  String reserved(String answer);

  StationOrder cancel(int number);

  /** False: the station knows no such reservation. */
  boolean cancelled(String answer);

  /**
   * Asks whether the station reserves without an EVSE; empty: its answer to the order will tell.
   */
  Optional<StationOrder> askAnyEvse();

  /** The answer to {@link #askAnyEvse}. */
  boolean mayReserveAny(String answer);
}
