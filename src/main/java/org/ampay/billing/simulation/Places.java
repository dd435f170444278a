package org.ampay.billing.simulation;

import java.util.Set;
import java.util.TreeSet;
import org.ampay.tariff.InvalidInputException;

/**
 * Which sessions of a period are looked at.
 *
 * @param sites ids; empty: every site
 * @param stations ids; empty: every station. With sites as well: sessions of either
 * @param tariffOnly only sessions that were priced with the stored tariff that the run is about
 */
public record Places(Set<Long> sites, Set<Long> stations, boolean tariffOnly) {

  /** All sessions. */
  public static final Places ALL = new Places(Set.of(), Set.of(), false);

  private static final int MOST = 500;

  public Places {
    sites = Set.copyOf(sites);
    stations = Set.copyOf(stations);
    limit(sites, "sites");
    limit(stations, "stations");
  }

  private static void limit(Set<Long> ids, String field) {
    if (ids.size() > MOST) {
      throw new InvalidInputException(field, "must have at most " + MOST);
    }
  }

  boolean isEverywhere() {
    return sites.isEmpty() && stations.isEmpty();
  }

  /** In a fixed order. */
  Set<Long> sortedSites() {
    return new TreeSet<>(sites);
  }

  Set<Long> sortedStations() {
    return new TreeSet<>(stations);
  }
}
