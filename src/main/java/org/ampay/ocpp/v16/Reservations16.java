package org.ampay.ocpp.v16;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ampay.access.StationOrder;
import org.ampay.access.reservation.Reservation;
import org.ampay.access.reservation.ReservationDialect;
import org.ampay.ocpp.v16.wire.CancelReservationRequest;
import org.ampay.ocpp.v16.wire.CancelReservationStatus;
import org.ampay.ocpp.v16.wire.GetConfigurationRequest;
import org.ampay.ocpp.v16.wire.ReserveNowRequest;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireException;

/** ReserveNow and CancelReservation of OCPP 1.6; its connectors are our EVSEs. */
public final class Reservations16 implements ReservationDialect {

  private static final String ZERO = "ReserveConnectorZeroSupported";
  private static final int MAX_ID_TAG = 20;

  @Override
  public int longestUid() {
    return MAX_ID_TAG;
  }

  @Override
  public Set<String> connectorTypes() {
    return Set.of();
  }

  @Override
  public StationOrder reserve(Reservation r) {
    ReserveNowRequest request =
        ReserveNowRequest.of(r.evse(), r.until(), r.token().uid(), r.number());
    String group = r.group();
    request =
        group == null || group.length() > MAX_ID_TAG ? request : request.withParentIdTag(group);
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
          == CancelReservationStatus.Accepted;
    } catch (WireException e) {
      return false;
    }
  }

  @Override
  public Optional<StationOrder> askAnyEvse() {
    return Optional.of(
        new StationOrder(
            "GetConfiguration", Wire.toJson(GetConfigurationRequest.of().withKey(List.of(ZERO)))));
  }

  @Override
  public boolean mayReserveAny(String answer) {
    return Keys16.text(answer, ZERO).map(text -> text.equalsIgnoreCase("true")).orElse(false);
  }
}
