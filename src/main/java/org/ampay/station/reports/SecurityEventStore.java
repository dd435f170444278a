package org.ampay.station.reports;

import static org.ampay.store.tables.Tables.SECURITY_EVENT;
import static org.ampay.store.tables.Tables.STATION;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** Reads the table of security events. */
final class SecurityEventStore {

  private static final int MOST_TYPES = 200;

  private final Database database;

  SecurityEventStore(Database database) {
    this.database = database;
  }

  List<SecurityRow> list(SecurityLog.Filter filter, long beforeId, int limit) {
    List<Condition> all = new ArrayList<>();
    all.add(SECURITY_EVENT.OPERATOR_ID.eq(filter.operatorId()));
    all.add(SECURITY_EVENT.ID.lt(beforeId));
    filter.stationId().ifPresent(id -> all.add(SECURITY_EVENT.STATION_ID.eq(id)));
    filter.type().ifPresent(type -> all.add(SECURITY_EVENT.TYPE.eq(type)));
    filter.from().ifPresent(from -> all.add(SECURITY_EVENT.RECEIVED_AT.ge(from)));
    filter.to().ifPresent(to -> all.add(SECURITY_EVENT.RECEIVED_AT.lt(to)));
    if (filter.criticalOnly()) {
      all.add(SECURITY_EVENT.CRITICAL.isTrue());
    }
    return database
        .dsl()
        .select(SECURITY_EVENT.asterisk(), STATION.IDENTITY)
        .from(SECURITY_EVENT)
        .leftJoin(STATION)
        .on(STATION.ID.eq(SECURITY_EVENT.STATION_ID))
        .where(DSL.and(all))
        .orderBy(SECURITY_EVENT.ID.desc())
        .limit(limit)
        .fetch(
            r -> {
              String station = r.get(STATION.IDENTITY);
              return new SecurityRow(
                  r.get(SECURITY_EVENT.ID),
                  station == null ? "" : station,
                  r.get(SECURITY_EVENT.TYPE),
                  r.get(SECURITY_EVENT.CRITICAL),
                  r.get(SECURITY_EVENT.AT),
                  r.get(SECURITY_EVENT.RECEIVED_AT),
                  r.get(SECURITY_EVENT.TECH_INFO));
            });
  }

  List<String> types(long operatorId) {
    return database
        .dsl()
        .selectDistinct(SECURITY_EVENT.TYPE)
        .from(SECURITY_EVENT)
        .where(SECURITY_EVENT.OPERATOR_ID.eq(operatorId))
        .orderBy(SECURITY_EVENT.TYPE)
        .limit(MOST_TYPES)
        .fetch(SECURITY_EVENT.TYPE);
  }

  void deleteBefore(Instant end, int limit) {
    database
        .transactor()
        .run(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .deleteFrom(SECURITY_EVENT)
                    .where(SECURITY_EVENT.RECEIVED_AT.lt(end))
                    .limit(limit)
                    .execute());
  }
}
