package org.ampay.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When an open operation is taken up again. What is not known is asked about after 1, 2, 4 ... at
 * most 20 seconds, so that a provider that is back is heard within a minute; after a day only every
 * ten minutes. What waits for the payer or the provider's own work is asked about after a quarter
 * of its age. Half of each pause is left to chance, so that a herd spreads.
 */
public final class Backoff {

  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration SLOW = Duration.ofMinutes(10);
  private static final Duration SLOW_AFTER = Duration.ofDays(1);
  private static final Duration GONE = Duration.ofMinutes(1);

  private final RandomGenerator random;

  public Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The next time, after {@code now}. */
  public Instant next(PaymentOperation op, Instant now) {
    Duration age = Duration.between(op.createdAt(), now);
    return spread(pause(op, age), now);
  }

  /** After a few seconds. */
  Instant soon(Instant now) {
    return spread(Duration.ofSeconds(2), now);
  }

  private Instant spread(Duration pause, Instant now) {
    long half = Math.max(1, pause.toMillis() / 2);
    return now.plusMillis(half + random.nextLong(half + 1));
  }

  private static Duration pause(PaymentOperation op, Duration age) {
    if (op.result().detail().startsWith(RemoteCalls.GONE)) {
      return GONE;
    }
    return switch (op.state()) {
      case PENDING, ACTION_REQUIRED -> between(age.dividedBy(4), Duration.ofSeconds(2), SLOW);
      case REQUESTED, UNKNOWN, NOT_SENT ->
          age.compareTo(SLOW_AFTER) > 0 ? SLOW : doubled(op.result().attempts());
      case SUCCEEDED, DECLINED, MISCONFIGURED ->
          throw new IllegalStateException("operation " + op.id() + " is closed");
    };
  }

  private static Duration doubled(int attempts) {
    Duration pause = Duration.ofSeconds(1L << Math.clamp(attempts - 1, 0, 10));
    return between(pause, Duration.ofSeconds(1), LONGEST);
  }

  private static Duration between(Duration wanted, Duration least, Duration most) {
    Duration atLeast = wanted.compareTo(least) < 0 ? least : wanted;
    return atLeast.compareTo(most) > 0 ? most : atLeast;
  }
}
