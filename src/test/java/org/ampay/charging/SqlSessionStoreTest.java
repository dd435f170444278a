package org.ampay.charging;

import org.ampay.base.CountingIds;
import org.ampay.base.TestTime;
import org.ampay.station.StationInfo;
import org.ampay.store.JobSignal;
import org.ampay.store.JobStore;
import org.ampay.store.SqlJobStore;
import org.ampay.store.TestDatabase;
import org.ampay.store.Transactor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqlSessionStoreTest extends SessionStoreContract {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final JobStore jobs =
      new SqlJobStore(new CountingIds(), TestTime.monday(), new JobSignal());
  private final SessionStore store = new SqlSessionStore(jobs);

  @BeforeEach
  void empty() {
    DATABASE.clear();
  }

  @Override
  SessionStore store() {
    return store;
  }

  @Override
  Transactor transactor() {
    return DATABASE.transactor();
  }

  @Override
  JobStore jobs() {
    return jobs;
  }

  @Override
  void know(StationInfo station) {
    DATABASE
        .dsl()
        .execute(
            "INSERT INTO station (id, operator_id, site_id, identity, name, security_profile,"
                + " registration, created_at) VALUES (?, 1, 1, ?, 'x', 0, 'accepted',"
                + " '2026-01-01')",
            station.id(),
            station.identity());
  }

  @Override
  String settlement(long sessionId) {
    return DATABASE
        .dsl()
        .fetchValue("SELECT settlement_state FROM charging_session WHERE id = ?", sessionId)
        .toString();
  }
}
