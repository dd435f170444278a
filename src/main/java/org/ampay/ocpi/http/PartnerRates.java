package org.ampay.ocpi.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ampay.base.TimeSource;

/**
 * How often each partner may call: many at once, and so many a second in the long run; and how many
 * of its requests run at the same time.
 */
final class PartnerRates {

  private static final double MOST_AT_ONCE = 2_000;
  private static final double PER_SECOND = 500;
  private static final double NANOS_PER_SECOND = 1e9;

  private static final int MOST_RUNNING = 24;

  private record Bucket(double left, long at) {}

  private final TimeSource time;
  private final Map<Long, Bucket> buckets = new ConcurrentHashMap<>();
  private final Map<Long, Integer> running = new ConcurrentHashMap<>();

  PartnerRates(TimeSource time) {
    this.time = time;
  }

  boolean mayCall(long partnerId) {
    long now = time.nanos();
    Bucket after =
        buckets.compute(
            partnerId,
            (id, old) -> {
              double full =
                  old == null
                      ? MOST_AT_ONCE
                      : Math.min(
                          MOST_AT_ONCE,
                          Math.max(old.left(), 0)
                              + (now - old.at()) / NANOS_PER_SECOND * PER_SECOND);
              return new Bucket(full - 1, now);
            });
    return after.left() >= 0;
  }

  /** Begins a request; false, and nothing has begun, when too many of the partner's run. */
  boolean enter(long partnerId) {
    boolean[] in = new boolean[1];
    running.compute(
        partnerId,
        (id, before) -> {
          int now = before == null ? 0 : before;
          in[0] = now < MOST_RUNNING;
          return in[0] ? now + 1 : now;
        });
    return in[0];
  }

  /** Ends one that began. */
  void leave(long partnerId) {
    running.computeIfPresent(partnerId, (id, now) -> now == 1 ? null : now - 1);
  }
}
