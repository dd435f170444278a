package org.ampay.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.ampay.base.TimeSource;

/**
 * One thread and a clock of its own: tasks run when a test says so, time passes when it says so.
 */
final class Steps implements Executor, Delay, TimeSource {

  private record Timed(Instant at, long order, Runnable task) {}

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Timed> later =
      new PriorityQueue<>(Comparator.comparing(Timed::at).thenComparing(Timed::order));
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private long order;

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public void after(Duration duration, Runnable task) {
    later.add(new Timed(now.plus(duration), order++, task));
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long nanos() {
    return Duration.between(Instant.EPOCH, now).toNanos();
  }

  /** Runs what is ready, and what that makes ready. */
  void run() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** Lets time pass, running what falls due on the way. */
  void pass(Duration duration) {
    Instant end = now.plus(duration);
    run();
    while (!later.isEmpty() && !later.peek().at().isAfter(end)) {
      Timed timed = later.poll();
      now = timed.at();
      timed.task().run();
      run();
    }
    now = end;
  }
}
