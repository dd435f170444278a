package org.ampay.station.command;

import static org.ampay.store.tables.Tables.STATION_COMMAND;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.ampay.station.CommandOutcome;
import org.ampay.store.GroupCommit;
import org.ampay.store.SqlTx;
import org.ampay.store.StoreException;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Writes the steps of many commands in a few statements. Each may be written twice. */
public final class CommandStore implements GroupCommit.Writer<CommandChange, Boolean> {

  private static final String BEGUN =
      "INSERT INTO station_command (id, operator_id, station_id, actor, reason, protocol, action,"
          + " payload, created_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'sent')"
          + " ON DUPLICATE KEY UPDATE id = VALUES(id)";
  private static final String TRANSMITTED =
      "UPDATE station_command SET message_id = ?, sent_at = ? WHERE id = ?";
  private static final String ENDED =
      "UPDATE station_command SET state = ?, finished_at = ?, answer = ?, error_code = ?,"
          + " description = ? WHERE id = ? AND state IN ";
  private static final String FINISHED = ENDED + "('sent')";
  private static final String LATE = ENDED + "('sent', 'timed_out', 'unknown')";

  @Override
  public List<Boolean> write(Tx tx, List<CommandChange> changes) {
    Connection connection = SqlTx.of(tx).connection();
    try (PreparedStatement begun = connection.prepareStatement(BEGUN);
        PreparedStatement transmitted = connection.prepareStatement(TRANSMITTED);
        PreparedStatement finished = connection.prepareStatement(FINISHED);
        PreparedStatement late = connection.prepareStatement(LATE)) {
      for (CommandChange change : changes) {
        switch (change) {
          case CommandChange.Begun b -> add(begun, b);
          case CommandChange.Transmitted t ->
              add(transmitted, cut(t.messageId(), 36), stored(t.at()), t.recordId());
          case CommandChange.Finished f ->
              ended(finished, f.outcome(), false, f.at(), f.recordId());
          case CommandChange.Late l -> ended(late, l.outcome(), true, l.at(), l.recordId());
        }
      }
      // A command's steps come in this order, and so do those of one group.
      for (PreparedStatement statement : List.of(begun, transmitted, finished, late)) {
        statement.executeBatch();
      }
    } catch (SQLException e) {
      throw new StoreException("steps of commands not stored", e);
    }
    return new ArrayList<>(Collections.nCopies(changes.size(), Boolean.TRUE));
  }

  @Override
  public Optional<Boolean> find(Tx tx, CommandChange change) {
    return Optional.empty();
  }

  private static void add(PreparedStatement statement, CommandChange.Begun begun)
      throws SQLException {
    CommandRecord record = begun.record();
    add(
        statement,
        record.id(),
        begun.operatorId(),
        record.stationId(),
        cut(record.sender().actor(), 220),
        record.sender().reason().isEmpty() ? null : cut(record.sender().reason(), 200),
        record.call().protocol(),
        cut(record.call().action(), 50),
        record.call().payload(),
        stored(record.created()));
  }

  private static void ended(
      PreparedStatement statement, CommandOutcome outcome, boolean late, Instant at, long id)
      throws SQLException {
    End end = End.of(outcome, late);
    add(
        statement,
        end.state().word(),
        stored(at),
        end.answer(),
        cut(end.code(), 50),
        cut(end.description(), 500),
        id);
  }

  private static void add(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    statement.addBatch();
  }

  /** What an outcome leaves in the columns. */
  record End(
      CommandState state,
      @Nullable String answer,
      @Nullable String code,
      @Nullable String description) {

    static End of(CommandOutcome outcome, boolean late) {
      return switch (outcome) {
        case CommandOutcome.Answered(String payload) ->
            new End(late ? CommandState.LATE : CommandState.ANSWERED, payload, null, null);
        case CommandOutcome.Error(String code, String description) ->
            new End(late ? CommandState.LATE : CommandState.ERROR, null, code, description);
        case CommandOutcome.Invalid(String payload, String description) ->
            new End(late ? CommandState.LATE : CommandState.INVALID, payload, null, description);
        case CommandOutcome.TimedOut _ -> new End(CommandState.TIMED_OUT, null, null, null);
        case CommandOutcome.NotConnected _ -> new End(CommandState.NOT_SENT, null, null, null);
        case CommandOutcome.UnknownAction(String action) ->
            new End(CommandState.NOT_SENT, null, null, "unknown action " + action);
        case CommandOutcome.BadPayload(String field, String description) ->
            new End(CommandState.NOT_SENT, null, null, field + ": " + description);
      };
    }
  }

  static @Nullable String cut(@Nullable String text, int most) {
    return text == null || text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  private static LocalDateTime stored(Instant at) {
    return LocalDateTime.ofInstant(at.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
  }

  /** The record of a row. */
  static CommandRecord record(org.jooq.Record r) {
    String reason = r.get(STATION_COMMAND.REASON);
    return new CommandRecord(
        r.get(STATION_COMMAND.ID),
        r.get(STATION_COMMAND.STATION_ID),
        new org.ampay.station.Sender(r.get(STATION_COMMAND.ACTOR), reason == null ? "" : reason),
        new CommandRecord.Call(
            r.get(STATION_COMMAND.PROTOCOL),
            r.get(STATION_COMMAND.ACTION),
            r.get(STATION_COMMAND.PAYLOAD)),
        CommandState.of(r.get(STATION_COMMAND.STATE)),
        r.get(STATION_COMMAND.CREATED_AT),
        new CommandRecord.Progress(
            r.get(STATION_COMMAND.MESSAGE_ID),
            r.get(STATION_COMMAND.SENT_AT),
            r.get(STATION_COMMAND.EXPIRES_AT),
            r.get(STATION_COMMAND.FINISHED_AT),
            r.get(STATION_COMMAND.ANSWER),
            r.get(STATION_COMMAND.ERROR_CODE),
            r.get(STATION_COMMAND.DESCRIPTION)));
  }
}
