package org.ampay.ocpp.v16;

import java.util.List;
import java.util.Optional;
import org.ampay.ocpp.v16.wire.ChargingProfile;
import org.ampay.ocpp.v16.wire.ChargingProfileKindType;
import org.ampay.ocpp.v16.wire.ChargingProfilePurposeType;
import org.ampay.ocpp.v16.wire.ChargingRateUnitType;
import org.ampay.ocpp.v16.wire.ChargingSchedule;
import org.ampay.ocpp.v16.wire.ChargingSchedulePeriod;
import org.ampay.ocpp.v16.wire.ClearChargingProfileRequest;
import org.ampay.ocpp.v16.wire.RecurrencyKindType;
import org.ampay.ocpp.v16.wire.SetChargingProfileRequest;
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

/** Charging profiles in the words of OCPP 1.6. */
public final class Profiles16 implements ProfileDialect {

  @Override
  public String set(int evseNo, Profile profile) {
    return Wire.toJson(SetChargingProfileRequest.of(evseNo, wire(profile)));
  }

  @Override
  public String clear(int profileId) {
    return Wire.toJson(new ClearChargingProfileRequest(profileId, null, null, null));
  }

  @Override
  public Profile read(String json) {
    String request = "{\"connectorId\":0,\"csChargingProfiles\":" + json + "}";
    try {
      return profile(
          SetChargingProfileRequest.TYPE.readRequest(Payload.of(request)).csChargingProfiles());
    } catch (WireException e) {
      throw new IllegalStateException("a stored profile cannot be read", e);
    }
  }

  @Override
  public Optional<ProfileCriteria> criteria(String queryJson) {
    return Optional.empty(); // 1.6 stations cannot be asked for their profiles
  }

  static Purpose purpose(ChargingProfilePurposeType purpose) {
    return switch (purpose) {
      case ChargePointMaxProfile -> Purpose.STATION_MAX;
      case TxDefaultProfile -> Purpose.TX_DEFAULT;
      case TxProfile -> Purpose.TX;
    };
  }

  static Profile profile(ChargingProfile wire) {
    RecurrencyKindType recurrency = wire.recurrencyKind();
    Integer transaction = wire.transactionId();
    return new Profile(
        wire.chargingProfileId(),
        wire.stackLevel(),
        purpose(wire.chargingProfilePurpose()),
        switch (wire.chargingProfileKind()) {
          case Absolute -> Kind.ABSOLUTE;
          case Recurring -> Kind.RECURRING;
          case Relative -> Kind.RELATIVE;
        },
        recurrency == null ? null : recurrency.wireName(),
        wire.validFrom(),
        wire.validTo(),
        transaction == null ? null : transaction.toString(),
        List.of(schedule(wire.chargingSchedule())));
  }

  static Schedule schedule(ChargingSchedule wire) {
    return new Schedule(
        0,
        wire.startSchedule(),
        wire.duration(),
        unit(wire.chargingRateUnit()),
        wire.chargingSchedulePeriod().stream()
            .map(p -> new Schedule.Period(p.startPeriod(), p.limit(), p.numberPhases(), null))
            .toList(),
        wire.minChargingRate());
  }

  static Schedule.Unit unit(ChargingRateUnitType unit) {
    return switch (unit) {
      case A -> Schedule.Unit.A;
      case W -> Schedule.Unit.W;
    };
  }

  private static ChargingProfile wire(Profile profile) {
    String recurrency = profile.recurrency();
    return new ChargingProfile(
        profile.id(),
        transaction(profile.transactionId()),
        profile.stackLevel(),
        switch (profile.purpose()) {
          case STATION_MAX -> ChargingProfilePurposeType.ChargePointMaxProfile;
          case TX_DEFAULT -> ChargingProfilePurposeType.TxDefaultProfile;
          case TX -> ChargingProfilePurposeType.TxProfile;
          case EXTERNAL -> throw new IllegalArgumentException("1.6 has no such purpose");
        },
        switch (profile.kind()) {
          case ABSOLUTE -> ChargingProfileKindType.Absolute;
          case RECURRING -> ChargingProfileKindType.Recurring;
          case RELATIVE -> ChargingProfileKindType.Relative;
        },
        recurrency == null ? null : RecurrencyKindType.valueOf(recurrency),
        profile.validFrom(),
        profile.validTo(),
        wire(profile.schedules().getFirst()));
  }

  private static @Nullable Integer transaction(@Nullable String id) {
    return id == null ? null : Integer.valueOf(id);
  }

  private static ChargingSchedule wire(Schedule schedule) {
    return new ChargingSchedule(
        schedule.durationSeconds(),
        schedule.start(),
        ChargingRateUnitType.valueOf(schedule.unit().name()),
        schedule.periods().stream()
            .map(p -> new ChargingSchedulePeriod(p.startSeconds(), p.limit(), p.phases()))
            .toList(),
        schedule.minRate());
  }
}
