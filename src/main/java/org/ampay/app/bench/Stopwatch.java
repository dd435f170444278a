package org.ampay.app.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * Times something small on one core: warms it up, then takes the median of several rounds. What
 * counts is the processor time of this thread, so that others on the machine disturb little.
 * Figures of one run compare well with each other, those of different machines do not.
 */
final class Stopwatch {

  private static final double NANOS_PER_MICRO = 1_000;

  private final ThreadMXBean thread = ManagementFactory.getThreadMXBean();
  private final long warmUpNanos;
  private final long roundNanos;
  private final int rounds;

  /** Keeps results alive, so that nothing is left out as useless. */
  private long sink;

  Stopwatch(long warmUpNanos, long roundNanos, int rounds) {
    this.warmUpNanos = warmUpNanos;
    this.roundNanos = roundNanos;
    this.rounds = rounds;
  }

  /**
   * Microseconds that one call takes.
   *
   * @param task gets 0, 1, 2, … and returns something that depends on its work
   */
  double micros(IntToLongFunction task) {
    round(task, warmUpNanos);
    double[] took = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      took[i] = round(task, roundNanos);
    }
    Arrays.sort(took);
    return took[rounds / 2];
  }

  /** What all the calls returned, taken together. */
  long sink() {
    return sink;
  }

  private double round(IntToLongFunction task, long nanos) {
    long start = thread.getCurrentThreadCpuTime();
    long now = start;
    int calls = 0;
    while (now - start < nanos) {
      for (int i = 0; i < 16; i++) {
        sink = sink * 31 + task.applyAsLong(calls);
        calls++;
      }
      now = thread.getCurrentThreadCpuTime();
    }
    return (now - start) / NANOS_PER_MICRO / calls;
  }
}
