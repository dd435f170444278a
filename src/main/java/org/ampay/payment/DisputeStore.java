package org.ampay.payment;

import static org.ampay.store.tables.Tables.DISPUTE;
import static org.ampay.store.tables.Tables.PAYMENT_OPERATION;
import static org.ampay.store.tables.Tables.PAYMENT_ORDER;
import static org.ampay.store.tables.Tables.SETTLEMENT;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.store.Rows;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Disputes in the database. */
final class DisputeStore {

  private static final List<Field<?>> COLUMNS =
      List.of(
          DISPUTE.ID,
          DISPUTE.OPERATOR_ID,
          DISPUTE.PROVIDER,
          DISPUTE.ACCOUNT_ID,
          DISPUTE.DISPUTE_REF,
          DISPUTE.OPERATION_ID,
          DISPUTE.SETTLEMENT_ID,
          DISPUTE.DRIVER_ID,
          DISPUTE.CURRENCY,
          DISPUTE.AMOUNT_MINOR,
          DISPUTE.TAKEN_MINOR,
          DISPUTE.REVERSED_MINOR,
          DISPUTE.WRITTEN_MINOR,
          DISPUTE.STATE,
          DISPUTE.REASON,
          DISPUTE.DEADLINE,
          DISPUTE.CREATED_AT,
          DISPUTE.UPDATED_AT);

  private static final List<Field<?>> CHANGING = COLUMNS.subList(6, COLUMNS.size());

  private DisputeStore() {}

  /** Adds a dispute unless it is there, and locks it. */
  static Dispute lock(Tx tx, Dispute wanted) {
    Rows.insertMissing(tx, DISPUTE, COLUMNS, List.<Object[]>of(values(wanted)));
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(DISPUTE)
        .where(DISPUTE.ACCOUNT_ID.eq(wanted.via().accountId()))
        .and(DISPUTE.DISPUTE_REF.eq(wanted.ref()))
        .forUpdate()
        .fetchSingle(DisputeStore::dispute);
  }

  static void update(Tx tx, Dispute dispute) {
    Rows.overwrite(tx, DISPUTE, COLUMNS, CHANGING, List.<Object[]>of(values(dispute)));
  }

  /** The session that an order paid for; empty while there is none. */
  static Optional<Long> sessionOf(Tx tx, long orderId) {
    return SqlTx.of(tx)
        .dsl()
        .select(PAYMENT_ORDER.SESSION_ID)
        .from(PAYMENT_ORDER)
        .where(PAYMENT_ORDER.ID.eq(orderId))
        .fetchOptional(PAYMENT_ORDER.SESSION_ID);
  }

  static Optional<Dispute> byId(Tx tx, @Nullable Long operatorId, long id) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(DISPUTE)
        .where(DISPUTE.ID.eq(id))
        .and(of(operatorId))
        .fetchOptional(DisputeStore::dispute);
  }

  /**
   * Whether anything that a settlement took is disputed and not decided. A dispute that was told
   * before there was a bill names no settlement: it is found by the order that paid.
   */
  static boolean isOpen(Tx tx, long settlementId) {
    var ofOrder =
        DSL.select(PAYMENT_OPERATION.ID)
            .from(SETTLEMENT)
            .join(PAYMENT_ORDER)
            .on(PAYMENT_ORDER.SESSION_ID.eq(SETTLEMENT.SESSION_ID))
            .join(PAYMENT_OPERATION)
            .on(PAYMENT_OPERATION.ORDER_ID.eq(PAYMENT_ORDER.ID))
            .where(SETTLEMENT.ID.eq(settlementId));
    Condition ofIt = DISPUTE.SETTLEMENT_ID.eq(settlementId).or(DISPUTE.OPERATION_ID.in(ofOrder));
    return SqlTx.of(tx)
        .dsl()
        .fetchExists(DISPUTE, DISPUTE.STATE.eq(Callback.Disputed.State.OPEN.code()).and(ofIt));
  }

  /** Disputes with a smaller id, newest first. */
  static List<Dispute> list(
      Tx tx,
      @Nullable Long operatorId,
      Callback.Disputed.@Nullable State state,
      SettlementStore.Before before) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(DISPUTE)
        .where(DISPUTE.ID.lt(before.beforeId()))
        .and(of(operatorId))
        .and(state == null ? DSL.noCondition() : DISPUTE.STATE.eq(state.code()))
        .orderBy(DISPUTE.ID.desc())
        .limit(before.limit())
        .fetch(DisputeStore::dispute);
  }

  private static Condition of(@Nullable Long operatorId) {
    return operatorId == null ? DSL.noCondition() : DISPUTE.OPERATOR_ID.eq(operatorId);
  }

  private static Object[] values(Dispute dispute) {
    return new Object[] {
      dispute.id(),
      dispute.operatorId(),
      dispute.via().provider(),
      Objects.requireNonNull(dispute.via().accountId(), "nobody disputes our own ledger"),
      dispute.ref(),
      dispute.operationId(),
      dispute.settlementId(),
      dispute.driverId(),
      dispute.amount().currency(),
      dispute.amount().minor(),
      dispute.taken().minor(),
      dispute.reversed().minor(),
      dispute.written().minor(),
      dispute.state().code(),
      dispute.reason(),
      dispute.deadline(),
      dispute.createdAt(),
      dispute.updatedAt()
    };
  }

  private static Dispute dispute(Record r) {
    String currency = r.get(DISPUTE.CURRENCY);
    String deadline = r.get(DISPUTE.DEADLINE);
    return new Dispute(
        r.get(DISPUTE.ID),
        r.get(DISPUTE.OPERATOR_ID),
        new ProviderKey(r.get(DISPUTE.PROVIDER), r.get(DISPUTE.ACCOUNT_ID)),
        r.get(DISPUTE.DISPUTE_REF),
        r.get(DISPUTE.OPERATION_ID),
        r.get(DISPUTE.SETTLEMENT_ID),
        r.get(DISPUTE.DRIVER_ID),
        new Money(currency, r.get(DISPUTE.AMOUNT_MINOR)),
        new Money(currency, r.get(DISPUTE.TAKEN_MINOR)),
        new Money(currency, r.get(DISPUTE.REVERSED_MINOR)),
        new Money(currency, r.get(DISPUTE.WRITTEN_MINOR)),
        Callback.Disputed.State.valueOf(r.get(DISPUTE.STATE).toUpperCase(java.util.Locale.ROOT)),
        r.get(DISPUTE.REASON),
        deadline == null ? "" : deadline,
        r.get(DISPUTE.CREATED_AT),
        r.get(DISPUTE.UPDATED_AT));
  }
}
