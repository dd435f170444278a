package org.ampay.payment;

import org.ampay.payment.provider.Outcome;

/** Hears what a provider says of an operation without being asked: in a callback or a bill. */
@FunctionalInterface
public interface OperationNews {

  /**
   * News of an operation; whoever calls has checked that they come from the provider and are about
   * this amount. They may come before the answer to our own call, twice, or long after the end: the
   * end is the same. A success is believed at once; anything else makes the machine ask.
   *
   * @throws org.ampay.store.StoreException when it could not be stored: tell it again later
   */
  void heard(long operationId, Outcome outcome);
}
