package org.ampay.power;

import org.jspecify.annotations.Nullable;

/** A command of ours that has to do with charging profiles. */
public sealed interface ProfileOrder {

  /**
   * SetChargingProfile.
   *
   * @param json the profile alone, in the words of its version
   */
  record Set(int evseNo, Profile profile, String json) implements ProfileOrder {}

  /** A remote start with a profile for the transaction to come. */
  record Start(int evseNo, Profile profile) implements ProfileOrder {}

  /** ClearChargingProfile. */
  record Clear(ProfileCriteria criteria) implements ProfileOrder {}

  /**
   * GetChargingProfiles.
   *
   * @param json the request
   */
  record Query(int requestId, ProfileCriteria criteria, String json) implements ProfileOrder {}

  /** GetCompositeSchedule. */
  record Composite(int evseNo, int durationSeconds, Schedule.@Nullable Unit unit)
      implements ProfileOrder {}
}
