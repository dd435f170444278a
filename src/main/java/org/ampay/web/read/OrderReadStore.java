package org.ampay.web.read;

import static org.ampay.store.tables.Tables.PAYMENT_ORDER;
import static org.ampay.store.tables.Tables.STATION;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.store.Database;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Orders of drivers in lists. Only the beginning of an order's code leaves the database. */
public final class OrderReadStore extends ScopeStore {

  private static final int SHORT_CODE = 8;
  private static final int LEAST_TO_FIND = 6;

  public OrderReadStore(Database database) {
    super(database);
  }

  /** An order; {@code code} is its beginning, which opens nothing. */
  public record OrderRow(
      long id,
      String code,
      @Nullable String station,
      int evse,
      String provider,
      String flow,
      String state,
      @Nullable String end,
      Money amount,
      Money held,
      @Nullable Money total,
      @Nullable Money returned,
      @Nullable Long sessionId,
      Instant deadline,
      Instant createdAt,
      Instant updatedAt) {}

  /**
   * Which orders; null: whatever it is.
   *
   * @param code the whole code, or its beginning of at least six characters
   * @param from made then or later
   * @param to made before
   */
  public record OrderFilter(
      @Nullable String state,
      @Nullable String code,
      @Nullable String station,
      @Nullable Instant from,
      @Nullable Instant to) {}

  public Optional<OrderRow> find(Scope scope, long id) {
    return select(in(scope, PAYMENT_ORDER.OPERATOR_ID).and(PAYMENT_ORDER.ID.eq(id)), 1).stream()
        .findFirst();
  }

  /** The newest orders with an id below {@code beforeId}. */
  public List<OrderRow> list(Scope scope, OrderFilter filter, long beforeId, int limit) {
    Condition condition = in(scope, PAYMENT_ORDER.OPERATOR_ID).and(PAYMENT_ORDER.ID.lt(beforeId));
    if (filter.state() != null) {
      condition = condition.and(PAYMENT_ORDER.STATE.eq(filter.state()));
    }
    if (filter.code() != null) {
      condition = condition.and(coded(filter.code()));
    }
    if (filter.station() != null) {
      condition = condition.and(STATION.IDENTITY.eq(filter.station()));
    }
    if (filter.from() != null) {
      condition = condition.and(PAYMENT_ORDER.CREATED_AT.ge(filter.from()));
    }
    if (filter.to() != null) {
      condition = condition.and(PAYMENT_ORDER.CREATED_AT.lt(filter.to()));
    }
    return select(condition, limit);
  }

  private static Condition coded(String code) {
    return code.length() < LEAST_TO_FIND
        ? DSL.falseCondition()
        : PAYMENT_ORDER.CODE.startsWith(code);
  }

  private List<OrderRow> select(Condition condition, int limit) {
    return dsl()
        .select(PAYMENT_ORDER.fields())
        .select(STATION.IDENTITY)
        .from(PAYMENT_ORDER)
        .leftJoin(STATION)
        .on(STATION.ID.eq(PAYMENT_ORDER.STATION_ID))
        .where(condition)
        .orderBy(PAYMENT_ORDER.ID.desc())
        .limit(limit)
        .fetch(OrderReadStore::order);
  }

  private static OrderRow order(Record r) {
    return new OrderRow(
        r.get(PAYMENT_ORDER.ID),
        r.get(PAYMENT_ORDER.CODE).substring(0, SHORT_CODE),
        r.get(STATION.IDENTITY),
        r.get(PAYMENT_ORDER.EVSE_NO),
        r.get(PAYMENT_ORDER.PROVIDER),
        r.get(PAYMENT_ORDER.FLOW),
        r.get(PAYMENT_ORDER.STATE),
        r.get(PAYMENT_ORDER.END_REASON),
        money(r, r.get(PAYMENT_ORDER.AMOUNT_MINOR)),
        money(r, r.get(PAYMENT_ORDER.HELD_MINOR)),
        moneyOrNull(r, r.get(PAYMENT_ORDER.TOTAL_MINOR)),
        moneyOrNull(r, r.get(PAYMENT_ORDER.RETURNED_MINOR)),
        r.get(PAYMENT_ORDER.SESSION_ID),
        r.get(PAYMENT_ORDER.DEADLINE),
        r.get(PAYMENT_ORDER.CREATED_AT),
        r.get(PAYMENT_ORDER.UPDATED_AT));
  }

  private static Money money(Record r, long minor) {
    return new Money(r.get(PAYMENT_ORDER.CURRENCY), minor);
  }

  private static @Nullable Money moneyOrNull(Record r, @Nullable Long minor) {
    return minor == null ? null : money(r, minor);
  }
}
