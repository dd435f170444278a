package org.ampay.store;

import java.time.Duration;

/** Runs things later: a scheduled executor in the program, virtual time in a simulation. */
@FunctionalInterface
public interface Delay {

  /** Runs {@code task} once, not before {@code duration} has passed. The task must be short. */
  void after(Duration duration, Runnable task);
}
