package org.ampay.payment;

import java.util.List;
import org.ampay.base.Money;
import org.ampay.store.Tx;

/** The holds of orders' sessions. */
public final class OrderHolds {

  private final HoldStore store;

  public OrderHolds(SettlementStores stores) {
    this.store = stores.holds();
  }

  /** More money lies in a hold; nothing when it was used or given back by now. */
  public void grow(Tx tx, long holdId, Money more) {
    StartHold hold = store.lock(tx, List.of(holdId)).get(holdId);
    if (hold != null && hold.state() == HoldState.HELD) {
      store.update(tx, List.of(hold.grown(more)));
    }
  }
}
