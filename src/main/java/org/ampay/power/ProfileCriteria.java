package org.ampay.power;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which profiles are meant; null and empty: any.
 *
 * @param ids when there are some, nothing else counts but the EVSE
 * @param sources as on the wire, {@code CSO}
 */
public record ProfileCriteria(
    List<Integer> ids,
    @Nullable Integer evseNo,
    Profile.@Nullable Purpose purpose,
    @Nullable Integer stackLevel,
    Set<String> sources) {

  public ProfileCriteria {
    ids = List.copyOf(ids);
    sources = Set.copyOf(sources);
  }

  /** Whether that one is meant. */
  public boolean matches(PlacedProfile profile) {
    if (!ids.isEmpty()) {
      return ids.contains(profile.profileId()) && (evseNo == null || evseNo == profile.evseNo());
    }
    return (evseNo == null || evseNo == profile.evseNo())
        && (purpose == null || purpose == profile.purpose())
        && (stackLevel == null || stackLevel == profile.stackLevel())
        && (sources.isEmpty() || sources.contains(profile.source()));
  }

  /** Whether nothing narrows it, the EVSE aside. */
  public boolean isOpen() {
    return ids.isEmpty() && purpose == null && stackLevel == null && sources.isEmpty();
  }
}
