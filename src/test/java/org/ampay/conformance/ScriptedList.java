package org.ampay.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** The local authorization list of a scenario's station: takes updates, or refuses as told. */
final class ScriptedList {

  private final boolean newer;
  private final Map<String, JsonNode> entries = new LinkedHashMap<>();
  private final Deque<String> refusals = new ArrayDeque<>();
  private final List<JsonNode> updates = new CopyOnWriteArrayList<>();
  private int version;

  private ScriptedList(boolean newer) {
    this.newer = newer;
  }

  static ScriptedList of(Station16 station) {
    return new ScriptedList(false).on(station);
  }

  static ScriptedList of(Station201 station) {
    return new ScriptedList(true).on(station);
  }

  private ScriptedList on(ScenarioStation station) {
    station.answers("GetLocalListVersion", request -> version());
    station.answers("SendLocalList", this::update);
    return this;
  }

  /** The next updates get these statuses instead of being taken. */
  synchronized void refuseNext(String... statuses) {
    refusals.addAll(List.of(statuses));
  }

  /** Every update that came, taken or not. */
  List<JsonNode> updates() {
    return updates;
  }

  synchronized JsonNode entry(String uid) {
    JsonNode entry = entries.get(uid.toLowerCase(Locale.ROOT));
    if (entry == null) {
      throw new AssertionError(uid + " is not in " + entries.keySet());
    }
    return entry;
  }

  /** Lower case, sorted. */
  synchronized List<String> uids() {
    return List.copyOf(new TreeSet<>(entries.keySet()));
  }

  synchronized int held() {
    return version;
  }

  private synchronized String version() {
    return "{\"%s\": %d}".formatted(newer ? "versionNumber" : "listVersion", version);
  }

  private synchronized String update(JsonNode request) {
    updates.add(request);
    String refusal = refusals.poll();
    if (refusal != null) {
      return status(refusal);
    }
    int next = request.path(newer ? "versionNumber" : "listVersion").asInt();
    boolean full = request.path("updateType").asText().equals("Full");
    if (!full && next <= version) {
      return status("VersionMismatch");
    }
    if (full) {
      entries.clear();
    }
    for (JsonNode line : request.path("localAuthorizationList")) {
      String uid =
          (newer ? line.path("idToken").path("idToken") : line.path("idTag"))
              .asText()
              .toLowerCase(Locale.ROOT);
      if (line.has(newer ? "idTokenInfo" : "idTagInfo")) {
        entries.put(uid, line);
      } else {
        entries.remove(uid);
      }
    }
    version = next;
    return status("Accepted");
  }

  private static String status(String word) {
    return "{\"status\": \"" + word + "\"}";
  }
}
