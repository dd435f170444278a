package org.ampay.station.command;

import static org.ampay.store.tables.Tables.STATION_COMMAND;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Commands that wait, and the reading of all. */
public final class CommandQueueStore {

  private static final int DELETED_AT_ONCE = 2_000;
  private static final String QUEUED = CommandState.QUEUED.word();

  private final Database database;

  public CommandQueueStore(Database database) {
    this.database = database;
  }

  /** Adds one, unless too many wait for its station already. */
  boolean insert(CommandRecord record, long operatorId, int max) {
    return database
        .transactor()
        .call(
            tx -> {
              int waiting =
                  SqlTx.of(tx).dsl().fetchCount(STATION_COMMAND, queuedFor(record.stationId()));
              if (waiting >= max) {
                return false;
              }
              SqlTx.of(tx)
                  .dsl()
                  .insertInto(STATION_COMMAND)
                  .set(STATION_COMMAND.ID, record.id())
                  .set(STATION_COMMAND.OPERATOR_ID, operatorId)
                  .set(STATION_COMMAND.STATION_ID, record.stationId())
                  .set(STATION_COMMAND.ACTOR, CommandStore.cut(record.sender().actor(), 220))
                  .set(STATION_COMMAND.REASON, CommandStore.cut(record.sender().reason(), 200))
                  .set(STATION_COMMAND.PROTOCOL, record.call().protocol())
                  .set(STATION_COMMAND.ACTION, record.call().action())
                  .set(STATION_COMMAND.PAYLOAD, record.call().payload())
                  .set(STATION_COMMAND.CREATED_AT, record.created())
                  .set(STATION_COMMAND.EXPIRES_AT, record.progress().expires())
                  .set(STATION_COMMAND.STATE, QUEUED)
                  .execute();
              return true;
            });
  }

  /**
   * Takes the oldest one that waits for a station and notes it as sent, in one transaction: after a
   * crash it is not sent a second time.
   */
  Optional<CommandRecord> claim(long stationId, Instant now) {
    return database
        .transactor()
        .call(
            tx -> {
              var found =
                  SqlTx.of(tx)
                      .dsl()
                      .selectFrom(STATION_COMMAND)
                      .where(queuedFor(stationId))
                      .and(STATION_COMMAND.EXPIRES_AT.gt(now))
                      .orderBy(STATION_COMMAND.ID)
                      .limit(1)
                      .forUpdate()
                      .fetchOptional(CommandStore::record);
              found.ifPresent(
                  record ->
                      SqlTx.of(tx)
                          .dsl()
                          .update(STATION_COMMAND)
                          .set(STATION_COMMAND.STATE, CommandState.SENT.word())
                          .set(STATION_COMMAND.SENT_AT, now)
                          .where(STATION_COMMAND.ID.eq(record.id()))
                          .execute());
              return found;
            });
  }

  /** Puts back one that was claimed and certainly not sent. */
  void putBack(long id) {
    move(id, CommandState.SENT, CommandState.QUEUED, null);
  }

  /** Takes one back that still waits; false when it does not. */
  boolean cancel(long id, Instant now) {
    return move(id, CommandState.QUEUED, CommandState.CANCELLED, now);
  }

  private boolean move(long id, CommandState from, CommandState to, @Nullable Instant finished) {
    return database
        .transactor()
        .call(
            tx ->
                SqlTx.of(tx)
                        .dsl()
                        .update(STATION_COMMAND)
                        .set(STATION_COMMAND.STATE, to.word())
                        .set(STATION_COMMAND.FINISHED_AT, finished)
                        .where(STATION_COMMAND.ID.eq(id))
                        .and(STATION_COMMAND.STATE.eq(from.word()))
                        .execute()
                    == 1);
  }

  /** Ends those whose time is over; the stations that had some. */
  Set<Long> expire(Instant now) {
    Condition over = STATION_COMMAND.STATE.eq(QUEUED).and(STATION_COMMAND.EXPIRES_AT.le(now));
    Set<Long> stations =
        new HashSet<>(
            database
                .dsl()
                .selectDistinct(STATION_COMMAND.STATION_ID)
                .from(STATION_COMMAND)
                .where(over)
                .fetch(STATION_COMMAND.STATION_ID));
    if (!stations.isEmpty()) {
      database
          .transactor()
          .run(
              tx ->
                  SqlTx.of(tx)
                      .dsl()
                      .update(STATION_COMMAND)
                      .set(STATION_COMMAND.STATE, CommandState.EXPIRED.word())
                      .set(STATION_COMMAND.FINISHED_AT, now)
                      .where(over)
                      .execute());
    }
    return stations;
  }

  /** The stations for which some wait. */
  Set<Long> stations() {
    return new HashSet<>(
        database
            .dsl()
            .selectDistinct(STATION_COMMAND.STATION_ID)
            .from(STATION_COMMAND)
            .where(STATION_COMMAND.STATE.eq(QUEUED))
            .fetch(STATION_COMMAND.STATION_ID));
  }

  /** At the start: whether these were sent before the server ended, nobody knows. */
  void forgetSent(Instant now) {
    database
        .transactor()
        .run(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .update(STATION_COMMAND)
                    .set(STATION_COMMAND.STATE, CommandState.UNKNOWN.word())
                    .set(STATION_COMMAND.FINISHED_AT, now)
                    .where(STATION_COMMAND.STATE.eq(CommandState.SENT.word()))
                    .execute());
  }

  /** Deletes some of those that were asked for before that time and have ended; how many. */
  int deleteBefore(Instant time) {
    Optional<Instant> oldest =
        database
            .dsl()
            .select(STATION_COMMAND.CREATED_AT)
            .from(STATION_COMMAND)
            .orderBy(STATION_COMMAND.ID)
            .limit(1)
            .fetchOptional(STATION_COMMAND.CREATED_AT);
    if (oldest.isEmpty() || !oldest.get().isBefore(time)) {
      return 0;
    }
    return database
        .transactor()
        .call(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .deleteFrom(STATION_COMMAND)
                    .where(STATION_COMMAND.CREATED_AT.lt(time))
                    .and(STATION_COMMAND.STATE.ne(QUEUED))
                    .orderBy(STATION_COMMAND.ID)
                    .limit(DELETED_AT_ONCE)
                    .execute());
  }

  /**
   * One command.
   *
   * @param operatorId null: of any operator
   */
  public Optional<CommandRecord> find(@Nullable Long operatorId, long id) {
    Condition scope =
        operatorId == null ? DSL.noCondition() : STATION_COMMAND.OPERATOR_ID.eq(operatorId);
    return database
        .dsl()
        .selectFrom(STATION_COMMAND)
        .where(STATION_COMMAND.ID.eq(id))
        .and(scope)
        .fetchOptional(CommandStore::record);
  }

  /**
   * The newest commands of a station that the caller has found in its scope.
   *
   * @param state null: in any
   */
  public List<CommandRecord> newest(
      long stationId, @Nullable CommandState state, long beforeId, int limit) {
    return database
        .dsl()
        .selectFrom(STATION_COMMAND)
        .where(STATION_COMMAND.STATION_ID.eq(stationId))
        .and(STATION_COMMAND.ID.lt(beforeId))
        .and(state == null ? DSL.noCondition() : STATION_COMMAND.STATE.eq(state.word()))
        .orderBy(STATION_COMMAND.ID.desc())
        .limit(limit)
        .fetch(CommandStore::record);
  }

  private static Condition queuedFor(long stationId) {
    return STATION_COMMAND.STATE.eq(QUEUED).and(STATION_COMMAND.STATION_ID.eq(stationId));
  }
}
