package org.ampay.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ampay.app.simulator.Recorder;

/** What the server has acknowledged, and whether all of it is there, once. */
final class Acknowledgements implements Recorder {

  private final Queue<Acknowledged> facts = new ConcurrentLinkedQueue<>();

  @Override
  public void acknowledged(Acknowledged fact) {
    facts.add(fact);
  }

  long count() {
    return facts.size();
  }

  long count(String action) {
    return facts.stream().filter(fact -> fact.action().equals(action)).count();
  }

  long count(String version, String kind) {
    boolean events = version.equals("2.0.1");
    return facts.stream()
        .filter(fact -> fact.action().equals("TransactionEvent") == events)
        .filter(fact -> fact.kind().equals(kind))
        .count();
  }

  /**
   * The acknowledged facts that are not in the export, or more than once; empty when all is well.
   */
  List<String> wrongs(List<JsonNode> sessions, List<JsonNode> readings) {
    List<String> wrongs = new ArrayList<>();
    Map<String, JsonNode> byTransaction = new HashMap<>();
    Set<String> starts = new HashSet<>();
    for (JsonNode session : sessions) {
      String key = session.path("station").asText() + " " + text(session, "transaction_id");
      if (byTransaction.put(key, session) != null) {
        wrongs.add("two sessions: " + key);
      }
      if (!starts.add(session.path("station").asText() + " " + text(session, "started_at"))) {
        wrongs.add("one start, two sessions: " + key);
      }
    }
    Set<String> stored = stored(readings, wrongs);
    for (Acknowledged fact : facts) {
      String key = fact.station() + " " + fact.transactionId();
      JsonNode session = byTransaction.get(key);
      if (session == null) {
        wrongs.add("lost with its session: " + fact);
      } else if (!isIn(session, fact) || !isAmong(stored, fact)) {
        wrongs.add("lost: " + fact);
      }
    }
    return wrongs;
  }

  /** Every reading once: two with the same time, context and register are one, stored twice. */
  private static Set<String> stored(List<JsonNode> readings, List<String> wrongs) {
    Set<String> unique = new HashSet<>();
    Set<String> stored = new HashSet<>();
    for (JsonNode reading : readings) {
      String key =
          key(
              text(reading, "station"),
              text(reading, "transaction_id"),
              Instant.parse(text(reading, "at")),
              reading.path("energy_register_wh").asLong());
      if (!unique.add(key + " " + text(reading, "context"))) {
        wrongs.add("reading stored twice: " + key);
      }
      stored.add(key);
    }
    return stored;
  }

  private static boolean isIn(JsonNode session, Acknowledged fact) {
    return switch (fact.kind()) {
      case "start" ->
          text(session, "started_at").equals(time(fact.at()))
              && session.path("meter_start_wh").asLong() == fact.registerWh();
      case "stop" ->
          text(session, "stopped_at").equals(time(fact.at()))
              && session.path("meter_stop_wh").asLong() == fact.registerWh();
      default -> true;
    };
  }

  private static boolean isAmong(Set<String> stored, Acknowledged fact) {
    return !fact.hasReading()
        || stored.contains(key(fact.station(), fact.transactionId(), fact.at(), fact.registerWh()));
  }

  private static String key(String station, String transaction, Instant at, long registerWh) {
    return station + " " + transaction + " " + at.toEpochMilli() + " " + registerWh;
  }

  private static String time(Instant at) {
    String text = at.toString();
    if (text.length() == "2026-01-01T00:00:00Z".length()) {
      return text.replace("Z", ".000Z");
    }
    return text;
  }

  private static String text(JsonNode row, String field) {
    return row.path(field).asText();
  }
}
