package org.ampay.ocpp.v16;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ampay.ocpp.edge.JsonLists;
import org.ampay.ocpp.edge.ProfileHook;
import org.ampay.ocpp.v16.wire.ChargingProfileStatus;
import org.ampay.ocpp.v16.wire.ChargingRateUnitType;
import org.ampay.ocpp.v16.wire.ClearChargingProfileRequest;
import org.ampay.ocpp.v16.wire.ClearChargingProfileStatus;
import org.ampay.ocpp.v16.wire.GetCompositeScheduleRequest;
import org.ampay.ocpp.v16.wire.GetCompositeScheduleResponse;
import org.ampay.ocpp.v16.wire.GetCompositeScheduleStatus;
import org.ampay.ocpp.v16.wire.RemoteStartTransactionRequest;
import org.ampay.ocpp.v16.wire.SetChargingProfileRequest;
import org.ampay.ocpp.wire.Payload;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireException;
import org.ampay.ocpp.wire.WireObject;
import org.ampay.power.OrderAnswer;
import org.ampay.power.OrderAnswer.Done;
import org.ampay.power.OrderAnswer.Refused;
import org.ampay.power.ProfileCriteria;
import org.ampay.power.ProfileOrder;
import org.ampay.power.Schedule;
import org.jspecify.annotations.Nullable;

/** Requests about charging profiles of OCPP 1.6, and their answers. */
final class SmartCharging16 implements ProfileHook.Reader {

  @Override
  public Optional<ProfileOrder> order(WireObject request) {
    return switch (request) {
      case SetChargingProfileRequest set ->
          Optional.of(
              new ProfileOrder.Set(
                  set.connectorId(),
                  Profiles16.profile(set.csChargingProfiles()),
                  Wire.toJson(set.csChargingProfiles())));
      case ClearChargingProfileRequest clear ->
          Optional.of(new ProfileOrder.Clear(criteria(clear)));
      case GetCompositeScheduleRequest get ->
          Optional.of(
              new ProfileOrder.Composite(
                  get.connectorId(), get.duration(), unit(get.chargingRateUnit())));
      case RemoteStartTransactionRequest start when start.chargingProfile() != null ->
          Optional.of(
              new ProfileOrder.Start(
                  start.connectorId() == null ? 0 : start.connectorId(),
                  Profiles16.profile(start.chargingProfile())));
      default -> Optional.empty();
    };
  }

  private static ProfileCriteria criteria(ClearChargingProfileRequest clear) {
    Integer id = clear.id();
    return id != null
        ? new ProfileCriteria(List.of(id), null, null, null, Set.of())
        : new ProfileCriteria(
            List.of(),
            clear.connectorId(),
            clear.chargingProfilePurpose() == null
                ? null
                : Profiles16.purpose(clear.chargingProfilePurpose()),
            clear.stackLevel(),
            Set.of());
  }

  private static Schedule.@Nullable Unit unit(@Nullable ChargingRateUnitType unit) {
    return unit == null ? null : Profiles16.unit(unit);
  }

  @Override
  public OrderAnswer answer(ProfileOrder order, String json) throws WireException {
    Payload payload = Payload.of(json);
    return switch (order) {
      case ProfileOrder.Set _ -> {
        var status = SetChargingProfileRequest.TYPE.readResponse(payload).status();
        yield status == ChargingProfileStatus.Accepted
            ? new Done(null)
            : new Refused(status.wireName(), false);
      }
      case ProfileOrder.Clear _ -> {
        var status = ClearChargingProfileRequest.TYPE.readResponse(payload).status();
        yield status == ClearChargingProfileStatus.Accepted
            ? new Done(null)
            : new Refused(status.wireName(), true);
      }
      case ProfileOrder.Composite composite -> {
        var answer = GetCompositeScheduleRequest.TYPE.readResponse(payload);
        yield answer.status() == GetCompositeScheduleStatus.Accepted
            ? new Done(composite(composite, answer))
            : new Refused(answer.status().wireName(), false);
      }
      case ProfileOrder.Start _, ProfileOrder.Query _ -> new Done(null);
    };
  }

  /** The schedule's start is beside it in 1.6. */
  private static OrderAnswer.@Nullable Composite composite(
      ProfileOrder.Composite asked, GetCompositeScheduleResponse answer) {
    var wire = answer.chargingSchedule();
    if (wire == null) {
      return null;
    }
    Schedule schedule = Profiles16.schedule(wire);
    Integer duration = schedule.durationSeconds();
    return new OrderAnswer.Composite(
        new Schedule(
            0,
            answer.scheduleStart() == null ? schedule.start() : answer.scheduleStart(),
            duration == null ? (Integer) asked.durationSeconds() : duration,
            schedule.unit(),
            schedule.periods(),
            null),
        JsonLists.of(wire.chargingSchedulePeriod()));
  }
}
