package org.ampay.conformance;

import java.util.Locale;

/**
 * A row of a file of demands.
 *
 * @param section block or message, for the reader
 * @param level SHALL, MUST, SHOULD, MAY …; of a scenario its certification profile
 */
record Row(String source, String id, String section, String level, String text) {

  /** Must be proven by a test, or argued away. */
  boolean isBinding() {
    return level.contains("SHALL") || level.contains("MUST");
  }

  /** Each row of 1.6, and those mandatory in a profile of 2.0.1. */
  boolean isMandatoryScenario() {
    return source.equals("1.6") || level.contains(":M");
  }

  /** What the names of a scenario's tests begin with: {@code TC_004_1_CSMS} is tc0041. */
  String testPrefix() {
    return id.replaceFirst("_CSMS$", "").replace("_", "").toLowerCase(Locale.ROOT);
  }
}
