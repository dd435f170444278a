package org.ampay.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.ampay.ocpp.dictionary.Dictionary;
import org.ampay.ocpp.dictionary.MessageSpec;
import org.ampay.station.Protocol;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.message.Decoder;
import org.ampay.web.people.Permission;
import org.ampay.web.read.MessageReadStore;
import org.ampay.web.read.MessageReadStore.Message;
import org.ampay.web.read.StationReadStore;
import org.jspecify.annotations.Nullable;

/** The message log: of all stations, of one, and one message field by field. */
final class MessagePages {

  private static final int PAGE = 100;
  private static final List<String> ACTIONS = actions();

  private final Pages pages;
  private final StationReadStore stations;
  private final MessageReadStore messages;

  MessagePages(Pages pages, StationReadStore stations, MessageReadStore messages) {
    this.pages = pages;
    this.stations = stations;
    this.messages = messages;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/messages", Permission.STATIONS_READ, call -> list(call, "")),
        ConsoleRoute.get("/messages/{message}", Permission.STATIONS_READ, this::detail),
        ConsoleRoute.get("/stations/{id}/messages", Permission.STATIONS_READ, this::ofStation));
  }

  private Answer ofStation(PageCall call) {
    return stations
        .find(call.scope(), call.pathParam("id"))
        .map(row -> list(call, row.identity()))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer list(PageCall call, String station) {
    MessageQuery query = MessageQuery.of(call.http(), station);
    long before = call.queryLong("before", Long.MAX_VALUE);
    long last = Math.max(1, messages.lastId());
    List<Message> found =
        messages.newest(call.scope(), query.filter(call.ui().place().zone()), before, PAGE + 1);
    boolean more = found.size() > PAGE;
    List<Message> shown = more ? found.subList(0, PAGE) : found;
    Map<String, Object> model = new HashMap<>();
    model.put("identity", station);
    model.put("query", query);
    model.put("messages", shown);
    model.put("actions", ACTIONS);
    model.put("next", more ? shown.getLast().id() : 0L);
    model.put("last", last);
    model.put("first", before == Long.MAX_VALUE);
    return pages.page(200, "messages", call.ui(), model);
  }

  private Answer detail(PageCall call) {
    Message message =
        messages
            .find(call.scope(), call.idParam("message"))
            .orElseThrow(() -> Problem.notFound(null).exception());
    Optional<Decoder.Decoded> decoded =
        Decoder.frame(
            call.ui().language().locale(),
            protocol(message.protocol()),
            message.action(),
            message.frame());
    Map<String, Object> model = new HashMap<>();
    model.put("message", message);
    model.put("decoded", decoded.orElse(null));
    return pages.page(200, "part/message-detail", call.ui(), model);
  }

  private static @Nullable Protocol protocol(@Nullable String version) {
    if (version == null) {
      return null;
    }
    return version.equals("2.0.1") ? Protocol.OCPP_201 : Protocol.OCPP_16;
  }

  private static List<String> actions() {
    TreeSet<String> actions = new TreeSet<>();
    for (Protocol protocol : Protocol.values()) {
      Dictionary.of(protocol).messages().stream().map(MessageSpec::action).forEach(actions::add);
    }
    return List.copyOf(actions);
  }
}
