package org.ampay.ocpp.rpc;

import java.time.Duration;

/** Runs a task later, on whatever thread its owner chooses. */
public interface CallTimer {

  /** A task that has not run yet. */
  interface Scheduled {
    /** Makes it not run; without effect when it did. */
    void cancel();
  }

  /** Runs {@code task} once after {@code delay}. */
  Scheduled after(Duration delay, Runnable task);
}
