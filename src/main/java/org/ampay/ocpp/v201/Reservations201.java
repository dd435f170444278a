package org.ampay.ocpp.v201;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.ampay.access.StationOrder;
import org.ampay.access.reservation.Reservation;
import org.ampay.access.reservation.ReservationDialect;
import org.ampay.access.reservation.ReservationReports;
import org.ampay.access.reservation.ReservationState;
import org.ampay.ocpp.edge.CallAnswer;
import org.ampay.ocpp.edge.CallAnswer.NoAnswer;
import org.ampay.ocpp.edge.CallAnswer.Result;
import org.ampay.ocpp.edge.StationCall;
import org.ampay.ocpp.v201.wire.CancelReservationRequest;
import org.ampay.ocpp.v201.wire.CancelReservationStatusEnumType;
import org.ampay.ocpp.v201.wire.ConnectorEnumType;
import org.ampay.ocpp.v201.wire.IdTokenEnumType;
import org.ampay.ocpp.v201.wire.IdTokenType;
import org.ampay.ocpp.v201.wire.ReservationStatusUpdateRequest;
import org.ampay.ocpp.v201.wire.ReservationStatusUpdateResponse;
import org.ampay.ocpp.v201.wire.ReserveNowRequest;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireException;

/** ReserveNow, CancelReservation and ReservationStatusUpdate of OCPP 2.0.1. */
public final class Reservations201 implements ReservationDialect {

  private static final int MAX_ID_TOKEN = 36;

  private static final Set<String> TYPES =
      Arrays.stream(ConnectorEnumType.values())
          .map(ConnectorEnumType::wireName)
          .collect(Collectors.toUnmodifiableSet());

  /** The station ended a reservation; one that we do not know is confirmed too. */
  static CompletionStage<CallAnswer> ended(
      ReservationReports reports, StationCall call, ReservationStatusUpdateRequest update) {
    ReservationState state =
        switch (update.reservationUpdateStatus()) {
          case Expired -> ReservationState.EXPIRED;
          case Removed -> ReservationState.REMOVED;
        };
    return reports
        .ended(call.station(), update.reservationId(), state, call.receivedAt())
        .<CallAnswer>thenApply(stored -> new Result(ReservationStatusUpdateResponse.of()))
        .exceptionally(error -> new NoAnswer("the reservation could not be stored"));
  }

  @Override
  public int longestUid() {
    return MAX_ID_TOKEN;
  }

  @Override
  public Set<String> connectorTypes() {
    return TYPES;
  }

  @Override
  public StationOrder reserve(Reservation r) {
    ReserveNowRequest request =
        ReserveNowRequest.of(
            r.number(),
            r.until(),
            IdTokenType.of(r.token().uid(), Orders201.type(r.token().type())));
    request = r.evse() > 0 ? request.withEvseId(r.evse()) : request;
    String group = r.group();
    request =
        group == null
            ? request
            : request.withGroupIdToken(IdTokenType.of(group, IdTokenEnumType.Central));
    String type = r.connectorType();
    for (ConnectorEnumType known : ConnectorEnumType.values()) {
      request = known.wireName().equals(type) ? request.withConnectorType(known) : request;
    }
    return new StationOrder("ReserveNow", Wire.toJson(request));
  }

  @Override
  public String reserved(String answer) {
    try {
      return ReserveNowRequest.TYPE
          .readResponse(answer.getBytes(StandardCharsets.UTF_8))
          .status()
          .wireName();
    } catch (WireException e) {
      return "Rejected";
    }
  }

  @Override
  public StationOrder cancel(int number) {
    return new StationOrder("CancelReservation", Wire.toJson(CancelReservationRequest.of(number)));
  }

  @Override
  public boolean cancelled(String answer) {
    try {
      return CancelReservationRequest.TYPE
              .readResponse(answer.getBytes(StandardCharsets.UTF_8))
              .status()
          == CancelReservationStatusEnumType.Accepted;
    } catch (WireException e) {
      return false;
    }
  }

  /** A station that cannot do it says so in its answer. */
  @Override
  public Optional<StationOrder> askAnyEvse() {
    return Optional.empty();
  }

  @Override
  public boolean mayReserveAny(String answer) {
    return true;
  }
}
