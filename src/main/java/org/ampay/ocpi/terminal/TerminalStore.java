package org.ampay.ocpi.terminal;

import static org.ampay.store.tables.Tables.OCPI_TERMINAL;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.OcpiTerminalRecord;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Card terminals in the database. */
final class TerminalStore {

  private TerminalStore() {}

  /** A terminal; the body is an OCPI 2.3.0 Terminal. */
  record Row(
      long partnerId, String terminalId, long operatorId, String body, Instant lastUpdated) {}

  /** Stores it unless something newer is known. */
  static void put(Tx tx, Row row) {
    var newer = OCPI_TERMINAL.LAST_UPDATED.le(row.lastUpdated());
    SqlTx.of(tx)
        .dsl()
        .insertInto(OCPI_TERMINAL)
        .set(OCPI_TERMINAL.PARTNER_ID, row.partnerId())
        .set(OCPI_TERMINAL.TERMINAL_ID, row.terminalId())
        .set(OCPI_TERMINAL.OPERATOR_ID, row.operatorId())
        .set(OCPI_TERMINAL.BODY, row.body())
        .set(OCPI_TERMINAL.LAST_UPDATED, row.lastUpdated())
        .onDuplicateKeyUpdate()
        .set(OCPI_TERMINAL.BODY, DSL.when(newer, row.body()).otherwise(OCPI_TERMINAL.BODY))
        .set(
            OCPI_TERMINAL.LAST_UPDATED,
            DSL.when(newer, DSL.val(row.lastUpdated(), OCPI_TERMINAL.LAST_UPDATED))
                .otherwise(OCPI_TERMINAL.LAST_UPDATED))
        .execute();
  }

  static Optional<String> body(Tx tx, long partnerId, String terminalId) {
    return SqlTx.of(tx)
        .dsl()
        .select(OCPI_TERMINAL.BODY)
        .from(OCPI_TERMINAL)
        .where(OCPI_TERMINAL.PARTNER_ID.eq(partnerId))
        .and(OCPI_TERMINAL.TERMINAL_ID.eq(terminalId))
        .fetchOptional(OCPI_TERMINAL.BODY);
  }

  static Optional<Row> row(Tx tx, long partnerId, String terminalId) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(OCPI_TERMINAL)
        .where(OCPI_TERMINAL.PARTNER_ID.eq(partnerId))
        .and(OCPI_TERMINAL.TERMINAL_ID.eq(terminalId))
        .fetchOptional(TerminalStore::row);
  }

  /** Those behind a terminal, by partner and id; operator null: of all. */
  static List<Row> page(
      Tx tx, @Nullable Long operatorId, long afterPartner, String afterId, int limit) {
    Condition scope =
        operatorId == null ? DSL.noCondition() : OCPI_TERMINAL.OPERATOR_ID.eq(operatorId);
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(OCPI_TERMINAL)
        .where(scope)
        .and(
            OCPI_TERMINAL
                .PARTNER_ID
                .gt(afterPartner)
                .or(
                    OCPI_TERMINAL
                        .PARTNER_ID
                        .eq(afterPartner)
                        .and(OCPI_TERMINAL.TERMINAL_ID.gt(afterId))))
        .orderBy(OCPI_TERMINAL.PARTNER_ID, OCPI_TERMINAL.TERMINAL_ID)
        .limit(limit)
        .fetch(TerminalStore::row);
  }

  private static Row row(OcpiTerminalRecord r) {
    return new Row(
        r.getPartnerId(), r.getTerminalId(), r.getOperatorId(), r.getBody(), r.getLastUpdated());
  }

  static List<String> bodies(Tx tx, long partnerId, int limit) {
    return SqlTx.of(tx)
        .dsl()
        .select(OCPI_TERMINAL.BODY)
        .from(OCPI_TERMINAL)
        .where(OCPI_TERMINAL.PARTNER_ID.eq(partnerId))
        .orderBy(OCPI_TERMINAL.TERMINAL_ID)
        .limit(limit)
        .fetch(OCPI_TERMINAL.BODY);
  }
}
