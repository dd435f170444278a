package org.ampay.power;

import static org.ampay.store.tables.Tables.CHARGING_PROFILE;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.ampay.power.Profile.Purpose;
import org.ampay.station.StationInfo;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** The profiles of stations. */
final class ProfileStore {

  private static final int MAX_REASON = 300;
  private static final int MAX_PRESENT = 1_000;
  static final String OURS = "CSO";

  private final Database database;

  ProfileStore(Database database) {
    this.database = database;
  }

  /** What a station has or may have. */
  List<PlacedProfile> present(long stationId) {
    return database
        .dsl()
        .selectFrom(CHARGING_PROFILE)
        .where(CHARGING_PROFILE.STATION_ID.eq(stationId))
        .and(
            CHARGING_PROFILE.STATE.in(
                ProfileState.PRESENT.stream().map(ProfileState::word).toList()))
        .orderBy(CHARGING_PROFILE.EVSE_NO, CHARGING_PROFILE.PROFILE_ID)
        .limit(MAX_PRESENT)
        .fetch(ProfileStore::placed);
  }

  /** The newest ones, in any state. */
  List<PlacedProfile> newest(long stationId, long beforeId, int limit) {
    return database
        .dsl()
        .selectFrom(CHARGING_PROFILE)
        .where(CHARGING_PROFILE.STATION_ID.eq(stationId))
        .and(CHARGING_PROFILE.ID.lt(beforeId))
        .orderBy(CHARGING_PROFILE.ID.desc())
        .limit(limit)
        .fetch(ProfileStore::placed);
  }

  /** An id that no profile of the station ever had. */
  int freeId(long stationId) {
    var highest = org.jooq.impl.DSL.max(CHARGING_PROFILE.PROFILE_ID);
    Integer found =
        database
            .dsl()
            .select(highest)
            .from(CHARGING_PROFILE)
            .where(CHARGING_PROFILE.STATION_ID.eq(stationId))
            .and(CHARGING_PROFILE.PROFILE_ID.lt(Integer.MAX_VALUE))
            .fetchOne(highest);
    return found == null || found < 1 ? 1 : found + 1;
  }

  static void insert(Tx tx, long id, StationInfo station, PlacedProfile row, long queryId) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(CHARGING_PROFILE)
        .set(CHARGING_PROFILE.ID, id)
        .set(CHARGING_PROFILE.OPERATOR_ID, station.operatorId())
        .set(CHARGING_PROFILE.STATION_ID, station.id())
        .set(CHARGING_PROFILE.EVSE_NO, row.evseNo())
        .set(CHARGING_PROFILE.PROFILE_ID, row.profileId())
        .set(CHARGING_PROFILE.STACK_LEVEL, row.stackLevel())
        .set(CHARGING_PROFILE.PURPOSE, row.purpose().word())
        .set(CHARGING_PROFILE.VALID_FROM, row.validFrom())
        .set(CHARGING_PROFILE.VALID_TO, row.validTo())
        .set(CHARGING_PROFILE.TRANSACTION_ID, row.transactionId())
        .set(CHARGING_PROFILE.SOURCE, row.source())
        .set(CHARGING_PROFILE.STATE, row.state().word())
        .set(CHARGING_PROFILE.REASON, cut(row.reason()))
        .set(CHARGING_PROFILE.PROFILE, row.json())
        .set(CHARGING_PROFILE.QUERY_ID, queryId)
        .set(CHARGING_PROFILE.CREATED_AT, row.changedAt())
        .set(CHARGING_PROFILE.CHANGED_AT, row.changedAt())
        .execute();
  }

  /** The row as it is to be stored for a profile. */
  static PlacedProfile row(
      int evseNo, Profile profile, String source, ProfileState state, String json, Instant at) {
    return new PlacedProfile(
        0,
        evseNo,
        profile.id(),
        profile.stackLevel(),
        profile.purpose(),
        profile.validFrom(),
        profile.validTo(),
        profile.transactionId(),
        source,
        state,
        null,
        json,
        at);
  }

  static void move(
      Tx tx, Collection<Long> ids, ProfileState state, @Nullable String reason, Instant at) {
    if (!ids.isEmpty()) {
      SqlTx.of(tx)
          .dsl()
          .update(CHARGING_PROFILE)
          .set(CHARGING_PROFILE.STATE, state.word())
          .set(CHARGING_PROFILE.REASON, cut(reason))
          .set(CHARGING_PROFILE.CHANGED_AT, at)
          .where(CHARGING_PROFILE.ID.in(ids))
          .execute();
    }
  }

  /** Those of the same id that another one takes the place of. */
  static void replaced(Tx tx, long stationId, int profileId, long exceptId, Instant at) {
    SqlTx.of(tx)
        .dsl()
        .update(CHARGING_PROFILE)
        .set(CHARGING_PROFILE.STATE, ProfileState.REPLACED.word())
        .set(CHARGING_PROFILE.CHANGED_AT, at)
        .where(present(stationId, profileId))
        .and(CHARGING_PROFILE.ID.ne(exceptId))
        .execute();
  }

  /** The row of a reported profile that is exactly as we know it; its id. */
  static Optional<Long> same(Tx tx, long stationId, PlacedProfile row) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(CHARGING_PROFILE)
        .where(present(stationId, row.profileId()))
        .orderBy(CHARGING_PROFILE.ID.desc())
        .forUpdate()
        .fetch(ProfileStore::placed)
        .stream()
        .filter(
            known ->
                known.evseNo() == row.evseNo()
                    && known.purpose() == row.purpose()
                    && known.source().equals(row.source())
                    && known.stackLevel() == row.stackLevel())
        .map(PlacedProfile::id)
        .findFirst();
  }

  static void reported(Tx tx, long id, String json, long queryId, Instant at) {
    SqlTx.of(tx)
        .dsl()
        .update(CHARGING_PROFILE)
        .set(CHARGING_PROFILE.STATE, ProfileState.ACCEPTED.word())
        .set(CHARGING_PROFILE.PROFILE, json)
        .set(CHARGING_PROFILE.QUERY_ID, queryId)
        .set(CHARGING_PROFILE.CHANGED_AT, at)
        .where(CHARGING_PROFILE.ID.eq(id))
        .execute();
  }

  /** Those that a station should have and did not report. */
  static List<PlacedProfile> unreported(Tx tx, long stationId, long queryId, Instant before) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(CHARGING_PROFILE)
        .where(CHARGING_PROFILE.STATION_ID.eq(stationId))
        .and(CHARGING_PROFILE.STATE.in(ProfileState.ACCEPTED.word(), ProfileState.UNKNOWN.word()))
        .and(CHARGING_PROFILE.QUERY_ID.ne(queryId))
        .and(CHARGING_PROFILE.CHANGED_AT.le(before))
        .fetch(ProfileStore::placed);
  }

  /** At the start: whether these arrived before the server ended, nobody knows. */
  static void forgetRequested(Tx tx, Instant at) {
    SqlTx.of(tx)
        .dsl()
        .update(CHARGING_PROFILE)
        .set(CHARGING_PROFILE.STATE, ProfileState.UNKNOWN.word())
        .set(CHARGING_PROFILE.CHANGED_AT, at)
        .where(CHARGING_PROFILE.STATE.eq(ProfileState.REQUESTED.word()))
        .execute();
  }

  static void deleteBefore(Tx tx, Instant time, int limit) {
    SqlTx.of(tx)
        .dsl()
        .deleteFrom(CHARGING_PROFILE)
        .where(CHARGING_PROFILE.CHANGED_AT.lt(time))
        .and(
            CHARGING_PROFILE.STATE.notIn(
                ProfileState.PRESENT.stream().map(ProfileState::word).toList()))
        .limit(limit)
        .execute();
  }

  private static Condition present(long stationId, int profileId) {
    return CHARGING_PROFILE
        .STATION_ID
        .eq(stationId)
        .and(CHARGING_PROFILE.PROFILE_ID.eq(profileId))
        .and(
            CHARGING_PROFILE.STATE.in(
                ProfileState.PRESENT.stream().map(ProfileState::word).toList()));
  }

  static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON);
  }

  private static PlacedProfile placed(Record r) {
    return new PlacedProfile(
        r.get(CHARGING_PROFILE.ID),
        r.get(CHARGING_PROFILE.EVSE_NO),
        r.get(CHARGING_PROFILE.PROFILE_ID),
        r.get(CHARGING_PROFILE.STACK_LEVEL),
        Purpose.of(r.get(CHARGING_PROFILE.PURPOSE)),
        r.get(CHARGING_PROFILE.VALID_FROM),
        r.get(CHARGING_PROFILE.VALID_TO),
        r.get(CHARGING_PROFILE.TRANSACTION_ID),
        r.get(CHARGING_PROFILE.SOURCE),
        ProfileState.of(r.get(CHARGING_PROFILE.STATE)),
        r.get(CHARGING_PROFILE.REASON),
        r.get(CHARGING_PROFILE.PROFILE),
        r.get(CHARGING_PROFILE.CHANGED_AT));
  }
}
