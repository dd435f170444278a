package org.ampay.ocpp.v201;

import java.util.Optional;
import org.ampay.ocpp.edge.JsonLists;
import org.ampay.ocpp.edge.ProfileHook;
import org.ampay.ocpp.v201.wire.ChargingProfileStatusEnumType;
import org.ampay.ocpp.v201.wire.ChargingRateUnitEnumType;
import org.ampay.ocpp.v201.wire.ClearChargingProfileRequest;
import org.ampay.ocpp.v201.wire.ClearChargingProfileStatusEnumType;
import org.ampay.ocpp.v201.wire.CompositeScheduleType;
import org.ampay.ocpp.v201.wire.GenericStatusEnumType;
import org.ampay.ocpp.v201.wire.GetChargingProfileStatusEnumType;
import org.ampay.ocpp.v201.wire.GetChargingProfilesRequest;
import org.ampay.ocpp.v201.wire.GetCompositeScheduleRequest;
import org.ampay.ocpp.v201.wire.RequestStartTransactionRequest;
import org.ampay.ocpp.v201.wire.SetChargingProfileRequest;
import org.ampay.ocpp.v201.wire.StatusInfoType;
import org.ampay.ocpp.wire.Payload;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireEnum;
import org.ampay.ocpp.wire.WireException;
import org.ampay.ocpp.wire.WireObject;
import org.ampay.power.OrderAnswer;
import org.ampay.power.OrderAnswer.Done;
import org.ampay.power.OrderAnswer.Refused;
import org.ampay.power.ProfileOrder;
import org.ampay.power.Schedule;
import org.jspecify.annotations.Nullable;

/** Requests about charging profiles of OCPP 2.0.1, and their answers. */
final class ProfileOrders201 implements ProfileHook.Reader {

  @Override
  public Optional<ProfileOrder> order(WireObject request) {
    return switch (request) {
      case SetChargingProfileRequest set ->
          Optional.of(
              new ProfileOrder.Set(
                  set.evseId(),
                  Profiles201.profile(set.chargingProfile()),
                  Wire.toJson(set.chargingProfile())));
      case ClearChargingProfileRequest clear ->
          Optional.of(new ProfileOrder.Clear(Profiles201.criteria(clear)));
      case GetChargingProfilesRequest get ->
          Optional.of(
              new ProfileOrder.Query(get.requestId(), Profiles201.criteria(get), Wire.toJson(get)));
      case GetCompositeScheduleRequest get ->
          Optional.of(
              new ProfileOrder.Composite(
                  get.evseId(), get.duration(), unit(get.chargingRateUnit())));
      case RequestStartTransactionRequest start when start.chargingProfile() != null ->
          Optional.of(
              new ProfileOrder.Start(
                  start.evseId() == null ? 0 : start.evseId(),
                  Profiles201.profile(start.chargingProfile())));
      default -> Optional.empty();
    };
  }

  private static Schedule.@Nullable Unit unit(@Nullable ChargingRateUnitEnumType unit) {
    return unit == null ? null : Profiles201.unit(unit);
  }

  @Override
  public OrderAnswer answer(ProfileOrder order, String json) throws WireException {
    Payload payload = Payload.of(json);
    return switch (order) {
      case ProfileOrder.Set _ -> {
        var answer = SetChargingProfileRequest.TYPE.readResponse(payload);
        yield done(
            answer.status() == ChargingProfileStatusEnumType.Accepted,
            answer.status(),
            answer.statusInfo());
      }
      case ProfileOrder.Clear _ -> {
        var answer = ClearChargingProfileRequest.TYPE.readResponse(payload);
        yield answer.status() == ClearChargingProfileStatusEnumType.Accepted
            ? new Done(null)
            : new Refused(words(answer.status(), answer.statusInfo()), true);
      }
      case ProfileOrder.Query _ -> {
        var answer = GetChargingProfilesRequest.TYPE.readResponse(payload);
        yield answer.status() == GetChargingProfileStatusEnumType.Accepted
            ? new Done(null)
            : new Refused(words(answer.status(), answer.statusInfo()), true);
      }
      case ProfileOrder.Composite _ -> {
        var answer = GetCompositeScheduleRequest.TYPE.readResponse(payload);
        yield answer.status() == GenericStatusEnumType.Accepted
            ? new Done(composite(answer.schedule()))
            : new Refused(words(answer.status(), answer.statusInfo()), false);
      }
      case ProfileOrder.Start _ -> new Done(null);
    };
  }

  private static OrderAnswer done(
      boolean accepted, WireEnum status, @Nullable StatusInfoType info) {
    return accepted ? new Done(null) : new Refused(words(status, info), false);
  }

  private static OrderAnswer.@Nullable Composite composite(@Nullable CompositeScheduleType wire) {
    return wire == null
        ? null
        : new OrderAnswer.Composite(
            new Schedule(
                0,
                wire.scheduleStart(),
                wire.duration(),
                Profiles201.unit(wire.chargingRateUnit()),
                Profiles201.periods(wire.chargingSchedulePeriod()),
                null),
            JsonLists.of(wire.chargingSchedulePeriod()));
  }

  private static String words(WireEnum status, @Nullable StatusInfoType info) {
    if (info == null) {
      return status.wireName();
    }
    String more = info.additionalInfo() == null ? "" : ", " + info.additionalInfo();
    return status.wireName() + ": " + info.reasonCode() + more;
  }
}
