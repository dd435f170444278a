package org.ampay.payment;

import org.ampay.store.MemoryTransactor;
import org.junit.jupiter.api.Nested;

class MemoryMoneyFlowTest extends MoneyFlowContract {

  @Override
  MoneyWorld newWorld() {
    return MoneyWorld.inMemory(MemoryTransactor.Faults.NONE);
  }

  /** The same with jobs that are leased, as after a failure. */
  @Nested
  class Leasing extends MoneyFlowContract {

    @Override
    MoneyWorld newWorld() {
      return MoneyWorld.inMemory(MemoryTransactor.Faults.NONE).leasing();
    }
  }
}
