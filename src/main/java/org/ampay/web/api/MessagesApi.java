package org.ampay.web.api;

import java.util.List;
import org.ampay.web.api.StationShapes.MessageOut;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.ampay.web.read.MessageReadStore;
import org.ampay.web.read.MessageReadStore.Filter;
import org.ampay.web.read.MessageReadStore.Message;
import org.ampay.web.read.StationReadStore;
import org.ampay.web.read.StationReadStore.StationRow;

/** The message log. */
final class MessagesApi {

  private final StationReadStore stations;
  private final MessageReadStore messages;

  MessagesApi(StationReadStore stations, MessageReadStore messages) {
    this.stations = stations;
    this.messages = messages;
  }

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
                "/stations/{id}/messages", Permission.STATIONS_READ, "Message log, newest first")
            .describe("What was said, best effort; passwords and keys are taken out.")
            .query("action", "for example Heartbeat; answers carry the action of their call")
            .query("direction", "in: from the station, out: to it")
            .query("error", "`any`, or the code of a CALLERROR")
            .query("message_id", "its beginning")
            .query("from", "logged at or after this time")
            .query("to", "logged before this time")
            .lists(MessageOut.class)
            .by(this::list));
  }

  private Answer list(ApiCall call) {
    StationRow row =
        stations
            .find(call.scope(), call.pathParam("id"))
            .orElseThrow(() -> Problem.notFound("there is no such station").exception());
    Filter filter =
        new Filter(
            row.identity(),
            call.query("action").orElse(null),
            call.choice("direction", List.of("in", "out")),
            call.query("error").orElse(null),
            call.query("message_id").orElse(null),
            call.time("from").orElse(null),
            call.time("to").orElse(null));
    List<Message> found =
        messages.newest(call.scope(), filter, call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(found, MessagesApi::out, Message::id));
  }

  private static MessageOut out(Message m) {
    return new MessageOut(
        m.id(), m.at(), m.direction(), m.action(), m.messageId(), m.errorCode(), m.frame());
  }
}
