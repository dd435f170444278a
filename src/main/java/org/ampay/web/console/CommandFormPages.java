package org.ampay.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ampay.ocpp.dictionary.Dictionary;
import org.ampay.ocpp.dictionary.MessageSpec;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Inventory;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.station.command.CommandRecord;
import org.ampay.web.command.Commands;
import org.ampay.web.command.SecurityChanges;
import org.ampay.web.http.Answer;
import org.ampay.web.http.JsonCodec;
import org.ampay.web.http.Problem;
import org.ampay.web.http.ProblemException;
import org.ampay.web.message.Checker;
import org.ampay.web.message.FieldNames;
import org.ampay.web.people.Permission;
import org.ampay.web.read.StationReadStore;
import org.ampay.web.read.StationReadStore.StationRow;
import org.jspecify.annotations.Nullable;

/** The form of each command, made from the dictionary of the station's OCPP version. */
final class CommandFormPages {

  private static final String RAW = "_json";

  private final Pages pages;
  private final Inventory inventory;
  private final StationReadStore stations;
  private final Commands commands;

  CommandFormPages(Pages pages, Inventory inventory, StationReadStore stations, Commands commands) {
    this.pages = pages;
    this.inventory = inventory;
    this.stations = stations;
    this.commands = commands;
  }

  List<ConsoleRoute> routes() {
    String path = "/stations/{id}/commands/new/{action}";
    return List.of(
        ConsoleRoute.get(path, Permission.STATIONS_COMMAND, this::blank),
        ConsoleRoute.post(path, Permission.STATIONS_COMMAND, this::act));
  }

  /** A form that somebody works at. */
  private final class Draft {
    private final PageCall call;
    private final StationRow row;
    private final Protocol protocol;
    private final MessageSpec message;
    private CommandForm form;
    private @Nullable String raw;
    private final Map<String, String> errors = new LinkedHashMap<>();
    private @Nullable CommandRecord sent;
    private String note = "";

    Draft(PageCall call) {
      this.call = call;
      this.row =
          stations
              .find(call.scope(), call.pathParam("id"))
              .orElseThrow(() -> Problem.notFound(null).exception());
      this.protocol = CommandPages.protocol(commands, row);
      this.message =
          Dictionary.of(protocol)
              .message(call.pathParam("action"))
              .filter(found -> found.direction().toStation())
              .orElseThrow(() -> Problem.notFound(null).exception());
      this.form = new CommandForm(call.ui().place().zone());
    }

    JsonNode payload() {
      return raw == null ? form.payload(message.request()) : JsonCodec.tree(raw);
    }

    void show(JsonNode payload) {
      form = CommandForm.of(message.request(), payload, call.ui().place().zone());
    }

    Answer page() {
      Ui ui = call.ui();
      CommandDefaults defaults = new CommandDefaults(message.action(), form, ui.place().now());
      CommandFormView view = new CommandFormView(ui, form, defaults, errors);
      Map<String, Object> model = new HashMap<>();
      model.put("station", row);
      model.put("action", message.action());
      model.put("label", FieldNames.action(ui.language().locale(), message.action()));
      model.put("connected", commands.connected(row.id()));
      model.put("nodes", raw == null ? view.nodes(message.request()) : List.of());
      model.put("raw", raw);
      model.put("errors", view.homeless());
      model.put("hasErrors", !errors.isEmpty());
      model.put("sent", sent);
      CommandRecord command = sent;
      model.put("answer", command == null ? List.of() : CommandPages.answer(ui, command));
      model.put("note", note);
      return pages.page(200, call.fromHtmx() ? "part/command-form" : "station-command", ui, model);
    }
  }

  /** An empty form, or with {@code from} one filled as a command of the history. */
  private Answer blank(PageCall call) {
    Draft draft = new Draft(call);
    long from = call.queryLong("from", 0);
    if (from != 0) {
      commands
          .find(call.operatorId(), from)
          .filter(record -> record.call().action().equals(draft.message.action()))
          .ifPresent(record -> draft.show(JsonCodec.tree(record.call().payload())));
    }
    return draft.page();
  }

  private Answer act(PageCall call) {
    Draft draft = new Draft(call);
    draft.form = CommandForm.posted(call, call.ui().place().zone());
    draft.raw = call.formNames().contains(RAW) ? call.form(RAW) : null;
    String op = call.form("op");
    String path = op.substring(op.indexOf(':') + 1);
    switch (op.substring(0, op.length() - path.length())) {
      case "row:" -> draft.form.add(path, true);
      case "group:" -> draft.form.add(path, false);
      case "remove:" -> remove(draft, path);
      default -> other(draft, op);
    }
    return draft.page();
  }

  private static void remove(Draft draft, String path) {
    if (path.matches(".*\\[[0-9]{1,3}]|[^\\]]*[A-Za-z0-9]")) {
      draft.form.remove(path);
    }
  }

  private void other(Draft draft, String op) {
    switch (op) {
      case "raw" -> draft.raw = JsonCodec.tree("{}").equals(draft.payload()) ? "{}" : pretty(draft);
      case "form" -> toForm(draft);
      default -> send(draft);
    }
  }

  private static String pretty(Draft draft) {
    return draft.payload().toPrettyString();
  }

  private static void toForm(Draft draft) {
    try {
      draft.show(draft.payload());
      draft.raw = null;
    } catch (ProblemException e) {
      draft.errors.put("", String.valueOf(e.getMessage()));
    }
  }

  private void send(Draft draft) {
    JsonNode payload;
    try {
      payload = draft.payload();
    } catch (ProblemException e) {
      draft.errors.put("", String.valueOf(e.getMessage()));
      return;
    }
    Ui ui = draft.call.ui();
    Checker.check(draft.message.request(), payload)
        .forEach(
            (path, complaint) ->
                draft.errors.put(path, ui.t(complaint.key(), complaint.values().toArray())));
    if (!draft.errors.isEmpty()) {
      return;
    }
    StationInfo info =
        inventory.byId(draft.row.id()).orElseThrow(() -> Problem.notFound(null).exception());
    draft.call.http().withoutTimeout();
    String actor = draft.call.caller().actor();
    String action = draft.message.action();
    SecurityChanges.check(draft.call.caller().role(), action, payload);
    int seconds = (int) draft.call.formLong("_queue", 0);
    try {
      if (seconds == 0) {
        told(draft, commands.tell(info, action, payload.toString(), actor));
      } else {
        switch (commands.sendOrQueue(info, action, payload.toString(), actor, seconds)) {
          case Commands.Taken.Sent(Commands.Told told) -> told(draft, told);
          case Commands.Taken.Waits(long id) -> {
            draft.note = ui.t("command.waits");
            draft.sent = commands.find(draft.call.operatorId(), id).orElse(null);
          }
        }
      }
    } catch (ProblemException e) {
      draft.errors.put("", String.valueOf(e.getMessage()));
    }
  }

  private void told(Draft draft, Commands.Told told) {
    Ui ui = draft.call.ui();
    draft.sent =
        told.recordId() == 0
            ? null
            : commands.find(draft.call.operatorId(), told.recordId()).orElse(null);
    switch (told.outcome()) {
      case CommandOutcome.BadPayload(String field, String description) ->
          draft.errors.put(field, description);
      case CommandOutcome.UnknownAction(String action) -> draft.errors.put("", action);
      case CommandOutcome.NotConnected _ -> draft.errors.put("", ui.t("command.offline"));
      case CommandOutcome.Error(String code, String description) -> {
        if (draft.sent == null) {
          draft.errors.put("", code + " " + description);
        }
      }
      case CommandOutcome.Answered _, CommandOutcome.Invalid _, CommandOutcome.TimedOut _ -> {}
    }
  }
}
