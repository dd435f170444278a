package org.ampay.ledger;

import org.ampay.store.MemoryTransactor;
import org.ampay.store.Transactor;

class MemoryLedgerStoreTest extends LedgerStoreContract {

  private final Transactor transactor = new MemoryTransactor();

  @Override
  Transactor transactor() {
    return transactor;
  }

  @Override
  LedgerStore newStore() {
    return new MemoryLedgerStore();
  }
}
