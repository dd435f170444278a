package org.ampay.station.device;

import static org.ampay.store.tables.Tables.DEVICE_REPORT;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.base.IdSource;
import org.ampay.station.StationInfo;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The reports that stations were asked for, and what has come of each. */
final class ReportStore {

  /** Reports of one station; older ones are forgotten, what they told stays. */
  static final int MOST_REPORTS = 50;

  /** A part belongs to no report that began before this. */
  private static final Duration PATIENCE = Duration.ofDays(1);

  /** A report with what has come of it. */
  record Open(ReportRow row, SeqNumbers seqs) {}

  private final IdSource ids;

  ReportStore(IdSource ids) {
    this.ids = ids;
  }

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  /** The newest report of that request. */
  Optional<Open> find(Tx tx, long stationId, String kind, long requestId, Instant now) {
    return dsl(tx)
        .selectFrom(DEVICE_REPORT)
        .where(DEVICE_REPORT.STATION_ID.eq(stationId))
        .and(DEVICE_REPORT.KIND.eq(kind))
        .and(DEVICE_REPORT.REQUEST_ID.eq(requestId))
        .and(DEVICE_REPORT.STARTED_AT.gt(now.minus(PATIENCE)))
        .orderBy(DEVICE_REPORT.ID.desc())
        .limit(1)
        .fetchOptional(
            r ->
                new Open(
                    row(r),
                    new SeqNumbers(r.get(DEVICE_REPORT.RECEIVED), r.get(DEVICE_REPORT.LAST_SEQ))));
  }

  /** Begins a report. */
  Open begin(Tx tx, StationInfo station, String kind, long requestId, String asked, Instant now) {
    long id = ids.next();
    dsl(tx)
        .insertInto(DEVICE_REPORT)
        .set(DEVICE_REPORT.ID, id)
        .set(DEVICE_REPORT.OPERATOR_ID, station.operatorId())
        .set(DEVICE_REPORT.STATION_ID, station.id())
        .set(DEVICE_REPORT.KIND, kind)
        .set(DEVICE_REPORT.REQUEST_ID, requestId)
        .set(DEVICE_REPORT.ASKED, asked)
        .set(DEVICE_REPORT.STATE, "asked")
        .set(DEVICE_REPORT.PARTS, 0)
        .set(DEVICE_REPORT.RECEIVED, new byte[0])
        .set(DEVICE_REPORT.ITEMS, 0)
        .set(DEVICE_REPORT.STARTED_AT, now)
        .execute();
    trim(tx, station.id());
    return new Open(
        new ReportRow(id, kind, requestId, asked, "asked", null, 0, 0, now, null), SeqNumbers.NONE);
  }

  private static void trim(Tx tx, long stationId) {
    List<Long> kept =
        dsl(tx)
            .select(DEVICE_REPORT.ID)
            .from(DEVICE_REPORT)
            .where(DEVICE_REPORT.STATION_ID.eq(stationId))
            .orderBy(DEVICE_REPORT.ID.desc())
            .limit(MOST_REPORTS)
            .fetch(DEVICE_REPORT.ID);
    if (kept.size() == MOST_REPORTS) {
      dsl(tx)
          .deleteFrom(DEVICE_REPORT)
          .where(DEVICE_REPORT.STATION_ID.eq(stationId))
          .and(DEVICE_REPORT.ID.lt(kept.getLast()))
          .execute();
    }
  }

  /** What the station answered to the request. */
  void answered(Tx tx, long id, String asked, String answer, String state) {
    dsl(tx)
        .update(DEVICE_REPORT)
        .set(DEVICE_REPORT.ASKED, asked)
        .set(DEVICE_REPORT.ANSWER, answer)
        .set(DEVICE_REPORT.STATE, state)
        .where(DEVICE_REPORT.ID.eq(id))
        .execute();
  }

  /** A part came. */
  void received(Tx tx, Open report, SeqNumbers seqs, int items, Instant now) {
    dsl(tx)
        .update(DEVICE_REPORT)
        .set(DEVICE_REPORT.STATE, seqs.complete() ? "complete" : "receiving")
        .set(DEVICE_REPORT.PARTS, seqs.count())
        .set(DEVICE_REPORT.LAST_SEQ, seqs.last())
        .set(DEVICE_REPORT.RECEIVED, seqs.bits())
        .set(DEVICE_REPORT.ITEMS, report.row().items() + items)
        .set(DEVICE_REPORT.COMPLETED_AT, seqs.complete() ? now : report.row().completedAt())
        .where(DEVICE_REPORT.ID.eq(report.row().id()))
        .execute();
  }

  static ReportRow row(Record r) {
    return new ReportRow(
        r.get(DEVICE_REPORT.ID),
        r.get(DEVICE_REPORT.KIND),
        r.get(DEVICE_REPORT.REQUEST_ID),
        r.get(DEVICE_REPORT.ASKED),
        r.get(DEVICE_REPORT.STATE),
        r.get(DEVICE_REPORT.ANSWER),
        r.get(DEVICE_REPORT.PARTS),
        r.get(DEVICE_REPORT.ITEMS),
        r.get(DEVICE_REPORT.STARTED_AT),
        r.get(DEVICE_REPORT.COMPLETED_AT));
  }
}
