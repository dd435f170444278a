package org.ampay.payment.order;

import java.util.random.RandomGenerator;
import org.ampay.base.IdSource;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** The drivers and tokens of orders, for simulations: only their ids. */
public final class MemoryParties implements OrderParties {

  private final IdSource ids;
  private final RandomGenerator random;

  public MemoryParties(IdSource ids, RandomGenerator random) {
    this.ids = ids;
    this.random = random;
  }

  @Override
  public Party begin(
      Tx tx, long operatorId, long orderId, @Nullable Long driverId, String language) {
    long driver = driverId == null ? ids.next() : driverId;
    return new Party(driver, ids.next(), TokenParties.uid(random));
  }

  @Override
  public void end(Tx tx, OrderRow order) {
    // Whether a start is refused is decided by the order.
  }
}
