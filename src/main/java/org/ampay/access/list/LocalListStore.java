package org.ampay.access.list;

import static org.ampay.store.tables.Tables.LOCAL_LIST;
import static org.ampay.store.tables.Tables.LOCAL_LIST_ERASURE;
import static org.ampay.store.tables.Tables.LOCAL_LIST_POLICY;
import static org.ampay.store.tables.Tables.STATION;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ampay.station.StationInfo;
import org.ampay.store.ChangeCounter;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.LocalListRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Policies, and what stations hold. */
final class LocalListStore {

  /** A list that was right is asked after so often: stations may lose it. */
  private static final Duration TRUST = Duration.ofDays(1);

  private static final TypeReference<List<ListEntry>> ENTRIES = new TypeReference<>() {};
  private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private final Database database;
  private final ChangeCounter policies;
  private final ChangeCounter tokens;

  LocalListStore(Database database) {
    this.database = database;
    this.policies = new ChangeCounter(database, "local_lists");
    this.tokens = new ChangeCounter(database, "tokens");
  }

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  /** Grows with everything that what belongs in a list depends on. */
  long mark() {
    return policies.version() + tokens.version();
  }

  /** The nearest policy of a station; empty: nobody said anything. */
  Optional<ListPolicy> policy(StationInfo station) {
    return database
        .dsl()
        .selectFrom(LOCAL_LIST_POLICY)
        .where(LOCAL_LIST_POLICY.OPERATOR_ID.eq(station.operatorId()))
        .and(LOCAL_LIST_POLICY.STATION_ID.in(0L, station.id()))
        .and(LOCAL_LIST_POLICY.SITE_ID.in(0L, station.siteId()))
        .orderBy(LOCAL_LIST_POLICY.STATION_ID.desc(), LOCAL_LIST_POLICY.SITE_ID.desc())
        .limit(1)
        .fetchOptional(LocalListStore::policy);
  }

  Optional<ListPolicy> policy(PolicyPlace place) {
    return database
        .dsl()
        .selectFrom(LOCAL_LIST_POLICY)
        .where(at(place))
        .fetchOptional(LocalListStore::policy);
  }

  private static Condition at(PolicyPlace place) {
    return LOCAL_LIST_POLICY
        .OPERATOR_ID
        .eq(place.operatorId())
        .and(LOCAL_LIST_POLICY.SITE_ID.eq(place.siteId()))
        .and(LOCAL_LIST_POLICY.STATION_ID.eq(place.stationId()));
  }

  void put(Tx tx, PolicyPlace place, ListPolicy policy, Instant now) {
    dsl(tx)
        .insertInto(LOCAL_LIST_POLICY)
        .set(LOCAL_LIST_POLICY.OPERATOR_ID, place.operatorId())
        .set(LOCAL_LIST_POLICY.SITE_ID, place.siteId())
        .set(LOCAL_LIST_POLICY.STATION_ID, place.stationId())
        .set(LOCAL_LIST_POLICY.MODE, policy.mode().word())
        .set(LOCAL_LIST_POLICY.GROUP_LIST, json(policy.groups()))
        .set(LOCAL_LIST_POLICY.TOKEN_LIST, json(policy.tokens()))
        .set(LOCAL_LIST_POLICY.CHANGED_AT, now)
        .onDuplicateKeyUpdate()
        .set(LOCAL_LIST_POLICY.MODE, policy.mode().word())
        .set(LOCAL_LIST_POLICY.GROUP_LIST, json(policy.groups()))
        .set(LOCAL_LIST_POLICY.TOKEN_LIST, json(policy.tokens()))
        .set(LOCAL_LIST_POLICY.CHANGED_AT, now)
        .execute();
    changed(tx, place);
  }

  void remove(Tx tx, PolicyPlace place) {
    dsl(tx).deleteFrom(LOCAL_LIST_POLICY).where(at(place)).execute();
    changed(tx, place);
  }

  /** Keeps a token away from a station's list, which is out of date from now on. */
  void erase(Tx tx, StationInfo station, String uidKey, Instant now) {
    dsl(tx)
        .insertInto(LOCAL_LIST_ERASURE)
        .set(LOCAL_LIST_ERASURE.STATION_ID, station.id())
        .set(LOCAL_LIST_ERASURE.UID_KEY, uidKey)
        .set(LOCAL_LIST_ERASURE.OPERATOR_ID, station.operatorId())
        .set(LOCAL_LIST_ERASURE.ERASED_AT, now)
        .onDuplicateKeyUpdate()
        .set(LOCAL_LIST_ERASURE.ERASED_AT, now)
        .execute();
    policies.changed(tx);
    dsl(tx)
        .update(LOCAL_LIST)
        .set(LOCAL_LIST.STATE, ListState.STALE)
        .where(LOCAL_LIST.STATION_ID.eq(station.id()))
        .execute();
  }

  /** The keys of the tokens that are kept away from a station's list. */
  Set<String> erased(long stationId) {
    return database
        .dsl()
        .select(LOCAL_LIST_ERASURE.UID_KEY)
        .from(LOCAL_LIST_ERASURE)
        .where(LOCAL_LIST_ERASURE.STATION_ID.eq(stationId))
        .fetchSet(LOCAL_LIST_ERASURE.UID_KEY);
  }

  private void changed(Tx tx, PolicyPlace place) {
    policies.changed(tx);
    if (place.stationId() != 0) {
      dsl(tx)
          .deleteFrom(LOCAL_LIST_ERASURE)
          .where(LOCAL_LIST_ERASURE.STATION_ID.eq(place.stationId()))
          .execute();
    }
    Condition own = LOCAL_LIST.OPERATOR_ID.eq(place.operatorId());
    dsl(tx)
        .update(LOCAL_LIST)
        .set(LOCAL_LIST.STATE, ListState.STALE)
        .where(place.stationId() == 0 ? own : LOCAL_LIST.STATION_ID.eq(place.stationId()))
        .execute();
  }

  Optional<ListState> find(long stationId) {
    return database
        .dsl()
        .selectFrom(LOCAL_LIST)
        .where(LOCAL_LIST.STATION_ID.eq(stationId))
        .fetchOptional(LocalListStore::state);
  }

  /** Stores a state, as stale when what it is made from has changed since {@code mark}. */
  void save(Tx tx, ListState state, long mark) {
    boolean outdated = state.word().equals(ListState.CURRENT) && mark() != mark;
    LocalListRecord row = new LocalListRecord();
    row.setStationId(state.stationId());
    row.setOperatorId(state.operatorId());
    row.setState(outdated ? ListState.STALE : state.word());
    row.setVersion(state.version());
    row.setReported(state.reported());
    row.setEntries(state.entries());
    row.setWanted(state.wanted());
    row.setContent(state.content() == null ? null : json(state.content()));
    row.setLastError(state.trouble().error());
    row.setAttempts(state.trouble().attempts());
    row.setRetryAt(state.trouble().retryAt());
    row.setCheckedAt(state.times().checkedAt());
    row.setSentAt(state.times().sentAt());
    dsl(tx).insertInto(LOCAL_LIST).set(row).onDuplicateKeyUpdate().set(row).execute();
  }

  /** Whether any list is looked after. */
  boolean anyPolicy() {
    return database.dsl().fetchExists(LOCAL_LIST_POLICY);
  }

  /**
   * Connected, accepted stations whose list is to be looked after now: never asked, out of date,
   * booted since, failed and due, or not asked for long.
   */
  List<Long> due(Instant now, int limit) {
    var ofStation = LOCAL_LIST_POLICY.as("ps");
    var ofSite = LOCAL_LIST_POLICY.as("pi");
    var ofOperator = LOCAL_LIST_POLICY.as("po");
    return database
        .dsl()
        .select(STATION.ID)
        .from(STATION)
        .leftJoin(LOCAL_LIST)
        .on(LOCAL_LIST.STATION_ID.eq(STATION.ID))
        .leftJoin(ofStation)
        .on(ofStation.OPERATOR_ID.eq(STATION.OPERATOR_ID))
        .and(ofStation.SITE_ID.eq(0L))
        .and(ofStation.STATION_ID.eq(STATION.ID))
        .leftJoin(ofSite)
        .on(ofSite.OPERATOR_ID.eq(STATION.OPERATOR_ID))
        .and(ofSite.SITE_ID.eq(STATION.SITE_ID))
        .and(ofSite.STATION_ID.eq(0L))
        .leftJoin(ofOperator)
        .on(ofOperator.OPERATOR_ID.eq(STATION.OPERATOR_ID))
        .and(ofOperator.SITE_ID.eq(0L))
        .and(ofOperator.STATION_ID.eq(0L))
        .where(
            DSL.coalesce(ofStation.MODE, ofSite.MODE, ofOperator.MODE)
                .ne(ListPolicy.Mode.UNMANAGED.word()))
        .and(connected())
        .and(
            LOCAL_LIST
                .STATION_ID
                .isNull()
                .or(LOCAL_LIST.STATE.eq(ListState.STALE))
                .or(LOCAL_LIST.STATE.eq(ListState.FAILED).and(LOCAL_LIST.RETRY_AT.le(now)))
                .or(STATION.BOOTED_AT.gt(LOCAL_LIST.CHECKED_AT))
                .or(LOCAL_LIST.CHECKED_AT.lt(now.minus(TRUST))))
        .limit(limit)
        .fetch(STATION.ID);
  }

  private static Condition connected() {
    return STATION
        .REGISTRATION
        .eq("accepted")
        .and(STATION.CONNECTED_AT.isNotNull())
        .and(STATION.DISCONNECTED_AT.isNull().or(STATION.DISCONNECTED_AT.le(STATION.CONNECTED_AT)));
  }

  private static ListPolicy policy(Record r) {
    return ListPolicy.of(
        r.get(LOCAL_LIST_POLICY.MODE),
        read(r.get(LOCAL_LIST_POLICY.GROUP_LIST), NAMES, List.of()),
        read(r.get(LOCAL_LIST_POLICY.TOKEN_LIST), NAMES, List.of()));
  }

  private static ListState state(LocalListRecord r) {
    @Nullable List<ListEntry> content =
        r.getContent() == null ? null : read(r.getContent(), ENTRIES, List.of());
    return new ListState(
        r.getStationId(),
        r.getOperatorId(),
        r.getState(),
        r.getVersion(),
        r.getReported(),
        content,
        r.getWanted(),
        new ListState.Trouble(r.getLastError(), r.getAttempts(), r.getRetryAt()),
        new ListState.Times(r.getCheckedAt(), r.getSentAt()));
  }

  private static <T> T read(@Nullable String json, TypeReference<T> type, T none) {
    try {
      return json == null ? none : JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not what was written: " + e.getOriginalMessage(), e);
    }
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
