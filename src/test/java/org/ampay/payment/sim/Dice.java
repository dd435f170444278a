package org.ampay.payment.sim;

import java.time.Duration;
import java.util.SplittableRandom;

/** What goes wrong in one run: everything from its seed. From {@link #calm} on nothing does. */
final class Dice {

  private final SplittableRandom random;

  /** Thousandths, by seed: some runs are stormy, some nearly quiet, some only crash. */
  private final int crashing;

  private final int failing;
  private boolean calm;

  Dice(long seed) {
    random = new SplittableRandom(seed);
    crashing = new int[] {0, 20, 60, 150}[random.nextInt(4)];
    failing = new int[] {0, 100, 300, 600}[random.nextInt(4)];
  }

  /** From now on nothing goes wrong. */
  void calm() {
    calm = true;
  }

  boolean crashes() {
    return !calm && random.nextInt(1000) < crashing;
  }

  /** Whether a call to the provider, or a callback, goes wrong. */
  boolean fails() {
    return !calm && random.nextInt(1000) < failing;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  Duration seconds(int most) {
    return Duration.ofSeconds(random.nextInt(most + 1));
  }
}
