package org.ampay.ocpi.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.ampay.access.reservation.Reservation;
import org.ampay.access.reservation.ReservationWish;
import org.ampay.access.reservation.Reservations;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.command.CommandTokens.Read;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.json.OcpiTime;
import org.ampay.station.StationDirectory;
import org.ampay.store.Transactor;
import org.jspecify.annotations.Nullable;

/**
 * Reserves places for partners. The id is the partner's; the same one again changes what it
 * reserved before, OCPI 2.2.1 §13.3.3.
 */
public final class PartnerReservations {

  private final Transactor transactor;
  private final Reservations reservations;
  private final StationDirectory stations;
  private final Commands commands;

  public PartnerReservations(
      Transactor transactor,
      Reservations reservations,
      StationDirectory stations,
      Commands commands) {
    this.transactor = transactor;
    this.reservations = reservations;
    this.stations = stations;
    this.commands = commands;
  }

  /** RESERVE_NOW. */
  Verdict reserve(Partner partner, ObjectNode body) {
    CommandPlaces.Spot spot = commands.spot(partner, body);
    Instant until =
        OcpiTime.read(Commands.text(body, "expiry_date"))
            .orElseThrow(() -> OcpiProblem.invalid("expiry_date: is no time"));
    String id = Commands.text(body, "reservation_id");
    return switch (commands.tokens().read(partner, (ObjectNode) body.path("token"))) {
      case Read.Bad(String message) -> Verdict.rejected(message);
      case Read.Good good ->
          new Verdict.Tried(
              () -> {
                ReservationWish wish =
                    new ReservationWish(
                        spot.station(),
                        spot.evse().evseNo(),
                        null,
                        commands.shown(spot, good),
                        null,
                        until,
                        replaced(partner, id, spot.station().id()),
                        actor(partner));
                Word came =
                    word(
                        reservations.reserve(
                            wish,
                            (tx, made) ->
                                CommandStore.save(
                                    tx,
                                    partner.id(),
                                    id,
                                    new CommandStore.Reserved(made.id(), made.stationId()))));
                if (came.equals(Word.ACCEPTED)) {
                  String reference = Commands.text(body, "authorization_reference");
                  commands
                      .tokens()
                      .reserved(
                          partner, good.token(), reference.isEmpty() ? null : reference, until);
                }
                return came;
              });
    };
  }

  private Optional<CommandStore.Reserved> known(Partner partner, String id) {
    return transactor.call(tx -> CommandStore.reservation(tx, partner.id(), id));
  }

  private @Nullable Integer replaced(Partner partner, String id, long stationId) {
    return known(partner, id)
        .filter(known -> known.stationId() == stationId)
        .flatMap(known -> reservations.find(partner.operatorId(), known.rowId()))
        .filter(before -> before.state().open())
        .map(Reservation::number)
        .orElse(null);
  }

  /** CANCEL_RESERVATION. */
  Verdict cancel(Partner partner, ObjectNode body) {
    Optional<CommandStore.Reserved> known = known(partner, Commands.text(body, "reservation_id"));
    return new Verdict.Tried(
        () ->
            known
                .flatMap(
                    reserved ->
                        stations
                            .byId(reserved.stationId())
                            .map(
                                station ->
                                    reservations.cancel(
                                        partner.operatorId(),
                                        reserved.rowId(),
                                        station,
                                        actor(partner),
                                        (tx, over) -> {})))
                .map(result -> cancelled(partner, result))
                .orElseGet(() -> Word.of("UNKNOWN_RESERVATION")));
  }

  private static String actor(Partner partner) {
    return "partner:" + partner.id();
  }

  private Word cancelled(Partner partner, Reservations.Result result) {
    return switch (result) {
      case Reservations.Result.Asked(Reservation over) -> {
        commands.tokens().released(partner, over.token().uid());
        yield Word.ACCEPTED;
      }
      case Reservations.Result.Conflict(String reason) -> new Word("UNKNOWN_RESERVATION", reason);
      case Reservations.Result.Unknown _ -> Word.of("UNKNOWN_RESERVATION");
      case Reservations.Result.BadField(String field, String reason) ->
          new Word("REJECTED", field + ": " + reason);
      case Reservations.Result.NotConnected _ ->
          new Word("FAILED", "the station has no connection");
      case Reservations.Result.NoAnswer(Reservation _, String reason) -> new Word("FAILED", reason);
    };
  }

  private static Word word(Reservations.Result result) {
    return switch (result) {
      case Reservations.Result.Asked(Reservation made) -> asked(made);
      case Reservations.Result.BadField(String field, String reason) ->
          new Word("REJECTED", field + ": " + reason);
      case Reservations.Result.Conflict(String reason) -> new Word("EVSE_OCCUPIED", reason);
      case Reservations.Result.NotConnected _ ->
          new Word("EVSE_INOPERATIVE", "the station has no connection");
      case Reservations.Result.Unknown _ -> Word.of("REJECTED");
      case Reservations.Result.NoAnswer(Reservation _, String reason) -> new Word("FAILED", reason);
    };
  }

  private static Word asked(Reservation made) {
    String reason = Optional.ofNullable(made.outcome().reason()).orElse("");
    return switch (made.state()) {
      case ACCEPTED, USED -> Word.ACCEPTED;
      case REQUESTED -> new Word("TIMEOUT", reason);
      case REFUSED ->
          switch (reason.toLowerCase(Locale.ROOT)) {
            case "occupied" -> Word.of("EVSE_OCCUPIED");
            case "faulted", "unavailable" -> Word.of("EVSE_INOPERATIVE");
            case "notsupported", "notimplemented" -> Word.of("NOT_SUPPORTED");
            default -> new Word("REJECTED", reason);
          };
      case EXPIRED, CANCELLED, REMOVED, REPLACED -> Word.of("CANCELED_RESERVATION");
    };
  }
}
