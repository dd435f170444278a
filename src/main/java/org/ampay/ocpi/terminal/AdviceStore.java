package org.ampay.ocpi.terminal;

import static org.ampay.store.tables.Tables.OCPI_FINANCIAL_ADVICE;

import java.time.Instant;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.OcpiFinancialAdviceRecord;
import org.jspecify.annotations.Nullable;

/** Confirmations of card terminals' services in the database. */
final class AdviceStore {

  private AdviceStore() {}

  /**
   * A confirmation that was taken.
   *
   * @param operationId that paid the bill by it; null: nothing was taken
   */
  record Row(
      long partnerId,
      String id,
      long operatorId,
      long sessionId,
      Money total,
      Confirmation.Status status,
      @Nullable Long operationId,
      Instant receivedAt) {

    boolean says(Confirmation other) {
      return total.equals(other.total()) && status == other.status();
    }
  }

  static Optional<Row> lock(Tx tx, long partnerId, String id) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(OCPI_FINANCIAL_ADVICE)
        .where(OCPI_FINANCIAL_ADVICE.PARTNER_ID.eq(partnerId))
        .and(OCPI_FINANCIAL_ADVICE.ADVICE_ID.eq(id))
        .forUpdate()
        .fetchOptional(
            r ->
                new Row(
                    r.getPartnerId(),
                    r.getAdviceId(),
                    r.getOperatorId(),
                    r.getSessionId(),
                    new Money(r.getCurrency(), r.getTotalMinor()),
                    Confirmation.Status.valueOf(r.getStatus()),
                    r.getOperationId(),
                    r.getReceivedAt()));
  }

  /**
   * Stores a confirmation.
   *
   * @param known whether there is a row: nothing was taken by it yet
   */
  static void put(Tx tx, Row row, Confirmation confirmation, boolean known) {
    OcpiFinancialAdviceRecord stored = new OcpiFinancialAdviceRecord();
    stored.setPartnerId(row.partnerId());
    stored.setAdviceId(row.id());
    stored.setOperatorId(row.operatorId());
    stored.setSessionId(row.sessionId());
    stored.setCurrency(row.total().currency());
    stored.setTotalMinor(row.total().minor());
    stored.setStatus(row.status().name());
    stored.setOperationId(row.operationId());
    stored.setBody(confirmation.body());
    stored.setLastUpdated(confirmation.lastUpdated());
    stored.setReceivedAt(row.receivedAt());
    if (known) {
      SqlTx.of(tx)
          .dsl()
          .update(OCPI_FINANCIAL_ADVICE)
          .set(stored)
          .where(OCPI_FINANCIAL_ADVICE.PARTNER_ID.eq(row.partnerId()))
          .and(OCPI_FINANCIAL_ADVICE.ADVICE_ID.eq(row.id()))
          .execute();
    } else {
      SqlTx.of(tx).dsl().insertInto(OCPI_FINANCIAL_ADVICE).set(stored).execute();
    }
  }

  static Optional<String> body(Tx tx, long partnerId, String id) {
    return SqlTx.of(tx)
        .dsl()
        .select(OCPI_FINANCIAL_ADVICE.BODY)
        .from(OCPI_FINANCIAL_ADVICE)
        .where(OCPI_FINANCIAL_ADVICE.PARTNER_ID.eq(partnerId))
        .and(OCPI_FINANCIAL_ADVICE.ADVICE_ID.eq(id))
        .fetchOptional(OCPI_FINANCIAL_ADVICE.BODY);
  }
}
