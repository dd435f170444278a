package org.ampay.station.reports;

import static org.ampay.store.tables.Tables.OPERATION_EVENT;
import static org.ampay.store.tables.Tables.STATION;
import static org.ampay.store.tables.Tables.STATION_OPERATION;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ampay.station.StationInfo;
import org.ampay.station.reports.OperationRow.EventRow;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The table of operations and their timelines. */
final class OperationStore {

  private static final int MOST_EVENTS = 500;

  private final Database database;

  OperationStore(Database database) {
    this.database = database;
  }

  /** An operation about to be sent; {@code eventId} is its timeline's first line. */
  void begin(OperationRow row, long eventId) {
    database
        .transactor()
        .run(
            tx -> {
              DSLContext dsl = SqlTx.of(tx).dsl();
              String running =
                  dsl.select(STATION.FIRMWARE_VERSION)
                      .from(STATION)
                      .where(STATION.ID.eq(row.stationId()))
                      .fetchOne(STATION.FIRMWARE_VERSION);
              dsl.insertInto(STATION_OPERATION)
                  .set(STATION_OPERATION.ID, row.id())
                  .set(STATION_OPERATION.OPERATOR_ID, row.operatorId())
                  .set(STATION_OPERATION.STATION_ID, row.stationId())
                  .set(STATION_OPERATION.KIND, row.kind().word())
                  .set(STATION_OPERATION.ACTION, row.action())
                  .set(STATION_OPERATION.REQUEST_ID, row.requestId())
                  .set(STATION_OPERATION.STATE, row.state().word())
                  .set(STATION_OPERATION.LOCATION, row.location())
                  .set(STATION_OPERATION.PAYLOAD, row.payload())
                  .set(STATION_OPERATION.DETAIL, row.detail())
                  .set(STATION_OPERATION.FILE_ID, row.fileId())
                  .set(STATION_OPERATION.FIRMWARE_ID, row.firmwareId())
                  .set(STATION_OPERATION.TARGET_VERSION, row.targetVersion())
                  .set(STATION_OPERATION.VERSION_BEFORE, running)
                  .set(STATION_OPERATION.CREATED_AT, row.createdAt())
                  .set(STATION_OPERATION.CHANGED_AT, row.createdAt())
                  .execute();
              event(tx, eventId, row, "sent", row.action(), row.createdAt());
            });
  }

  /**
   * The answer to an operation. A status that overtook it keeps what it made of the operation.
   *
   * @param canceled the station dropped the older ones of the kind for this one
   */
  void answered(
      OperationRow row,
      long eventId,
      OperationState state,
      Sent.Answer answer,
      boolean canceled,
      Instant at) {
    database
        .transactor()
        .run(
            tx -> {
              DSLContext dsl = SqlTx.of(tx).dsl();
              String named = answer.detail().isEmpty() ? row.detail() : answer.detail();
              dsl.update(STATION_OPERATION)
                  .set(STATION_OPERATION.STATE, state.word())
                  .set(STATION_OPERATION.DETAIL, ReportStore.cut(named))
                  .set(STATION_OPERATION.STATUS, answer.status())
                  .set(STATION_OPERATION.CHANGED_AT, at)
                  .where(STATION_OPERATION.ID.eq(row.id()))
                  .and(STATION_OPERATION.STATE.eq(OperationState.SENT.word()))
                  .execute();
              event(tx, eventId, row, "answered", words(answer), at);
              if (canceled) {
                cancelOlder(dsl, row, at);
              }
            });
  }

  private static String words(Sent.Answer answer) {
    return (answer.status() + " " + answer.detail()).strip();
  }

  private static void cancelOlder(DSLContext dsl, OperationRow row, Instant at) {
    dsl.update(STATION_OPERATION)
        .set(STATION_OPERATION.STATE, OperationState.CANCELED.word())
        .set(STATION_OPERATION.CHANGED_AT, at)
        .where(STATION_OPERATION.STATION_ID.eq(row.stationId()))
        .and(STATION_OPERATION.KIND.eq(row.kind().word()))
        .and(STATION_OPERATION.ID.ne(row.id()))
        .and(
            STATION_OPERATION.STATE.in(
                OperationState.SENT.word(),
                OperationState.RUNNING.word(),
                OperationState.UNANSWERED.word()))
        .execute();
  }

  /** A file of ours has arrived: a line in the timeline of what asked for it. */
  void fileReceived(long fileId, long eventId, String words, Instant at) {
    database
        .transactor()
        .run(
            tx ->
                first(STATION_OPERATION.FILE_ID.eq(fileId).and(ofKind(OperationKind.LOG)))
                    .ifPresent(row -> event(tx, eventId, row, "file_received", words, at)));
  }

  private static void event(
      Tx tx, long id, OperationRow row, String status, String detail, Instant at) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(OPERATION_EVENT)
        .set(OPERATION_EVENT.ID, id)
        .set(OPERATION_EVENT.OPERATOR_ID, row.operatorId())
        .set(OPERATION_EVENT.STATION_ID, row.stationId())
        .set(OPERATION_EVENT.OPERATION_ID, row.id())
        .set(OPERATION_EVENT.KIND, row.kind().word())
        .set(OPERATION_EVENT.REQUEST_ID, row.requestId())
        .set(OPERATION_EVENT.STATUS, status)
        .set(OPERATION_EVENT.DETAIL, ReportStore.cut(detail))
        .set(OPERATION_EVENT.AT, at)
        .execute();
  }

  /** With its timeline. */
  Optional<OperationRow> find(long operatorId, long id) {
    return first(STATION_OPERATION.ID.eq(id).and(STATION_OPERATION.OPERATOR_ID.eq(operatorId)))
        .map(row -> row.with(events(OPERATION_EVENT.OPERATION_ID.eq(id))));
  }

  private Optional<OperationRow> first(Condition condition) {
    return fetch(condition, 1).stream().findFirst();
  }

  List<OperationRow> list(Operations.Filter filter, long beforeId, int limit) {
    List<Condition> all = new ArrayList<>();
    all.add(STATION_OPERATION.OPERATOR_ID.eq(filter.operatorId()));
    all.add(STATION_OPERATION.ID.lt(beforeId));
    filter.kind().ifPresent(kind -> all.add(ofKind(kind)));
    filter.stationId().ifPresent(id -> all.add(STATION_OPERATION.STATION_ID.eq(id)));
    filter.state().ifPresent(state -> all.add(STATION_OPERATION.STATE.eq(state.word())));
    return fetch(DSL.and(all), limit);
  }

  private static Condition ofKind(OperationKind kind) {
    return STATION_OPERATION.KIND.eq(kind.word());
  }

  /** The newest statuses of a station that belong to no operation. */
  List<EventRow> unasked(StationInfo station, OperationKind kind, int limit) {
    List<EventRow> rows =
        events(
            OPERATION_EVENT
                .STATION_ID
                .eq(station.id())
                .and(OPERATION_EVENT.KIND.eq(kind.word()))
                .and(OPERATION_EVENT.OPERATION_ID.isNull()));
    return rows.subList(Math.max(0, rows.size() - limit), rows.size());
  }

  /** Stations whose next boot tells whether their last firmware update took hold. */
  List<Long> awaitingBoot(Instant since) {
    return database
        .dsl()
        .selectDistinct(STATION_OPERATION.STATION_ID)
        .from(STATION_OPERATION)
        .where(ofKind(OperationKind.FIRMWARE))
        .and(STATION_OPERATION.CONFIRMED_AT.isNull())
        .and(STATION_OPERATION.CREATED_AT.gt(since))
        .fetch(STATION_OPERATION.STATION_ID);
  }

  private List<EventRow> events(Condition condition) {
    List<EventRow> newest =
        database
            .dsl()
            .selectFrom(OPERATION_EVENT)
            .where(condition)
            .orderBy(OPERATION_EVENT.AT.desc(), OPERATION_EVENT.ID.desc())
            .limit(MOST_EVENTS)
            .fetch(
                r ->
                    new EventRow(
                        r.getId(), r.getRequestId(), r.getStatus(), r.getDetail(), r.getAt()));
    return newest.reversed();
  }

  private List<OperationRow> fetch(Condition condition, int limit) {
    return database
        .dsl()
        .selectFrom(STATION_OPERATION)
        .where(condition)
        .orderBy(STATION_OPERATION.ID.desc())
        .limit(limit)
        .fetch()
        .map(OperationStore::row);
  }

  private static OperationRow row(Record r) {
    return new OperationRow(
        r.get(STATION_OPERATION.ID),
        r.get(STATION_OPERATION.OPERATOR_ID),
        r.get(STATION_OPERATION.STATION_ID),
        OperationKind.of(r.get(STATION_OPERATION.KIND)),
        r.get(STATION_OPERATION.ACTION),
        r.get(STATION_OPERATION.REQUEST_ID),
        OperationState.of(r.get(STATION_OPERATION.STATE)),
        emptyAsNull(r.get(STATION_OPERATION.STATUS)),
        r.get(STATION_OPERATION.LOCATION),
        r.get(STATION_OPERATION.PAYLOAD),
        r.get(STATION_OPERATION.DETAIL),
        r.get(STATION_OPERATION.FILE_ID),
        r.get(STATION_OPERATION.FIRMWARE_ID),
        r.get(STATION_OPERATION.TARGET_VERSION),
        r.get(STATION_OPERATION.VERSION_BEFORE),
        r.get(STATION_OPERATION.VERSION_AFTER),
        r.get(STATION_OPERATION.CONFIRMED_AT),
        r.get(STATION_OPERATION.CREATED_AT),
        r.get(STATION_OPERATION.CHANGED_AT),
        List.of());
  }

  private static @Nullable String emptyAsNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
