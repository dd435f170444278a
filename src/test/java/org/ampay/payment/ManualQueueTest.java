package org.ampay.payment;

import org.ampay.store.MemoryTransactor;

class ManualQueueTest extends ManualQueueContract {

  @Override
  MoneyWorld newWorld() {
    return MoneyWorld.inMemory(MemoryTransactor.Faults.NONE);
  }
}
