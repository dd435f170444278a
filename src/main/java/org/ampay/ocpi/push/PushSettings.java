package org.ampay.ocpi.push;

import java.time.Duration;

/**
 * How partners are told.
 *
 * @param calls at a time to one partner
 * @param lease of a partner's queue; another node takes it over after that. Longer than a call
 * @param firstPause after a failure; doubles with each one
 * @param longestPause between attempts of an object
 * @param longestSilence between attempts to reach a partner that is away
 * @param refusals of an object after which it is given up
 * @param kept how long it is known what a partner took
 */
public record PushSettings(
    int calls,
    Duration lease,
    Duration firstPause,
    Duration longestPause,
    Duration longestSilence,
    int refusals,
    Duration kept) {

  public PushSettings {
    if (calls < 1 || refusals < 1 || !lease.isPositive() || !firstPause.isPositive()) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** 32 calls, 40 s lease, pauses from 1 s to 10 min, a minute's silence, 5 refusals, 30 days. */
  public static PushSettings defaults() {
    return new PushSettings(
        32,
        Duration.ofSeconds(40),
        Duration.ofSeconds(1),
        Duration.ofMinutes(10),
        Duration.ofMinutes(1),
        5,
        Duration.ofDays(30));
  }
}
