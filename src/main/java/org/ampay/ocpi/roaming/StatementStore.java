package org.ampay.ocpi.roaming;

import static org.ampay.store.tables.Tables.PAYMENT_OPERATION;
import static org.ampay.store.tables.Tables.SETTLEMENT;

import java.util.Collection;
import java.util.Map;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;

/** What the postings of a partner's account are about. */
final class StatementStore {

  private StatementStore() {}

  /** The session of an operation, and its bill: of a refund the credit, which has its id. */
  record About(long sessionId, long billId) {}

  static Map<Long, About> abouts(Tx tx, Collection<Long> operations) {
    if (operations.isEmpty()) {
      return Map.of();
    }
    return SqlTx.of(tx)
        .dsl()
        .select(
            PAYMENT_OPERATION.ID, PAYMENT_OPERATION.KIND, SETTLEMENT.SESSION_ID, SETTLEMENT.BILL_ID)
        .from(PAYMENT_OPERATION)
        .join(SETTLEMENT)
        .on(SETTLEMENT.ID.eq(PAYMENT_OPERATION.SETTLEMENT_ID))
        .where(PAYMENT_OPERATION.ID.in(operations))
        .fetchMap(
            r -> r.get(PAYMENT_OPERATION.ID),
            r ->
                new About(
                    r.get(SETTLEMENT.SESSION_ID),
                    r.get(PAYMENT_OPERATION.KIND).equals("refund")
                        ? r.get(PAYMENT_OPERATION.ID)
                        : r.get(SETTLEMENT.BILL_ID)));
  }
}
