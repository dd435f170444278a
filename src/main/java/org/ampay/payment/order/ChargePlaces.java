package org.ampay.payment.order;

import java.util.Optional;
import org.ampay.station.StationInfo;

/** The places where one can pay and charge. */
public interface ChargePlaces {

  /** An EVSE. */
  record Spot(StationInfo station, int evseNo) {}

  /** Whether an order makes sense there. */
  enum Readiness {
    READY,
    OFFLINE,
    NO_TARIFF,
    /** Somebody charges there. */
    BUSY
  }

  /** The EVSE of a pay code. */
  Optional<Spot> find(String payCode);

  Optional<StationInfo> station(long stationId);

  Readiness readiness(Spot spot);

  /** Whether the EVSE's connector is not free: a cable is there, or was not taken out. */
  boolean plugged(long stationId, int evseNo);
}
