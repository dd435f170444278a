package org.ampay.payment;

import static org.ampay.store.tables.Tables.PAYMENT_ALARM;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ampay.store.Rows;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Alarms in the database. */
public final class SqlAlarmStore implements AlarmStore {

  private static final List<Field<?>> COLUMNS =
      List.of(
          PAYMENT_ALARM.ID,
          PAYMENT_ALARM.OPERATOR_ID,
          PAYMENT_ALARM.KIND,
          PAYMENT_ALARM.REF,
          PAYMENT_ALARM.SETTLEMENT_ID,
          PAYMENT_ALARM.ORDER_ID,
          PAYMENT_ALARM.DETAIL,
          PAYMENT_ALARM.RAISED_AT,
          PAYMENT_ALARM.CLEARED_AT,
          PAYMENT_ALARM.OPEN_KEY);

  @Override
  public Set<String> open(Tx tx, Collection<String> openKeys) {
    return new HashSet<>(
        SqlTx.of(tx)
            .dsl()
            .select(PAYMENT_ALARM.OPEN_KEY)
            .from(PAYMENT_ALARM)
            .where(PAYMENT_ALARM.OPEN_KEY.in(openKeys))
            .fetch(PAYMENT_ALARM.OPEN_KEY));
  }

  @Override
  public void insert(Tx tx, List<PaymentAlarm> alarms) {
    Rows.insertMissing(
        tx, PAYMENT_ALARM, COLUMNS, alarms.stream().map(SqlAlarmStore::values).toList());
  }

  private static Object[] values(PaymentAlarm alarm) {
    return new Object[] {
      alarm.id(),
      alarm.operatorId(),
      alarm.kind().code(),
      alarm.ref(),
      alarm.settlementId(),
      alarm.orderId(),
      alarm.detail(),
      alarm.raisedAt(),
      alarm.clearedAt(),
      alarm.clearedAt() == null ? alarm.openKey() : null
    };
  }

  @Override
  public void clear(Tx tx, Collection<Long> refs, Instant at) {
    clear(
        tx,
        PAYMENT_ALARM
            .REF
            .in(refs)
            .and(PAYMENT_ALARM.KIND.ne(PaymentAlarm.Kind.CONTRADICTION.code())),
        at);
  }

  @Override
  public boolean clearOne(Tx tx, @Nullable Long operatorId, long id, Instant at) {
    return clear(tx, PAYMENT_ALARM.ID.eq(id).and(of(operatorId)), at) > 0;
  }

  private static int clear(Tx tx, Condition which, Instant at) {
    return SqlTx.of(tx)
        .dsl()
        .update(PAYMENT_ALARM)
        .set(PAYMENT_ALARM.CLEARED_AT, at)
        .setNull(PAYMENT_ALARM.OPEN_KEY)
        .where(which)
        .and(PAYMENT_ALARM.CLEARED_AT.isNull())
        .execute();
  }

  @Override
  public List<PaymentAlarm> list(Tx tx, @Nullable Long operatorId, SettlementStore.Before before) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(PAYMENT_ALARM)
        .where(of(operatorId))
        .and(PAYMENT_ALARM.CLEARED_AT.isNull())
        .and(PAYMENT_ALARM.ID.lt(before.beforeId()))
        .orderBy(PAYMENT_ALARM.ID.desc())
        .limit(before.limit())
        .fetch(SqlAlarmStore::alarm);
  }

  private static Condition of(@Nullable Long operatorId) {
    return operatorId == null ? DSL.noCondition() : PAYMENT_ALARM.OPERATOR_ID.eq(operatorId);
  }

  private static PaymentAlarm alarm(Record r) {
    return new PaymentAlarm(
        r.get(PAYMENT_ALARM.ID),
        r.get(PAYMENT_ALARM.OPERATOR_ID),
        PaymentAlarm.Kind.ofCode(r.get(PAYMENT_ALARM.KIND)),
        r.get(PAYMENT_ALARM.REF),
        r.get(PAYMENT_ALARM.SETTLEMENT_ID),
        r.get(PAYMENT_ALARM.ORDER_ID),
        r.get(PAYMENT_ALARM.DETAIL),
        r.get(PAYMENT_ALARM.RAISED_AT),
        r.get(PAYMENT_ALARM.CLEARED_AT));
  }
}
