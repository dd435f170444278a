package org.ampay.power;

import java.util.List;

/**
 * What is known of a station when a profile is to be sent.
 *
 * @param present profiles that it has or may have
 * @param running its transactions
 * @param needsKnown an EV has told its needs in the transaction that is meant
 */
record Situation(
    StationLimits limits,
    List<PlacedProfile> present,
    List<RunningTransaction> running,
    boolean needsKnown) {

  Situation {
    present = List.copyOf(present);
    running = List.copyOf(running);
  }
}
