package org.ampay.payment;

import org.ampay.store.Tx;

/**
 * Keeps what must not be lost when money is moved by a person, such as an entry of who did it:
 * called in the transaction that stores a new operation, as its last step, so that both are kept or
 * neither. A repeat by its idempotency key stores nothing and is not witnessed again.
 */
@FunctionalInterface
public interface Witness {

  /** Nobody needs to know. */
  Witness NONE = (tx, operation) -> {};

  /** Writes what it knows; what it throws undoes the operation. */
  void stored(Tx tx, PaymentOperation operation);
}
