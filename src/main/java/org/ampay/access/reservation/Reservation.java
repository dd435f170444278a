package org.ampay.access.reservation;

import java.time.Instant;
import org.ampay.access.IdToken;
import org.ampay.access.ReservedEvses;
import org.jspecify.annotations.Nullable;

/**
 * A place kept for a token.
 *
 * @param id of its row
 * @param number the protocol's id, positive, 31 bits; a station that gets it again replaces
 * @param evse 0: any
 * @param connectorType one of 2.0.1's ConnectorEnumType; null: any
 * @param group whose tokens may use it too
 * @param until from then on it is nobody's
 */
public record Reservation(
    long id,
    long operatorId,
    long stationId,
    int number,
    int evse,
    @Nullable String connectorType,
    IdToken token,
    @Nullable String group,
    Instant until,
    Instant createdAt,
    String createdBy,
    Outcome outcome) {

  /**
   * How far it got.
   *
   * @param reason the station's word or ours; null when there is nothing to say
   * @param transactionId of the session that used it
   */
  public record Outcome(
      ReservationState state,
      @Nullable String reason,
      @Nullable String transactionId,
      @Nullable Instant endedAt) {

    static final Outcome REQUESTED = new Outcome(ReservationState.REQUESTED, null, null, null);
  }

  public ReservationState state() {
    return outcome.state();
  }

  /** Whether the token, or one of its group, may use it. */
  boolean isFor(IdToken shown, @Nullable String shownGroup) {
    return token.key().equals(shown.key()) || ReservedEvses.sameGroup(group, shownGroup);
  }

  boolean holdsAt(Instant at) {
    return state() == ReservationState.ACCEPTED && !at.isBefore(createdAt) && at.isBefore(until);
  }

  Reservation with(Outcome other) {
    return new Reservation(
        id,
        operatorId,
        stationId,
        number,
        evse,
        connectorType,
        token,
        group,
        until,
        createdAt,
        createdBy,
        other);
  }
}
