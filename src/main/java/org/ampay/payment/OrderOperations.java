package org.ampay.payment;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.ampay.store.Tx;

/** The payment operations of orders at rest. An order's row is locked before they are changed. */
public interface OrderOperations extends OperationStore {

  /** The operations of orders, in the order of their ids; by order. */
  Map<Long, List<PaymentOperation>> ofOrders(Tx tx, Collection<Long> orderIds);
}
