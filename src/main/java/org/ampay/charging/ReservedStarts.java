package org.ampay.charging;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.access.Authorization;
import org.ampay.access.IdToken;
import org.ampay.access.reservation.ReservationReports;
import org.ampay.access.reservation.ReservationReports.Start;
import org.ampay.charging.SessionCommand.EventType;

/**
 * The door of the core, where a session that begins ends the reservation that it uses (1.6 4.8,
 * 2.0.1 H03). Both are stored before the station is answered. Where nothing is reserved it costs
 * nothing.
 */
public final class ReservedStarts implements SessionPort {

  private static final IdToken NOBODY = IdToken.untyped("");

  private final SessionPort sessions;
  private final ReservationReports reservations;

  public ReservedStarts(SessionPort sessions, ReservationReports reservations) {
    this.sessions = sessions;
    this.reservations = reservations;
  }

  @Override
  public CompletionStage<SessionReply> submit(Report report) {
    return switch (report.command()) {
      case SessionCommand.Start start ->
          sessions.submit(report).thenCompose(reply -> ended(report, reply, begun(start, reply)));
      case SessionCommand.Event event
          when event.reservationId() != null || event.type() == EventType.STARTED ->
          sessions.submit(report).thenCompose(reply -> ended(report, reply, begun(event, reply)));
      case SessionCommand.Event _,
          SessionCommand.Stop _,
          SessionCommand.Readings _,
          SessionCommand.Ruling _,
          SessionCommand.ConnectorState _ ->
          sessions.submit(report);
    };
  }

  private CompletionStage<SessionReply> ended(
      Report report, SessionReply reply, Optional<Start> start) {
    return start
        .map(
            begun ->
                reservations
                    .started(report.station(), begun)
                    .thenApply(stored -> reply)
                    .exceptionally(
                        error -> new SessionReply.Unavailable("a reservation cannot be ended")))
        .orElseGet(() -> CompletableFuture.completedStage(reply));
  }

  private static Optional<Start> begun(SessionCommand.Start start, SessionReply reply) {
    return reply instanceof SessionReply.Started(int transactionId, Authorization verdict)
        ? Optional.of(
            new Start(
                start.reservationId(),
                start.evse().evseNo(),
                start.token(),
                verdict.groupToken(),
                verdict.accepted(),
                String.valueOf(transactionId),
                start.at()))
        : Optional.empty();
  }

  private static Optional<Start> begun(SessionCommand.Event event, SessionReply reply) {
    boolean named = event.reservationId() != null;
    if (!(reply instanceof SessionReply.EventAnswered answered)
        || (event.token() == null && !named)) {
      return Optional.empty();
    }
    Optional<Authorization> verdict = answered.authorization();
    return Optional.of(
        new Start(
            event.reservationId(),
            event.evse() == null ? 0 : event.evse().evseNo(),
            event.token() == null ? NOBODY : event.token(),
            verdict.flatMap(Authorization::group).orElse(null),
            verdict.map(Authorization::accepted).orElse(false),
            event.transactionId(),
            event.at()));
  }
}
