package org.ampay.web.read;

import static org.ampay.store.tables.Tables.BILL;
import static org.ampay.store.tables.Tables.BILL_LINE;
import static org.ampay.store.tables.Tables.PAYMENT_OPERATION;
import static org.ampay.store.tables.Tables.SETTLEMENT;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.store.Database;
import org.jooq.Condition;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Bills line by line, settlements and what was asked of payment providers. */
public final class BillReadStore extends ScopeStore {

  public BillReadStore(Database database) {
    super(database);
  }

  /** A bill with its lines. */
  public record BillRow(
      long id,
      String kind,
      Money excl,
      Money tax,
      Money total,
      Instant createdAt,
      List<LineRow> lines) {}

  /**
   * A line of a bill: {@code volume} is kWh, hours or 1, {@code label} the rule that applied or the
   * name of a discount, {@code funder} who bears it.
   */
  public record LineRow(
      int no,
      String dimension,
      @Nullable Integer element,
      @Nullable Instant from,
      @Nullable Instant to,
      BigDecimal volume,
      BigDecimal unitPrice,
      @Nullable BigDecimal vatRate,
      Money excl,
      Money tax,
      Money total,
      @Nullable String label,
      @Nullable String funder) {}

  /** A settlement. */
  public record SettlementRow(
      long id,
      long operatorId,
      long billId,
      long sessionId,
      @Nullable Long driverId,
      @Nullable Long holdId,
      Money amount,
      Money settled,
      String state,
      @Nullable String reason,
      Instant createdAt,
      Instant updatedAt) {}

  /** A command to a payment provider. */
  public record OperationRow(
      long id,
      String provider,
      String kind,
      String reference,
      Money amount,
      String state,
      @Nullable String detail,
      int attempts,
      Instant createdAt,
      Instant updatedAt) {}

  /** The bills of a session the caller has found in its scope. */
  public List<BillRow> bills(long sessionId) {
    return dsl()
        .selectFrom(BILL)
        .where(BILL.SESSION_ID.eq(sessionId))
        .orderBy(BILL.ID)
        .fetch(r -> bill(r, lines(r.get(BILL.ID), r.get(BILL.CURRENCY))));
  }

  private List<LineRow> lines(long billId, String currency) {
    return dsl()
        .selectFrom(BILL_LINE)
        .where(BILL_LINE.BILL_ID.eq(billId))
        .orderBy(BILL_LINE.LINE_NO)
        .fetch(
            r ->
                new LineRow(
                    r.get(BILL_LINE.LINE_NO),
                    r.get(BILL_LINE.DIMENSION),
                    r.get(BILL_LINE.ELEMENT_NO),
                    r.get(BILL_LINE.FROM_AT),
                    r.get(BILL_LINE.TO_AT),
                    r.get(BILL_LINE.VOLUME).stripTrailingZeros(),
                    r.get(BILL_LINE.UNIT_PRICE).stripTrailingZeros(),
                    r.get(BILL_LINE.VAT_RATE),
                    new Money(currency, r.get(BILL_LINE.EXCL_MINOR)),
                    new Money(currency, r.get(BILL_LINE.TAX_MINOR)),
                    new Money(currency, r.get(BILL_LINE.TOTAL_MINOR)),
                    r.get(BILL_LINE.LABEL),
                    r.get(BILL_LINE.FUNDER)));
  }

  public Optional<SettlementRow> settlement(Scope scope, long id) {
    return settlements(in(scope, SETTLEMENT.OPERATOR_ID).and(SETTLEMENT.ID.eq(id)), 1).stream()
        .findFirst();
  }

  /** The settlements of a session the caller has found in its scope. */
  public List<SettlementRow> settlementsOf(long sessionId) {
    return settlements(SETTLEMENT.SESSION_ID.eq(sessionId), 10);
  }

  /**
   * The newest settlements with an id below {@code beforeId}.
   *
   * @param state null: any
   */
  public List<SettlementRow> settlements(
      Scope scope, @Nullable String state, long beforeId, int limit) {
    Condition condition = in(scope, SETTLEMENT.OPERATOR_ID).and(SETTLEMENT.ID.lt(beforeId));
    return settlements(
        state == null ? condition : condition.and(SETTLEMENT.STATE.eq(state)), limit);
  }

  private List<SettlementRow> settlements(Condition condition, int limit) {
    return dsl()
        .selectFrom(SETTLEMENT)
        .where(condition)
        .orderBy(SETTLEMENT.ID.desc())
        .limit(limit)
        .fetch(BillReadStore::settlement);
  }

  /** What was asked of providers for a settlement and for the hold of its session. */
  public List<OperationRow> operations(long settlementId, @Nullable Long holdId) {
    Condition condition = PAYMENT_OPERATION.SETTLEMENT_ID.eq(settlementId);
    if (holdId != null) {
      condition = condition.or(PAYMENT_OPERATION.HOLD_ID.eq(holdId));
    }
    return operations(condition, 100, true);
  }

  /** What was asked of providers for a driver, newest first. */
  public List<OperationRow> operationsOfDriver(Scope scope, long driverId, int limit) {
    return operations(
        in(scope, PAYMENT_OPERATION.OPERATOR_ID).and(PAYMENT_OPERATION.DRIVER_ID.eq(driverId)),
        limit,
        false);
  }

  private List<OperationRow> operations(Condition condition, int limit, boolean oldestFirst) {
    return dsl()
        .selectFrom(PAYMENT_OPERATION)
        .where(condition)
        .orderBy(oldestFirst ? PAYMENT_OPERATION.ID.asc() : PAYMENT_OPERATION.ID.desc())
        .limit(limit)
        .fetch(BillReadStore::operation);
  }

  private static BillRow bill(Record r, List<LineRow> lines) {
    String currency = r.get(BILL.CURRENCY);
    return new BillRow(
        r.get(BILL.ID),
        r.get(BILL.KIND),
        new Money(currency, r.get(BILL.EXCL_MINOR)),
        new Money(currency, r.get(BILL.TAX_MINOR)),
        new Money(currency, r.get(BILL.TOTAL_MINOR)),
        r.get(BILL.CREATED_AT),
        lines);
  }

  private static SettlementRow settlement(Record r) {
    String currency = r.get(SETTLEMENT.CURRENCY);
    return new SettlementRow(
        r.get(SETTLEMENT.ID),
        r.get(SETTLEMENT.OPERATOR_ID),
        r.get(SETTLEMENT.BILL_ID),
        r.get(SETTLEMENT.SESSION_ID),
        r.get(SETTLEMENT.DRIVER_ID),
        r.get(SETTLEMENT.HOLD_ID),
        new Money(currency, r.get(SETTLEMENT.AMOUNT_MINOR)),
        new Money(currency, r.get(SETTLEMENT.SETTLED_MINOR)),
        r.get(SETTLEMENT.STATE),
        r.get(SETTLEMENT.REASON),
        r.get(SETTLEMENT.CREATED_AT),
        r.get(SETTLEMENT.UPDATED_AT));
  }

  private static OperationRow operation(Record r) {
    return new OperationRow(
        r.get(PAYMENT_OPERATION.ID),
        r.get(PAYMENT_OPERATION.PROVIDER),
        r.get(PAYMENT_OPERATION.KIND),
        r.get(PAYMENT_OPERATION.REFERENCE),
        new Money(r.get(PAYMENT_OPERATION.CURRENCY), r.get(PAYMENT_OPERATION.AMOUNT_MINOR)),
        r.get(PAYMENT_OPERATION.STATE),
        r.get(PAYMENT_OPERATION.DETAIL),
        r.get(PAYMENT_OPERATION.ATTEMPTS),
        r.get(PAYMENT_OPERATION.CREATED_AT),
        r.get(PAYMENT_OPERATION.UPDATED_AT));
  }
}
