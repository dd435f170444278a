package org.ampay.ocpp.v201;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ampay.ocpp.v201.wire.ChargingLimitSourceEnumType;
import org.ampay.ocpp.v201.wire.ChargingProfileCriterionType;
import org.ampay.ocpp.v201.wire.ChargingProfileKindEnumType;
import org.ampay.ocpp.v201.wire.ChargingProfilePurposeEnumType;
import org.ampay.ocpp.v201.wire.ChargingProfileType;
import org.ampay.ocpp.v201.wire.ChargingRateUnitEnumType;
import org.ampay.ocpp.v201.wire.ChargingSchedulePeriodType;
import org.ampay.ocpp.v201.wire.ChargingScheduleType;
import org.ampay.ocpp.v201.wire.ClearChargingProfileRequest;
import org.ampay.ocpp.v201.wire.ClearChargingProfileType;
import org.ampay.ocpp.v201.wire.GetChargingProfilesRequest;
import org.ampay.ocpp.v201.wire.RecurrencyKindEnumType;
import org.ampay.ocpp.v201.wire.SetChargingProfileRequest;
import org.ampay.ocpp.wire.Payload;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireException;
import org.ampay.power.Profile;
import org.ampay.power.Profile.Kind;
import org.ampay.power.Profile.Purpose;
import org.ampay.power.ProfileCriteria;
import org.ampay.power.ProfileDialect;
import org.ampay.power.Schedule;
import org.jspecify.annotations.Nullable;

/** Charging profiles in the words of OCPP 2.0.1. */
public final class Profiles201 implements ProfileDialect {

  @Override
  public String set(int evseNo, Profile profile) {
    return Wire.toJson(SetChargingProfileRequest.of(evseNo, wire(profile)));
  }

  @Override
  public String clear(int profileId) {
    return Wire.toJson(new ClearChargingProfileRequest(profileId, null, null));
  }

  @Override
  public Profile read(String json) {
    String request = "{\"evseId\":0,\"chargingProfile\":" + json + "}";
    try {
      return profile(
          SetChargingProfileRequest.TYPE.readRequest(Payload.of(request)).chargingProfile());
    } catch (WireException e) {
      throw new IllegalStateException("a stored profile cannot be read", e);
    }
  }

  @Override
  public Optional<ProfileCriteria> criteria(String queryJson) {
    try {
      return Optional.of(
          criteria(GetChargingProfilesRequest.TYPE.readRequest(Payload.of(queryJson))));
    } catch (WireException e) {
      return Optional.empty(); // a question of another version
    }
  }

  static ProfileCriteria criteria(GetChargingProfilesRequest request) {
    ChargingProfileCriterionType asked = request.chargingProfile();
    return new ProfileCriteria(
        asked.chargingProfileId(),
        request.evseId(),
        purpose(asked.chargingProfilePurpose()),
        asked.stackLevel(),
        asked.chargingLimitSource().stream()
            .map(ChargingLimitSourceEnumType::wireName)
            .collect(Collectors.toSet()));
  }

  static ProfileCriteria criteria(ClearChargingProfileRequest request) {
    ClearChargingProfileType asked = request.chargingProfileCriteria();
    Integer id = request.chargingProfileId();
    if (id != null || asked == null) {
      List<Integer> ids = id == null ? List.of() : List.of(id);
      return new ProfileCriteria(ids, null, null, null, Set.of());
    }
    return new ProfileCriteria(
        List.of(),
        asked.evseId(),
        purpose(asked.chargingProfilePurpose()),
        asked.stackLevel(),
        Set.of());
  }

  private static @Nullable Purpose purpose(@Nullable ChargingProfilePurposeEnumType purpose) {
    return switch (purpose) {
      case null -> null;
      case ChargingStationExternalConstraints -> Purpose.EXTERNAL;
      case ChargingStationMaxProfile -> Purpose.STATION_MAX;
      case TxDefaultProfile -> Purpose.TX_DEFAULT;
      case TxProfile -> Purpose.TX;
    };
  }

  static Profile profile(ChargingProfileType wire) {
    RecurrencyKindEnumType recurrency = wire.recurrencyKind();
    return new Profile(
        wire.id(),
        wire.stackLevel(),
        switch (wire.chargingProfilePurpose()) {
          case ChargingStationExternalConstraints -> Purpose.EXTERNAL;
          case ChargingStationMaxProfile -> Purpose.STATION_MAX;
          case TxDefaultProfile -> Purpose.TX_DEFAULT;
          case TxProfile -> Purpose.TX;
        },
        switch (wire.chargingProfileKind()) {
          case Absolute -> Kind.ABSOLUTE;
          case Recurring -> Kind.RECURRING;
          case Relative -> Kind.RELATIVE;
        },
        recurrency == null ? null : recurrency.wireName(),
        wire.validFrom(),
        wire.validTo(),
        wire.transactionId(),
        wire.chargingSchedule().stream().map(Profiles201::schedule).toList());
  }

  static Schedule schedule(ChargingScheduleType wire) {
    return new Schedule(
        wire.id(),
        wire.startSchedule(),
        wire.duration(),
        unit(wire.chargingRateUnit()),
        periods(wire.chargingSchedulePeriod()),
        wire.minChargingRate());
  }

  static List<Schedule.Period> periods(List<ChargingSchedulePeriodType> wire) {
    return wire.stream()
        .map(p -> new Schedule.Period(p.startPeriod(), p.limit(), p.numberPhases(), p.phaseToUse()))
        .toList();
  }

  static Schedule.Unit unit(ChargingRateUnitEnumType unit) {
    return switch (unit) {
      case A -> Schedule.Unit.A;
      case W -> Schedule.Unit.W;
    };
  }

  private static ChargingProfileType wire(Profile profile) {
    String recurrency = profile.recurrency();
    return new ChargingProfileType(
        profile.id(),
        profile.stackLevel(),
        switch (profile.purpose()) {
          case EXTERNAL -> ChargingProfilePurposeEnumType.ChargingStationExternalConstraints;
          case STATION_MAX -> ChargingProfilePurposeEnumType.ChargingStationMaxProfile;
          case TX_DEFAULT -> ChargingProfilePurposeEnumType.TxDefaultProfile;
          case TX -> ChargingProfilePurposeEnumType.TxProfile;
        },
        switch (profile.kind()) {
          case ABSOLUTE -> ChargingProfileKindEnumType.Absolute;
          case RECURRING -> ChargingProfileKindEnumType.Recurring;
          case RELATIVE -> ChargingProfileKindEnumType.Relative;
        },
        recurrency == null ? null : RecurrencyKindEnumType.valueOf(recurrency),
        profile.validFrom(),
        profile.validTo(),
        profile.schedules().stream().map(Profiles201::wire).toList(),
        profile.transactionId(),
        null);
  }

  private static ChargingScheduleType wire(Schedule schedule) {
    return new ChargingScheduleType(
        schedule.id(),
        schedule.start(),
        schedule.durationSeconds(),
        ChargingRateUnitEnumType.valueOf(schedule.unit().name()),
        schedule.periods().stream()
            .map(
                p ->
                    new ChargingSchedulePeriodType(
                        p.startSeconds(), p.limit(), p.phases(), p.phaseToUse(), null))
            .toList(),
        schedule.minRate(),
        null,
        null);
  }
}
