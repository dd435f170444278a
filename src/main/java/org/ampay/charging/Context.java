package org.ampay.charging;

import java.time.Instant;
import java.util.Optional;
import org.ampay.station.EvseRef;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;

/**
 * What a decision needs besides the state and the message.
 *
 * @param now when the message was received
 * @param admission what was found out about its token
 * @param known the session that it is about, where the state had forgotten it; of a ruling as a
 *     whole
 * @param priceBound see {@link PriceFacts#begin}
 * @param displays what stations show their drivers
 * @param costs what its sessions cost so far
 */
record Context(
    StationInfo station,
    Protocol protocol,
    Instant now,
    Numbers numbers,
    Admission admission,
    Optional<Session> known,
    int priceBound,
    CostDisplays displays,
    RunningCosts costs) {

  /** What the station shows its driver. */
  Display display() {
    return displays.of(station.id());
  }

  /** Watts; 0 when unknown. */
  int maxPowerW(EvseRef evse) {
    return station.evse(evse.evseNo()).map(StationInfo.EvseInfo::maxPowerW).orElse(0);
  }

  /** The session of a transaction, remembered or looked up. */
  Optional<Session> session(StationState state, String transactionId) {
    return state.transaction(transactionId).or(() -> known);
  }
}
