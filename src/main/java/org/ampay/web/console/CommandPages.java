package org.ampay.web.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ampay.ocpp.dictionary.Dictionary;
import org.ampay.ocpp.dictionary.MessageSpec;
import org.ampay.station.Inventory;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.station.command.CommandRecord;
import org.ampay.web.command.Commands;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.message.Decoder;
import org.ampay.web.message.FieldNames;
import org.ampay.web.message.Line;
import org.ampay.web.people.Permission;
import org.ampay.web.read.StationReadStore;
import org.ampay.web.read.StationReadStore.StationRow;

/** The commands of a station: all there are, what became of the last ones, and one of them. */
final class CommandPages {

  private static final int PAGE = 30;

  private final Pages pages;
  private final Inventory inventory;
  private final StationReadStore stations;
  private final Commands commands;

  CommandPages(Pages pages, Inventory inventory, StationReadStore stations, Commands commands) {
    this.pages = pages;
    this.inventory = inventory;
    this.stations = stations;
    this.commands = commands;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/stations/{id}/commands", Permission.STATIONS_READ, this::list),
        ConsoleRoute.get("/stations/{id}/commands/recent", Permission.STATIONS_READ, this::recent),
        ConsoleRoute.get(
            "/stations/{id}/commands/{command}", Permission.STATIONS_READ, this::detail),
        ConsoleRoute.post(
            "/stations/{id}/commands/{command}/cancel", Permission.STATIONS_COMMAND, this::cancel));
  }

  private StationRow row(PageCall call) {
    return stations
        .find(call.scope(), call.pathParam("id"))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer list(PageCall call) {
    StationRow row = row(call);
    Protocol protocol = protocol(commands, row);
    long before = call.queryLong("before", Long.MAX_VALUE);
    List<CommandRecord> found = commands.newest(row.id(), null, before, PAGE + 1);
    boolean more = found.size() > PAGE;
    Map<String, Object> model = new HashMap<>();
    model.put("station", row);
    model.put("connected", commands.connected(row.id()));
    model.put("protocol", protocol.version());
    model.put("blocks", blocks(call, protocol));
    model.put("commands", more ? found.subList(0, PAGE) : found);
    model.put("next", more ? found.get(PAGE - 1).id() : 0L);
    return pages.page(200, "station-commands", call.ui(), model);
  }

  /** The version to write a command in: of the connection, else the last one. */
  static Protocol protocol(Commands commands, StationRow row) {
    return commands
        .protocol(row.id())
        .orElseGet(() -> "2.0.1".equals(row.protocol()) ? Protocol.OCPP_201 : Protocol.OCPP_16);
  }

  private static Map<String, List<CommandChoice>> blocks(PageCall call, Protocol protocol) {
    Map<String, List<CommandChoice>> blocks = new LinkedHashMap<>();
    for (MessageSpec message : Dictionary.of(protocol).commands()) {
      String action = message.action();
      blocks
          .computeIfAbsent(message.block(), block -> new ArrayList<>())
          .add(new CommandChoice(action, FieldNames.action(call.ui().language().locale(), action)));
    }
    Map<String, List<CommandChoice>> sorted = new LinkedHashMap<>();
    blocks.keySet().stream()
        .sorted()
        .forEach(
            block ->
                sorted.put(
                    FieldNames.block(call.ui().language().locale(), block),
                    blocks.getOrDefault(block, List.of())));
    return sorted;
  }

  private Answer recent(PageCall call) {
    StationRow row = row(call);
    int limit = (int) Math.clamp(call.queryLong("limit", PAGE), 1, PAGE);
    Collection<CommandRecord> found = commands.newest(row.id(), null, Long.MAX_VALUE, limit);
    return pages.page(
        200, "part/command-list", call.ui(), Map.of("identity", row.identity(), "commands", found));
  }

  private CommandRecord find(PageCall call, StationRow row) {
    return commands
        .find(call.operatorId(), call.idParam("command"))
        .filter(found -> found.stationId() == row.id())
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer detail(PageCall call) {
    StationRow row = row(call);
    CommandRecord command = find(call, row);
    Map<String, Object> model = new HashMap<>();
    model.put("station", row);
    model.put("command", command);
    model.put(
        "request",
        Decoder.request(
            call.ui().language().locale(),
            versionOf(command),
            command.call().action(),
            command.call().payload()));
    model.put("answer", answer(call.ui(), command));
    boolean part = call.fromHtmx();
    return pages.page(
        200, part ? "part/command-detail" : "station-command-record", call.ui(), model);
  }

  /** The answer of a command, field by field; empty when there is none. */
  static List<Line> answer(Ui ui, CommandRecord command) {
    String answer = command.progress().answer();
    return answer == null
        ? List.of()
        : Decoder.answer(
            ui.language().locale(), versionOf(command), command.call().action(), answer);
  }

  private static Protocol versionOf(CommandRecord command) {
    return "2.0.1".equals(command.call().protocol()) ? Protocol.OCPP_201 : Protocol.OCPP_16;
  }

  private Answer cancel(PageCall call) {
    StationRow row = row(call);
    CommandRecord command = find(call, row);
    StationInfo info =
        inventory.byId(row.id()).orElseThrow(() -> Problem.notFound(null).exception());
    boolean cancelled = commands.cancel(info, command.id(), call.caller().actor());
    return pages.page(
        200,
        "part/note",
        call.ui(),
        Map.of(
            "good",
            cancelled,
            "text",
            call.ui().t(cancelled ? "command.taken_back" : "command.too_late")));
  }
}
