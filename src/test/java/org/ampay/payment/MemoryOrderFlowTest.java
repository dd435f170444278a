package org.ampay.payment;

import org.ampay.store.MemoryTransactor;

class MemoryOrderFlowTest extends OrderFlowContract {

  @Override
  OrderWorld newWorld() {
    return OrderWorld.inMemory(MemoryTransactor.Faults.NONE);
  }
}
