package org.ampay.payment.order;

import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Drivers and tokens that exist for one order. */
interface OrderParties {

  /**
   * Who pays, and what his session is started with.
   *
   * @param tokenUid at most 20 characters: OCPP 1.6 takes no more
   */
  record Party(long driverId, long tokenId, String tokenUid) {}

  /**
   * Makes the order's token and, where nobody signed in, its driver.
   *
   * @param driverId who signed in; null: nobody
   */
  Party begin(Tx tx, long operatorId, long orderId, @Nullable Long driverId, String language);

  /** The order's token starts nothing any more. */
  void end(Tx tx, OrderRow order);
}
