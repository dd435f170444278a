package org.ampay.web.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.ampay.base.TimeSource;

/** A bucket of calls for each key: refilled evenly, two seconds' worth at most. */
final class RateLimit {

  private static final long SECOND = 1_000_000_000L;

  /** {@code nanos}: time that the key has saved up, each call costs its part of a second. */
  private record Bucket(long nanos, long at) {}

  private final TimeSource time;
  private final long cost;
  private final Cache<Long, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(10_000).executor(Runnable::run).build();

  RateLimit(TimeSource time, int perSecond) {
    this.time = time;
    this.cost = SECOND / perSecond;
  }

  /** Counts a call; false when the key has used up its calls. */
  boolean take(long keyId) {
    long now = time.nanos();
    boolean[] granted = new boolean[1];
    buckets
        .asMap()
        .compute(
            keyId,
            (id, old) -> {
              long saved =
                  old == null ? 2 * SECOND : Math.min(2 * SECOND, old.nanos() + now - old.at());
              granted[0] = saved >= cost;
              return new Bucket(granted[0] ? saved - cost : saved, now);
            });
    return granted[0];
  }
}
