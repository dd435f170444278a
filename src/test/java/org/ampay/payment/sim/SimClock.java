package org.ampay.payment.sim;

import java.time.Instant;
import org.ampay.base.TestTime;
import org.ampay.base.TimeSource;
import org.jspecify.annotations.Nullable;

/** The world's clock, for who must be made before the world. */
final class SimClock implements TimeSource {

  private @Nullable TestTime time;

  void runsBy(TestTime worlds) {
    time = worlds;
  }

  private TestTime time() {
    if (time == null) {
      throw new IllegalStateException("there is no world yet");
    }
    return time;
  }

  @Override
  public Instant now() {
    return time().now();
  }

  @Override
  public long nanos() {
    return time().nanos();
  }
}
