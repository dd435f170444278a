package org.ampay.ocpi.token;

import static org.ampay.store.tables.Tables.OCPI_TOKEN_PULL;

import java.time.Instant;
import java.util.Optional;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** How far partners' lists of tokens were read. */
final class TokenPullStore {

  private TokenPullStore() {}

  static Optional<TokenPull.State> find(Tx tx, long partnerId) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(OCPI_TOKEN_PULL)
        .where(OCPI_TOKEN_PULL.PARTNER_ID.eq(partnerId))
        .fetchOptional(
            r ->
                new TokenPull.State(
                    r.getBegunAt(), r.getDoneAt(), r.getMark(), r.getTokens(), r.getProblem()));
  }

  /** Writes down that there is such a partner, unless that is known. */
  static void meet(Tx tx, long partnerId, Instant begunAt) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(OCPI_TOKEN_PULL)
        .set(OCPI_TOKEN_PULL.PARTNER_ID, partnerId)
        .set(OCPI_TOKEN_PULL.BEGUN_AT, begunAt)
        .set(OCPI_TOKEN_PULL.TOKENS, 0)
        .onDuplicateKeyIgnore()
        .execute();
  }

  /** Begins at once, whoever else is at it. */
  static void begin(Tx tx, long partnerId, Instant now) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(OCPI_TOKEN_PULL)
        .set(OCPI_TOKEN_PULL.PARTNER_ID, partnerId)
        .set(OCPI_TOKEN_PULL.BEGUN_AT, now)
        .set(OCPI_TOKEN_PULL.TOKENS, 0)
        .onDuplicateKeyUpdate()
        .set(OCPI_TOKEN_PULL.BEGUN_AT, now)
        .setNull(OCPI_TOKEN_PULL.PROBLEM)
        .execute();
  }

  /** Takes a partner to read from; false: somebody else began meanwhile. */
  static boolean claim(Tx tx, long partnerId, Instant before, Instant now) {
    return SqlTx.of(tx)
            .dsl()
            .update(OCPI_TOKEN_PULL)
            .set(OCPI_TOKEN_PULL.BEGUN_AT, now)
            .setNull(OCPI_TOKEN_PULL.PROBLEM)
            .where(OCPI_TOKEN_PULL.PARTNER_ID.eq(partnerId))
            .and(OCPI_TOKEN_PULL.BEGUN_AT.eq(before))
            .execute()
        == 1;
  }

  /** It came to its end. */
  static void done(
      Tx tx,
      long partnerId,
      Instant at,
      @Nullable Instant mark,
      int tokens,
      @Nullable String note) {
    SqlTx.of(tx)
        .dsl()
        .update(OCPI_TOKEN_PULL)
        .set(OCPI_TOKEN_PULL.DONE_AT, at)
        .set(OCPI_TOKEN_PULL.MARK, mark)
        .set(OCPI_TOKEN_PULL.TOKENS, tokens)
        .set(OCPI_TOKEN_PULL.PROBLEM, note)
        .where(OCPI_TOKEN_PULL.PARTNER_ID.eq(partnerId))
        .execute();
  }

  static void failed(Tx tx, long partnerId, int tokens, String problem) {
    SqlTx.of(tx)
        .dsl()
        .update(OCPI_TOKEN_PULL)
        .set(OCPI_TOKEN_PULL.TOKENS, tokens)
        .set(OCPI_TOKEN_PULL.PROBLEM, DSL.left(DSL.val(problem), 300))
        .where(OCPI_TOKEN_PULL.PARTNER_ID.eq(partnerId))
        .execute();
  }
}
