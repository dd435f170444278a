package org.ampay.billing.simulation;

import java.util.List;

/**
 * What a run has added up so far.
 *
 * @param all everything
 * @param hours by hour of the sites' local day, 24 of them
 * @param sites those that have sessions, the greatest change first
 */
public record RunResult(Sums all, List<Sums> hours, List<SiteSums> sites) {

  /**
   * @param name null when the site is gone
   */
  public record SiteSums(long siteId, @org.jspecify.annotations.Nullable String name, Sums sums) {}

  public RunResult {
    hours = List.copyOf(hours);
    sites = List.copyOf(sites);
  }
}
