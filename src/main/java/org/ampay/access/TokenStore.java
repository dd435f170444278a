package org.ampay.access;

import static org.ampay.store.tables.Tables.DRIVER;
import static org.ampay.store.tables.Tables.ID_TOKEN;
import static org.ampay.store.tables.Tables.LOCAL_LIST;
import static org.ampay.store.tables.Tables.TOKEN_GROUP;
import static org.ampay.store.tables.Tables.UNKNOWN_TOKEN;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.access.Token.AllowedEvse;
import org.ampay.store.ChangeCounter;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The tables of tokens and drivers; every query is scoped by operator. */
final class TokenStore {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<AllowedEvse>> EVSES = new TypeReference<>() {};

  /** Kind of a driver who paid one order without a name. */
  private static final String GUEST = "guest";

  private static final String PERSON = "person";
  private static final String PARTNER = "partner";

  private final Database database;
  private final ChangeCounter counter;

  TokenStore(Database database) {
    this.database = database;
    this.counter = new ChangeCounter(database, "tokens");
  }

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  long version() {
    return counter.version();
  }

  /** Tokens of the operator change with {@code tx}: what its stations hold may be out of date. */
  void changed(Tx tx, long operatorId) {
    counter.changed(tx);
    dsl(tx)
        .update(LOCAL_LIST)
        .set(LOCAL_LIST.STATE, "stale")
        .where(LOCAL_LIST.OPERATOR_ID.eq(operatorId))
        .and(LOCAL_LIST.STATE.eq("current"))
        .execute();
  }

  Optional<Token> find(long operatorId, String key) {
    return find(database.dsl(), operatorId, key);
  }

  Optional<Token> find(Tx tx, long operatorId, String key) {
    return find(dsl(tx), operatorId, key);
  }

  private static Optional<Token> find(DSLContext dsl, long operatorId, String key) {
    return select(dsl, ID_TOKEN.OPERATOR_ID.eq(operatorId).and(ID_TOKEN.UID_KEY.eq(key)), 1)
        .stream()
        .findFirst();
  }

  /** Tokens in the order of their keys, after {@code afterKey}; without those of orders. */
  List<Token> list(long operatorId, String afterKey, int limit) {
    return select(
        database.dsl(),
        ID_TOKEN
            .OPERATOR_ID
            .eq(operatorId)
            .and(ID_TOKEN.UID_KEY.gt(afterKey))
            .and(ID_TOKEN.ORDER_ID.isNull()),
        limit);
  }

  List<Token> ofDriver(long operatorId, long driverId, int limit) {
    return select(
        database.dsl(),
        ID_TOKEN.OPERATOR_ID.eq(operatorId).and(ID_TOKEN.DRIVER_ID.eq(driverId)),
        limit);
  }

  private static List<Token> select(DSLContext dsl, Condition condition, int limit) {
    return dsl.select(ID_TOKEN.fields())
        .select(DRIVER.GROUP_ID, DRIVER.LANGUAGE, TOKEN_GROUP.MASTER_PASS)
        .from(ID_TOKEN)
        .leftJoin(DRIVER)
        .on(DRIVER.ID.eq(ID_TOKEN.DRIVER_ID))
        .leftJoin(TOKEN_GROUP)
        .on(TOKEN_GROUP.OPERATOR_ID.eq(ID_TOKEN.OPERATOR_ID))
        .and(TOKEN_GROUP.GROUP_KEY.eq(DSL.lower(ID_TOKEN.GROUP_TOKEN)))
        .where(condition)
        .orderBy(ID_TOKEN.UID_KEY)
        .limit(limit)
        .fetch(TokenStore::token);
  }

  void insert(Tx tx, Token token, Instant now) {
    dsl(tx)
        .insertInto(ID_TOKEN)
        .set(ID_TOKEN.ID, token.id())
        .set(ID_TOKEN.OPERATOR_ID, token.operatorId())
        .set(ID_TOKEN.UID, token.uid())
        .set(ID_TOKEN.UID_KEY, token.key())
        .set(ID_TOKEN.TYPE, token.type())
        .set(ID_TOKEN.GROUP_TOKEN, token.groupToken())
        .set(ID_TOKEN.DRIVER_ID, token.driverId())
        .set(ID_TOKEN.EXPIRES_AT, token.expiresAt())
        .set(ID_TOKEN.BLOCKED, token.blocked())
        .set(ID_TOKEN.MAX_CONCURRENT, token.maxConcurrent())
        .set(ID_TOKEN.ALLOWED_EVSES, evses(token))
        .set(ID_TOKEN.EVSE_TYPE, token.traits().evseType())
        .set(ID_TOKEN.ORDER_ID, token.traits().orderId())
        .set(ID_TOKEN.ALWAYS_ASKED, token.traits().alwaysAsked())
        .set(ID_TOKEN.CREATED_AT, now)
        .execute();
    dsl(tx)
        .deleteFrom(UNKNOWN_TOKEN)
        .where(UNKNOWN_TOKEN.OPERATOR_ID.eq(token.operatorId()))
        .and(UNKNOWN_TOKEN.UID_KEY.eq(token.key()))
        .execute();
  }

  boolean update(Tx tx, Token token) {
    return dsl(tx)
            .update(ID_TOKEN)
            .set(ID_TOKEN.TYPE, token.type())
            .set(ID_TOKEN.GROUP_TOKEN, token.groupToken())
            .set(ID_TOKEN.DRIVER_ID, token.driverId())
            .set(ID_TOKEN.EXPIRES_AT, token.expiresAt())
            .set(ID_TOKEN.BLOCKED, token.blocked())
            .set(ID_TOKEN.MAX_CONCURRENT, token.maxConcurrent())
            .set(ID_TOKEN.ALLOWED_EVSES, evses(token))
            .set(ID_TOKEN.EVSE_TYPE, token.traits().evseType())
            .set(ID_TOKEN.ALWAYS_ASKED, token.traits().alwaysAsked())
            .where(ID_TOKEN.OPERATOR_ID.eq(token.operatorId()))
            .and(ID_TOKEN.UID_KEY.eq(token.key()))
            .execute()
        == 1;
  }

  Optional<Driver> driver(long operatorId, long driverId) {
    return driver(database.dsl(), operatorId, driverId);
  }

  Optional<Driver> driver(Tx tx, long operatorId, long driverId) {
    return driver(dsl(tx), operatorId, driverId);
  }

  private static Optional<Driver> driver(DSLContext dsl, long operatorId, long driverId) {
    return dsl.selectFrom(DRIVER)
        .where(DRIVER.OPERATOR_ID.eq(operatorId))
        .and(DRIVER.ID.eq(driverId))
        .fetchOptional(TokenStore::driver);
  }

  boolean isPartner(long operatorId, long driverId) {
    return database
        .dsl()
        .fetchExists(
            DRIVER,
            DRIVER.OPERATOR_ID.eq(operatorId),
            DRIVER.ID.eq(driverId),
            DRIVER.KIND.eq(PARTNER));
  }

  List<Driver> drivers(long operatorId, long afterId, int limit) {
    return database
        .dsl()
        .selectFrom(DRIVER)
        .where(DRIVER.OPERATOR_ID.eq(operatorId))
        .and(DRIVER.ID.gt(afterId))
        .and(DRIVER.KIND.eq(PERSON))
        .orderBy(DRIVER.ID)
        .limit(limit)
        .fetch(TokenStore::driver);
  }

  void insert(Tx tx, Driver driver, Instant now) {
    dsl(tx)
        .insertInto(DRIVER)
        .set(DRIVER.ID, driver.id())
        .set(DRIVER.OPERATOR_ID, driver.operatorId())
        .set(DRIVER.NAME, driver.name())
        .set(DRIVER.EMAIL, driver.email())
        .set(DRIVER.PHONE, driver.phone())
        .set(DRIVER.LANGUAGE, driver.language())
        .set(DRIVER.GROUP_ID, driver.groupId())
        .set(DRIVER.CREATED_AT, now)
        .execute();
  }

  /** The payer of one order, of whom nothing is known. */
  void insertGuest(Tx tx, Driver guest, Instant now) {
    insert(tx, guest, now);
    dsl(tx).update(DRIVER).set(DRIVER.KIND, GUEST).where(DRIVER.ID.eq(guest.id())).execute();
  }

  /** The order is over: its token starts nothing any more. */
  void block(Tx tx, long tokenId) {
    dsl(tx).update(ID_TOKEN).set(ID_TOKEN.BLOCKED, true).where(ID_TOKEN.ID.eq(tokenId)).execute();
  }

  void put(Tx tx, TokenGroup group) {
    dsl(tx)
        .insertInto(TOKEN_GROUP)
        .set(TOKEN_GROUP.OPERATOR_ID, group.operatorId())
        .set(TOKEN_GROUP.GROUP_KEY, group.key())
        .set(TOKEN_GROUP.GROUP_TOKEN, group.token())
        .set(TOKEN_GROUP.MASTER_PASS, group.masterPass())
        .onDuplicateKeyUpdate()
        .set(TOKEN_GROUP.MASTER_PASS, group.masterPass())
        .execute();
  }

  /** The groups that somebody said something of. */
  List<TokenGroup> groups(long operatorId, String afterKey, int limit) {
    return database
        .dsl()
        .selectFrom(TOKEN_GROUP)
        .where(TOKEN_GROUP.OPERATOR_ID.eq(operatorId))
        .and(TOKEN_GROUP.GROUP_KEY.gt(afterKey))
        .orderBy(TOKEN_GROUP.GROUP_KEY)
        .limit(limit)
        .fetch(r -> new TokenGroup(r.getOperatorId(), r.getGroupToken(), r.getMasterPass()));
  }

  void remember(UnknownToken unknown) {
    database
        .dsl()
        .insertInto(UNKNOWN_TOKEN)
        .set(UNKNOWN_TOKEN.OPERATOR_ID, unknown.operatorId())
        .set(UNKNOWN_TOKEN.UID_KEY, unknown.token().key())
        .set(UNKNOWN_TOKEN.UID, unknown.token().uid())
        .set(UNKNOWN_TOKEN.TYPE, unknown.token().type())
        .set(UNKNOWN_TOKEN.STATION_ID, unknown.stationId())
        .set(UNKNOWN_TOKEN.FIRST_SEEN, unknown.at())
        .set(UNKNOWN_TOKEN.LAST_SEEN, unknown.at())
        .set(UNKNOWN_TOKEN.SEEN, unknown.times())
        .onDuplicateKeyUpdate()
        .set(UNKNOWN_TOKEN.STATION_ID, unknown.stationId())
        .set(UNKNOWN_TOKEN.LAST_SEEN, unknown.at())
        .set(UNKNOWN_TOKEN.SEEN, UNKNOWN_TOKEN.SEEN.plus(unknown.times()))
        .execute();
  }

  private static Token token(Record r) {
    return new Token(
        r.get(ID_TOKEN.ID),
        r.get(ID_TOKEN.OPERATOR_ID),
        r.get(ID_TOKEN.UID),
        r.get(ID_TOKEN.TYPE),
        r.get(ID_TOKEN.GROUP_TOKEN),
        r.get(ID_TOKEN.DRIVER_ID),
        r.get(DRIVER.GROUP_ID),
        r.get(ID_TOKEN.EXPIRES_AT),
        r.get(ID_TOKEN.BLOCKED),
        r.get(ID_TOKEN.MAX_CONCURRENT),
        evses(r.get(ID_TOKEN.ALLOWED_EVSES)),
        new Token.Traits(
            r.get(ID_TOKEN.EVSE_TYPE),
            Boolean.TRUE.equals(r.get(TOKEN_GROUP.MASTER_PASS)),
            r.get(DRIVER.LANGUAGE),
            r.get(ID_TOKEN.ORDER_ID),
            r.get(ID_TOKEN.ALWAYS_ASKED)));
  }

  private static Driver driver(Record r) {
    return new Driver(
        r.get(DRIVER.ID),
        r.get(DRIVER.OPERATOR_ID),
        r.get(DRIVER.NAME),
        r.get(DRIVER.EMAIL),
        r.get(DRIVER.PHONE),
        r.get(DRIVER.LANGUAGE),
        r.get(DRIVER.GROUP_ID));
  }

  private static List<AllowedEvse> evses(@Nullable String json) {
    if (json == null) {
      return List.of();
    }
    try {
      return JSON.readValue(json, EVSES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("allowed_evses is not what was written", e);
    }
  }

  private static @Nullable String evses(Token token) {
    if (token.allowedEvses().isEmpty()) {
      return null;
    }
    try {
      return JSON.writeValueAsString(token.allowedEvses());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token nobody knows, seen {@code times} times since it was last stored. */
  record UnknownToken(long operatorId, IdToken token, long stationId, Instant at, int times) {}
}
