package org.ampay.power;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.ampay.power.Profile.Kind;
import org.ampay.power.Profile.Purpose;
import org.ampay.station.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * What the texts of both versions demand of a profile, whatever its station knows: 1.6 3.13, 5.16,
 * 7.8 and 2.0.1 K01. Says the first thing that is wrong.
 */
final class ProfileShape {

  private static final int MAX_PHASES = 3;

  private final Protocol protocol;
  private final FieldNames names;
  private final Profile profile;

  private ProfileShape(Protocol protocol, FieldNames names, Profile profile) {
    this.protocol = protocol;
    this.names = names;
    this.profile = profile;
  }

  static Optional<Complaint> complaint(Protocol protocol, FieldNames names, Profile profile) {
    ProfileShape shape = new ProfileShape(protocol, names, profile);
    return shape
        .purpose()
        .or(shape::kind)
        .or(shape::validity)
        .or(shape::schedules)
        .or(shape::starts);
  }

  private Optional<Complaint> purpose() {
    if (profile.stackLevel() < 0) {
      return complain("stackLevel", "must not be negative");
    }
    if (profile.purpose() == Purpose.EXTERNAL) { // K01.FR.22, K02.FR.07
      return complain("chargingProfilePurpose", "only a station's own systems set this purpose");
    }
    if (profile.purpose() != Purpose.TX && profile.transactionId() != null) {
      return complain("transactionId", "only a TxProfile has one");
    }
    return Optional.empty();
  }

  private Optional<Complaint> kind() {
    boolean recurring = profile.kind() == Kind.RECURRING;
    if (recurring && profile.recurrency() == null) {
      return complain("recurrencyKind", "is needed for a Recurring profile");
    }
    if (!recurring && profile.recurrency() != null) {
      return complain("recurrencyKind", "only a Recurring profile has one");
    }
    if (profile.purpose() == Purpose.STATION_MAX && profile.kind() == Kind.RELATIVE) {
      // K01.FR.38: a station has no start of charging.
      return complain("chargingProfileKind", "must not be Relative for a station's maximum");
    }
    return Optional.empty();
  }

  private Optional<Complaint> validity() {
    return profile.validFrom() != null
            && profile.validTo() != null
            && profile.validTo().isBefore(profile.validFrom())
        ? complain("validTo", "must not be before validFrom")
        : Optional.empty();
  }

  private Optional<Complaint> schedules() {
    for (int i = 0; i < profile.schedules().size(); i++) {
      Optional<Complaint> wrong = schedule(i, profile.schedules().get(i));
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private Optional<Complaint> schedule(int index, Schedule schedule) {
    if (schedule.durationSeconds() != null && schedule.durationSeconds() <= 0) {
      return Optional.of(names.schedule(index, "duration", "must be positive"));
    }
    if (isTooFine(schedule.minRate())) {
      return Optional.of(
          names.schedule(index, "minChargingRate", "must be 0 or more, with one decimal at most"));
    }
    List<Schedule.Period> periods = schedule.periods();
    for (int i = 0; i < periods.size(); i++) {
      Optional<Complaint> wrong = period(index, i, schedule);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private Optional<Complaint> period(int index, int at, Schedule schedule) {
    Schedule.Period period = schedule.periods().get(at);
    String wrongStart = start(at, schedule);
    if (wrongStart != null) {
      return Optional.of(names.period(index, at, "startPeriod", wrongStart));
    }
    if (isTooFine(period.limit())) {
      return Optional.of(
          names.period(index, at, "limit", "must be 0 or more, with one decimal at most"));
    }
    Integer phases = period.phases();
    if (phases != null && (phases < 1 || phases > MAX_PHASES)) {
      return Optional.of(names.period(index, at, "numberPhases", "must be 1 to 3"));
    }
    Integer phase = period.phaseToUse();
    if (phase == null) {
      return Optional.empty();
    }
    if (phases == null || phases != 1) { // K01.FR.19
      return Optional.of(names.period(index, at, "phaseToUse", "needs numberPhases 1"));
    }
    return phase < 1 || phase > MAX_PHASES
        ? Optional.of(names.period(index, at, "phaseToUse", "must be 1 to 3"))
        : Optional.empty();
  }

  /** K01.FR.31, K01.FR.35; 1.6 7.13: sorted, from 0 on. */
  private static @Nullable String start(int at, Schedule schedule) {
    int start = schedule.periods().get(at).startSeconds();
    if (at == 0) {
      return start == 0 ? null : "must be 0 in the first period";
    }
    if (start <= schedule.periods().get(at - 1).startSeconds()) {
      return "must be greater than that of the period before";
    }
    Integer duration = schedule.durationSeconds();
    return duration != null && start >= duration ? "must be less than the duration" : null;
  }

  private static boolean isTooFine(@Nullable BigDecimal limit) {
    return limit != null && (limit.signum() < 0 || limit.stripTrailingZeros().scale() > 1);
  }

  /**
   * K01.FR.40, K01.FR.41. In 1.6 an absolute schedule without a start begins with the charging
   * (7.13).
   */
  private Optional<Complaint> starts() {
    if (protocol == Protocol.OCPP_16) {
      return Optional.empty();
    }
    for (int i = 0; i < profile.schedules().size(); i++) {
      boolean has = profile.schedules().get(i).start() != null;
      if (profile.kind() == Kind.RELATIVE && has) {
        return Optional.of(
            names.schedule(i, "startSchedule", "must be left out in a Relative profile"));
      }
      if (profile.kind() != Kind.RELATIVE && !has) {
        return Optional.of(
            names.schedule(i, "startSchedule", "is needed in an Absolute or Recurring profile"));
      }
    }
    return Optional.empty();
  }

  private Optional<Complaint> complain(String field, String text) {
    return Optional.of(names.of(field, text));
  }
}
