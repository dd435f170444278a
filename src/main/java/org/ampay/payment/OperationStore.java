package org.ampay.payment;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.store.Tx;

/** Payment operations at rest. */
public interface OperationStore {

  void insertOperations(Tx tx, List<PaymentOperation> operations);

  /** Stores the results of operations that are locked, themselves or by what they belong to. */
  void updateOperations(Tx tx, List<PaymentOperation> operations);

  /** Locks operations until the end of the transaction, in the order of their ids. */
  Map<Long, PaymentOperation> lockOperations(Tx tx, Collection<Long> ids);

  /** One operation, without a lock. */
  Optional<PaymentOperation> operation(Tx tx, long id);

  /** The operations of an order, in the order of their ids. */
  List<PaymentOperation> ofOrder(Tx tx, long orderId);

  /** Operations by their references; those that do not exist are left out. */
  Map<String, PaymentOperation> byReferences(Tx tx, String provider, Collection<String> references);

  /** The newest operation of an account that the provider gave this id. */
  Optional<PaymentOperation> byProviderRef(Tx tx, long accountId, String providerRef);
}
