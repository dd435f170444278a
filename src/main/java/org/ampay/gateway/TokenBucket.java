package org.ampay.gateway;

/**
 * Lets through so many a second, with a burst of one second's worth. Not thread-safe: its owner is
 * one event loop.
 */
final class TokenBucket {

  private final long nanosEach;
  private final long burstNanos;

  /** Time paid for so far; behind {@code now} by at most the burst. */
  private long paidUntil;

  TokenBucket(int perSecond, int burst, long nowNanos) {
    nanosEach = 1_000_000_000L / perSecond;
    burstNanos = nanosEach * burst;
    paidUntil = nowNanos - burstNanos;
  }

  /** Takes one, even when none is left: then the owner must wait {@link #debtNanos}. */
  void take(long nowNanos) {
    if (nowNanos - paidUntil > burstNanos) {
      paidUntil = nowNanos - burstNanos;
    }
    paidUntil += nanosEach;
  }

  /** How long until the next may be taken; 0 or less: at once. */
  long debtNanos(long nowNanos) {
    return paidUntil + nanosEach - nowNanos;
  }
}
