package org.ampay.app.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The wires, one step at a time: each step is written down, then done at one instant. What was
 * written down before is done again at the start.
 */
final class SandboxState {

  private final ReentrantLock lock = new ReentrantLock();
  private final SandboxJournal journal;
  private final SandboxClock time;
  private final Map<String, SandboxWire> wires = new LinkedHashMap<>();
  private final Map<String, byte[]> secrets = new HashMap<>();

  SandboxState(SandboxJournal journal, SandboxClock time) {
    this.journal = journal;
    this.time = time;
    for (JsonNode entry : journal.before()) {
      if (entry.path("what").asText().equals("secret")) {
        secrets.put(
            entry.path("name").asText(), Base64.getDecoder().decode(entry.path("bytes").asText()));
      }
    }
  }

  void add(SandboxWire wire) {
    wires.put(wire.provider(), wire);
  }

  List<SandboxWire> wires() {
    return List.copyOf(wires.values());
  }

  Optional<SandboxWire> ofPath(String path) {
    return wires.values().stream().filter(wire -> wire.owns(path)).findFirst();
  }

  /** Does again what was written down. */
  void replay(SandboxCallbacks callbacks) {
    for (JsonNode entry : journal.before()) {
      switch (entry.path("what").asText()) {
        case "told" -> callbacks.wasTold(entry.path("no").asLong());
        case "advance" -> time.advance(Duration.ofMillis(entry.path("millis").asLong()));
        case "account", "call", "act" -> repeat(entry);
        default -> {
          // a secret: read before
        }
      }
    }
  }

  private void repeat(JsonNode entry) {
    SandboxWire wire = wires.get(entry.path("provider").asText());
    if (wire == null) {
      return;
    }
    time.replay(Instant.ofEpochMilli(entry.path("at").asLong()));
    try {
      switch (entry.path("what").asText()) {
        case "account" ->
            wire.account(entry.path("merchant").asText(), URI.create(entry.path("url").asText()));
        case "act" ->
            wire.act(
                entry.path("text").asText(), SandboxWire.Act.valueOf(entry.path("act").asText()));
        default ->
            wire.answer(call(entry), SandboxWire.Oddity.valueOf(entry.path("oddity").asText()));
      }
    } finally {
      time.replay(null);
    }
  }

  byte[] secret(String name, Supplier<byte[]> make) {
    byte[] known = secrets.get(name);
    if (known != null) {
      return known.clone();
    }
    byte[] made = make.get();
    secrets.put(name, made);
    journal.append(
        entry("secret", "")
            .put("name", name)
            .put("bytes", Base64.getEncoder().encodeToString(made)));
    return made.clone();
  }

  Map<String, String> account(String provider, String merchant, URI url) {
    SandboxWire wire = wires.get(provider);
    if (wire == null) {
      throw new IllegalArgumentException("the sandbox has no provider '" + provider + "'");
    }
    return step(
        entry("account", provider).put("merchant", merchant).put("url", url.toString()),
        () -> wire.account(merchant, url));
  }

  SandboxAnswer answer(SandboxWire wire, SandboxCall call, SandboxWire.Oddity oddity) {
    return step(
        wire.reads(call) || !journal.isKept() ? null : entry(wire.provider(), call, oddity),
        () -> wire.answer(call, oddity));
  }

  boolean act(String text, SandboxWire.Act act) {
    return find(text, wire -> Optional.of(act(wire, text, act))).orElse(false);
  }

  private boolean act(SandboxWire wire, String text, SandboxWire.Act act) {
    return step(
        entry("act", wire.provider()).put("text", text).put("act", act.name()),
        () -> wire.act(text, act));
  }

  Optional<SandboxWire.Asked> asked(String text) {
    return find(text, wire -> wire.asked(text));
  }

  void advance(Duration duration) {
    time.advance(duration);
    journal.append(entry("advance", "").put("millis", duration.toMillis()));
  }

  void told(long no) {
    journal.append(entry("told", "").put("no", no));
  }

  private <T> Optional<T> find(String text, Function<SandboxWire, Optional<T>> then) {
    lock.lock();
    try {
      return wires.values().stream()
          .filter(wire -> wire.asked(text).isPresent())
          .findFirst()
          .flatMap(then);
    } finally {
      lock.unlock();
    }
  }

  private <T> T step(@Nullable ObjectNode entry, Supplier<T> work) {
    lock.lock();
    try {
      Instant at = time.now();
      if (entry != null) {
        journal.append(entry.put("at", at.toEpochMilli()));
      }
      return time.at(at, work);
    } finally {
      lock.unlock();
    }
  }

  private static ObjectNode entry(String what, String provider) {
    ObjectNode entry = SandboxJournal.MAPPER.createObjectNode().put("what", what);
    return provider.isEmpty() ? entry : entry.put("provider", provider);
  }

  private static ObjectNode entry(String provider, SandboxCall call, SandboxWire.Oddity oddity) {
    ObjectNode entry =
        entry("call", provider)
            .put("method", call.method())
            .put("target", call.target())
            .put("body", Base64.getEncoder().encodeToString(call.body()))
            .put("oddity", oddity.name());
    ObjectNode headers = entry.putObject("headers");
    call.headers().forEach(headers::put);
    return entry;
  }

  private static SandboxCall call(JsonNode entry) {
    Map<String, String> headers = new HashMap<>();
    entry.path("headers").properties().forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
    return new SandboxCall(
        entry.path("method").asText(),
        entry.path("target").asText(),
        headers,
        Base64.getDecoder().decode(entry.path("body").asText()));
  }
}
