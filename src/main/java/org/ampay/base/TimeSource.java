package org.ampay.base;

import java.time.Instant;

/**
 * Where time comes from. The real clock is made in {@code app}; tests and simulations advance it.
 */
public interface TimeSource {

  /** The present instant, UTC. */
  Instant now();

  /** A monotonic reading in nanoseconds, for durations only. */
  long nanos();
}
