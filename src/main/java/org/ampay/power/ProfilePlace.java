package org.ampay.power;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ampay.power.Profile.Purpose;
import org.ampay.station.StationInfo;

/**
 * What is demanded of a profile at its place: the EVSE, the transaction, what the station can do,
 * and the profiles that it has.
 */
final class ProfilePlace {

  /** K15.FR.07. */
  private static final int MAX_SCHEDULES = 3;

  private final FieldNames names;
  private final Profile profile;
  private final Situation situation;

  private ProfilePlace(FieldNames names, Profile profile, Situation situation) {
    this.names = names;
    this.profile = profile;
    this.situation = situation;
  }

  /** Of SetChargingProfile. */
  static Optional<Complaint> ofSet(
      FieldNames names, StationInfo station, int evseNo, Profile profile, Situation situation) {
    ProfilePlace place = new ProfilePlace(names, profile, situation);
    return evse(names, station, evseNo)
        .or(() -> place.purpose(evseNo))
        .or(place::limits)
        .or(() -> place.others(evseNo));
  }

  /** Of a remote start: the transaction is to come (K05.FR.02, 1.6 5.11, 5.16.2). */
  static Optional<Complaint> ofStart(FieldNames names, Profile profile, Situation situation) {
    if (profile.purpose() != Purpose.TX) {
      return Optional.of(names.of("chargingProfilePurpose", "must be TxProfile"));
    }
    if (profile.transactionId() != null) {
      return Optional.of(
          names.of("transactionId", "must be left out: there is no transaction yet"));
    }
    return new ProfilePlace(names, profile, situation).limits();
  }

  static Optional<Complaint> evse(FieldNames names, StationInfo station, int evseNo) {
    if (evseNo < 0) {
      return Optional.of(names.evse("must not be negative"));
    }
    return evseNo > 0 && !station.evses().isEmpty() && station.evse(evseNo).isEmpty()
        ? Optional.of(names.evse("the station has no such EVSE"))
        : Optional.empty();
  }

  private Optional<Complaint> purpose(int evseNo) {
    return switch (profile.purpose()) {
      case STATION_MAX ->
          evseNo == 0
              ? Optional.empty()
              : Optional.of(names.evse("must be 0 for a station's maximum"));
      case TX -> transaction(evseNo);
      case TX_DEFAULT, EXTERNAL -> Optional.empty();
    };
  }

  /** K01.FR.03, K01.FR.16, 1.6 3.13. */
  private Optional<Complaint> transaction(int evseNo) {
    if (evseNo == 0) {
      return Optional.of(names.evse("must be above 0 for a TxProfile"));
    }
    String id = profile.transactionId();
    if (id == null) {
      return Optional.of(names.of("transactionId", "is needed in a TxProfile"));
    }
    Optional<RunningTransaction> meant =
        situation.running().stream().filter(t -> t.transactionId().equals(id)).findFirst();
    if (meant.isEmpty()) {
      return Optional.of(names.of("transactionId", "no such transaction is running there"));
    }
    int at = meant.get().evseNo();
    return at == 0 || at == evseNo
        ? Optional.empty()
        : Optional.of(names.evse("the transaction is running on " + at));
  }

  /** 1.6 9.4, K01.FR.20, K01.FR.34, K15.FR.07. */
  private Optional<Complaint> limits() {
    StationLimits limits = situation.limits();
    Integer level = limits.maxStackLevel();
    if (level != null && profile.stackLevel() > level) {
      return Optional.of(names.of("stackLevel", "the station takes up to " + level));
    }
    List<Schedule> schedules = profile.schedules();
    if (schedules.size() > (situation.needsKnown() ? MAX_SCHEDULES : 1)) {
      return Optional.of(
          names.of(
              "chargingSchedule",
              situation.needsKnown()
                  ? "at most three"
                  : "only one, unless an EV has told its needs"));
    }
    for (int i = 0; i < schedules.size(); i++) {
      Optional<Complaint> wrong = limits(i, schedules.get(i), limits);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private Optional<Complaint> limits(int index, Schedule schedule, StationLimits limits) {
    Set<Schedule.Unit> units = limits.units();
    if (!units.isEmpty() && !units.contains(schedule.unit())) {
      return Optional.of(
          names.schedule(
              index, "chargingRateUnit", "the station takes " + units.iterator().next()));
    }
    Integer most = limits.maxPeriods();
    if (most != null && schedule.periods().size() > most) {
      return Optional.of(
          names.schedule(index, "chargingSchedulePeriod", "the station takes up to " + most));
    }
    for (int i = 0; i < schedule.periods().size(); i++) {
      if (schedule.periods().get(i).phaseToUse() != null && !limits.switchesPhases()) {
        return Optional.of(
            names.period(
                index, i, "phaseToUse", "the EVSE does not report ACPhaseSwitchingSupported"));
      }
    }
    return Optional.empty();
  }

  /** K01.FR.06, K01.FR.39; MaxChargingProfilesInstalled. The same id takes the other's place. */
  private Optional<Complaint> others(int evseNo) {
    int installed = 0;
    for (PlacedProfile other : situation.present()) {
      if (other.profileId() == profile.id()) {
        if (other.purpose() == Purpose.EXTERNAL) {
          return Optional.of(names.of(idField(), "is used by a profile of " + other.source()));
        }
        continue;
      }
      installed++;
      if (isRival(other, evseNo)) {
        return Optional.of(
            names.of(
                "stackLevel",
                "profile "
                    + other.profileId()
                    + " has the same purpose and stack level at the same time"));
      }
    }
    Integer most = situation.limits().maxProfiles();
    return most != null && installed >= most
        ? Optional.of(names.of(idField(), "the station takes up to " + most + " profiles"))
        : Optional.empty();
  }

  private boolean isRival(PlacedProfile other, int evseNo) {
    if (other.purpose() != profile.purpose()
        || other.stackLevel() != profile.stackLevel()
        || other.evseNo() != evseNo) {
      return false;
    }
    String id = profile.transactionId();
    return profile.purpose() == Purpose.TX
        ? id != null && id.equals(other.transactionId())
        : profile.overlaps(other.validFrom(), other.validTo());
  }

  private String idField() {
    return names.oneSchedule() ? "chargingProfileId" : "id";
  }
}
