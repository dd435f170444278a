package org.ampay.web.api;

import static org.ampay.store.tables.Tables.IDEMPOTENT_ANSWER;

import java.time.Instant;
import java.util.Optional;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The table of answers by Idempotency-Key. */
final class IdempotencyStore {

  private final Database database;

  IdempotencyStore(Database database) {
    this.database = database;
  }

  /** What is known of a key. Status 0: it is being worked on. */
  record Known(byte[] requestHash, int status, @Nullable String body, Instant createdAt) {}

  /** Takes the key; what was known when somebody had it already. */
  Optional<Known> take(long apiKeyId, String key, byte[] requestHash, Instant now) {
    return database
        .transactor()
        .call(
            tx -> {
              DSLContext dsl = SqlTx.of(tx).dsl();
              int inserted =
                  dsl.insertInto(IDEMPOTENT_ANSWER)
                      .set(IDEMPOTENT_ANSWER.API_KEY_ID, apiKeyId)
                      .set(IDEMPOTENT_ANSWER.REQUEST_KEY, key)
                      .set(IDEMPOTENT_ANSWER.REQUEST_HASH, requestHash)
                      .set(IDEMPOTENT_ANSWER.STATUS, 0)
                      .set(IDEMPOTENT_ANSWER.CREATED_AT, now)
                      .onDuplicateKeyIgnore()
                      .execute();
              return inserted == 1 ? Optional.<Known>empty() : read(dsl, apiKeyId, key);
            });
  }

  private static Optional<Known> read(DSLContext dsl, long apiKeyId, String key) {
    return dsl.selectFrom(IDEMPOTENT_ANSWER)
        .where(IDEMPOTENT_ANSWER.API_KEY_ID.eq(apiKeyId))
        .and(IDEMPOTENT_ANSWER.REQUEST_KEY.eq(key))
        .fetchOptional(
            r ->
                new Known(
                    r.get(IDEMPOTENT_ANSWER.REQUEST_HASH),
                    r.get(IDEMPOTENT_ANSWER.STATUS),
                    r.get(IDEMPOTENT_ANSWER.BODY),
                    r.get(IDEMPOTENT_ANSWER.CREATED_AT)));
  }

  /** Takes over a key whose worker seems to have died; false when somebody else was faster. */
  boolean takeOver(long apiKeyId, String key, Instant old, Instant now) {
    return database
        .transactor()
        .call(
            tx ->
                SqlTx.of(tx)
                        .dsl()
                        .update(IDEMPOTENT_ANSWER)
                        .set(IDEMPOTENT_ANSWER.CREATED_AT, now)
                        .where(IDEMPOTENT_ANSWER.API_KEY_ID.eq(apiKeyId))
                        .and(IDEMPOTENT_ANSWER.REQUEST_KEY.eq(key))
                        .and(IDEMPOTENT_ANSWER.STATUS.eq(0))
                        .and(IDEMPOTENT_ANSWER.CREATED_AT.eq(old))
                        .execute()
                    == 1);
  }

  void finish(long apiKeyId, String key, int status, @Nullable String body) {
    database
        .transactor()
        .run(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .update(IDEMPOTENT_ANSWER)
                    .set(IDEMPOTENT_ANSWER.STATUS, status)
                    .set(IDEMPOTENT_ANSWER.BODY, body)
                    .where(IDEMPOTENT_ANSWER.API_KEY_ID.eq(apiKeyId))
                    .and(IDEMPOTENT_ANSWER.REQUEST_KEY.eq(key))
                    .execute());
  }

  /** Forgets a key, so that the call may be tried again. */
  void release(long apiKeyId, String key) {
    database
        .transactor()
        .run(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .deleteFrom(IDEMPOTENT_ANSWER)
                    .where(IDEMPOTENT_ANSWER.API_KEY_ID.eq(apiKeyId))
                    .and(IDEMPOTENT_ANSWER.REQUEST_KEY.eq(key))
                    .execute());
  }

  /** Deletes some of what is older than {@code before}. */
  void clean(Instant before) {
    database
        .transactor()
        .run(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .deleteFrom(IDEMPOTENT_ANSWER)
                    .where(IDEMPOTENT_ANSWER.CREATED_AT.lt(before))
                    .limit(1_000)
                    .execute());
  }
}
