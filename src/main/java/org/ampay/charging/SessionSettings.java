package org.ampay.charging;

import java.time.Duration;

/**
 * Limits of the core.
 *
 * @param mailbox messages of one station that may wait
 * @param priceBound about how many stretches a running session keeps before neighbours are merged
 * @param idle an owner that heard nothing for so long is forgotten; its state is loaded again
 * @param loadBatch stations whose state is loaded by one query
 */
public record SessionSettings(int mailbox, int priceBound, Duration idle, int loadBatch) {

  /** 100 messages, 1,000 stretches, 15 minutes, 100 stations. */
  public static final SessionSettings DEFAULT =
      new SessionSettings(100, 1000, Duration.ofMinutes(15), 100);

  public SessionSettings {
    if (mailbox < 1 || priceBound < 2 || loadBatch < 1 || !idle.isPositive()) {
      throw new IllegalArgumentException("limits of the core must be positive");
    }
  }
}
