package org.ampay.station;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What decisions need to know of a station: immutable, replaced when somebody edits it.
 *
 * @param identity the last path element of its URL
 * @param currency the operator's currency, ISO 4217
 * @param holdMinor what a session reserves in a wallet, minor units of {@code currency}
 * @param zone the site's time zone
 */
public record StationInfo(
    long id,
    long operatorId,
    long siteId,
    String identity,
    String currency,
    long holdMinor,
    ZoneId zone,
    List<EvseInfo> evses) {

  /**
   * An EVSE of the station.
   *
   * @param maxPowerW what its connector can deliver, watts; 0 when unknown
   */
  public record EvseInfo(int evseNo, boolean direct, int phases, int maxPowerW) {}

  public StationInfo {
    evses = List.copyOf(evses);
  }

  /** The EVSE of that number, empty when the inventory does not know it. */
  public Optional<EvseInfo> evse(int evseNo) {
    return evses.stream().filter(e -> e.evseNo() == evseNo).findFirst();
  }
}
