package org.ampay.payment;

import org.ampay.store.Tx;

/**
 * Whether the payer disputes at his bank what was paid for a bill: who gives back then pays twice.
 */
@FunctionalInterface
public interface OpenDisputes {

  /** Nothing is ever disputed: providers in our own ledger. */
  OpenDisputes NONE = (tx, settlementId) -> false;

  /** Those that are stored. */
  static OpenDisputes inDatabase() {
    return DisputeStore::isOpen;
  }

  boolean of(Tx tx, long settlementId);
}
