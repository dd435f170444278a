package org.ampay.store;

final class MemoryJobStoreTest extends JobStoreContract {

  private final Transactor transactor = new MemoryTransactor();

  @Override
  Transactor transactor() {
    return transactor;
  }

  @Override
  JobStore newStore() {
    return new MemoryJobStore(new SequentialIds(), signal);
  }
}
