package org.ampay.station.device;

import java.util.function.DoubleSupplier;
import org.ampay.base.TimeSource;
import org.ampay.station.Registration;

/**
 * Which interval a BootNotification's answer names.
 *
 * <p>In quiet times the configured one. When many stations boot within a minute (a power cut ends,
 * this server returns) they would all come back at the same moment, again and again. So then the
 * Heartbeats of accepted stations are spread over a quarter of their interval, and stations that
 * are to try again are told to wait so long that no more than {@value #RETRIES_PER_SECOND} a second
 * return, at random moments.
 */
public final class BootPace {

  /** More boots than this within a minute are a storm. */
  static final int STORM = 120;

  /** Boots a second of stations that try again. */
  static final int RETRIES_PER_SECOND = 50;

  /** Nobody waits longer than this, unless configured so. */
  static final int LONGEST_RETRY_SECONDS = 3_600;

  private static final int WINDOW_SECONDS = 60;
  private static final long NANOS = 1_000_000_000L;

  private final TimeSource time;
  private final DoubleSupplier random;
  private final int[] boots = new int[WINDOW_SECONDS];
  private long second;

  /**
   * @param random 0 (inclusive) to 1 (exclusive)
   */
  public BootPace(TimeSource time, DoubleSupplier random) {
    this.time = time;
    this.random = random;
    this.second = time.nanos() / NANOS;
  }

  /**
   * Counts a boot and tells its interval.
   *
   * @param base the configured interval, seconds
   */
  public int next(Registration decision, int base) {
    return interval(decision, base, count(), random.getAsDouble());
  }

  /**
   * The rule.
   *
   * @param base the configured interval, seconds
   * @param recentBoots within the last minute
   * @param dice 0 (inclusive) to 1 (exclusive)
   */
  static int interval(Registration decision, int base, int recentBoots, double dice) {
    if (recentBoots <= STORM) {
      return base;
    }
    return switch (decision) {
      case ACCEPTED -> base - (int) (dice * base / 4);
      case PENDING, REJECTED, NONE -> {
        int needed = Math.max(base, recentBoots / RETRIES_PER_SECOND);
        int longest = Math.max(base, Math.min(needed, LONGEST_RETRY_SECONDS));
        yield longest + (int) (dice * longest);
      }
    };
  }

  private synchronized int count() {
    long now = time.nanos() / NANOS;
    for (long s = Math.max(second + 1, now - WINDOW_SECONDS + 1); s <= now; s++) {
      boots[Math.floorMod(s, WINDOW_SECONDS)] = 0;
    }
    second = Math.max(second, now);
    boots[Math.floorMod(second, WINDOW_SECONDS)]++;
    int sum = 0;
    for (int count : boots) {
      sum += count;
    }
    return sum;
  }
}
