package org.ampay.ocpi.log;

import static org.ampay.store.tables.Tables.OCPI_CALL;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.ampay.base.IdSource;
import org.ampay.ocpi.CallLog;
import org.ampay.store.Database;
import org.ampay.store.Rows;
import org.ampay.store.SqlTx;
import org.ampay.store.tables.OcpiCallRecord;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The table of calls. */
final class CallStore {

  private static final int SWEPT_AT_A_TIME = 5_000;

  private final Database database;

  CallStore(Database database) {
    this.database = database;
  }

  void insert(List<CallLog.Entry> entries, IdSource ids) {
    List<Object[]> rows = entries.stream().map(entry -> row(ids.next(), entry)).toList();
    database
        .sideTransactor()
        .run(
            tx ->
                Rows.insert(
                    tx,
                    OCPI_CALL,
                    List.of(
                        OCPI_CALL.ID,
                        OCPI_CALL.OPERATOR_ID,
                        OCPI_CALL.PARTNER_ID,
                        OCPI_CALL.AT,
                        OCPI_CALL.DIRECTION,
                        OCPI_CALL.METHOD,
                        OCPI_CALL.URL,
                        OCPI_CALL.HTTP,
                        OCPI_CALL.STATUS,
                        OCPI_CALL.MILLIS,
                        OCPI_CALL.REQUEST_ID,
                        OCPI_CALL.CORRELATION_ID,
                        OCPI_CALL.NOTE,
                        OCPI_CALL.BODY),
                    rows));
  }

  private static Object[] row(long id, CallLog.Entry entry) {
    return new Object[] {
      id,
      entry.partner().operatorId(),
      entry.partner().id(),
      entry.at(),
      entry.direction().name().toLowerCase(Locale.ROOT),
      LogText.cut(entry.method(), 10),
      LogText.cut(entry.url(), 500),
      entry.answer().http(),
      entry.answer().status(),
      entry.answer().millis(),
      filled(LogText.cut(entry.requestId(), 64)),
      filled(LogText.cut(entry.correlationId(), 64)),
      filled(LogText.cut(entry.answer().note(), 1_000)),
      filled(LogText.cut(entry.body(), 4_000))
    };
  }

  private static @Nullable String filled(String text) {
    return text.isEmpty() ? null : text;
  }

  List<StoredCall> list(long operatorId, long partnerId, CallQuery query, long before, int limit) {
    Condition direction =
        query.direction() == null
            ? DSL.noCondition()
            : OCPI_CALL.DIRECTION.eq(query.direction().name().toLowerCase(Locale.ROOT));
    Condition errors =
        query.errorsOnly()
            ? OCPI_CALL.STATUS.isNull().or(OCPI_CALL.STATUS.notBetween(1_000, 1_999))
            : DSL.noCondition();
    return database
        .dsl()
        .selectFrom(OCPI_CALL)
        .where(OCPI_CALL.PARTNER_ID.eq(partnerId))
        .and(OCPI_CALL.OPERATOR_ID.eq(operatorId))
        .and(OCPI_CALL.ID.lt(before))
        .and(direction)
        .and(errors)
        .orderBy(OCPI_CALL.ID.desc())
        .limit(limit)
        .fetch(CallStore::stored);
  }

  private static StoredCall stored(OcpiCallRecord r) {
    return new StoredCall(
        r.getId(),
        r.getPartnerId(),
        r.getAt(),
        CallLog.Direction.valueOf(r.getDirection().toUpperCase(Locale.ROOT)),
        r.getMethod(),
        r.getUrl(),
        new CallLog.Answer(
            r.getHttp(), r.getStatus(), r.getMillis(), Objects.requireNonNullElse(r.getNote(), "")),
        r.getRequestId(),
        r.getCorrelationId(),
        r.getBody());
  }

  /** Deletes some of what is older; true when there may be more. */
  boolean sweep(Instant before) {
    int gone =
        database
            .sideTransactor()
            .call(
                tx ->
                    SqlTx.of(tx)
                        .dsl()
                        .deleteFrom(OCPI_CALL)
                        .where(OCPI_CALL.AT.lt(before))
                        .limit(SWEPT_AT_A_TIME)
                        .execute());
    return gone == SWEPT_AT_A_TIME;
  }
}
