package org.ampay.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Inventory;
import org.ampay.station.StationInfo;
import org.ampay.station.command.CommandRecord;
import org.ampay.station.command.CommandState;
import org.ampay.web.command.Commands;
import org.ampay.web.command.SecurityChanges;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.JsonCodec;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.read.StationReadStore;
import org.jspecify.annotations.Nullable;

/** Commands to stations: sending, queueing, what became of them. */
final class CommandsApi {

  private static final List<String> STATES =
      Arrays.stream(CommandState.values()).map(CommandState::word).toList();

  private final Inventory inventory;
  private final StationReadStore stations;
  private final Commands commands;

  CommandsApi(Inventory inventory, StationReadStore stations, Commands commands) {
    this.inventory = inventory;
    this.stations = stations;
    this.commands = commands;
  }

  record CommandOut(
      long commandId,
      @Field("null when the station was deleted") @Nullable String station,
      @Field("OCPP version") @Nullable String protocol,
      String action,
      @Field("without passwords and keys") JsonNode payload,
      @Field("user:EMAIL, key:PREFIX or system") String sender,
      @Field("why the system sent it") @Nullable String reason,
      @Field(
              "queued, sent, answered, error (a CALLERROR), invalid (an answer that breaks the"
                  + " schema), timed_out, late (answered after the time-out), expired, cancelled,"
                  + " not_sent, unknown (the server ended while it was on its way)")
          String state,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant sentAt,
      @Nullable Instant finishedAt,
      @Nullable Long latencyMs,
      @Nullable String messageId,
      @Nullable JsonNode answer,
      @Nullable String errorCode,
      @Nullable String description) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.post(
                "/stations/{id}/commands/{action}",
                Permission.STATIONS_COMMAND,
                "Sends a command and waits for the answer")
            .describe(
                "The body is the payload of that CALL in the station's own OCPP version. 200 with"
                    + " status `answered`, `error` (a CALLERROR) or `invalid` (an answer that"
                    + " breaks the schema); 409 when the station is not connected, 504 when it"
                    + " does not answer in time or its connection is lost before. With"
                    + " `queue_seconds` the command for a station that is offline waits: 202 with"
                    + " `command_id`.")
            .query("queue_seconds", "how long it may wait for a station that is offline")
            .takesAny()
            .answers(200, null)
            .by(this::send),
        ApiRoute.get(
                "/stations/{id}/commands",
                Permission.STATIONS_READ,
                "Commands to a station, newest first")
            .query("state", "one of " + STATES)
            .lists(CommandOut.class)
            .by(this::list),
        ApiRoute.get("/commands/{id}", Permission.STATIONS_READ, "What became of a command")
            .answers(200, CommandOut.class)
            .by(this::get),
        ApiRoute.post(
                "/commands/{id}/cancel",
                Permission.STATIONS_COMMAND,
                "Takes back a command that waits")
            .describe("409 when it does not wait any more.")
            .answers(200, CommandOut.class)
            .by(this::cancel));
  }

  private Answer send(ApiCall call) {
    StationInfo station = station(call);
    String payload = call.bodyTree().toString();
    String action = call.pathParam("action");
    SecurityChanges.check(call.caller().role(), action, call.bodyTree());
    String actor = call.caller().actor();
    call.http().withoutTimeout();
    Optional<String> seconds = call.query("queue_seconds");
    if (seconds.isEmpty()) {
      return told(commands.tell(station, action, payload, actor));
    }
    int wait = (int) Math.min(Integer.MAX_VALUE, new Ref(seconds.get()).id().orElse(0));
    return switch (commands.sendOrQueue(station, action, payload, actor, wait)) {
      case Commands.Taken.Sent(Commands.Told told) -> told(told);
      case Commands.Taken.Waits(long id) -> Answer.json(202, Map.of("command_id", id));
    };
  }

  private StationInfo station(ApiCall call) {
    return stations
        .find(call.scope(), call.pathParam("id"))
        .flatMap(row -> inventory.byId(row.id()))
        .orElseThrow(() -> Problem.notFound("there is no such station").exception());
  }

  static Answer told(Commands.Told told) {
    Map<String, Object> body = new LinkedHashMap<>();
    switch (told.outcome()) {
      case CommandOutcome.Answered(String payload) -> {
        body.put("status", "answered");
        body.put("payload", JsonCodec.tree(payload));
      }
      case CommandOutcome.Error(String code, String description) -> {
        body.put("status", "error");
        body.put("code", code);
        body.put("description", description);
      }
      case CommandOutcome.Invalid(String payload, String description) -> {
        body.put("status", "invalid");
        body.put("payload", JsonCodec.tree(payload));
        body.put("description", description);
      }
      case CommandOutcome.UnknownAction(String action) ->
          throw Problem.notFound("no action '" + action + "' in its OCPP version").exception();
      case CommandOutcome.BadPayload(String field, String description) ->
          throw Problem.badField(field, description).exception();
      case CommandOutcome.NotConnected _ ->
          throw Problem.conflict("not-connected", "the station is not connected").exception();
      case CommandOutcome.TimedOut _ ->
          throw Problem.noAnswer("no answer in time; command " + told.recordId()).exception();
    }
    if (told.recordId() != 0) {
      body.put("command_id", told.recordId());
    }
    return Answer.json(200, body);
  }

  private Answer list(ApiCall call) {
    StationInfo station = station(call);
    String state = call.choice("state", STATES);
    List<CommandRecord> rows =
        commands.newest(
            station.id(),
            state == null ? null : CommandState.of(state),
            call.cursorId(Long.MAX_VALUE),
            call.limit() + 1);
    return Answer.json(200, call.page(rows, this::out, CommandRecord::id));
  }

  private Answer get(ApiCall call) {
    return Answer.json(200, out(find(call)));
  }

  private Answer cancel(ApiCall call) {
    CommandRecord record = find(call);
    StationInfo station =
        inventory.byId(record.stationId()).orElseThrow(CommandsApi::unknownCommand);
    if (!commands.cancel(station, record.id(), call.caller().actor())) {
      throw Problem.conflict("not-queued", "the command does not wait any more").exception();
    }
    return get(call);
  }

  private CommandRecord find(ApiCall call) {
    return commands
        .find(call.caller().operatorId(), call.idParam("id"))
        .orElseThrow(CommandsApi::unknownCommand);
  }

  private static RuntimeException unknownCommand() {
    return Problem.notFound("there is no such command").exception();
  }

  private CommandOut out(CommandRecord record) {
    CommandRecord.Progress progress = record.progress();
    String answer = progress.answer();
    String reason = record.sender().reason();
    return new CommandOut(
        record.id(),
        inventory.byId(record.stationId()).map(StationInfo::identity).orElse(null),
        record.call().protocol(),
        record.call().action(),
        JsonCodec.tree(record.call().payload()),
        record.sender().actor(),
        reason.isEmpty() ? null : reason,
        record.state().word(),
        record.created(),
        progress.expires(),
        progress.sent(),
        progress.finished(),
        record.latency().map(Duration::toMillis).orElse(null),
        progress.messageId(),
        answer == null ? null : JsonCodec.tree(answer),
        progress.errorCode(),
        progress.description());
  }
}
