package org.ampay.ocpi.cdr;

import java.util.Optional;
import org.ampay.ocpi.PartyRef;
import org.ampay.station.EvseRef;
import org.ampay.store.Tx;

/** Where sessions are, as the Locations module tells it. */
@FunctionalInterface
public interface RoamingPlaces {

  /**
   * A place; empty: the inventory does not know it.
   *
   * @param ours as whom the partner knows us
   */
  Optional<RoamingPlace> of(Tx tx, PartyRef ours, long stationId, EvseRef evse);
}
