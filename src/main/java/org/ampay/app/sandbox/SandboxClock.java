package org.ampay.app.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.ampay.base.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's clock: another one, shifted at will. Whole milliseconds, so that they can be kept.
 * It stands still while a step is done: the step done again gives the same.
 */
public final class SandboxClock implements TimeSource {

  private final TimeSource real;
  private volatile Duration ahead = Duration.ZERO;
  private volatile @Nullable Instant fixed;

  public SandboxClock(TimeSource real) {
    this.real = real;
  }

  @Override
  public Instant now() {
    Instant standing = fixed;
    return standing != null
        ? standing
        : Instant.ofEpochMilli(real.now().plus(ahead).toEpochMilli());
  }

  @Override
  public long nanos() {
    return real.nanos();
  }

  /** Lets it go on. */
  synchronized void advance(Duration duration) {
    ahead = ahead.plus(duration);
  }

  /** Stands at an instant of the past while what happened then is repeated; null: no more. */
  void replay(@Nullable Instant at) {
    fixed = at;
  }

  <T> T at(Instant at, Supplier<T> work) {
    fixed = at;
    try {
      return work.get();
    } finally {
      fixed = null;
    }
  }
}
