package org.ampay.ocpp.rpc;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Message ids of one connection: 96 random bits and a counter, so that no id is used twice towards
 * a station, also not after a reconnect or a restart (OCPP-J 2.0.1 section 4.1.4). At most 36
 * characters.
 */
public final class CallIds {

  private final String prefix;
  private final AtomicLong counter = new AtomicLong();

  /** Ids with a prefix drawn from {@code random}. */
  public CallIds(RandomGenerator random) {
    this.prefix = String.format("%016x%08x-", random.nextLong(), random.nextInt());
  }

  /** An id that was never given before. */
  public String next() {
    return prefix + Long.toString(counter.incrementAndGet(), Character.MAX_RADIX);
  }
}
