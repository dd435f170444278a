package org.ampay.payment;

import static org.ampay.store.tables.Tables.DRIVER;
import static org.ampay.store.tables.Tables.PAYMENT_OPERATION;
import static org.ampay.store.tables.Tables.SETTLEMENT;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ampay.base.Money;
import org.ampay.billing.SettlementState;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.PaymentCommand.SavedMethod;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.store.Rows;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Settlements and payment operations in the database. */
public final class SqlSettlementStore implements SettlementStore, OrderOperations {

  private static final List<Field<?>> COLUMNS =
      List.of(
          SETTLEMENT.ID,
          SETTLEMENT.OPERATOR_ID,
          SETTLEMENT.BILL_ID,
          SETTLEMENT.SESSION_ID,
          SETTLEMENT.DRIVER_ID,
          SETTLEMENT.HOLD_ID,
          SETTLEMENT.CURRENCY,
          SETTLEMENT.AMOUNT_MINOR,
          SETTLEMENT.SETTLED_MINOR,
          SETTLEMENT.REFUNDED_MINOR,
          SETTLEMENT.STATE,
          SETTLEMENT.REASON,
          SETTLEMENT.CREATED_AT,
          SETTLEMENT.UPDATED_AT);

  private static final List<Field<?>> CHANGING =
      List.of(
          SETTLEMENT.SETTLED_MINOR,
          SETTLEMENT.REFUNDED_MINOR,
          SETTLEMENT.STATE,
          SETTLEMENT.REASON,
          SETTLEMENT.UPDATED_AT);

  private static final List<Field<?>> OPERATION_COLUMNS =
      List.of(
          PAYMENT_OPERATION.ID,
          PAYMENT_OPERATION.OPERATOR_ID,
          PAYMENT_OPERATION.SETTLEMENT_ID,
          PAYMENT_OPERATION.HOLD_ID,
          PAYMENT_OPERATION.ORDER_ID,
          PAYMENT_OPERATION.TARGET_ID,
          PAYMENT_OPERATION.DRIVER_ID,
          PAYMENT_OPERATION.PAYER,
          PAYMENT_OPERATION.METHOD,
          PAYMENT_OPERATION.PROVIDER,
          PAYMENT_OPERATION.ACCOUNT_ID,
          PAYMENT_OPERATION.KIND,
          PAYMENT_OPERATION.REFERENCE,
          PAYMENT_OPERATION.CURRENCY,
          PAYMENT_OPERATION.AMOUNT_MINOR,
          PAYMENT_OPERATION.DONE_MINOR,
          PAYMENT_OPERATION.GIFT_MINOR,
          PAYMENT_OPERATION.STATE,
          PAYMENT_OPERATION.PROVIDER_REF,
          PAYMENT_OPERATION.DETAIL,
          PAYMENT_OPERATION.ATTEMPTS,
          PAYMENT_OPERATION.ACTION_FORM,
          PAYMENT_OPERATION.ACTION,
          PAYMENT_OPERATION.CREATED_AT,
          PAYMENT_OPERATION.UPDATED_AT);

  private static final List<Field<?>> OPERATION_CHANGING =
      List.of(
          PAYMENT_OPERATION.DONE_MINOR,
          PAYMENT_OPERATION.GIFT_MINOR,
          PAYMENT_OPERATION.STATE,
          PAYMENT_OPERATION.PROVIDER_REF,
          PAYMENT_OPERATION.DETAIL,
          PAYMENT_OPERATION.ATTEMPTS,
          PAYMENT_OPERATION.ACTION_FORM,
          PAYMENT_OPERATION.ACTION,
          PAYMENT_OPERATION.UPDATED_AT);

  @Override
  public Map<Long, Settlement> lockOfBills(Tx tx, Collection<Long> billIds) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(SETTLEMENT.forceIndex("settlement_bill"))
        .where(SETTLEMENT.BILL_ID.in(billIds.stream().sorted().toList()))
        .orderBy(SETTLEMENT.BILL_ID)
        .forUpdate()
        .fetch(SqlSettlementStore::settlement)
        .stream()
        .collect(Collectors.toMap(Settlement::billId, Function.identity()));
  }

  @Override
  public void insert(Tx tx, List<Settlement> settlements) {
    Rows.insert(
        tx, SETTLEMENT, COLUMNS, settlements.stream().map(SqlSettlementStore::values).toList());
  }

  @Override
  public void update(Tx tx, List<Settlement> settlements) {
    List<Object[]> rows = settlements.stream().map(SqlSettlementStore::values).toList();
    Rows.overwrite(tx, SETTLEMENT, COLUMNS, CHANGING, rows);
  }

  private static Object[] values(Settlement s) {
    return new Object[] {
      s.id(),
      s.operatorId(),
      s.billId(),
      s.sessionId(),
      s.driverId(),
      s.holdId(),
      s.amount().currency(),
      s.amount().minor(),
      s.settledMinor(),
      s.refundedMinor(),
      s.state().code(),
      s.reason(),
      s.createdAt(),
      s.updatedAt()
    };
  }

  @Override
  public Map<Long, List<PaymentOperation>> operations(Tx tx, Collection<Long> settlementIds) {
    Map<Long, List<PaymentOperation>> found = new HashMap<>();
    if (!settlementIds.isEmpty()) {
      SqlTx.of(tx)
          .dsl()
          .selectFrom(PAYMENT_OPERATION)
          .where(PAYMENT_OPERATION.SETTLEMENT_ID.in(settlementIds))
          .orderBy(PAYMENT_OPERATION.ID)
          .fetch(SqlSettlementStore::operation)
          .forEach(
              op ->
                  found
                      .computeIfAbsent(
                          Objects.requireNonNull(op.settlementId()), id -> new ArrayList<>())
                      .add(op));
    }
    return found;
  }

  @Override
  public Map<Long, List<PaymentOperation>> ofOrders(Tx tx, Collection<Long> orderIds) {
    return orderIds.isEmpty()
        ? Map.of()
        : SqlTx.of(tx)
            .dsl()
            .selectFrom(PAYMENT_OPERATION)
            .where(PAYMENT_OPERATION.ORDER_ID.in(orderIds))
            .orderBy(PAYMENT_OPERATION.ID)
            .fetch(SqlSettlementStore::operation)
            .stream()
            .collect(Collectors.groupingBy(op -> Objects.requireNonNull(op.orderId())));
  }

  @Override
  public void insertOperations(Tx tx, List<PaymentOperation> operations) {
    List<Object[]> rows = operations.stream().map(SqlSettlementStore::values).toList();
    Rows.insert(tx, PAYMENT_OPERATION, OPERATION_COLUMNS, rows);
  }

  @Override
  public void updateOperations(Tx tx, List<PaymentOperation> operations) {
    List<Object[]> rows = operations.stream().map(SqlSettlementStore::values).toList();
    Rows.overwrite(tx, PAYMENT_OPERATION, OPERATION_COLUMNS, OPERATION_CHANGING, rows);
  }

  private static Object[] values(PaymentOperation op) {
    PaymentOperation.Result result = op.result();
    return new Object[] {
      op.id(),
      op.operatorId(),
      op.settlementId(),
      op.holdId(),
      op.orderId(),
      op.about().targetId(),
      op.driverId(),
      op.about().method() == null ? null : op.about().method().payer(),
      op.about().method() == null ? null : op.about().method().method(),
      op.provider(),
      op.via().accountId(),
      op.kind().code(),
      op.reference(),
      op.amount().currency(),
      op.amount().minor(),
      result.doneMinor(),
      result.giftMinor(),
      result.state().code(),
      result.providerRef().isEmpty() ? null : result.providerRef(),
      result.detail().isEmpty() ? null : result.detail(),
      result.attempts(),
      result.action() == null ? null : result.action().form().code(),
      result.action() == null ? null : result.action().data(),
      op.createdAt(),
      op.updatedAt()
    };
  }

  @Override
  public Map<String, PaymentOperation> byReferences(
      Tx tx, String provider, Collection<String> references) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(PAYMENT_OPERATION)
        .where(PAYMENT_OPERATION.PROVIDER.eq(provider))
        .and(PAYMENT_OPERATION.REFERENCE.in(references))
        .fetch(SqlSettlementStore::operation)
        .stream()
        .collect(Collectors.toMap(PaymentOperation::reference, Function.identity()));
  }

  @Override
  public Map<Long, PaymentOperation> lockOperations(Tx tx, Collection<Long> ids) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(PAYMENT_OPERATION)
        .where(PAYMENT_OPERATION.ID.in(ids.stream().sorted().toList()))
        .orderBy(PAYMENT_OPERATION.ID)
        .forUpdate()
        .fetch(SqlSettlementStore::operation)
        .stream()
        .collect(Collectors.toMap(PaymentOperation::id, Function.identity()));
  }

  @Override
  public Optional<PaymentOperation> operation(Tx tx, long id) {
    return oneOperation(tx, PAYMENT_OPERATION.ID.eq(id));
  }

  @Override
  public List<PaymentOperation> ofOrder(Tx tx, long orderId) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(PAYMENT_OPERATION)
        .where(PAYMENT_OPERATION.ORDER_ID.eq(orderId))
        .orderBy(PAYMENT_OPERATION.ID)
        .fetch(SqlSettlementStore::operation);
  }

  @Override
  public Optional<PaymentOperation> byProviderRef(Tx tx, long accountId, String providerRef) {
    return oneOperation(
        tx,
        PAYMENT_OPERATION
            .ACCOUNT_ID
            .eq(accountId)
            .and(PAYMENT_OPERATION.PROVIDER_REF.eq(providerRef)));
  }

  private static Optional<PaymentOperation> oneOperation(Tx tx, Condition condition) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(PAYMENT_OPERATION)
        .where(condition)
        .orderBy(PAYMENT_OPERATION.ID.desc())
        .limit(1)
        .fetchOptional(SqlSettlementStore::operation);
  }

  @Override
  public Map<Debtor, Long> debts(Tx tx, Collection<Long> operatorIds) {
    Field<BigDecimal> owed =
        DSL.sum(SETTLEMENT.AMOUNT_MINOR.minus(SETTLEMENT.SETTLED_MINOR)).as("owed");
    return SqlTx.of(tx)
        .dsl()
        .select(SETTLEMENT.OPERATOR_ID, SETTLEMENT.DRIVER_ID, SETTLEMENT.CURRENCY, owed)
        .from(SETTLEMENT)
        .where(SETTLEMENT.OPERATOR_ID.in(operatorIds))
        .and(SETTLEMENT.STATE.in(SettlementState.DEBT.code(), SettlementState.PARTIAL.code()))
        .and(SETTLEMENT.DRIVER_ID.isNotNull())
        .andNotExists(
            DSL.selectOne()
                .from(DRIVER)
                .where(DRIVER.ID.eq(SETTLEMENT.DRIVER_ID))
                .and(DRIVER.KIND.eq("partner"))) // their limit is their account's
        .groupBy(SETTLEMENT.OPERATOR_ID, SETTLEMENT.DRIVER_ID, SETTLEMENT.CURRENCY)
        .fetch()
        .stream()
        .collect(
            Collectors.toMap(
                r -> new Debtor(r.value1(), r.value2(), r.value3()),
                r -> r.value4().longValueExact()));
  }

  @Override
  public List<Long> owedBills(Tx tx, Collection<Long> driverIds) {
    return SqlTx.of(tx)
        .dsl()
        .select(SETTLEMENT.BILL_ID)
        .from(SETTLEMENT)
        .where(SETTLEMENT.DRIVER_ID.in(driverIds))
        .and(SETTLEMENT.STATE.in(SettlementState.DEBT.code(), SettlementState.PARTIAL.code()))
        .orderBy(SETTLEMENT.ID)
        .fetch(SETTLEMENT.BILL_ID);
  }

  @Override
  public Optional<Settlement> byId(Tx tx, @Nullable Long operatorId, long id) {
    return one(tx, SETTLEMENT.ID.eq(id).and(of(operatorId)));
  }

  @Override
  public Optional<Settlement> ofSession(Tx tx, @Nullable Long operatorId, long sessionId) {
    return one(tx, SETTLEMENT.SESSION_ID.eq(sessionId).and(of(operatorId)));
  }

  private static Optional<Settlement> one(Tx tx, Condition condition) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(SETTLEMENT)
        .where(condition)
        .orderBy(SETTLEMENT.ID)
        .limit(1)
        .fetchOptional(SqlSettlementStore::settlement);
  }

  @Override
  public List<Settlement> list(
      Tx tx, @Nullable Long operatorId, @Nullable SettlementState state, Before before) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(SETTLEMENT)
        .where(of(operatorId))
        .and(state == null ? DSL.noCondition() : SETTLEMENT.STATE.eq(state.code()))
        .and(SETTLEMENT.ID.lt(before.beforeId()))
        .orderBy(SETTLEMENT.ID.desc())
        .limit(before.limit())
        .fetch(SqlSettlementStore::settlement);
  }

  private static Condition of(@Nullable Long operatorId) {
    return operatorId == null ? DSL.noCondition() : SETTLEMENT.OPERATOR_ID.eq(operatorId);
  }

  private static Settlement settlement(Record r) {
    return new Settlement(
        r.get(SETTLEMENT.ID),
        r.get(SETTLEMENT.OPERATOR_ID),
        r.get(SETTLEMENT.BILL_ID),
        r.get(SETTLEMENT.SESSION_ID),
        r.get(SETTLEMENT.DRIVER_ID),
        r.get(SETTLEMENT.HOLD_ID),
        new Money(r.get(SETTLEMENT.CURRENCY), r.get(SETTLEMENT.AMOUNT_MINOR)),
        r.get(SETTLEMENT.SETTLED_MINOR),
        r.get(SETTLEMENT.REFUNDED_MINOR),
        SettlementState.ofCode(r.get(SETTLEMENT.STATE)),
        r.get(SETTLEMENT.REASON),
        r.get(SETTLEMENT.CREATED_AT),
        r.get(SETTLEMENT.UPDATED_AT));
  }

  private static PaymentOperation.@Nullable Action action(Record r) {
    String form = r.get(PAYMENT_OPERATION.ACTION_FORM);
    return form == null
        ? null
        : new PaymentOperation.Action(
            Form.ofCode(form), Objects.requireNonNullElse(r.get(PAYMENT_OPERATION.ACTION), ""));
  }

  private static @Nullable SavedMethod method(Record r) {
    String method = r.get(PAYMENT_OPERATION.METHOD);
    return method == null
        ? null
        : new SavedMethod(Objects.requireNonNullElse(r.get(PAYMENT_OPERATION.PAYER), ""), method);
  }

  private static PaymentOperation operation(Record r) {
    return new PaymentOperation(
        r.get(PAYMENT_OPERATION.ID),
        r.get(PAYMENT_OPERATION.OPERATOR_ID),
        new PaymentOperation.About(
            r.get(PAYMENT_OPERATION.SETTLEMENT_ID),
            r.get(PAYMENT_OPERATION.HOLD_ID),
            r.get(PAYMENT_OPERATION.ORDER_ID),
            r.get(PAYMENT_OPERATION.TARGET_ID),
            method(r)),
        Objects.requireNonNullElse(r.get(PAYMENT_OPERATION.DRIVER_ID), 0L),
        new ProviderKey(r.get(PAYMENT_OPERATION.PROVIDER), r.get(PAYMENT_OPERATION.ACCOUNT_ID)),
        CommandKind.ofCode(r.get(PAYMENT_OPERATION.KIND)),
        r.get(PAYMENT_OPERATION.REFERENCE),
        new Money(r.get(PAYMENT_OPERATION.CURRENCY), r.get(PAYMENT_OPERATION.AMOUNT_MINOR)),
        new PaymentOperation.Result(
            OperationState.ofCode(r.get(PAYMENT_OPERATION.STATE)),
            r.get(PAYMENT_OPERATION.DONE_MINOR),
            r.get(PAYMENT_OPERATION.GIFT_MINOR),
            Objects.requireNonNullElse(r.get(PAYMENT_OPERATION.PROVIDER_REF), ""),
            Objects.requireNonNullElse(r.get(PAYMENT_OPERATION.DETAIL), ""),
            r.get(PAYMENT_OPERATION.ATTEMPTS),
            action(r)),
        r.get(PAYMENT_OPERATION.CREATED_AT),
        r.get(PAYMENT_OPERATION.UPDATED_AT));
  }
}
