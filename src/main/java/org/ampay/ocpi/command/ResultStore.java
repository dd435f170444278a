package org.ampay.ocpi.command;

import static org.ampay.store.tables.Tables.OCPI_RESULT;

import java.time.Instant;
import java.util.List;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;

/** Results that partners have to hear yet. */
final class ResultStore {

  private ResultStore() {}

  /** One of them. */
  record Row(long id, long partnerId, String module, String url, String body, int attempts) {}

  static void insert(Tx tx, Row row, Instant due) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(OCPI_RESULT)
        .set(OCPI_RESULT.ID, row.id())
        .set(OCPI_RESULT.PARTNER_ID, row.partnerId())
        .set(OCPI_RESULT.MODULE, row.module())
        .set(OCPI_RESULT.URL, row.url())
        .set(OCPI_RESULT.BODY, row.body())
        .set(OCPI_RESULT.ATTEMPTS, row.attempts())
        .set(OCPI_RESULT.DUE_AT, due)
        .execute();
  }

  /** Keeps what came of it; false: it took so long that the partner was told that nothing came. */
  static boolean known(Tx tx, long id, String body, Instant due) {
    return SqlTx.of(tx)
            .dsl()
            .update(OCPI_RESULT)
            .set(OCPI_RESULT.BODY, body)
            .set(OCPI_RESULT.ATTEMPTS, 1)
            .set(OCPI_RESULT.DUE_AT, due)
            .where(OCPI_RESULT.ID.eq(id))
            .and(OCPI_RESULT.ATTEMPTS.eq(0))
            .execute()
        == 1;
  }

  static List<Row> due(Tx tx, Instant now, int most) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(OCPI_RESULT)
        .where(OCPI_RESULT.DUE_AT.le(now))
        .orderBy(OCPI_RESULT.DUE_AT)
        .limit(most)
        .fetch(
            r ->
                new Row(
                    r.getId(),
                    r.getPartnerId(),
                    r.getModule(),
                    r.getUrl(),
                    r.getBody(),
                    r.getAttempts()));
  }

  /** Takes one to work on; false: another does. */
  static boolean claim(Tx tx, Row row, Instant until) {
    return SqlTx.of(tx)
            .dsl()
            .update(OCPI_RESULT)
            .set(OCPI_RESULT.ATTEMPTS, row.attempts() + 1)
            .set(OCPI_RESULT.DUE_AT, until)
            .where(OCPI_RESULT.ID.eq(row.id()))
            .and(OCPI_RESULT.ATTEMPTS.eq(row.attempts()))
            .execute()
        == 1;
  }

  static void later(Tx tx, long id, Instant due) {
    SqlTx.of(tx)
        .dsl()
        .update(OCPI_RESULT)
        .set(OCPI_RESULT.DUE_AT, due)
        .where(OCPI_RESULT.ID.eq(id))
        .execute();
  }

  static void delete(Tx tx, long id) {
    SqlTx.of(tx).dsl().deleteFrom(OCPI_RESULT).where(OCPI_RESULT.ID.eq(id)).execute();
  }
}
