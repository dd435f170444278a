package org.ampay.power;

import static org.ampay.store.tables.Tables.PROFILE_QUERY;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.station.StationInfo;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Record;

/** What stations were asked about their profiles. */
final class QueryStore {

  /** Where a query stands. */
  enum State {
    ASKED,
    RECEIVING,
    COMPLETE,
    NONE,
    FAILED;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final Database database;

  QueryStore(Database database) {
    this.database = database;
  }

  static void insert(
      Tx tx, long id, StationInfo station, int requestId, String criteria, Instant at) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(PROFILE_QUERY)
        .set(PROFILE_QUERY.ID, id)
        .set(PROFILE_QUERY.OPERATOR_ID, station.operatorId())
        .set(PROFILE_QUERY.STATION_ID, station.id())
        .set(PROFILE_QUERY.REQUEST_ID, requestId)
        .set(PROFILE_QUERY.CRITERIA, criteria)
        .set(PROFILE_QUERY.STATE, State.ASKED.word())
        .set(PROFILE_QUERY.PROFILES, 0)
        .set(PROFILE_QUERY.CREATED_AT, at)
        .execute();
  }

  /** Adds reported profiles to the newest query of that request; empty when nobody asked. */
  static Optional<ProfileQuery> part(
      Tx tx, long stationId, int requestId, int profiles, boolean last, Instant at) {
    Optional<ProfileQuery> found =
        SqlTx.of(tx)
            .dsl()
            .selectFrom(PROFILE_QUERY)
            .where(PROFILE_QUERY.STATION_ID.eq(stationId))
            .and(PROFILE_QUERY.REQUEST_ID.eq(requestId))
            .orderBy(PROFILE_QUERY.ID.desc())
            .limit(1)
            .forUpdate()
            .fetchOptional(QueryStore::query);
    found.ifPresent(
        query ->
            SqlTx.of(tx)
                .dsl()
                .update(PROFILE_QUERY)
                .set(PROFILE_QUERY.PROFILES, query.profiles() + profiles)
                .set(PROFILE_QUERY.STATE, last ? State.COMPLETE.word() : State.RECEIVING.word())
                .set(PROFILE_QUERY.FINISHED_AT, last ? at : null)
                .where(PROFILE_QUERY.ID.eq(query.id()))
                .execute());
    return found;
  }

  /** It came to nothing. */
  static void end(Tx tx, long id, State state, Instant at) {
    SqlTx.of(tx)
        .dsl()
        .update(PROFILE_QUERY)
        .set(PROFILE_QUERY.STATE, state.word())
        .set(PROFILE_QUERY.FINISHED_AT, at)
        .where(PROFILE_QUERY.ID.eq(id))
        .execute();
  }

  List<ProfileQuery> newest(long stationId, int limit) {
    return database
        .dsl()
        .selectFrom(PROFILE_QUERY)
        .where(PROFILE_QUERY.STATION_ID.eq(stationId))
        .orderBy(PROFILE_QUERY.ID.desc())
        .limit(limit)
        .fetch(QueryStore::query);
  }

  static void deleteBefore(Tx tx, Instant time, int limit) {
    SqlTx.of(tx)
        .dsl()
        .deleteFrom(PROFILE_QUERY)
        .where(PROFILE_QUERY.CREATED_AT.lt(time))
        .limit(limit)
        .execute();
  }

  private static ProfileQuery query(Record r) {
    return new ProfileQuery(
        r.get(PROFILE_QUERY.ID),
        r.get(PROFILE_QUERY.REQUEST_ID),
        r.get(PROFILE_QUERY.CRITERIA),
        r.get(PROFILE_QUERY.STATE),
        r.get(PROFILE_QUERY.PROFILES),
        r.get(PROFILE_QUERY.CREATED_AT),
        r.get(PROFILE_QUERY.FINISHED_AT));
  }
}
