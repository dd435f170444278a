package org.ampay.payment;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.store.Tx;

/** The payment operations of orders at rest. An order's row is locked before they are changed. */
public interface OrderOperations {

  /** The operations of orders, in the order of their ids; by order. */
  Map<Long, List<PaymentOperation>> ofOrders(Tx tx, Collection<Long> orderIds);

  /** One operation. */
  Optional<PaymentOperation> operation(Tx tx, long id);

  void insertOperations(Tx tx, List<PaymentOperation> operations);

  /** Stores the results of operations whose order is locked. */
  void updateOperations(Tx tx, List<PaymentOperation> operations);
}
