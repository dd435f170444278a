package org.ampay.payment.order;

import java.util.List;
import java.util.Optional;

/** Orders for web; blocks; what is to be expected is never an exception. */
public final class Orders {

  Orders() {}

  /** What the operator of that EVSE offers; empty for an unknown code. */
  public List<PayWay> ways(String payCode) {
    throw new UnsupportedOperationException("ways");
  }

  /** Makes an order and asks the payer for its money. */
  public Placed place(NewOrder draft) {
    throw new UnsupportedOperationException("place");
  }

  /** The order of that secret code, as it is stored. */
  public Optional<PaymentOrder> byCode(String orderCode) {
    throw new UnsupportedOperationException("byCode");
  }

  /** The same, after the provider was asked; it is asked at most once in two seconds. */
  public Optional<PaymentOrder> refresh(String orderCode) {
    throw new UnsupportedOperationException("refresh");
  }

  /** Before the start: the money comes back; while it charges: the session is stopped. */
  public void cancel(String orderCode) {
    throw new UnsupportedOperationException("cancel");
  }

  /** Stops the session of an order; before the start the same as {@link #cancel}. */
  public void stop(String orderCode) {
    throw new UnsupportedOperationException("stop");
  }
}
