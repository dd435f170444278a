package org.ampay.payment;

import org.ampay.store.MemoryTransactor;

class MemoryOrderTroubleTest extends OrderTroubleContract {

  @Override
  OrderWorld newWorld() {
    return OrderWorld.inMemory(MemoryTransactor.Faults.NONE);
  }
}
