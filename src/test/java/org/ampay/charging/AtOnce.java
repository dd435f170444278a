package org.ampay.charging;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;

/** Runs what it is given at once, one thing after the other; the clock stands until it is set. */
public final class AtOnce implements CoreWorld.Machine {

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean running;
  private Instant now = Commands.T0;

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (running) {
      return;
    }
    running = true;
    try {
      for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
        next.run();
      }
    } finally {
      running = false;
    }
  }

  @Override
  public void after(Duration duration, Runnable task) {
    now = now.plus(duration);
    execute(task);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long nanos() {
    return Duration.between(Instant.EPOCH, now).toNanos();
  }

  void set(Instant to) {
    now = to;
  }
}
