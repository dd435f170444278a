package org.ampay.web.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Inventory;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.station.command.CommandRecord;
import org.ampay.web.command.Commands;
import org.ampay.web.http.Answer;
import org.ampay.web.http.JsonCodec;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.read.StationReadStore;
import org.ampay.web.read.StationReadStore.StationRow;
import org.jspecify.annotations.Nullable;

/** The buttons of a station: what each sends in the OCPP version that the station speaks. */
public final class StationActions {

  private final Pages pages;
  private final Inventory inventory;
  private final StationReadStore stations;
  private final Commands commands;

  StationActions(Pages pages, Inventory inventory, StationReadStore stations, Commands commands) {
    this.pages = pages;
    this.inventory = inventory;
    this.stations = stations;
    this.commands = commands;
  }

  /**
   * A button.
   *
   * @param name of the text and of the form's value
   * @param needsConfirm it disturbs whoever charges
   */
  public record Action(String name, boolean needsConfirm) {}

  /** A CALL. */
  private record Wanted(String action, Map<String, ?> payload) {}

  /** The buttons for a station; those of a running session are in the session's row. */
  static List<Action> of(@Nullable String protocol) {
    return "2.0.1".equals(protocol)
        ? List.of(
            new Action("reset_idle", true),
            new Action("reset_now", true),
            new Action("operative", false),
            new Action("inoperative", true),
            new Action("boot_again", false),
            new Action("status_again", false),
            new Action("configuration", false))
        : List.of(
            new Action("reset_soft", true),
            new Action("reset_hard", true),
            new Action("operative", false),
            new Action("inoperative", true),
            new Action("boot_again", false),
            new Action("status_again", false),
            new Action("configuration", false));
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.post("/stations/{id}/actions", Permission.STATIONS_COMMAND, this::act));
  }

  private Answer act(PageCall call) {
    StationRow row =
        stations
            .find(call.scope(), call.pathParam("id"))
            .orElseThrow(() -> Problem.notFound(null).exception());
    StationInfo info =
        inventory.byId(row.id()).orElseThrow(() -> Problem.notFound(null).exception());
    Protocol protocol = CommandPages.protocol(commands, row);
    List<Wanted> wanted =
        switch (protocol) {
          case OCPP_16 -> List.of(wanted16(call));
          case OCPP_201 -> wanted201(call, info);
        };
    call.http().withoutTimeout();
    Wanted last = wanted.getFirst();
    Shown shown = new Shown(true, "outcome.done", "");
    Commands.Told told = new Commands.Told(0, new CommandOutcome.NotConnected());
    for (Wanted one : wanted) {
      last = one;
      told = commands.tell(info, one.action(), JsonCodec.write(one.payload()), actor(call));
      shown = Shown.of(told.outcome());
      if (!shown.good()) {
        break;
      }
    }
    return answer(call, row, last, shown, told);
  }

  private static String actor(PageCall call) {
    return call.caller().actor();
  }

  private Answer answer(
      PageCall call, StationRow row, Wanted sent, Shown shown, Commands.Told told) {
    Optional<CommandRecord> record =
        shown.hasMore() ? commands.find(call.operatorId(), told.recordId()) : Optional.empty();
    return record
        .map(
            found ->
                pages.page(
                    200,
                    "part/command-result",
                    call.ui(),
                    Map.of(
                        "identity",
                        row.identity(),
                        "command",
                        found,
                        "answer",
                        CommandPages.answer(call.ui(), found))))
        .orElseGet(
            () ->
                pages.page(
                    200,
                    "part/outcome",
                    call.ui(),
                    Map.of("action", sent.action(), "outcome", shown)));
  }

  private static Wanted wanted16(PageCall call) {
    int evse = evse(call);
    return switch (call.form("action")) {
      case "start" ->
          new Wanted("RemoteStartTransaction", Map.of("connectorId", evse, "idTag", token(call)));
      case "stop" -> {
        int id =
            (int)
                new Ref(call.form("transaction"))
                    .id()
                    .orElseThrow(() -> Problem.badField("transaction", "is missing").exception());
        yield new Wanted("RemoteStopTransaction", Map.of("transactionId", id));
      }
      case "unlock" -> new Wanted("UnlockConnector", Map.of("connectorId", evse));
      case "reset_soft" -> new Wanted("Reset", Map.of("type", "Soft"));
      case "reset_hard" -> new Wanted("Reset", Map.of("type", "Hard"));
      case "operative" ->
          new Wanted("ChangeAvailability", Map.of("connectorId", 0, "type", "Operative"));
      case "inoperative" ->
          new Wanted("ChangeAvailability", Map.of("connectorId", 0, "type", "Inoperative"));
      case "configuration" -> new Wanted("GetConfiguration", Map.of());
      case "boot_again" ->
          new Wanted("TriggerMessage", Map.of("requestedMessage", "BootNotification"));
      case "status_again" ->
          new Wanted("TriggerMessage", Map.of("requestedMessage", "StatusNotification"));
      default -> throw Problem.badField("action", "is not known").exception();
    };
  }

  private List<Wanted> wanted201(PageCall call, StationInfo station) {
    return call.form("action").equals("status_again")
        ? statuses(station)
        : List.of(wanted201(call));
  }

  /** F06.FR.13: the status is a connector's, so each is asked for by its number. */
  private List<Wanted> statuses(StationInfo station) {
    List<Wanted> wanted = new ArrayList<>();
    for (StationReadStore.EvseRow evse :
        stations.evses(List.of(station.id())).getOrDefault(station.id(), List.of())) {
      for (StationReadStore.ConnectorRow connector : evse.connectors()) {
        Map<String, Integer> place =
            Map.of("id", evse.evseNo(), "connectorId", connector.connectorNo());
        wanted.add(
            new Wanted(
                "TriggerMessage", Map.of("requestedMessage", "StatusNotification", "evse", place)));
      }
    }
    if (wanted.isEmpty()) {
      throw Problem.badField("action", "the station has no connector").exception();
    }
    return wanted;
  }

  private static Wanted wanted201(PageCall call) {
    int evse = evse(call);
    return switch (call.form("action")) {
      case "operative" ->
          new Wanted("ChangeAvailability", Map.of("operationalStatus", "Operative"));
      case "inoperative" ->
          new Wanted("ChangeAvailability", Map.of("operationalStatus", "Inoperative"));
      case "configuration" ->
          new Wanted(
              "GetBaseReport",
              Map.of("requestId", freshId(call), "reportBase", "ConfigurationInventory"));
      case "start" ->
          new Wanted(
              "RequestStartTransaction",
              Map.of(
                  "evseId",
                  evse,
                  "remoteStartId",
                  freshId(call),
                  "idToken",
                  Map.of("idToken", token(call), "type", "ISO14443")));
      case "stop" ->
          new Wanted("RequestStopTransaction", Map.of("transactionId", call.form("transaction")));
      case "unlock" -> new Wanted("UnlockConnector", Map.of("evseId", evse, "connectorId", 1));
      case "reset_idle" -> new Wanted("Reset", Map.of("type", "OnIdle"));
      case "reset_now" -> new Wanted("Reset", Map.of("type", "Immediate"));
      case "boot_again" ->
          new Wanted("TriggerMessage", Map.of("requestedMessage", "BootNotification"));
      default -> throw Problem.badField("action", "is not known").exception();
    };
  }

  private static int freshId(PageCall call) {
    return (int) (call.ui().place().now().toEpochMilli() & 0x7fffffff);
  }

  private static int evse(PageCall call) {
    return (int) Math.min(10_000, new Ref(call.form("evse")).id().orElse(1));
  }

  private static String token(PageCall call) {
    String token = call.form("token");
    if (token.isEmpty() || token.length() > 36) {
      throw Problem.badField("token", "must have 1 to 36 characters").exception();
    }
    return token;
  }

  /**
   * An outcome for people.
   *
   * @param good the station did what was asked
   * @param key of the text
   */
  public record Shown(boolean good, String key, String detail) {

    static Shown of(CommandOutcome outcome) {
      return switch (outcome) {
        case CommandOutcome.Answered answered -> {
          String status = status(answered.payload()).orElse("");
          boolean good = CommandTexts.good(status);
          yield new Shown(
              good,
              good ? "outcome.done" : "outcome.rejected",
              status.isEmpty() ? answered.payload() : status);
        }
        case CommandOutcome.Error error ->
            new Shown(false, "outcome.error", error.code() + " " + error.description());
        case CommandOutcome.Invalid invalid ->
            new Shown(false, "outcome.invalid", invalid.description());
        case CommandOutcome.UnknownAction unknown ->
            new Shown(false, "outcome.error", unknown.action());
        case CommandOutcome.BadPayload bad ->
            new Shown(false, "outcome.error", bad.field() + ": " + bad.description());
        case CommandOutcome.NotConnected gone -> new Shown(false, "outcome.offline", "");
        case CommandOutcome.TimedOut late -> new Shown(false, "outcome.timeout", "");
      };
    }

    /** An answer of more than a status: worth a look at its fields. */
    boolean hasMore() {
      return good && detail.startsWith("{");
    }

    private static Optional<String> status(String payload) {
      return Optional.of(JsonCodec.tree(payload).path("status").asText()).filter(s -> !s.isEmpty());
    }
  }
}
