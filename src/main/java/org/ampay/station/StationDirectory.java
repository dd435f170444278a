package org.ampay.station;

import java.util.Optional;

/** Finds stations without waiting: an in-memory picture of the inventory. */
public interface StationDirectory {

  Optional<StationInfo> byId(long stationId);

  /** The identity is compared byte for byte. */
  Optional<StationInfo> byIdentity(String identity);
}
