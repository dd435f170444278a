package org.ampay.payment;

import static org.ampay.store.tables.Tables.OPERATOR;
import static org.ampay.store.tables.Tables.PAYMENT_LIMIT;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Record;

/** How much each operator lets its drivers owe. */
final class DebtLimitStore {

  private DebtLimitStore() {}

  /** The limits in minor units by operator; those who have not said are there with 0. */
  static Map<Long, Long> all(Tx tx) {
    return SqlTx.of(tx)
        .dsl()
        .select(OPERATOR.ID, PAYMENT_LIMIT.DEBT_MINOR)
        .from(OPERATOR)
        .leftJoin(PAYMENT_LIMIT)
        .on(PAYMENT_LIMIT.OPERATOR_ID.eq(OPERATOR.ID))
        .fetch()
        .stream()
        .collect(Collectors.toMap(r -> r.get(OPERATOR.ID), DebtLimitStore::minor));
  }

  private static long minor(Record r) {
    return Objects.requireNonNullElse(r.get(PAYMENT_LIMIT.DEBT_MINOR), 0L);
  }

  static void set(Tx tx, long operatorId, long minor, Instant at) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(PAYMENT_LIMIT)
        .set(PAYMENT_LIMIT.OPERATOR_ID, operatorId)
        .set(PAYMENT_LIMIT.DEBT_MINOR, minor)
        .set(PAYMENT_LIMIT.UPDATED_AT, at)
        .onDuplicateKeyUpdate()
        .set(PAYMENT_LIMIT.DEBT_MINOR, minor)
        .set(PAYMENT_LIMIT.UPDATED_AT, at)
        .execute();
  }
}
