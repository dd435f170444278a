package org.ampay.store.embedded;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for processes, in plain words. */
final class Waiting {

  private static final long STEP_NANOS = 5_000_000;

  /** Something that blocks. */
  interface Blocking<R> {
    R run() throws InterruptedException;
  }

  private Waiting() {}

  /** Waits to the end; an interrupt is kept for the caller. */
  static <R> R uninterruptibly(Blocking<R> wait) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return wait.run();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** How many pauses fill a time; counted, so that the launcher needs no clock. */
  static long pauses(Duration time) {
    return time.toNanos() / STEP_NANOS;
  }

  /** A short pause between two looks at something outside this process. */
  static void pause() {
    if (Thread.interrupted()) {
      Thread.currentThread().interrupt();
      throw new EmbeddedDatabaseException("interrupted while waiting for the embedded database");
    }
    LockSupport.parkNanos(STEP_NANOS);
  }
}
