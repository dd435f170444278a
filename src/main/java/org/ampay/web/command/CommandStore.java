package org.ampay.web.command;

import static org.ampay.store.tables.Tables.STATION_COMMAND;

import java.time.Instant;
import java.util.List;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.jspecify.annotations.Nullable;

/** The table of commands. */
final class CommandStore {

  private final Database database;

  CommandStore(Database database) {
    this.database = database;
  }

  void insert(CommandRow row, long operatorId, long stationId) {
    database
        .transactor()
        .run(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .insertInto(STATION_COMMAND)
                    .set(STATION_COMMAND.ID, row.id())
                    .set(STATION_COMMAND.OPERATOR_ID, operatorId)
                    .set(STATION_COMMAND.STATION_ID, stationId)
                    .set(STATION_COMMAND.ACTOR, row.actor())
                    .set(STATION_COMMAND.ACTION, row.action())
                    .set(STATION_COMMAND.PAYLOAD, row.payload())
                    .set(STATION_COMMAND.CREATED_AT, row.createdAt())
                    .set(STATION_COMMAND.STATE, row.state())
                    .execute());
  }

  void finish(
      long id,
      String state,
      Instant at,
      @Nullable String answer,
      @Nullable String code,
      @Nullable String description) {
    database
        .transactor()
        .run(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .update(STATION_COMMAND)
                    .set(STATION_COMMAND.STATE, state)
                    .set(STATION_COMMAND.FINISHED_AT, at)
                    .set(STATION_COMMAND.ANSWER, answer)
                    .set(STATION_COMMAND.ERROR_CODE, cut(code, 50))
                    .set(STATION_COMMAND.DESCRIPTION, cut(description, 500))
                    .where(STATION_COMMAND.ID.eq(id))
                    .execute());
  }

  /** The newest commands of a station. */
  List<CommandRow> newest(long stationId, int limit) {
    return database
        .dsl()
        .selectFrom(STATION_COMMAND)
        .where(STATION_COMMAND.STATION_ID.eq(stationId))
        .orderBy(STATION_COMMAND.ID.desc())
        .limit(limit)
        .fetch(
            r ->
                new CommandRow(
                    r.get(STATION_COMMAND.ID),
                    r.get(STATION_COMMAND.ACTOR),
                    r.get(STATION_COMMAND.ACTION),
                    r.get(STATION_COMMAND.PAYLOAD),
                    r.get(STATION_COMMAND.CREATED_AT),
                    r.get(STATION_COMMAND.STATE),
                    r.get(STATION_COMMAND.ANSWER)));
  }

  private static @Nullable String cut(@Nullable String text, int most) {
    return text == null || text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
