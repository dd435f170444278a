package org.ampay.access.reservation;

import java.util.Locale;

/** What became of a reservation. */
public enum ReservationState {
  /** Asked of the station, which has not answered: perhaps it holds it. */
  REQUESTED,
  /** The station keeps a place. */
  ACCEPTED,
  /** The station said no; the reason is its word. */
  REFUSED,
  /** A session began with it. */
  USED,
  /** Nobody came in time. */
  EXPIRED,
  /** Called off by us. */
  CANCELLED,
  /** Dropped by the station, for example because it is faulted. */
  REMOVED,
  /** The same id was used for another one. */
  REPLACED;

  /** As stored and shown. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of a stored word. */
  public static ReservationState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Whether the station holds or may hold a place. */
  public boolean open() {
    return this == REQUESTED || this == ACCEPTED;
  }
}
