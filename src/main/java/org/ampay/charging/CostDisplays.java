package org.ampay.charging;

import java.util.Optional;

/**
 * What stations show their drivers: those that show nothing are told nothing. Implemented by who
 * knows the stations' capabilities.
 */
@FunctionalInterface
public interface CostDisplays {

  /** From memory: asked at every message. */
  Display of(long stationId);

  /** RFC 5646, of the driver of a running session; empty: not known. From memory, too. */
  default Optional<String> language(long sessionId) {
    return Optional.empty();
  }
}
