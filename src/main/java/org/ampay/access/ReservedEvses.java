package org.ampay.access;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which EVSEs are kept for somebody. Asked at each start: answers from memory. */
@FunctionalInterface
public interface ReservedEvses {

  /** Nothing is reserved. */
  ReservedEvses NONE = (stationId, evse, token, group, at) -> false;

  /**
   * Whether another token, of another group, has reserved that EVSE at that time.
   *
   * @param group of the token; null when it has none
   */
  boolean forAnother(long stationId, int evse, IdToken token, @Nullable String group, Instant at);

  /** Whether two groups are the same one; no group is like no other. */
  static boolean sameGroup(@Nullable String one, @Nullable String other) {
    return Optional.ofNullable(one).filter(group -> group.equalsIgnoreCase(other)).isPresent();
  }
}
