package org.ampay.web.people;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.ampay.base.TimeSource;

/**
 * Counts tries by name in windows of time. Bounded: under a flood of names the least used are
 * forgotten, which lets an attacker with very many names a little further, and no more.
 */
public final class Throttle {

  private record Window(long startNanos, int tries) {}

  private final TimeSource time;
  private final int most;
  private final long windowNanos;
  private final Cache<String, Window> windows =
      Caffeine.newBuilder().maximumSize(100_000).executor(Runnable::run).build();

  public Throttle(TimeSource time, int most, Duration window) {
    this.time = time;
    this.most = most;
    this.windowNanos = window.toNanos();
  }

  /** Counts a try; false when there were too many in the window. */
  public boolean take(String name) {
    long now = time.nanos();
    Window window =
        windows
            .asMap()
            .compute(
                name,
                (key, old) ->
                    old == null || now - old.startNanos() >= windowNanos
                        ? new Window(now, 1)
                        : new Window(old.startNanos(), Math.min(old.tries() + 1, most + 1)));
    return window.tries() <= most;
  }

  /** Starts the count of a name anew. */
  public void forget(String name) {
    windows.invalidate(name);
  }
}
