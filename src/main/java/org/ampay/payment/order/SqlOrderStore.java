package org.ampay.payment.order;

import static org.ampay.store.tables.Tables.PAYMENT_ORDER;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ampay.base.Money;
import org.ampay.payment.order.PaymentOrder.EndReason;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.store.Rows;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Orders in the database. */
public final class SqlOrderStore implements OrderStore {

  private static final List<Field<?>> FIXED =
      List.of(
          PAYMENT_ORDER.ID,
          PAYMENT_ORDER.OPERATOR_ID,
          PAYMENT_ORDER.CODE,
          PAYMENT_ORDER.IDEM_KEY,
          PAYMENT_ORDER.STATION_ID,
          PAYMENT_ORDER.EVSE_NO,
          PAYMENT_ORDER.DRIVER_ID,
          PAYMENT_ORDER.TOKEN_ID,
          PAYMENT_ORDER.TOKEN_UID,
          PAYMENT_ORDER.PROVIDER,
          PAYMENT_ORDER.ACCOUNT_ID,
          PAYMENT_ORDER.FLOW,
          PAYMENT_ORDER.FORM,
          PAYMENT_ORDER.LANGUAGE,
          PAYMENT_ORDER.RETURN_URL,
          PAYMENT_ORDER.CLIENT_IP,
          PAYMENT_ORDER.CURRENCY,
          PAYMENT_ORDER.AMOUNT_MINOR,
          PAYMENT_ORDER.CREATED_AT);

  private static final List<Field<?>> CHANGING =
      List.of(
          PAYMENT_ORDER.LIVE_EVSE,
          PAYMENT_ORDER.HELD_MINOR,
          PAYMENT_ORDER.GIFT_MINOR,
          PAYMENT_ORDER.STATE,
          PAYMENT_ORDER.END_REASON,
          PAYMENT_ORDER.WISH,
          PAYMENT_ORDER.DEADLINE,
          PAYMENT_ORDER.HOLD_EXPIRES_AT,
          PAYMENT_ORDER.START_ASKED_AT,
          PAYMENT_ORDER.STOP_ASKED_AT,
          PAYMENT_ORDER.SESSION_KEY,
          PAYMENT_ORDER.HOLD_ID,
          PAYMENT_ORDER.SESSION_ID,
          PAYMENT_ORDER.TOTAL_MINOR,
          PAYMENT_ORDER.RETURNED_MINOR,
          PAYMENT_ORDER.UPDATED_AT);

  private static final List<Field<?>> COLUMNS =
      java.util.stream.Stream.concat(FIXED.stream(), CHANGING.stream())
          .collect(Collectors.toUnmodifiableList());

  @Override
  public void insert(Tx tx, OrderRow order) {
    Rows.insert(tx, PAYMENT_ORDER, COLUMNS, List.<Object[]>of(values(order)));
  }

  @Override
  public Map<Long, OrderRow> lock(Tx tx, Collection<Long> ids) {
    return ids.isEmpty()
        ? Map.of()
        : SqlTx.of(tx)
            .dsl()
            .selectFrom(PAYMENT_ORDER.forceIndex("PRIMARY"))
            .where(PAYMENT_ORDER.ID.in(new TreeSet<>(ids)))
            .orderBy(PAYMENT_ORDER.ID)
            .forUpdate()
            .fetch(SqlOrderStore::order)
            .stream()
            .collect(Collectors.toMap(OrderRow::id, Function.identity()));
  }

  @Override
  public void update(Tx tx, List<OrderRow> orders) {
    Rows.overwrite(
        tx, PAYMENT_ORDER, COLUMNS, CHANGING, orders.stream().map(SqlOrderStore::values).toList());
  }

  @Override
  public Optional<OrderRow> byCode(Tx tx, String code) {
    return one(tx, PAYMENT_ORDER.CODE.eq(code));
  }

  @Override
  public Optional<OrderRow> byKey(Tx tx, ByteBuffer idemKey) {
    return one(tx, PAYMENT_ORDER.IDEM_KEY.eq(idemKey.array()));
  }

  @Override
  public Optional<OrderRow> ofEvse(Tx tx, OrderRow.Place place) {
    return one(tx, PAYMENT_ORDER.LIVE_EVSE.eq(place.live()));
  }

  @Override
  public Optional<OrderRow> byId(Tx tx, @Nullable Long operatorId, long id) {
    return one(tx, PAYMENT_ORDER.ID.eq(id).and(of(operatorId)));
  }

  private static Optional<OrderRow> one(Tx tx, Condition condition) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(PAYMENT_ORDER)
        .where(condition)
        .fetchOptional(SqlOrderStore::order);
  }

  @Override
  public List<OrderRow> list(
      Tx tx, @Nullable Long operatorId, @Nullable State state, long beforeId, int limit) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(PAYMENT_ORDER)
        .where(of(operatorId))
        .and(state == null ? DSL.noCondition() : PAYMENT_ORDER.STATE.eq(state.code()))
        .and(PAYMENT_ORDER.ID.lt(beforeId))
        .orderBy(PAYMENT_ORDER.ID.desc())
        .limit(limit)
        .fetch(SqlOrderStore::order);
  }

  private static Condition of(@Nullable Long operatorId) {
    return operatorId == null ? DSL.noCondition() : PAYMENT_ORDER.OPERATOR_ID.eq(operatorId);
  }

  private static Object[] values(OrderRow row) {
    OrderRow.Payer payer = row.payer();
    OrderRow.Progress p = row.progress();
    OrderRow.Bound bound = p.bound();
    return new Object[] {
      row.id(),
      row.operatorId(),
      row.code(),
      row.idemKey().array(),
      row.place().stationId(),
      row.place().evseNo(),
      payer.driverId(),
      payer.tokenId(),
      payer.tokenUid(),
      payer.via().provider(),
      payer.via().accountId(),
      payer.flow().code(),
      payer.form().code(),
      payer.language(),
      payer.returnUrl(),
      payer.clientIp(),
      row.amount().currency(),
      row.amount().minor(),
      row.createdAt(),
      p.state().live() ? row.place().live() : null,
      p.heldMinor(),
      p.giftMinor(),
      p.state().code(),
      code(p.end()),
      code(p.wish()),
      p.deadline(),
      p.holdExpiresAt(),
      p.startAskedAt(),
      p.stopAskedAt(),
      bound == null ? null : bound.sessionKey().array(),
      bound == null ? null : bound.holdId(),
      bound == null ? null : bound.sessionId(),
      p.totalMinor(),
      p.returnedMinor(),
      p.updatedAt()
    };
  }

  private static @Nullable String code(@Nullable EndReason why) {
    return why == null ? null : why.code();
  }

  private static @Nullable EndReason why(@Nullable String code) {
    return code == null ? null : EndReason.ofCode(code);
  }

  private static OrderRow order(Record r) {
    return new OrderRow(
        r.get(PAYMENT_ORDER.ID),
        r.get(PAYMENT_ORDER.OPERATOR_ID),
        r.get(PAYMENT_ORDER.CODE),
        ByteBuffer.wrap(r.get(PAYMENT_ORDER.IDEM_KEY)),
        new OrderRow.Place(r.get(PAYMENT_ORDER.STATION_ID), r.get(PAYMENT_ORDER.EVSE_NO)),
        new OrderRow.Payer(
            r.get(PAYMENT_ORDER.DRIVER_ID),
            r.get(PAYMENT_ORDER.TOKEN_ID),
            r.get(PAYMENT_ORDER.TOKEN_UID),
            new ProviderKey(r.get(PAYMENT_ORDER.PROVIDER), r.get(PAYMENT_ORDER.ACCOUNT_ID)),
            Flow.ofCode(r.get(PAYMENT_ORDER.FLOW)),
            Form.ofCode(r.get(PAYMENT_ORDER.FORM)),
            r.get(PAYMENT_ORDER.LANGUAGE),
            r.get(PAYMENT_ORDER.RETURN_URL),
            r.get(PAYMENT_ORDER.CLIENT_IP)),
        new Money(r.get(PAYMENT_ORDER.CURRENCY), r.get(PAYMENT_ORDER.AMOUNT_MINOR)),
        progress(r),
        r.get(PAYMENT_ORDER.CREATED_AT));
  }

  private static OrderRow.Progress progress(Record r) {
    byte[] key = r.get(PAYMENT_ORDER.SESSION_KEY);
    return new OrderRow.Progress(
        State.ofCode(r.get(PAYMENT_ORDER.STATE)),
        why(r.get(PAYMENT_ORDER.END_REASON)),
        why(r.get(PAYMENT_ORDER.WISH)),
        r.get(PAYMENT_ORDER.HELD_MINOR),
        r.get(PAYMENT_ORDER.GIFT_MINOR),
        r.get(PAYMENT_ORDER.DEADLINE),
        r.get(PAYMENT_ORDER.HOLD_EXPIRES_AT),
        r.get(PAYMENT_ORDER.START_ASKED_AT),
        r.get(PAYMENT_ORDER.STOP_ASKED_AT),
        key == null
            ? null
            : new OrderRow.Bound(
                ByteBuffer.wrap(key),
                r.get(PAYMENT_ORDER.HOLD_ID),
                r.get(PAYMENT_ORDER.SESSION_ID)),
        r.get(PAYMENT_ORDER.TOTAL_MINOR),
        r.get(PAYMENT_ORDER.RETURNED_MINOR),
        r.get(PAYMENT_ORDER.UPDATED_AT));
  }
}
