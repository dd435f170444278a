package org.ampay.billing;

import static org.ampay.store.tables.Tables.CHARGING_SESSION;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ampay.base.Money;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Sessions in the database, as their bills need them. */
public final class SqlBillableSessionStore implements BillableSessions {

  @Override
  public List<FinishedSession> load(Tx tx, Collection<Long> ids) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(CHARGING_SESSION)
        .where(CHARGING_SESSION.ID.in(ids))
        .orderBy(CHARGING_SESSION.ID)
        .fetch(SqlBillableSessionStore::session);
  }

  private static FinishedSession session(Record r) {
    String uid = r.get(CHARGING_SESSION.TOKEN_UID);
    String type = r.get(CHARGING_SESSION.TOKEN_TYPE);
    String currency = r.get(CHARGING_SESSION.CURRENCY);
    Long total = r.get(CHARGING_SESSION.TOTAL_MINOR);
    return new FinishedSession(
        r.get(CHARGING_SESSION.ID),
        new FinishedSession.Place(
            r.get(CHARGING_SESSION.OPERATOR_ID),
            r.get(CHARGING_SESSION.STATION_ID),
            r.get(CHARGING_SESSION.EVSE_NO),
            r.get(CHARGING_SESSION.CONNECTOR_NO),
            r.get(CHARGING_SESSION.PROTOCOL),
            r.get(CHARGING_SESSION.TRANSACTION_ID)),
        r.get(CHARGING_SESSION.STATE),
        uid == null ? null : new FinishedSession.Token(uid, type == null ? "" : type),
        r.get(CHARGING_SESSION.DRIVER_ID),
        r.get(CHARGING_SESSION.HOLD_ID),
        new FinishedSession.Meter(
            r.get(CHARGING_SESSION.STARTED_AT),
            r.get(CHARGING_SESSION.STOPPED_AT),
            r.get(CHARGING_SESSION.METER_START_MWH),
            r.get(CHARGING_SESSION.METER_STOP_MWH),
            r.get(CHARGING_SESSION.ENERGY_MWH)),
        r.get(CHARGING_SESSION.SNAPSHOT_ID),
        r.get(CHARGING_SESSION.PRICE_FACTS),
        currency == null || total == null ? null : new Money(currency, total));
  }

  @Override
  public Map<Long, Brief> briefs(Tx tx, Collection<Long> ids) {
    return SqlTx.of(tx)
        .dsl()
        .select(
            CHARGING_SESSION.ID,
            CHARGING_SESSION.OPERATOR_ID,
            CHARGING_SESSION.STATION_ID,
            CHARGING_SESSION.HOLD_ID)
        .from(CHARGING_SESSION)
        .where(CHARGING_SESSION.ID.in(ids))
        .fetch(r -> new Brief(r.value1(), r.value2(), r.value3(), r.value4()))
        .stream()
        .collect(Collectors.toMap(Brief::id, Function.identity()));
  }

  /** One statement a state: there are few states and many sessions. */
  @Override
  public void settlementStates(Tx tx, Map<Long, SettlementState> states) {
    Map<SettlementState, List<Long>> byState = new HashMap<>();
    for (SettlementState state : SettlementState.values()) {
      byState.put(
          state, states.keySet().stream().filter(id -> states.get(id) == state).sorted().toList());
    }
    DSLContext dsl = SqlTx.of(tx).dsl();
    byState.forEach(
        (state, ids) -> {
          if (!ids.isEmpty()) {
            dsl.update(CHARGING_SESSION)
                .set(CHARGING_SESSION.SETTLEMENT_STATE, state.code())
                .where(CHARGING_SESSION.ID.in(ids))
                .execute();
          }
        });
  }

  @Override
  public void review(Tx tx, Map<Long, String> reasons) {
    DSLContext dsl = SqlTx.of(tx).dsl();
    reasons.forEach(
        (id, reason) ->
            dsl.update(CHARGING_SESSION)
                .set(CHARGING_SESSION.STATE, "review")
                .set(CHARGING_SESSION.REVIEW_REASON, reason)
                .where(CHARGING_SESSION.ID.eq(id))
                .and(CHARGING_SESSION.STATE.eq("finished"))
                .execute());
  }
}
