package org.ampay.app.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which all simulated stations live, and their clock.
 *
 * <p>The clock may begin in the past and run faster until it has caught up with the real one; from
 * then on it is the real one. So a demo can show hours of plausible history within a minute, and no
 * station ever reports a time that has not come yet.
 */
public final class SimulatorLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SimulatorLoop.class);

  private final ScheduledThreadPoolExecutor timer;
  private final long historyNanos;
  private final double speed;
  private final Instant realStart = Instant.now();
  private final long nanoStart = System.nanoTime();

  /** In real time. */
  public SimulatorLoop() {
    this(Duration.ZERO, 1);
  }

  /**
   * Begins in the past.
   *
   * @param history how far in the past
   * @param speed how many times faster than real time until it has caught up; more than 1
   */
  public SimulatorLoop(Duration history, double speed) {
    if (!history.isZero() && speed <= 1) {
      throw new IllegalArgumentException("a clock in the past must run faster than real time");
    }
    this.historyNanos = history.toNanos();
    this.speed = speed;
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("simulator").factory());
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** The stations' clock, in milliseconds. */
  public Instant now() {
    long elapsed = System.nanoTime() - nanoStart;
    double behind = historyNanos - elapsed * (speed - 1);
    return realStart
        .plusNanos(elapsed - (behind > 0 ? (long) behind : 0))
        .truncatedTo(ChronoUnit.MILLIS);
  }

  /** Whether the clock shows real time. */
  public boolean caughtUp() {
    return historyNanos <= (System.nanoTime() - nanoStart) * (speed - 1);
  }

  /** How far the stations' clock will advance until it shows real time. */
  Duration historyLeft() {
    double behind = historyNanos - (System.nanoTime() - nanoStart) * (speed - 1);
    return behind <= 0 ? Duration.ZERO : Duration.ofNanos((long) (behind / (speed - 1) * speed));
  }

  /** Runs something on the stations' thread as soon as possible. */
  public void run(Runnable task) {
    if (!timer.isShutdown()) {
      timer.execute(guarded(task));
    }
  }

  /** Runs something when the stations' clock has advanced by {@code delay}. */
  Timer after(Duration delay, Runnable task) {
    long elapsed = System.nanoTime() - nanoStart;
    double behind = Math.max(0, historyNanos - elapsed * (speed - 1));
    double untilCaughtUp = behind > 0 ? behind / (speed - 1) : 0;
    double fast = delay.toNanos() / Math.max(1, speed);
    double real =
        fast <= untilCaughtUp ? fast : untilCaughtUp + (delay.toNanos() - untilCaughtUp * speed);
    return schedule((long) real, task);
  }

  /** Runs something after a span of real time: for what happens on the network. */
  Timer afterReal(Duration delay, Runnable task) {
    return schedule(delay.toNanos(), task);
  }

  private Timer schedule(long nanos, Runnable task) {
    if (timer.isShutdown()) {
      return () -> {};
    }
    ScheduledFuture<?> future = timer.schedule(guarded(task), nanos, TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("a simulated station failed", e);
      }
    };
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** Something that is to happen later, unless it is cancelled. */
  interface Timer {
    void cancel();
  }
}
