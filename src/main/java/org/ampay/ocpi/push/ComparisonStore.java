package org.ampay.ocpi.push;

import static org.ampay.store.tables.Tables.OCPI_COMPARISON;

import java.time.Instant;
import java.util.Optional;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;

/** The table of comparisons. */
final class ComparisonStore {

  private static final int LONGEST_TROUBLE = 1_000;

  private final Database database;

  ComparisonStore(Database database) {
    this.database = database;
  }

  /**
   * Begins one.
   *
   * @param unlessSince false when one was begun after that, by whomever
   */
  boolean begin(Tx tx, long partnerId, Instant now, Instant unlessSince) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(OCPI_COMPARISON)
        .columns(
            OCPI_COMPARISON.PARTNER_ID,
            OCPI_COMPARISON.BEGUN_AT,
            OCPI_COMPARISON.COMPARED,
            OCPI_COMPARISON.MISSING,
            OCPI_COMPARISON.OLDER)
        .values(partnerId, Instant.EPOCH, 0, 0, 0)
        .onDuplicateKeyIgnore()
        .execute();
    return SqlTx.of(tx)
            .dsl()
            .update(OCPI_COMPARISON)
            .set(OCPI_COMPARISON.BEGUN_AT, now)
            .setNull(OCPI_COMPARISON.ENDED_AT)
            .set(OCPI_COMPARISON.COMPARED, 0)
            .set(OCPI_COMPARISON.MISSING, 0)
            .set(OCPI_COMPARISON.OLDER, 0)
            .setNull(OCPI_COMPARISON.TROUBLE)
            .where(OCPI_COMPARISON.PARTNER_ID.eq(partnerId))
            .and(OCPI_COMPARISON.BEGUN_AT.le(unlessSince))
            .execute()
        == 1;
  }

  void put(Tx tx, long partnerId, Comparison made) {
    String trouble = made.trouble();
    SqlTx.of(tx)
        .dsl()
        .update(OCPI_COMPARISON)
        .set(OCPI_COMPARISON.ENDED_AT, made.endedAt())
        .set(OCPI_COMPARISON.COMPARED, made.compared())
        .set(OCPI_COMPARISON.MISSING, made.missing())
        .set(OCPI_COMPARISON.OLDER, made.older())
        .set(
            OCPI_COMPARISON.TROUBLE,
            trouble == null || trouble.length() <= LONGEST_TROUBLE
                ? trouble
                : trouble.substring(0, LONGEST_TROUBLE))
        .where(OCPI_COMPARISON.PARTNER_ID.eq(partnerId))
        .execute();
  }

  Optional<Comparison> last(long partnerId) {
    return database
        .dsl()
        .selectFrom(OCPI_COMPARISON)
        .where(OCPI_COMPARISON.PARTNER_ID.eq(partnerId))
        .fetchOptional(
            r ->
                new Comparison(
                    r.getBegunAt(),
                    r.getEndedAt(),
                    r.getCompared(),
                    r.getMissing(),
                    r.getOlder(),
                    r.getTrouble()));
  }
}
