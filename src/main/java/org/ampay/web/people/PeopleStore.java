package org.ampay.web.people;

import static org.ampay.store.tables.Tables.API_KEY;
import static org.ampay.store.tables.Tables.CONSOLE_SESSION;
import static org.ampay.store.tables.Tables.CONSOLE_USER;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Record;

/** The tables of people, their sessions and keys. */
final class PeopleStore {

  private final Database database;

  PeopleStore(Database database) {
    this.database = database;
  }

  /** A user with the stored form of the password. */
  record UserRow(ConsoleUser user, String passwordHash) {}

  /** A key with its hash. */
  record KeyRow(ApiKey key, byte[] hash) {}

  void insert(Tx tx, ConsoleUser user, String emailKey, String passwordHash) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(CONSOLE_USER)
        .set(CONSOLE_USER.ID, user.id())
        .set(CONSOLE_USER.OPERATOR_ID, user.operatorId())
        .set(CONSOLE_USER.EMAIL, user.email())
        .set(CONSOLE_USER.EMAIL_KEY, emailKey)
        .set(CONSOLE_USER.PASSWORD_HASH, passwordHash)
        .set(CONSOLE_USER.ROLE, user.role().word())
        .set(CONSOLE_USER.LANGUAGE, user.language())
        .set(CONSOLE_USER.DISABLED, user.disabled())
        .set(CONSOLE_USER.CREATED_AT, user.createdAt())
        .execute();
  }

  List<ConsoleUser> users() {
    return database
        .dsl()
        .selectFrom(CONSOLE_USER)
        .orderBy(CONSOLE_USER.ID)
        .fetch(PeopleStore::user);
  }

  Optional<UserRow> userByEmail(String emailKey) {
    return database
        .dsl()
        .selectFrom(CONSOLE_USER)
        .where(CONSOLE_USER.EMAIL_KEY.eq(emailKey))
        .fetchOptional(r -> new UserRow(user(r), r.get(CONSOLE_USER.PASSWORD_HASH)));
  }

  void setPassword(Tx tx, long userId, String passwordHash) {
    SqlTx.of(tx)
        .dsl()
        .update(CONSOLE_USER)
        .set(CONSOLE_USER.PASSWORD_HASH, passwordHash)
        .where(CONSOLE_USER.ID.eq(userId))
        .execute();
    SqlTx.of(tx)
        .dsl()
        .deleteFrom(CONSOLE_SESSION)
        .where(CONSOLE_SESSION.USER_ID.eq(userId))
        .execute();
  }

  void setLanguage(long userId, String language) {
    database
        .transactor()
        .run(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .update(CONSOLE_USER)
                    .set(CONSOLE_USER.LANGUAGE, language)
                    .where(CONSOLE_USER.ID.eq(userId))
                    .execute());
  }

  void insertSession(
      Tx tx, byte[] tokenHash, long userId, String csrf, Instant now, Instant expires) {
    SqlTx.of(tx)
        .dsl()
        .deleteFrom(CONSOLE_SESSION)
        .where(CONSOLE_SESSION.USER_ID.eq(userId))
        .and(CONSOLE_SESSION.EXPIRES_AT.le(now))
        .execute();
    SqlTx.of(tx)
        .dsl()
        .insertInto(CONSOLE_SESSION)
        .set(CONSOLE_SESSION.TOKEN_HASH, tokenHash)
        .set(CONSOLE_SESSION.USER_ID, userId)
        .set(CONSOLE_SESSION.CSRF_TOKEN, csrf)
        .set(CONSOLE_SESSION.CREATED_AT, now)
        .set(CONSOLE_SESSION.EXPIRES_AT, expires)
        .execute();
  }

  /** The session of a token that has not expired, of a user who is not disabled. */
  Optional<UserSession> session(byte[] tokenHash, Instant now) {
    return database
        .dsl()
        .select(CONSOLE_USER.fields())
        .select(CONSOLE_SESSION.CSRF_TOKEN)
        .from(CONSOLE_SESSION)
        .join(CONSOLE_USER)
        .on(CONSOLE_USER.ID.eq(CONSOLE_SESSION.USER_ID))
        .where(CONSOLE_SESSION.TOKEN_HASH.eq(tokenHash))
        .and(CONSOLE_SESSION.EXPIRES_AT.gt(now))
        .and(CONSOLE_USER.DISABLED.isFalse())
        .fetchOptional(r -> new UserSession(user(r), r.get(CONSOLE_SESSION.CSRF_TOKEN)));
  }

  void deleteSession(byte[] tokenHash) {
    database
        .transactor()
        .run(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .deleteFrom(CONSOLE_SESSION)
                    .where(CONSOLE_SESSION.TOKEN_HASH.eq(tokenHash))
                    .execute());
  }

  void insert(Tx tx, ApiKey key, byte[] hash) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(API_KEY)
        .set(API_KEY.ID, key.id())
        .set(API_KEY.OPERATOR_ID, key.operatorId())
        .set(API_KEY.NAME, key.name())
        .set(API_KEY.ROLE, key.role().word())
        .set(API_KEY.KEY_HASH, hash)
        .set(API_KEY.KEY_PREFIX, key.prefix())
        .set(API_KEY.CREATED_AT, key.createdAt())
        .set(API_KEY.OWNER_EMAIL, key.owner())
        .execute();
  }

  List<ApiKey> keys() {
    return database.dsl().selectFrom(API_KEY).orderBy(API_KEY.ID).fetch(PeopleStore::key);
  }

  Optional<KeyRow> keyByHash(byte[] hash) {
    return database
        .dsl()
        .selectFrom(API_KEY)
        .where(API_KEY.KEY_HASH.eq(hash))
        .fetchOptional(r -> new KeyRow(key(r), r.get(API_KEY.KEY_HASH)));
  }

  boolean revoke(Tx tx, long keyId, Instant now) {
    return SqlTx.of(tx)
            .dsl()
            .update(API_KEY)
            .set(API_KEY.REVOKED_AT, now)
            .where(API_KEY.ID.eq(keyId))
            .and(API_KEY.REVOKED_AT.isNull())
            .execute()
        == 1;
  }

  private static ConsoleUser user(Record r) {
    return new ConsoleUser(
        r.get(CONSOLE_USER.ID),
        r.get(CONSOLE_USER.OPERATOR_ID),
        r.get(CONSOLE_USER.EMAIL),
        role(r.get(CONSOLE_USER.ROLE)),
        r.get(CONSOLE_USER.LANGUAGE),
        r.get(CONSOLE_USER.DISABLED),
        r.get(CONSOLE_USER.CREATED_AT));
  }

  private static ApiKey key(Record r) {
    return new ApiKey(
        r.get(API_KEY.ID),
        r.get(API_KEY.OPERATOR_ID),
        r.get(API_KEY.NAME),
        role(r.get(API_KEY.ROLE)),
        r.get(API_KEY.KEY_PREFIX),
        r.get(API_KEY.CREATED_AT),
        r.get(API_KEY.REVOKED_AT),
        r.get(API_KEY.OWNER_EMAIL));
  }

  private static Role role(String word) {
    return Role.of(word)
        .orElseThrow(() -> new IllegalStateException("unknown role '" + word + "' is stored"));
  }
}
