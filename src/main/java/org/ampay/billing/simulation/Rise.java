package org.ampay.billing.simulation;

import java.util.Comparator;

/**
 * A session that would cost more.
 *
 * @param before minor units with tax
 * @param after minor units with tax
 */
public record Rise(long sessionId, long before, long after) {

  /** The greatest first; equal ones in the order of their sessions. */
  static final Comparator<Rise> GREATEST =
      Comparator.comparingLong(Rise::by).reversed().thenComparingLong(Rise::sessionId);

  /** By how much, in minor units. */
  public long by() {
    return after - before;
  }
}
