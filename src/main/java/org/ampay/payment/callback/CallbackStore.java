package org.ampay.payment.callback;

import static org.ampay.store.tables.Tables.PAYMENT_CALLBACK;
import static org.ampay.store.tables.Tables.PAYMENT_OPERATION;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.PaymentCallbackRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Callbacks at rest, and the operations that they are about. */
final class CallbackStore {

  /** An operation as far as callbacks are compared with it. */
  record Known(
      long id,
      long operatorId,
      ProviderKey via,
      CommandKind kind,
      String reference,
      Money amount,
      @Nullable Long settlementId,
      @Nullable Long orderId) {}

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  /** Of the account alone: a reference of another merchant is unknown. */
  Optional<Known> byReference(Tx tx, long accountId, String reference) {
    return known(tx, accountId, PAYMENT_OPERATION.REFERENCE.eq(reference));
  }

  /** The oldest operation that the provider knows by this id: the one that made it. */
  Optional<Known> byProviderRef(Tx tx, long accountId, String providerRef) {
    return known(tx, accountId, PAYMENT_OPERATION.PROVIDER_REF.eq(providerRef));
  }

  Optional<Known> byId(Tx tx, long id) {
    return dsl(tx)
        .selectFrom(PAYMENT_OPERATION)
        .where(PAYMENT_OPERATION.ID.eq(id))
        .fetchOptional(CallbackStore::known);
  }

  private static Optional<Known> known(Tx tx, long accountId, Condition condition) {
    return dsl(tx)
        .selectFrom(PAYMENT_OPERATION)
        .where(PAYMENT_OPERATION.ACCOUNT_ID.eq(accountId))
        .and(condition)
        .orderBy(PAYMENT_OPERATION.ID)
        .limit(1)
        .fetchOptional(CallbackStore::known);
  }

  private static Known known(Record r) {
    return new Known(
        r.get(PAYMENT_OPERATION.ID),
        r.get(PAYMENT_OPERATION.OPERATOR_ID),
        new ProviderKey(r.get(PAYMENT_OPERATION.PROVIDER), r.get(PAYMENT_OPERATION.ACCOUNT_ID)),
        CommandKind.ofCode(r.get(PAYMENT_OPERATION.KIND)),
        r.get(PAYMENT_OPERATION.REFERENCE),
        new Money(r.get(PAYMENT_OPERATION.CURRENCY), r.get(PAYMENT_OPERATION.AMOUNT_MINOR)),
        r.get(PAYMENT_OPERATION.SETTLEMENT_ID),
        r.get(PAYMENT_OPERATION.ORDER_ID));
  }

  boolean isKnown(Tx tx, long accountId, String eventId) {
    return dsl(tx)
        .fetchExists(
            PAYMENT_CALLBACK,
            PAYMENT_CALLBACK.ACCOUNT_ID.eq(accountId).and(PAYMENT_CALLBACK.EVENT_ID.eq(eventId)));
  }

  void insert(Tx tx, StoredCallback callback, byte[] bodyHash) {
    dsl(tx)
        .insertInto(PAYMENT_CALLBACK)
        .set(PAYMENT_CALLBACK.ID, callback.id())
        .set(PAYMENT_CALLBACK.OPERATOR_ID, callback.operatorId())
        .set(PAYMENT_CALLBACK.ACCOUNT_ID, callback.accountId())
        .set(PAYMENT_CALLBACK.EVENT_ID, callback.eventId())
        .set(PAYMENT_CALLBACK.OPERATION_ID, callback.operationId())
        .set(PAYMENT_CALLBACK.KIND, callback.kind().code())
        .set(PAYMENT_CALLBACK.NEWS, callback.news())
        .set(PAYMENT_CALLBACK.BODY_HASH, bodyHash)
        .set(PAYMENT_CALLBACK.STATE, "stored")
        .set(PAYMENT_CALLBACK.RECEIVED_AT, callback.receivedAt())
        .execute();
  }

  Optional<StoredCallback> find(Tx tx, long id) {
    return dsl(tx)
        .selectFrom(PAYMENT_CALLBACK)
        .where(PAYMENT_CALLBACK.ID.eq(id))
        .fetchOptional(CallbackStore::callback);
  }

  /** Locked: one worker applies it. */
  Optional<StoredCallback> lock(Tx tx, long id) {
    return dsl(tx)
        .selectFrom(PAYMENT_CALLBACK)
        .where(PAYMENT_CALLBACK.ID.eq(id))
        .forUpdate()
        .fetchOptional(CallbackStore::callback);
  }

  void applied(Tx tx, long id, Instant at) {
    dsl(tx)
        .update(PAYMENT_CALLBACK)
        .set(PAYMENT_CALLBACK.STATE, "applied")
        .set(PAYMENT_CALLBACK.APPLIED_AT, at)
        .where(PAYMENT_CALLBACK.ID.eq(id))
        .and(PAYMENT_CALLBACK.APPLIED_AT.isNull())
        .execute();
  }

  /** An account's callbacks, newest first. */
  static List<StoredCallback> list(
      Database database, long operatorId, long accountId, long beforeId, int limit) {
    return database
        .dsl()
        .selectFrom(PAYMENT_CALLBACK)
        .where(PAYMENT_CALLBACK.ACCOUNT_ID.eq(accountId))
        .and(PAYMENT_CALLBACK.OPERATOR_ID.eq(operatorId))
        .and(PAYMENT_CALLBACK.ID.lt(beforeId))
        .orderBy(PAYMENT_CALLBACK.ID.desc())
        .limit(limit)
        .fetch(CallbackStore::callback);
  }

  private static StoredCallback callback(PaymentCallbackRecord r) {
    return new StoredCallback(
        r.getId(),
        r.getOperatorId(),
        r.getAccountId(),
        r.getEventId(),
        r.getOperationId(),
        StoredCallback.Kind.ofCode(r.getKind()),
        Objects.requireNonNullElse(r.getNews(), ""),
        r.getReceivedAt(),
        r.getAppliedAt());
  }
}
