package org.ampay.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.ampay.access.IdToken;
import org.ampay.access.reservation.Reservation;
import org.ampay.access.reservation.ReservationState;
import org.ampay.access.reservation.ReservationWish;
import org.ampay.access.reservation.Reservations;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.station.Inventory;
import org.ampay.station.StationInfo;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.ampay.web.read.ReservationReadStore;
import org.ampay.web.read.ReservationReadStore.ReservationRow;
import org.ampay.web.read.StationReadStore;
import org.jspecify.annotations.Nullable;

/** Calls for reservations. */
final class ReservationsApi {

  private static final List<String> STATES =
      Stream.of(ReservationState.values()).map(ReservationState::word).toList();

  private final Reservations reservations;
  private final ReservationReadStore store;
  private final StationReadStore stations;
  private final Inventory inventory;
  private final AuditLog audit;

  ReservationsApi(
      Reservations reservations,
      ReservationReadStore store,
      StationReadStore stations,
      Inventory inventory,
      AuditLog audit) {
    this.reservations = reservations;
    this.store = store;
    this.stations = stations;
    this.inventory = inventory;
    this.audit = audit;
  }

  record NewReservationIn(
      @Field(value = "0 or absent: any", min = 0, max = 1000) @Nullable Integer evse,
      @Field(value = "a ConnectorEnumType of OCPP 2.0.1; absent: any", maxLength = 30)
          @Nullable String connectorType,
      @Field(value = "uid of a token", maxLength = 36) String token,
      @Field(value = "the token's own by default", maxLength = 20) @Nullable String tokenType,
      @Field(value = "whose tokens may use it; the token's own by default", maxLength = 36)
          @Nullable String group,
      @Field("when it ends, within 7 days") Instant until,
      @Field(
              value = "an open reservation that it takes the place of",
              min = 1,
              max = Integer.MAX_VALUE)
          @Nullable Integer reservationId) {}

  record ReservationOut(
      long id,
      long operator,
      String station,
      @Field("as the station knows it") int reservationId,
      @Field("null: any") @Nullable Integer evse,
      @Nullable String connectorType,
      String token,
      String tokenType,
      @Nullable String group,
      Instant until,
      @Field("requested, accepted, refused, used, expired, cancelled, removed, replaced")
          String state,
      @Field("why it was refused or removed") @Nullable String reason,
      @Field("the session that used it") @Nullable String transactionId,
      String createdBy,
      Instant createdAt,
      @Nullable Instant endedAt) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.post(
                "/stations/{id}/reservations",
                Permission.STATIONS_COMMAND,
                "Reserves a place at a station")
            .describe(
                "Waits for the station: `state` tells its answer, `reason` its word when it"
                    + " refuses. 409 when something is in the way or it is not connected.")
            .takes(NewReservationIn.class)
            .answers(201, ReservationOut.class)
            .by(this::create),
        ApiRoute.get("/reservations", Permission.STATIONS_READ, "Lists reservations, newest first")
            .query("station", "id of a station")
            .query("state", "one of the states")
            .lists(ReservationOut.class)
            .by(this::list),
        ApiRoute.get("/reservations/{id}", Permission.STATIONS_READ, "A reservation")
            .answers(200, ReservationOut.class)
            .by(call -> Answer.json(200, out(find(call)))),
        ApiRoute.post(
                "/reservations/{id}/cancel", Permission.STATIONS_COMMAND, "Calls a reservation off")
            .describe("`removed` when the station did not know it any more.")
            .answers(200, ReservationOut.class)
            .by(this::cancel));
  }

  private Answer list(ApiCall call) {
    List<ReservationRow> rows =
        store.list(
            call.scope(),
            call.query("station").orElse(null),
            call.choice("state", STATES),
            call.cursorId(Long.MAX_VALUE),
            call.limit() + 1);
    return Answer.json(200, call.page(rows, ReservationsApi::out, ReservationRow::id));
  }

  private Reservation find(ApiCall call) {
    return reservations
        .find(call.scope().operatorId(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound("there is no such reservation").exception());
  }

  private Answer create(ApiCall call) {
    StationInfo station =
        stations
            .find(call.scope(), call.pathParam("id"))
            .flatMap(row -> inventory.byId(row.id()))
            .orElseThrow(() -> Problem.notFound("there is no such station").exception());
    NewReservationIn in = call.body(NewReservationIn.class);
    call.http().withoutTimeout();
    ReservationWish wish =
        new ReservationWish(
            station,
            Objects.requireNonNullElse(in.evse(), 0),
            in.connectorType(),
            new IdToken(in.token(), Objects.requireNonNullElse(in.tokenType(), "")),
            in.group(),
            in.until(),
            in.reservationId(),
            call.caller().actor());
    return Answer.json(
        201,
        out(
            asked(
                reservations.reserve(
                    wish,
                    (tx, r) ->
                        audit.append(
                            tx,
                            entry(call, r, "reservation.create")
                                .with("station", station.identity()))))));
  }

  private Answer cancel(ApiCall call) {
    Reservation reservation = find(call);
    StationInfo station =
        inventory
            .byId(reservation.stationId())
            .orElseThrow(() -> Problem.notFound("its station is gone").exception());
    call.http().withoutTimeout();
    return Answer.json(
        200,
        out(
            asked(
                reservations.cancel(
                    reservation.operatorId(),
                    reservation.id(),
                    station,
                    call.caller().actor(),
                    (tx, r) -> audit.append(tx, entry(call, r, "reservation.cancel"))))));
  }

  private static Reservation asked(Reservations.Result result) {
    return switch (result) {
      case Reservations.Result.Asked(Reservation reservation) -> reservation;
      case Reservations.Result.BadField(String field, String reason) ->
          throw Problem.badField(field, reason).exception();
      case Reservations.Result.Conflict(String reason) ->
          throw Problem.conflict("reservation-conflict", reason).exception();
      case Reservations.Result.NotConnected _ ->
          throw Problem.conflict("not-connected", "the station is not connected").exception();
      case Reservations.Result.Unknown _ ->
          throw Problem.notFound("there is no such reservation").exception();
      case Reservations.Result.NoAnswer(Reservation _, String reason) ->
          throw Problem.noAnswer(reason).exception();
    };
  }

  private static AuditEntry entry(ApiCall call, Reservation r, String action) {
    return AuditEntry.of(r.operatorId(), call.caller().actor(), action, "reservation:" + r.id());
  }

  private ReservationOut out(Reservation r) {
    return new ReservationOut(
        r.id(),
        r.operatorId(),
        inventory.byId(r.stationId()).map(StationInfo::identity).orElse(""),
        r.number(),
        r.evse() == 0 ? null : r.evse(),
        r.connectorType(),
        r.token().uid(),
        r.token().type(),
        r.group(),
        r.until(),
        r.state().name().toLowerCase(Locale.ROOT),
        r.outcome().reason(),
        r.outcome().transactionId(),
        r.createdBy(),
        r.createdAt(),
        r.outcome().endedAt());
  }

  private static ReservationOut out(ReservationRow r) {
    return new ReservationOut(
        r.id(),
        r.operatorId(),
        r.station(),
        r.number(),
        r.evse() == 0 ? null : r.evse(),
        r.connectorType(),
        r.token(),
        r.tokenType(),
        r.group(),
        r.until(),
        r.state(),
        r.reason(),
        r.transactionId(),
        r.createdBy(),
        r.createdAt(),
        r.endedAt());
  }
}
