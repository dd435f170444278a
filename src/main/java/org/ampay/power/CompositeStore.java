package org.ampay.power;

import static org.ampay.store.tables.Tables.COMPOSITE_SCHEDULE;

import java.util.List;
import org.ampay.station.StationInfo;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;

/** The last composite schedule of each EVSE. */
final class CompositeStore {

  private final Database database;

  CompositeStore(Database database) {
    this.database = database;
  }

  void put(StationInfo station, CompositeRow row) {
    database
        .transactor()
        .run(
            tx -> {
              var dsl = SqlTx.of(tx).dsl();
              dsl.deleteFrom(COMPOSITE_SCHEDULE)
                  .where(COMPOSITE_SCHEDULE.STATION_ID.eq(station.id()))
                  .and(COMPOSITE_SCHEDULE.EVSE_NO.eq(row.evseNo()))
                  .execute();
              dsl.insertInto(COMPOSITE_SCHEDULE)
                  .set(COMPOSITE_SCHEDULE.STATION_ID, station.id())
                  .set(COMPOSITE_SCHEDULE.EVSE_NO, row.evseNo())
                  .set(COMPOSITE_SCHEDULE.OPERATOR_ID, station.operatorId())
                  .set(COMPOSITE_SCHEDULE.ASKED_AT, row.asked())
                  .set(COMPOSITE_SCHEDULE.ACCEPTED, row.accepted())
                  .set(COMPOSITE_SCHEDULE.REASON, ProfileStore.cut(row.reason()))
                  .set(COMPOSITE_SCHEDULE.STARTS_AT, row.starts())
                  .set(COMPOSITE_SCHEDULE.DURATION_S, row.durationSeconds())
                  .set(COMPOSITE_SCHEDULE.RATE_UNIT, row.unit())
                  .set(COMPOSITE_SCHEDULE.PERIODS, row.periods())
                  .execute();
            });
  }

  List<CompositeRow> all(long stationId) {
    return database
        .dsl()
        .selectFrom(COMPOSITE_SCHEDULE)
        .where(COMPOSITE_SCHEDULE.STATION_ID.eq(stationId))
        .orderBy(COMPOSITE_SCHEDULE.EVSE_NO)
        .fetch(
            r ->
                new CompositeRow(
                    r.get(COMPOSITE_SCHEDULE.EVSE_NO),
                    r.get(COMPOSITE_SCHEDULE.ASKED_AT),
                    r.get(COMPOSITE_SCHEDULE.ACCEPTED),
                    r.get(COMPOSITE_SCHEDULE.REASON),
                    r.get(COMPOSITE_SCHEDULE.STARTS_AT),
                    r.get(COMPOSITE_SCHEDULE.DURATION_S),
                    r.get(COMPOSITE_SCHEDULE.RATE_UNIT),
                    r.get(COMPOSITE_SCHEDULE.PERIODS)));
  }
}
