package org.ampay.power;

import java.util.Optional;

/** Charging profiles in the words of one version. */
public interface ProfileDialect {

  /** The payload of SetChargingProfile. */
  String set(int evseNo, Profile profile);

  /** The payload of ClearChargingProfile for one id. */
  String clear(int profileId);

  /** A profile as it was stored. */
  Profile read(String json);

  /** What a stored query asked for; empty in versions that have none. */
  Optional<ProfileCriteria> criteria(String queryJson);
}
