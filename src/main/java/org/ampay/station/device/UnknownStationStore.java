package org.ampay.station.device;

import static org.ampay.store.tables.Tables.STATION;
import static org.ampay.store.tables.Tables.UNKNOWN_STATION;

import java.util.List;
import org.ampay.station.device.UnknownStations.Unknown;
import org.ampay.store.Database;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** The table of unknown identities. */
final class UnknownStationStore {

  private final Database database;

  UnknownStationStore(Database database) {
    this.database = database;
  }

  private DSLContext dsl() {
    return database.dsl();
  }

  void store(List<Unknown> knocks, int most) {
    for (Unknown knock : knocks) {
      dsl()
          .insertInto(UNKNOWN_STATION)
          .set(UNKNOWN_STATION.IDENTITY, knock.identity())
          .set(UNKNOWN_STATION.REMOTE, knock.remote())
          .set(UNKNOWN_STATION.OFFERED, knock.offered())
          .set(UNKNOWN_STATION.CREDENTIALS, knock.credentials())
          .set(UNKNOWN_STATION.FIRST_SEEN, knock.firstSeen())
          .set(UNKNOWN_STATION.LAST_SEEN, knock.lastSeen())
          .set(UNKNOWN_STATION.SEEN, knock.seen())
          .onDuplicateKeyUpdate()
          .set(UNKNOWN_STATION.REMOTE, knock.remote())
          .set(UNKNOWN_STATION.OFFERED, knock.offered())
          .set(UNKNOWN_STATION.CREDENTIALS, knock.credentials())
          .set(UNKNOWN_STATION.LAST_SEEN, knock.lastSeen())
          .set(UNKNOWN_STATION.SEEN, UNKNOWN_STATION.SEEN.plus(knock.seen()))
          .execute();
    }
    dsl().deleteFrom(UNKNOWN_STATION).where(DSL.not(unknown())).execute();
    int surplus = dsl().fetchCount(UNKNOWN_STATION) - most;
    if (surplus > 0) {
      dsl().deleteFrom(UNKNOWN_STATION).orderBy(UNKNOWN_STATION.LAST_SEEN).limit(surplus).execute();
    }
  }

  /** Nobody has made a station of it meanwhile. */
  private static Condition unknown() {
    return DSL.notExists(
        DSL.selectOne().from(STATION).where(STATION.IDENTITY.eq(UNKNOWN_STATION.IDENTITY)));
  }

  List<Unknown> list(int offset, int limit) {
    return dsl()
        .selectFrom(UNKNOWN_STATION)
        .where(unknown())
        .orderBy(UNKNOWN_STATION.LAST_SEEN.desc(), UNKNOWN_STATION.IDENTITY)
        .limit(limit)
        .offset(offset)
        .fetch(
            r ->
                new Unknown(
                    r.get(UNKNOWN_STATION.IDENTITY),
                    r.get(UNKNOWN_STATION.REMOTE),
                    r.get(UNKNOWN_STATION.OFFERED),
                    r.get(UNKNOWN_STATION.CREDENTIALS),
                    r.get(UNKNOWN_STATION.FIRST_SEEN),
                    r.get(UNKNOWN_STATION.LAST_SEEN),
                    r.get(UNKNOWN_STATION.SEEN)));
  }

  int count() {
    return dsl().fetchCount(UNKNOWN_STATION, unknown());
  }

  boolean forget(String identity) {
    return dsl().deleteFrom(UNKNOWN_STATION).where(UNKNOWN_STATION.IDENTITY.eq(identity)).execute()
        == 1;
  }
}
