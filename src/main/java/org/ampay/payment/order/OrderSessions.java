package org.ampay.payment.order;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.ampay.store.Tx;

/** The sessions that begin on orders' money. */
public interface OrderSessions {

  /**
   * A session.
   *
   * @param transactionId as its station calls it
   * @param over it has ended, whether it is billed or not
   */
  record Seen(long id, long stationId, String transactionId, boolean over) {}

  /** The session with that key; empty: it has not come. */
  Optional<Seen> find(Tx tx, ByteBuffer key);
}
