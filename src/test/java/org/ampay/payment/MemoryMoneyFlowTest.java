package org.ampay.payment;

import org.ampay.store.MemoryTransactor;

class MemoryMoneyFlowTest extends MoneyFlowContract {

  @Override
  MoneyWorld newWorld() {
    return MoneyWorld.inMemory(MemoryTransactor.Faults.NONE);
  }
}
