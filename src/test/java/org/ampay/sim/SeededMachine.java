package org.ampay.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.ampay.charging.Commands;
import org.ampay.charging.CoreWorld;

/** One thread, virtual time, and an order of tasks that the seed decides. */
final class SeededMachine implements CoreWorld.Machine {

  private record Timed(Instant at, long order, Runnable task) {}

  private final Random random;
  private final List<Runnable> ready = new ArrayList<>();
  private final PriorityQueue<Timed> later =
      new PriorityQueue<>(Comparator.comparing(Timed::at).thenComparing(Timed::order));
  private Instant now = Commands.T0;
  private long order;

  SeededMachine(Random random) {
    this.random = random;
  }

  @Override
  public void execute(Runnable task) {
    ready.add(task);
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
    return Duration.between(Commands.T0, now).toNanos();
  }

  /** Whether something is ready to run now. */
  boolean busy() {
    return !ready.isEmpty();
  }

  /** Runs one of the ready tasks; when there is none, time passes to the next one. */
  boolean step() {
    if (!ready.isEmpty()) {
      ready.remove(random.nextInt(ready.size())).run();
      return true;
    }
    Timed next = later.poll();
    if (next == null) {
      return false;
    }
    now = next.at();
    next.task().run();
    return true;
  }

  /** The process is gone, with all that it was about to do. */
  void crash() {
    ready.clear();
    later.clear();
  }
}
