package org.ampay.ocpi.location;

import java.time.ZoneId;
import java.util.Map;

/** Which tariffs hold at a place. */
public interface PlaceTariffs {

  /**
   * A station.
   *
   * @param currency what the place is paid in
   */
  record Spot(long operatorId, long siteId, long stationId, String currency, ZoneId zone) {}

  /**
   * The ids of the tariffs that sessions get which start now: by partner, and under 0 for partners
   * that have none of their own. Those who would pay the usual one are left out.
   */
  Map<Long, String> ids(Spot spot);
}
