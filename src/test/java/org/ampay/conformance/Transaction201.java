package org.ampay.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One transaction of an OCPP 2.0.1 station, told event by event: each is a few minutes after the
 * one before, in the recent past, so that energy has had time to flow.
 */
final class Transaction201 implements AutoCloseable {

  private static final int MINUTES_AGO = 120;

  final Station201 station;
  final String id;
  final String token;
  private int minutes;

  private Transaction201(Station201 station, String token) {
    this.station = station;
    this.token = token;
    this.id = Unique.token();
  }

  /** On a station of its own, with a good token. */
  static Transaction201 begin() {
    return on(Station201.online());
  }

  static Transaction201 on(Station201 station) {
    return new Transaction201(station, station.api().token());
  }

  /** Time passes before the next event. */
  Transaction201 later(int more) {
    minutes += more;
    return this;
  }

  JsonNode started(String trigger, UnaryOperator<Event201> rest) {
    return send(Event201.started(id, trigger), rest);
  }

  JsonNode updated(String trigger, UnaryOperator<Event201> rest) {
    return send(Event201.updated(id, trigger), rest);
  }

  JsonNode ended(String trigger, String stoppedReason, UnaryOperator<Event201> rest) {
    return send(Event201.ended(id, trigger, stoppedReason), rest);
  }

  private JsonNode send(Event201 event, UnaryOperator<Event201> rest) {
    Event201 made = rest.apply(event.at(time()));
    minutes += 5;
    return station.event(made).payload();
  }

  /** The time of the next event. */
  String time() {
    return ScenarioStation.minutesAgo(MINUTES_AGO - minutes);
  }

  /** The session as the server shows it now. */
  JsonNode session() {
    return station.api().session(station, id);
  }

  /** The session as soon as its bill is settled. */
  JsonNode settled() {
    return station
        .api()
        .awaitSession(station, id, s -> s.path("settlement_state").asText().equals("settled"));
  }

  /** Its events as the server shows them: {@code Started CablePluggedIn EVConnected}. */
  List<String> events() {
    long session = session().path("session_id").asLong();
    List<String> words = new ArrayList<>();
    for (JsonNode event :
        station.api().get("/sessions/" + session + "/events").expect(200).path("items")) {
      words.add((event.path("type").asText() + " " + event.path("detail").asText()).strip());
    }
    return words;
  }

  static String status(JsonNode answer) {
    return answer.path("idTokenInfo").path("status").asText();
  }

  @Override
  public void close() {
    station.close();
  }
}
