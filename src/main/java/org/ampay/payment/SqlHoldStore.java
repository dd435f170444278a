package org.ampay.payment;

import static org.ampay.store.tables.Tables.CHARGING_SESSION;
import static org.ampay.store.tables.Tables.ID_TOKEN;
import static org.ampay.store.tables.Tables.START_HOLD;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ampay.access.AuthorizationStatus;
import org.ampay.base.Money;
import org.ampay.charging.SessionState;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.store.Rows;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.tariff.DriverTerms;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Holds in the database. */
public final class SqlHoldStore implements HoldStore {

  private static final List<Field<?>> COLUMNS =
      List.of(
          START_HOLD.ID,
          START_HOLD.HOLD_KEY,
          START_HOLD.OPERATOR_ID,
          START_HOLD.STATION_ID,
          START_HOLD.TOKEN_ID,
          START_HOLD.DRIVER_ID,
          START_HOLD.PROVIDER,
          START_HOLD.ACCOUNT_ID,
          START_HOLD.ORDER_ID,
          START_HOLD.REFERENCE,
          START_HOLD.PROVIDER_REF,
          START_HOLD.CURRENCY,
          START_HOLD.AMOUNT_MINOR,
          START_HOLD.GIFT_MINOR,
          START_HOLD.CAPTURED_MINOR,
          START_HOLD.TIMES_HELD,
          START_HOLD.STATE,
          START_HOLD.REFUSAL,
          START_HOLD.SESSION_ID,
          START_HOLD.DEADLINE,
          START_HOLD.TERMS,
          START_HOLD.CREATED_AT);

  /** Everything after the key and the owner's station. */
  private static final List<Field<?>> CHANGING = COLUMNS.subList(4, COLUMNS.size() - 1);

  @Override
  public Map<ByteBuffer, StartHold> byKeys(Tx tx, Collection<ByteBuffer> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(START_HOLD)
        .where(START_HOLD.HOLD_KEY.in(bytes(keys)))
        .fetch(SqlHoldStore::hold)
        .stream()
        .collect(Collectors.toMap(StartHold::key, Function.identity()));
  }

  @Override
  public void lockTokens(Tx tx, Collection<Long> tokenIds) {
    if (!tokenIds.isEmpty()) {
      SqlTx.of(tx)
          .dsl()
          .select(ID_TOKEN.ID)
          .from(ID_TOKEN.forceIndex("PRIMARY"))
          .where(ID_TOKEN.ID.in(tokenIds))
          .orderBy(ID_TOKEN.ID)
          .forUpdate()
          .fetch();
    }
  }

  @Override
  public Map<Long, Integer> live(Tx tx, Collection<Long> tokenIds) {
    if (tokenIds.isEmpty()) {
      return Map.of();
    }
    return SqlTx.of(tx)
        .dsl()
        .select(START_HOLD.TOKEN_ID, DSL.count())
        .from(START_HOLD)
        .leftJoin(CHARGING_SESSION)
        .on(CHARGING_SESSION.SESSION_KEY.eq(START_HOLD.HOLD_KEY))
        .where(START_HOLD.TOKEN_ID.in(tokenIds))
        .and(START_HOLD.STATE.eq(HoldState.HELD.code()))
        .and(
            CHARGING_SESSION
                .STATE
                .isNull()
                .or(CHARGING_SESSION.STATE.eq(SessionState.ACTIVE.stored())))
        .groupBy(START_HOLD.TOKEN_ID)
        .fetchMap(START_HOLD.TOKEN_ID, DSL.count());
  }

  @Override
  public void insert(Tx tx, List<StartHold> holds) {
    Rows.insert(tx, START_HOLD, COLUMNS, holds.stream().map(SqlHoldStore::values).toList());
  }

  @Override
  public void update(Tx tx, List<StartHold> holds) {
    List<Object[]> rows = holds.stream().map(SqlHoldStore::values).toList();
    Rows.overwrite(tx, START_HOLD, COLUMNS, CHANGING, rows);
  }

  @Override
  public Map<Long, StartHold> lock(Tx tx, Collection<Long> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(START_HOLD.forceIndex("PRIMARY"))
        .where(START_HOLD.ID.in(ids))
        .orderBy(START_HOLD.ID)
        .forUpdate()
        .fetch(SqlHoldStore::hold)
        .stream()
        .collect(Collectors.toMap(StartHold::id, Function.identity()));
  }

  @Override
  public List<StartHold> lockDue(Tx tx, Instant now, int limit) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(START_HOLD)
        .where(START_HOLD.STATE.eq(HoldState.HELD.code()))
        .and(START_HOLD.DEADLINE.le(now))
        .orderBy(START_HOLD.DEADLINE)
        .limit(limit)
        .forUpdate()
        .skipLocked()
        .fetch(SqlHoldStore::hold);
  }

  @Override
  public Map<ByteBuffer, HeldSession> sessions(Tx tx, Collection<ByteBuffer> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    return SqlTx.of(tx)
        .dsl()
        .select(CHARGING_SESSION.SESSION_KEY, CHARGING_SESSION.ID, CHARGING_SESSION.STATE)
        .from(CHARGING_SESSION)
        .where(CHARGING_SESSION.SESSION_KEY.in(bytes(keys)))
        .fetch()
        .stream()
        .collect(
            Collectors.toMap(
                r -> ByteBuffer.wrap(r.value1()),
                r -> new HeldSession(r.value2(), SessionState.ofStored(r.value3()))));
  }

  private static List<byte[]> bytes(Collection<ByteBuffer> keys) {
    return keys.stream().map(ByteBuffer::array).toList();
  }

  private static Object[] values(StartHold hold) {
    StartHold.Owner owner = hold.owner();
    AuthorizationStatus refusal = hold.refusal();
    return new Object[] {
      hold.id(),
      hold.key().array(),
      owner.operatorId(),
      owner.stationId(),
      owner.tokenId(),
      owner.driverId(),
      hold.backing() == null ? null : hold.backing().via().provider(),
      hold.backing() == null ? null : hold.backing().via().accountId(),
      hold.backing() == null ? null : hold.backing().orderId(),
      hold.backing() == null ? null : hold.backing().reference(),
      hold.backing() == null ? null : hold.backing().providerRef(),
      hold.amount().currency(),
      hold.amount().minor(),
      hold.giftMinor(),
      hold.capturedMinor(),
      hold.timesHeld(),
      hold.state().code(),
      refusal == null ? null : refusal.name(),
      hold.sessionId(),
      hold.deadline(),
      hold.terms().isNone() ? null : hold.terms().toJson(),
      hold.createdAt()
    };
  }

  private static StartHold.@Nullable Backing backing(Record r) {
    String provider = r.get(START_HOLD.PROVIDER);
    return provider == null
        ? null
        : new StartHold.Backing(
            new ProviderKey(provider, r.get(START_HOLD.ACCOUNT_ID)),
            r.get(START_HOLD.ORDER_ID),
            Objects.requireNonNullElse(r.get(START_HOLD.REFERENCE), ""),
            Objects.requireNonNullElse(r.get(START_HOLD.PROVIDER_REF), ""));
  }

  private static StartHold hold(Record r) {
    String refusal = r.get(START_HOLD.REFUSAL);
    String terms = r.get(START_HOLD.TERMS);
    return new StartHold(
        r.get(START_HOLD.ID),
        ByteBuffer.wrap(r.get(START_HOLD.HOLD_KEY)),
        new StartHold.Owner(
            r.get(START_HOLD.OPERATOR_ID),
            r.get(START_HOLD.STATION_ID),
            r.get(START_HOLD.TOKEN_ID),
            r.get(START_HOLD.DRIVER_ID)),
        backing(r),
        new Money(r.get(START_HOLD.CURRENCY), r.get(START_HOLD.AMOUNT_MINOR)),
        r.get(START_HOLD.GIFT_MINOR),
        r.get(START_HOLD.CAPTURED_MINOR),
        r.get(START_HOLD.TIMES_HELD),
        HoldState.ofCode(r.get(START_HOLD.STATE)),
        refusal == null ? null : AuthorizationStatus.valueOf(refusal),
        r.get(START_HOLD.SESSION_ID),
        r.get(START_HOLD.DEADLINE),
        terms == null ? DriverTerms.NONE : DriverTerms.parse(terms),
        r.get(START_HOLD.CREATED_AT));
  }
}
