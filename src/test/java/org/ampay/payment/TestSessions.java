package org.ampay.payment;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ampay.billing.BillableSessions;
import org.ampay.billing.SettlementState;
import org.ampay.charging.BillableSession;
import org.ampay.charging.SessionState;
import org.ampay.charging.SqlSessionStore;
import org.ampay.store.JobStore;
import org.ampay.store.MemoryTx;
import org.ampay.store.TestDatabase;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.ampay.store.tables.Tables;

/** Sessions that a test puts there: in memory, or as rows of the database. */
interface TestSessions extends BillableSessions {

  /** A running session. */
  void active(long id, byte[] key);

  void finished(BillableSession session, byte[] key);

  SettlementState settlementState(long id);

  Optional<HoldStore.HeldSession> byKey(ByteBuffer key);

  static TestSessions inMemory() {
    return new InMemory();
  }

  static TestSessions inDatabase(TestDatabase database, JobStore jobs) {
    return new InDatabase(database, jobs);
  }

  /** In memory. */
  final class InMemory implements TestSessions {
    private final Map<Long, BillableSession> finished = new TreeMap<>();
    private final Map<ByteBuffer, HoldStore.HeldSession> byKey = new HashMap<>();
    private final Map<Long, SettlementState> states = new HashMap<>();

    @Override
    public void active(long id, byte[] key) {
      byKey.put(ByteBuffer.wrap(key), new HoldStore.HeldSession(id, SessionState.ACTIVE));
    }

    @Override
    public void finished(BillableSession session, byte[] key) {
      byKey.put(
          ByteBuffer.wrap(key), new HoldStore.HeldSession(session.id(), SessionState.FINISHED));
      finished.put(session.id(), session);
    }

    @Override
    public SettlementState settlementState(long id) {
      return states.getOrDefault(id, SettlementState.NONE);
    }

    @Override
    public Optional<HoldStore.HeldSession> byKey(ByteBuffer key) {
      return Optional.ofNullable(byKey.get(key));
    }

    @Override
    public List<BillableSession> load(Tx tx, List<Long> ids) {
      return ids.stream().sorted().map(finished::get).filter(s -> s != null).toList();
    }

    @Override
    public void settlementStates(Tx tx, Map<Long, SettlementState> changed) {
      changed.forEach(
          (id, state) -> {
            SettlementState before = settlementState(id);
            states.put(id, state);
            MemoryTx.of(tx).undo(() -> states.put(id, before));
          });
    }
  }

  /** Rows of the database. */
  final class InDatabase implements TestSessions {
    private final TestDatabase database;
    private final BillableSessions sessions;

    InDatabase(TestDatabase database, JobStore jobs) {
      this.database = database;
      this.sessions = BillableSessions.of(new SqlSessionStore(jobs));
    }

    private void insert(long id, byte[] key, SessionState state) {
      var s = Tables.CHARGING_SESSION;
      database
          .dsl()
          .insertInto(s)
          .set(s.ID, id)
          .set(s.SESSION_KEY, key)
          .set(s.OPERATOR_ID, MoneyWorld.OPERATOR)
          .set(s.SITE_ID, MoneyWorld.SITE)
          .set(s.STATION_ID, MoneyWorld.STATION)
          .set(s.EVSE_NO, 1)
          .set(s.CONNECTOR_NO, 1)
          .set(s.PROTOCOL, "1.6")
          .set(s.TRANSACTION_ID, Long.toString(id))
          .set(s.STARTED_AT, MoneyWorld.START)
          .set(s.START_RECEIVED, MoneyWorld.START)
          .set(s.STATE, state.stored())
          .set(s.SETTLEMENT_STATE, "none")
          .execute();
    }

    @Override
    public void active(long id, byte[] key) {
      insert(id, key, SessionState.ACTIVE);
    }

    @Override
    public void finished(BillableSession session, byte[] key) {
      var s = Tables.CHARGING_SESSION;
      if (byKey(ByteBuffer.wrap(key)).isEmpty()) {
        insert(session.id(), key, SessionState.FINISHED);
      }
      database
          .dsl()
          .update(s)
          .set(s.STATE, SessionState.FINISHED.stored())
          .set(s.TOKEN_UID, "TAG1")
          .set(s.TOKEN_TYPE, "ISO14443")
          .set(s.DRIVER_ID, session.driverId())
          .set(s.HOLD_ID, session.holdId())
          .set(s.STOPPED_AT, session.stoppedAt())
          .set(s.STOP_RECEIVED, session.stoppedAt())
          .set(s.METER_START_MWH, 0L)
          .set(s.METER_STOP_MWH, session.energy().milliWh())
          .set(s.ENERGY_MWH, session.energy().milliWh())
          .set(s.SNAPSHOT_ID, session.snapshotId())
          .set(s.PRICE_FACTS, session.priceFacts())
          .set(s.CURRENCY, session.total().currency())
          .set(s.TOTAL_MINOR, session.total().minor())
          .where(s.ID.eq(session.id()))
          .execute();
    }

    @Override
    public SettlementState settlementState(long id) {
      var s = Tables.CHARGING_SESSION;
      return SettlementState.ofCode(
          database
              .dsl()
              .select(s.SETTLEMENT_STATE)
              .from(s)
              .where(s.ID.eq(id))
              .fetchSingle()
              .value1());
    }

    @Override
    public Optional<HoldStore.HeldSession> byKey(ByteBuffer key) {
      Transactor transactor = database.transactor();
      return Optional.ofNullable(
          transactor.call(tx -> new SqlHoldStore().sessions(tx, List.of(key))).get(key));
    }

    @Override
    public List<BillableSession> load(Tx tx, List<Long> ids) {
      return sessions.load(tx, ids);
    }

    @Override
    public void settlementStates(Tx tx, Map<Long, SettlementState> states) {
      sessions.settlementStates(tx, states);
    }
  }
}
