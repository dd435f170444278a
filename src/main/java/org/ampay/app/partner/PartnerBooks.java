package org.ampay.app.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the partner knows: objects as they were pushed or pulled, and the calls it got. */
public final class PartnerBooks {

  private static final int MAX_CALLS = 5_000;

  /**
   * A call that came, or a result of a command.
   *
   * @param path behind the version: {@code sessions/DE/AMP/17}
   * @param status OCPI status that was answered; 0: none
   */
  public record Received(String method, String path, JsonNode body, int status) {}

  private final Map<String, Map<String, ObjectNode>> objects = new LinkedHashMap<>();
  private final List<Received> calls = new ArrayList<>();

  synchronized void put(String module, String key, ObjectNode object) {
    objects
        .computeIfAbsent(module, m -> new LinkedHashMap<>())
        .put(key.toUpperCase(Locale.ROOT), object.deepCopy());
  }

  public synchronized void remove(String module, String key) {
    Map<String, ObjectNode> of = objects.get(module);
    if (of != null) {
      of.remove(key.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * An object of a module.
   *
   * @param module {@code locations}, {@code sessions}, {@code cdrs}, {@code tariffs}
   * @param key its id
   */
  public synchronized Optional<ObjectNode> find(String module, String key) {
    Map<String, ObjectNode> of = objects.getOrDefault(module, Map.of());
    return Optional.ofNullable(of.get(key.toUpperCase(Locale.ROOT))).map(ObjectNode::deepCopy);
  }

  /** All objects of a module, in the order they came first. */
  public synchronized List<ObjectNode> all(String module) {
    return objects.getOrDefault(module, Map.of()).values().stream()
        .map(ObjectNode::deepCopy)
        .toList();
  }

  synchronized void received(Received call) {
    if (calls.size() >= MAX_CALLS) {
      calls.removeFirst();
    }
    calls.add(call);
  }

  /** The last calls to the partner, oldest first. */
  public synchronized List<Received> calls() {
    return List.copyOf(calls);
  }

  /** Those of a method whose path begins so. */
  public synchronized List<Received> calls(String method, String path) {
    return calls.stream()
        .filter(call -> call.method().equals(method) && call.path().startsWith(path))
        .toList();
  }

  /** Forgets objects and calls. */
  public synchronized void clear() {
    objects.clear();
    calls.clear();
  }
}
