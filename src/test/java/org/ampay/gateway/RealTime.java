package org.ampay.gateway;

import java.time.Instant;
import org.ampay.base.TimeSource;

/** The clock of the wall. */
final class RealTime implements TimeSource {

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
