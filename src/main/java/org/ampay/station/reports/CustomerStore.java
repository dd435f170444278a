package org.ampay.station.reports;

import static org.ampay.store.tables.Tables.CUSTOMER_INFORMATION;
import static org.ampay.store.tables.Tables.CUSTOMER_INFORMATION_PART;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.station.StationInfo;
import org.ampay.station.reports.ReportStore.Fact;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** What stations know of customers: personal data, which ends by itself. */
final class CustomerStore {

  /** Parts of one report that are kept; 512 characters each. */
  private static final int MOST_PARTS = 2_000;

  private final Database database;

  CustomerStore(Database database) {
    this.database = database;
  }

  static void insert(
      Tx tx, long id, StationInfo station, Sent.Customer sent, Instant at, Instant expiresAt) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(CUSTOMER_INFORMATION)
        .set(CUSTOMER_INFORMATION.ID, id)
        .set(CUSTOMER_INFORMATION.OPERATOR_ID, station.operatorId())
        .set(CUSTOMER_INFORMATION.STATION_ID, station.id())
        .set(CUSTOMER_INFORMATION.REQUEST_ID, sent.requestId())
        .set(CUSTOMER_INFORMATION.NAMED_BY, sent.namedBy())
        .set(CUSTOMER_INFORMATION.CUSTOMER, sent.customer())
        .set(CUSTOMER_INFORMATION.REPORT, sent.report())
        .set(CUSTOMER_INFORMATION.CLEAR, sent.clear())
        .set(CUSTOMER_INFORMATION.STATE, OperationState.SENT.word())
        .set(CUSTOMER_INFORMATION.CREATED_AT, at)
        .set(CUSTOMER_INFORMATION.EXPIRES_AT, expiresAt)
        .execute();
  }

  /** A part may come before the answer to the request: both only ever move the state on. */
  static void answered(
      Tx tx, long id, OperationState state, String status, @Nullable Instant completedAt) {
    SqlTx.of(tx)
        .dsl()
        .update(CUSTOMER_INFORMATION)
        .set(CUSTOMER_INFORMATION.STATE, state.word())
        .set(CUSTOMER_INFORMATION.STATUS, status)
        .set(CUSTOMER_INFORMATION.COMPLETED_AT, completedAt)
        .where(CUSTOMER_INFORMATION.ID.eq(id))
        .and(CUSTOMER_INFORMATION.STATE.ne(OperationState.DONE.word()))
        .execute();
  }

  static void reported(Tx tx, Fact fact, Report.Customer part) {
    DSLContext dsl = SqlTx.of(tx).dsl();
    Long id =
        dsl.select(CUSTOMER_INFORMATION.ID)
            .from(CUSTOMER_INFORMATION)
            .where(CUSTOMER_INFORMATION.STATION_ID.eq(fact.station().id()))
            .and(CUSTOMER_INFORMATION.REQUEST_ID.eq(part.requestId()))
            .orderBy(CUSTOMER_INFORMATION.ID.desc())
            .limit(1)
            .forUpdate()
            .fetchOne(CUSTOMER_INFORMATION.ID);
    if (id == null || part.seqNo() < 0 || part.seqNo() >= MOST_PARTS) {
      return; // personal data that nobody asked for is not kept; the message log knows of it
    }
    dsl.insertInto(CUSTOMER_INFORMATION_PART)
        .set(CUSTOMER_INFORMATION_PART.INFORMATION_ID, id)
        .set(CUSTOMER_INFORMATION_PART.SEQ_NO, part.seqNo())
        .set(CUSTOMER_INFORMATION_PART.GENERATED_AT, ReportStore.storable(part.generatedAt()))
        .set(CUSTOMER_INFORMATION_PART.DATA, part.data())
        .onDuplicateKeyUpdate()
        .set(CUSTOMER_INFORMATION_PART.DATA, part.data())
        .execute();
    if (!part.more()) {
      dsl.update(CUSTOMER_INFORMATION)
          .set(CUSTOMER_INFORMATION.STATE, OperationState.DONE.word())
          .set(CUSTOMER_INFORMATION.COMPLETED_AT, fact.at())
          .where(CUSTOMER_INFORMATION.ID.eq(id))
          .execute();
    }
  }

  Optional<CustomerRow> find(long operatorId, long id, Instant now) {
    return database
        .dsl()
        .selectFrom(CUSTOMER_INFORMATION)
        .where(CUSTOMER_INFORMATION.ID.eq(id))
        .and(CUSTOMER_INFORMATION.OPERATOR_ID.eq(operatorId))
        .and(CUSTOMER_INFORMATION.EXPIRES_AT.gt(now))
        .fetchOptional(r -> row(r, data(r.getId())));
  }

  /** Without their data. */
  List<CustomerRow> ofStation(long stationId, long beforeId, int limit, Instant now) {
    return database
        .dsl()
        .selectFrom(CUSTOMER_INFORMATION)
        .where(CUSTOMER_INFORMATION.STATION_ID.eq(stationId))
        .and(CUSTOMER_INFORMATION.ID.lt(beforeId))
        .and(CUSTOMER_INFORMATION.EXPIRES_AT.gt(now))
        .orderBy(CUSTOMER_INFORMATION.ID.desc())
        .limit(limit)
        .fetch(r -> row(r, ""));
  }

  private String data(long id) {
    return String.join(
        "",
        database
            .dsl()
            .select(CUSTOMER_INFORMATION_PART.DATA)
            .from(CUSTOMER_INFORMATION_PART)
            .where(CUSTOMER_INFORMATION_PART.INFORMATION_ID.eq(id))
            .orderBy(CUSTOMER_INFORMATION_PART.SEQ_NO)
            .fetch(CUSTOMER_INFORMATION_PART.DATA));
  }

  boolean delete(long operatorId, long id) {
    return database
        .transactor()
        .call(
            tx -> {
              DSLContext dsl = SqlTx.of(tx).dsl();
              int rows =
                  dsl.deleteFrom(CUSTOMER_INFORMATION)
                      .where(CUSTOMER_INFORMATION.ID.eq(id))
                      .and(CUSTOMER_INFORMATION.OPERATOR_ID.eq(operatorId))
                      .execute();
              if (rows == 1) {
                dsl.deleteFrom(CUSTOMER_INFORMATION_PART)
                    .where(CUSTOMER_INFORMATION_PART.INFORMATION_ID.eq(id))
                    .execute();
              }
              return rows == 1;
            });
  }

  void deleteEnded(Instant now, int limit) {
    List<Long> ended =
        database
            .dsl()
            .select(CUSTOMER_INFORMATION.ID)
            .from(CUSTOMER_INFORMATION)
            .where(CUSTOMER_INFORMATION.EXPIRES_AT.le(now))
            .limit(limit)
            .fetch(CUSTOMER_INFORMATION.ID);
    if (!ended.isEmpty()) {
      database
          .transactor()
          .run(
              tx -> {
                DSLContext dsl = SqlTx.of(tx).dsl();
                dsl.deleteFrom(CUSTOMER_INFORMATION_PART)
                    .where(CUSTOMER_INFORMATION_PART.INFORMATION_ID.in(ended))
                    .execute();
                dsl.deleteFrom(CUSTOMER_INFORMATION)
                    .where(CUSTOMER_INFORMATION.ID.in(ended))
                    .execute();
              });
    }
  }

  private static CustomerRow row(Record r, String data) {
    return new CustomerRow(
        r.get(CUSTOMER_INFORMATION.ID),
        r.get(CUSTOMER_INFORMATION.STATION_ID),
        r.get(CUSTOMER_INFORMATION.REQUEST_ID),
        r.get(CUSTOMER_INFORMATION.NAMED_BY),
        r.get(CUSTOMER_INFORMATION.CUSTOMER),
        r.get(CUSTOMER_INFORMATION.REPORT),
        r.get(CUSTOMER_INFORMATION.CLEAR),
        OperationState.of(r.get(CUSTOMER_INFORMATION.STATE)),
        r.get(CUSTOMER_INFORMATION.STATUS),
        r.get(CUSTOMER_INFORMATION.CREATED_AT),
        r.get(CUSTOMER_INFORMATION.COMPLETED_AT),
        r.get(CUSTOMER_INFORMATION.EXPIRES_AT),
        data);
  }
}
