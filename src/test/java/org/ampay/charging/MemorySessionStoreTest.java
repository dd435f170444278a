package org.ampay.charging;

import org.ampay.base.CountingIds;
import org.ampay.station.StationInfo;
import org.ampay.store.JobSignal;
import org.ampay.store.JobStore;
import org.ampay.store.MemoryJobStore;
import org.ampay.store.MemoryTransactor;
import org.ampay.store.Transactor;

class MemorySessionStoreTest extends SessionStoreContract {

  private final JobStore jobs = new MemoryJobStore(new CountingIds(), new JobSignal());
  private final MemorySessionStore store = new MemorySessionStore(jobs, id -> "CP" + id);
  private final Transactor transactor = new MemoryTransactor();

  @Override
  SessionStore store() {
    return store;
  }

  @Override
  Transactor transactor() {
    return transactor;
  }

  @Override
  JobStore jobs() {
    return jobs;
  }

  @Override
  void know(StationInfo station) {}

  @Override
  String settlement(long sessionId) {
    return store.settlement(sessionId);
  }
}
