package org.ampay.ocpp.edge;

import org.ampay.access.IdToken;
import org.ampay.station.EvseRef;

/** How one OCPP version starts and stops a session from afar. */
public interface RemoteOrders {

  /**
   * A command to a station.
   *
   * @param payload JSON text
   */
  record Order(String action, String payload) {}

  /**
   * Asks the station to start a session.
   *
   * @param evse evseNo 0: wherever the driver plugs in
   * @param remoteStartId comes back in the session's first event (2.0.1 only)
   */
  Order start(EvseRef evse, IdToken token, int remoteStartId);

  /**
   * Asks the station to end a session.
   *
   * @param transactionId as the version writes it
   * @throws IllegalArgumentException when it is none of this version
   */
  Order stop(String transactionId);

  /** Whether the station's answer to either says Accepted: it promises to try, no more. */
  boolean accepted(String answer);
}
