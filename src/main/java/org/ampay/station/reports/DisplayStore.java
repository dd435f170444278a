package org.ampay.station.reports;

import static org.ampay.store.tables.Tables.DISPLAY_MESSAGE;
import static org.ampay.store.tables.Tables.STATION_OPERATION;

import java.time.Instant;
import java.util.List;
import org.ampay.station.StationInfo;
import org.ampay.station.reports.ReportStore.Fact;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** The messages on stations' displays. */
final class DisplayStore {

  /** What is stored of a display query that asked for every message. */
  static final String WHOLE = "all";

  private final Database database;

  DisplayStore(Database database) {
    this.database = database;
  }

  /** A part of the answer to GetDisplayMessages. */
  static void reported(Tx tx, Fact fact, Report.Displays displays) {
    DSLContext dsl = SqlTx.of(tx).dsl();
    Record query =
        dsl.select(STATION_OPERATION.ID, STATION_OPERATION.DETAIL)
            .from(STATION_OPERATION)
            .where(STATION_OPERATION.STATION_ID.eq(fact.station().id()))
            .and(STATION_OPERATION.KIND.eq(OperationKind.DISPLAY.word()))
            .and(STATION_OPERATION.REQUEST_ID.eq(displays.requestId()))
            .orderBy(STATION_OPERATION.CREATED_AT.desc(), STATION_OPERATION.ID.desc())
            .limit(1)
            .forUpdate()
            .fetchOne();
    Long queryId = query == null ? null : query.get(STATION_OPERATION.ID);
    for (DisplayMessage message : displays.messages()) {
      put(tx, fact.station(), message, "set", "", queryId, fact.at());
    }
    ReportStore.event(
        tx,
        fact,
        new ReportStore.Event(
            OperationKind.DISPLAY,
            displays.requestId(),
            displays.more() ? "Part" : "Complete",
            displays.messages().size() + " messages"),
        queryId);
    if (query != null && queryId != null && !displays.more()) {
      if (query.get(STATION_OPERATION.DETAIL).equals(WHOLE)) {
        gone(tx, fact.station().id(), queryId, fact.at());
      }
      dsl.update(STATION_OPERATION)
          .set(STATION_OPERATION.STATE, OperationState.DONE.word())
          .set(STATION_OPERATION.STATUS, "Complete")
          .set(STATION_OPERATION.CHANGED_AT, fact.at())
          .where(STATION_OPERATION.ID.eq(queryId))
          .execute();
    }
  }

  /** What a query for everything did not report is no longer there; no query: nothing is there. */
  static void gone(Tx tx, long stationId, @Nullable Long queryId, Instant at) {
    SqlTx.of(tx)
        .dsl()
        .update(DISPLAY_MESSAGE)
        .set(DISPLAY_MESSAGE.STATE, "gone")
        .set(DISPLAY_MESSAGE.CHANGED_AT, at)
        .where(DISPLAY_MESSAGE.STATION_ID.eq(stationId))
        .and(DISPLAY_MESSAGE.STATE.eq("set"))
        .and(
            queryId == null
                ? org.jooq.impl.DSL.noCondition()
                : DISPLAY_MESSAGE.SEEN_BY.isNull().or(DISPLAY_MESSAGE.SEEN_BY.ne(queryId)))
        .execute();
  }

  /**
   * Stores a message as it is now.
   *
   * @param answer of the station to setting it; empty: it reported it by itself
   */
  static void put(
      Tx tx,
      StationInfo station,
      DisplayMessage message,
      String state,
      String answer,
      @Nullable Long seenBy,
      Instant at) {
    var record = SqlTx.of(tx).dsl().newRecord(DISPLAY_MESSAGE);
    record.setStationId(station.id());
    record.setMessageId(message.id());
    record.setOperatorId(station.operatorId());
    record.setState(state);
    record.setAnswer(answer);
    record.setPriority(message.priority());
    record.setShowState(message.state());
    record.setStartAt(storable(message.startAt()));
    record.setEndAt(storable(message.endAt()));
    record.setTransactionId(message.transactionId());
    record.setFormat(message.format());
    record.setLanguage(message.language());
    record.setContent(message.content());
    record.setDisplay(message.display());
    record.setSeenBy(seenBy);
    record.setChangedAt(at);
    SqlTx.of(tx)
        .dsl()
        .insertInto(DISPLAY_MESSAGE)
        .set(record)
        .onDuplicateKeyUpdate()
        .set(record)
        .execute();
  }

  private static @Nullable Instant storable(@Nullable Instant at) {
    return at == null ? null : ReportStore.storable(at);
  }

  /** A refused message is noted only where it does not hide one that is on the display. */
  static void refused(
      Tx tx, StationInfo station, DisplayMessage message, String answer, Instant at) {
    boolean shown =
        SqlTx.of(tx)
            .dsl()
            .fetchExists(
                DISPLAY_MESSAGE,
                DISPLAY_MESSAGE
                    .STATION_ID
                    .eq(station.id())
                    .and(DISPLAY_MESSAGE.MESSAGE_ID.eq(message.id()))
                    .and(DISPLAY_MESSAGE.STATE.eq("set")));
    if (!shown) {
      put(tx, station, message, "refused", answer, null, at);
    }
  }

  static void cleared(Tx tx, long stationId, int messageId, String answer, Instant at) {
    SqlTx.of(tx)
        .dsl()
        .update(DISPLAY_MESSAGE)
        .set(DISPLAY_MESSAGE.STATE, answer.equals("Accepted") ? "cleared" : "gone")
        .set(DISPLAY_MESSAGE.ANSWER, answer)
        .set(DISPLAY_MESSAGE.CHANGED_AT, at)
        .where(DISPLAY_MESSAGE.STATION_ID.eq(stationId))
        .and(DISPLAY_MESSAGE.MESSAGE_ID.eq(messageId))
        .execute();
  }

  List<DisplayRow> of(long stationId) {
    return database
        .dsl()
        .selectFrom(DISPLAY_MESSAGE)
        .where(DISPLAY_MESSAGE.STATION_ID.eq(stationId))
        .orderBy(DISPLAY_MESSAGE.MESSAGE_ID)
        .limit(500)
        .fetch(
            r ->
                new DisplayRow(
                    new DisplayMessage(
                        r.getMessageId(),
                        r.getPriority(),
                        r.getShowState(),
                        r.getStartAt(),
                        r.getEndAt(),
                        r.getTransactionId(),
                        r.getFormat(),
                        r.getLanguage(),
                        r.getContent(),
                        r.getDisplay()),
                    r.getState(),
                    r.getAnswer(),
                    r.getChangedAt()));
  }
}
