package org.ampay.ocpi.roaming;

import static org.ampay.store.tables.Tables.ROAMING_PAYMENT;

import java.util.List;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.RoamingPaymentRecord;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** Partners' payments in the database. Rows are added, never changed. */
final class PaymentRowStore {

  private PaymentRowStore() {}

  static void insert(Tx tx, RoamingPayment payment, byte @Nullable [] key) {
    RoamingPaymentRecord row = new RoamingPaymentRecord();
    row.setId(payment.id());
    row.setOperatorId(payment.operatorId());
    row.setPartnerId(payment.partnerId());
    row.setInvoiceId(payment.invoiceId());
    row.setCurrency(payment.received().currency());
    row.setReceivedMinor(payment.received().minor());
    row.setFeeMinor(payment.fee().minor());
    row.setReceivedOn(payment.receivedOn());
    row.setReference(payment.reference());
    row.setReversesId(payment.reverses());
    row.setIdemKey(key);
    row.setCreatedBy(payment.createdBy());
    row.setCreatedAt(payment.createdAt());
    SqlTx.of(tx).dsl().insertInto(ROAMING_PAYMENT).set(row).execute();
  }

  private static Condition of(long operatorId, long partnerId) {
    return ROAMING_PAYMENT.OPERATOR_ID.eq(operatorId).and(ROAMING_PAYMENT.PARTNER_ID.eq(partnerId));
  }

  static Optional<RoamingPayment> lock(Tx tx, long operatorId, long partnerId, long id) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(ROAMING_PAYMENT)
        .where(of(operatorId, partnerId))
        .and(ROAMING_PAYMENT.ID.eq(id))
        .forUpdate()
        .fetchOptional(PaymentRowStore::payment);
  }

  static Optional<RoamingPayment> byKey(Tx tx, byte[] key) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(ROAMING_PAYMENT)
        .where(ROAMING_PAYMENT.IDEM_KEY.eq(key))
        .fetchOptional(PaymentRowStore::payment);
  }

  static boolean isReversed(Tx tx, long id) {
    return SqlTx.of(tx).dsl().fetchExists(ROAMING_PAYMENT, ROAMING_PAYMENT.REVERSES_ID.eq(id));
  }

  static List<RoamingPayment> list(
      Tx tx, long operatorId, long partnerId, long beforeId, int limit) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(ROAMING_PAYMENT)
        .where(of(operatorId, partnerId))
        .and(ROAMING_PAYMENT.ID.lt(beforeId))
        .orderBy(ROAMING_PAYMENT.ID.desc())
        .limit(limit)
        .fetch(PaymentRowStore::payment);
  }

  private static RoamingPayment payment(RoamingPaymentRecord row) {
    return new RoamingPayment(
        row.getId(),
        row.getOperatorId(),
        row.getPartnerId(),
        row.getInvoiceId(),
        new Money(row.getCurrency(), row.getReceivedMinor()),
        new Money(row.getCurrency(), row.getFeeMinor()),
        row.getReceivedOn(),
        row.getReference(),
        row.getReversesId(),
        row.getCreatedBy(),
        row.getCreatedAt());
  }
}
