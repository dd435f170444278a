package org.ampay.access.list;

import org.ampay.station.StationInfo;

/**
 * Where a policy holds: at an operator's stations, those of a site, or one.
 *
 * @param siteId 0: of the operator or of a station
 * @param stationId 0: of the operator or of a site
 */
public record PolicyPlace(long operatorId, long siteId, long stationId) {

  public static PolicyPlace operator(long operatorId) {
    return new PolicyPlace(operatorId, 0, 0);
  }

  public static PolicyPlace site(long operatorId, long siteId) {
    return new PolicyPlace(operatorId, siteId, 0);
  }

  public static PolicyPlace station(StationInfo station) {
    return new PolicyPlace(station.operatorId(), 0, station.id());
  }
}
