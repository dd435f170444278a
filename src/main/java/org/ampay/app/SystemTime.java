package org.ampay.app;

import java.time.Instant;
import org.ampay.base.TimeSource;

/** The real clock. */
public final class SystemTime implements TimeSource {

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
