package org.ampay.access.reservation;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.access.IdToken;
import org.ampay.station.StationInfo;
import org.jspecify.annotations.Nullable;

/**
 * What stations report of reservations. Stages complete after the commit and fail when the database
 * is away: then do not answer.
 */
public interface ReservationReports {

  /** Forgets everything: where nothing can be reserved. */
  ReservationReports NONE =
      new ReservationReports() {
        @Override
        public CompletionStage<Void> started(StationInfo station, Start start) {
          return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Void> ended(
            StationInfo station, int number, ReservationState state, Instant at) {
          return CompletableFuture.completedStage(null);
        }
      };

  /**
   * A session began.
   *
   * @param number the reservation that it names; null when it names none
   * @param evse 0: not told
   * @param group of the token
   * @param accepted whether the token was
   */
  record Start(
      @Nullable Integer number,
      int evse,
      IdToken token,
      @Nullable String group,
      boolean accepted,
      String transactionId,
      Instant at) {}

  /** Ends the reservation that the session uses, if any; costs nothing where none is open. */
  CompletionStage<Void> started(StationInfo station, Start start);

  /**
   * The station ended a reservation by itself.
   *
   * @param state {@code EXPIRED} or {@code REMOVED}
   */
  CompletionStage<Void> ended(StationInfo station, int number, ReservationState state, Instant at);
}
