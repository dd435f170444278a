package org.ampay.ocpi.push;

import static org.ampay.store.tables.Tables.OCPI_PUSH;
import static org.ampay.store.tables.Tables.OCPI_PUSH_LANE;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.ampay.ocpi.push.PushState.Stand;
import org.ampay.store.Database;
import org.ampay.store.Rows;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.OcpiPushRecord;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The tables of what partners are told. */
final class PushStore {

  private static final int LONGEST_ERROR = 1_000;
  private static final int SWEPT_AT_A_TIME = 5_000;

  private static final List<Field<?>> COLUMNS =
      List.of(
          OCPI_PUSH.PARTNER_ID,
          OCPI_PUSH.KIND,
          OCPI_PUSH.OBJECT_KEY,
          OCPI_PUSH.STATE,
          OCPI_PUSH.WANTED,
          OCPI_PUSH.TAKEN,
          OCPI_PUSH.ATTEMPTS,
          OCPI_PUSH.DUE_AT,
          OCPI_PUSH.WANTED_AT,
          OCPI_PUSH.TRIED_AT,
          OCPI_PUSH.TAKEN_AT,
          OCPI_PUSH.HTTP,
          OCPI_PUSH.STATUS,
          OCPI_PUSH.LAST_ERROR);

  /**
   * What waits goes on waiting, with its pauses; the state is set last, as the others look at it.
   */
  private static final String ON_WANTED =
      " ON DUPLICATE KEY UPDATE attempts = IF(state = 'waiting', attempts, 0),"
          + " due_at = IF(state = 'waiting', due_at, VALUES(due_at)),"
          + " wanted_at = IF(state = 'waiting', wanted_at, VALUES(wanted_at)),"
          + " wanted = wanted + 1, state = 'waiting'";

  /** What has changed while it was sent is sent again, at once unless it failed. */
  private static final String ON_FINISHED =
      " ON DUPLICATE KEY UPDATE"
          + " attempts = IF(wanted = VALUES(wanted) OR VALUES(state) = 'waiting',"
          + " VALUES(attempts), 0),"
          + " due_at = IF(wanted = VALUES(wanted) OR VALUES(state) = 'waiting',"
          + " VALUES(due_at), VALUES(tried_at)),"
          + " wanted_at = IF(VALUES(state) = 'taken', VALUES(wanted_at), wanted_at),"
          + " state = IF(wanted = VALUES(wanted), VALUES(state), 'waiting'),"
          + " taken = GREATEST(taken, VALUES(taken)), tried_at = VALUES(tried_at),"
          + " taken_at = COALESCE(VALUES(taken_at), taken_at), http = VALUES(http),"
          + " status = VALUES(status), last_error = VALUES(last_error)";

  private final Database database;

  PushStore(Database database) {
    this.database = database;
  }

  /** In the order of the keys, so that two of these do not wait for each other. */
  void wanted(Tx tx, long partnerId, PushKind kind, Collection<String> keys, Instant now) {
    Rows.upsert(
        tx,
        OCPI_PUSH,
        COLUMNS,
        ON_WANTED,
        keys.stream()
            .distinct()
            .sorted()
            .map(
                key ->
                    new Object[] {
                      partnerId,
                      kind.code(),
                      key,
                      Stand.WAITING.code(),
                      1L,
                      0L,
                      0,
                      now,
                      now,
                      null,
                      null,
                      null,
                      null,
                      null
                    })
            .toList());
  }

  void finished(Tx tx, long partnerId, List<PushOutcome> outcomes) {
    Rows.upsert(
        tx,
        OCPI_PUSH,
        COLUMNS,
        ON_FINISHED,
        outcomes.stream()
            .sorted(
                Comparator.comparing((PushOutcome o) -> o.item().kind().code())
                    .thenComparing(o -> o.item().key()))
            .map(outcome -> row(partnerId, outcome))
            .toList());
  }

  private static Object[] row(long partnerId, PushOutcome outcome) {
    PushItem item = outcome.item();
    PushVerdict.Failure failure = outcome.failure();
    boolean taken = outcome.state() == Stand.TAKEN;
    return new Object[] {
      partnerId,
      item.kind().code(),
      item.key(),
      outcome.state().code(),
      item.wanted(),
      taken ? item.wanted() : 0L,
      outcome.attempts(),
      outcome.due(),
      outcome.at(),
      outcome.at(),
      taken ? outcome.at() : null,
      failure == null || failure.http() == 0 ? null : failure.http(),
      failure == null || failure.status() == 0 ? null : failure.status(),
      failure == null ? null : cut(failure.reason())
    };
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR);
  }

  /** What is due, the oldest first. */
  List<PushItem> due(long partnerId, Instant now, int limit) {
    return database
        .dsl()
        .select(OCPI_PUSH.KIND, OCPI_PUSH.OBJECT_KEY, OCPI_PUSH.WANTED, OCPI_PUSH.ATTEMPTS)
        .from(OCPI_PUSH)
        .where(OCPI_PUSH.PARTNER_ID.eq(partnerId))
        .and(OCPI_PUSH.STATE.eq(Stand.WAITING.code()))
        .and(OCPI_PUSH.DUE_AT.le(now))
        .orderBy(OCPI_PUSH.DUE_AT)
        .limit(limit)
        .fetch(r -> new PushItem(kind(r.value1()), r.value2(), r.value3(), r.value4()));
  }

  private static PushKind kind(String code) {
    return PushKind.valueOf(code.toUpperCase(Locale.ROOT));
  }

  /** Whether a partner is still to be told of that object. */
  boolean isWaiting(long partnerId, PushKind kind, String key) {
    return database
        .dsl()
        .fetchExists(
            OCPI_PUSH,
            OCPI_PUSH
                .PARTNER_ID
                .eq(partnerId)
                .and(OCPI_PUSH.KIND.eq(kind.code()))
                .and(OCPI_PUSH.OBJECT_KEY.eq(key))
                .and(OCPI_PUSH.STATE.eq(Stand.WAITING.code())));
  }

  /** Takes or keeps a partner's queue; false: another node has it. */
  boolean lease(Tx tx, long partnerId, String node, Instant now, Instant until) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(OCPI_PUSH_LANE)
        .columns(OCPI_PUSH_LANE.PARTNER_ID, OCPI_PUSH_LANE.LEASED_BY, OCPI_PUSH_LANE.LEASED_UNTIL)
        .values(partnerId, node, now)
        .onDuplicateKeyIgnore()
        .execute();
    return SqlTx.of(tx)
            .dsl()
            .update(OCPI_PUSH_LANE)
            .set(OCPI_PUSH_LANE.LEASED_BY, node)
            .set(OCPI_PUSH_LANE.LEASED_UNTIL, until)
            .where(OCPI_PUSH_LANE.PARTNER_ID.eq(partnerId))
            .and(OCPI_PUSH_LANE.LEASED_BY.eq(node).or(OCPI_PUSH_LANE.LEASED_UNTIL.lt(now)))
            .execute()
        == 1;
  }

  /** Lets another node go on at once. */
  void release(Tx tx, String node) {
    SqlTx.of(tx)
        .dsl()
        .update(OCPI_PUSH_LANE)
        .set(OCPI_PUSH_LANE.LEASED_UNTIL, Instant.EPOCH)
        .where(OCPI_PUSH_LANE.LEASED_BY.eq(node))
        .execute();
  }

  /** Notes since when a partner does not answer. */
  void away(Tx tx, long partnerId, Instant since) {
    SqlTx.of(tx)
        .dsl()
        .update(OCPI_PUSH_LANE)
        .set(OCPI_PUSH_LANE.AWAY_SINCE, since)
        .where(OCPI_PUSH_LANE.PARTNER_ID.eq(partnerId))
        .and(OCPI_PUSH_LANE.AWAY_SINCE.isNull())
        .execute();
  }

  /** It answers. */
  void back(Tx tx, long partnerId) {
    SqlTx.of(tx)
        .dsl()
        .update(OCPI_PUSH_LANE)
        .setNull(OCPI_PUSH_LANE.AWAY_SINCE)
        .where(OCPI_PUSH_LANE.PARTNER_ID.eq(partnerId))
        .and(OCPI_PUSH_LANE.AWAY_SINCE.isNotNull())
        .execute();
  }

  /**
   * Counts.
   *
   * @param states of which; few rows are quick, while those that were taken are many
   */
  PushSummary summary(long partnerId, Collection<Stand> states) {
    Instant away =
        database
            .dsl()
            .select(OCPI_PUSH_LANE.AWAY_SINCE)
            .from(OCPI_PUSH_LANE)
            .where(OCPI_PUSH_LANE.PARTNER_ID.eq(partnerId))
            .fetchOne(OCPI_PUSH_LANE.AWAY_SINCE);
    return new PushSummary(
        database
            .dsl()
            .select(OCPI_PUSH.KIND, OCPI_PUSH.STATE, DSL.count(), DSL.min(OCPI_PUSH.WANTED_AT))
            .from(OCPI_PUSH)
            .where(OCPI_PUSH.PARTNER_ID.eq(partnerId))
            .and(OCPI_PUSH.STATE.in(states.stream().map(Stand::code).toList()))
            .groupBy(OCPI_PUSH.KIND, OCPI_PUSH.STATE)
            .fetch(
                r ->
                    new PushSummary.Count(
                        kind(r.value1()),
                        stand(r.value2()),
                        r.value3(),
                        Objects.requireNonNull(r.value4()))),
        away);
  }

  private static Stand stand(String code) {
    return Stand.valueOf(code.toUpperCase(Locale.ROOT));
  }

  /** By kind and key, after that one. */
  List<PushState> list(
      long partnerId, @Nullable Stand state, String afterKind, String afterKey, int limit) {
    return database
        .dsl()
        .selectFrom(OCPI_PUSH)
        .where(OCPI_PUSH.PARTNER_ID.eq(partnerId))
        .and(state == null ? DSL.noCondition() : OCPI_PUSH.STATE.eq(state.code()))
        .and(
            OCPI_PUSH
                .KIND
                .gt(afterKind)
                .or(OCPI_PUSH.KIND.eq(afterKind).and(OCPI_PUSH.OBJECT_KEY.gt(afterKey))))
        .orderBy(OCPI_PUSH.KIND, OCPI_PUSH.OBJECT_KEY)
        .limit(limit)
        .fetch(PushStore::state);
  }

  private static PushState state(OcpiPushRecord r) {
    return new PushState(
        kind(r.getKind()),
        r.getObjectKey(),
        stand(r.getState()),
        r.getWanted(),
        r.getTaken(),
        r.getAttempts(),
        r.getDueAt(),
        r.getWantedAt(),
        r.getTriedAt(),
        r.getTakenAt(),
        r.getLastError());
  }

  /** Has what failed sent again at once; how many they are. */
  int retry(Tx tx, long partnerId, @Nullable PushKind kind, @Nullable String key, Instant now) {
    return SqlTx.of(tx)
        .dsl()
        .update(OCPI_PUSH)
        .set(OCPI_PUSH.STATE, Stand.WAITING.code())
        .set(OCPI_PUSH.WANTED, OCPI_PUSH.WANTED.plus(1))
        .set(OCPI_PUSH.ATTEMPTS, 0)
        .set(OCPI_PUSH.DUE_AT, now)
        .where(OCPI_PUSH.PARTNER_ID.eq(partnerId))
        .and(OCPI_PUSH.LAST_ERROR.isNotNull())
        .and(kind == null ? DSL.noCondition() : OCPI_PUSH.KIND.eq(kind.code()))
        .and(key == null ? DSL.noCondition() : OCPI_PUSH.OBJECT_KEY.eq(key))
        .execute();
  }

  /** Forgets some of what was taken before; true when there may be more. */
  boolean sweep(Instant before) {
    int gone =
        database
            .sideTransactor()
            .call(
                tx ->
                    SqlTx.of(tx)
                        .dsl()
                        .deleteFrom(OCPI_PUSH)
                        .where(OCPI_PUSH.STATE.in(Stand.TAKEN.code(), Stand.NO_ENDPOINT.code()))
                        .and(OCPI_PUSH.TRIED_AT.lt(before))
                        .limit(SWEPT_AT_A_TIME)
                        .execute());
    return gone == SWEPT_AT_A_TIME;
  }
}
