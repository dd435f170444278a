package org.ampay.app.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The station's side of OCPP-J: one outstanding CALL, facts kept in order until they are
 * acknowledged, reconnecting with backoff.
 */
final class StationLink {

  /** What the station hears from its link. */
  interface Station {
    void opened();

    Optional<ObjectNode> command(String action, JsonNode payload);

    void acknowledged(Call call);

    void gaveUp(Call call, String error);
  }

  private static final Logger LOG = LoggerFactory.getLogger(StationLink.class);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration FACT_RETRY = Duration.ofSeconds(1);
  private static final int FACT_REFUSALS = 3;
  private static final int MAX_QUEUED = 100;
  private static final int MAX_BACKOFF_SECONDS = 30;
  private static final int FAILURES_TO_TELL = 3;
  private static final long TELL_NANOS = 10_000_000_000L;
  private static final AtomicLong LAST_TOLD = new AtomicLong(System.nanoTime() - 2 * TELL_NANOS);

  private final SimulatorLoop loop;
  private final URI url;
  private final StationSpec spec;
  private final Dialect dialect;
  private final Random random;
  private final Station station;
  private final Deque<Call> facts = new ArrayDeque<>();
  private final Deque<Call> others = new ArrayDeque<>();

  private @Nullable StationSocket socket;
  private @Nullable String password;
  private boolean open;
  private boolean registered;
  private boolean closed;
  private int failures;
  private @Nullable Call pending;
  private String pendingId = "";
  private SimulatorLoop.@Nullable Timer answerTimer;
  private volatile int unacknowledged;
  private volatile boolean connected;

  StationLink(
      SimulatorLoop loop,
      URI url,
      StationSpec spec,
      Dialect dialect,
      Random random,
      Station station) {
    this.loop = loop;
    this.url = url;
    this.spec = spec;
    this.dialect = dialect;
    this.random = random;
    this.station = station;
    this.password = spec.password();
  }

  void connect() {
    if (closed || socket != null) {
      return;
    }
    StationSocket next =
        new StationSocket(
            loop,
            url,
            dialect.subprotocol(),
            StationSocket.credentials(spec.identity(), password),
            this::opened,
            this::received,
            this::lost);
    socket = next;
    next.open();
  }

  /** A changed password is used from the next connection on. */
  void setPassword(String changed) {
    password = changed;
  }

  boolean isOpen() {
    return open;
  }

  /** From any thread. */
  boolean isConnected() {
    return connected;
  }

  /** From any thread: facts that wait for their acknowledgement. */
  int unacknowledged() {
    return unacknowledged;
  }

  /** From now on everything may be sent, not only the boot. */
  void registered() {
    registered = true;
    pump();
  }

  void unregistered() {
    registered = false;
  }

  /** Sends when its turn comes. A call that is no fact is dropped when there is no connection. */
  void call(Call call) {
    if (call.fact != null) {
      facts.add(call);
      unacknowledged = facts.size();
    } else if (open && others.size() < MAX_QUEUED) {
      others.add(call);
    } else {
      call.onFailure.run();
      return;
    }
    pump();
  }

  /** Before everything else, and without waiting for the registration. */
  void boot(Call call) {
    others.addFirst(call);
    pump();
  }

  /** Cuts the connection; it comes back after {@code away}. */
  void disconnect(Duration away) {
    StationSocket current = socket;
    if (current != null) {
      forget(current);
      current.cut();
      loop.afterReal(away, this::connect);
    }
  }

  void close() {
    closed = true;
    if (socket != null) {
      socket.close();
    }
  }

  private void opened(StationSocket opened) {
    if (opened != socket) {
      opened.close();
      return;
    }
    open = true;
    connected = true;
    failures = 0;
    station.opened();
    pump();
  }

  private void lost(StationSocket lost, String why) {
    if (lost != socket) {
      return;
    }
    forget(lost);
    failures++;
    if (!closed) {
      if (failures == FAILURES_TO_TELL) {
        tell(why);
      }
      long backoff = Math.min(MAX_BACKOFF_SECONDS, 1L << Math.min(failures - 1, 5)) * 1000;
      loop.afterReal(
          Duration.ofMillis(backoff / 2 + random.nextLong(backoff / 2 + 1)), this::connect);
    }
  }

  /** One station speaks for all that cannot connect at that moment. */
  private void tell(String why) {
    long now = System.nanoTime();
    long last = LAST_TOLD.get();
    if (now - last > TELL_NANOS && LAST_TOLD.compareAndSet(last, now)) {
      LOG.warn("station {} cannot connect to {}: {}", spec.identity(), url, why);
    }
  }

  private void forget(StationSocket lost) {
    socket = null;
    open = false;
    connected = false;
    Call waiting = pending;
    endPending();
    if (waiting != null && waiting.fact == null) {
      waiting.onFailure.run();
    }
    for (Call call : others) {
      call.onFailure.run();
    }
    others.clear();
  }

  private void endPending() {
    pending = null;
    if (answerTimer != null) {
      answerTimer.cancel();
      answerTimer = null;
    }
  }

  private void pump() {
    if (!open || pending != null) {
      return;
    }
    Call next;
    if (!registered) {
      next = others.peek();
      if (next == null || !next.action.equals("BootNotification")) {
        return;
      }
      others.poll();
    } else {
      next = others.isEmpty() ? facts.peek() : others.poll();
    }
    if (next != null) {
      send(next);
    }
  }

  private void send(Call call) {
    pending = call;
    pendingId = UUID.randomUUID().toString();
    call.attempts++;
    answerTimer = loop.afterReal(ANSWER_TIMEOUT, () -> answerMissing(call));
    write("[2,\"" + pendingId + "\",\"" + call.action + "\"," + call.text() + "]");
  }

  private void write(String text) {
    StationSocket current = socket;
    if (current == null) {
      return;
    }
    try {
      current.send(text);
    } catch (WebsocketNotConnectedException e) {
      // Being closed; onClose is on its way and keeps the fact.
      LOG.debug("station {} lost its connection while sending", spec.identity());
    }
  }

  private void answerMissing(Call call) {
    if (pending == call) {
      endPending();
      if (call.fact == null) {
        call.onFailure.run();
      }
      loop.afterReal(FACT_RETRY, this::pump);
    }
  }

  private void received(StationSocket from, String text) {
    if (from != socket) {
      return;
    }
    JsonNode message = Json.parse(text);
    String id = message.path(1).asText();
    switch (message.path(0).asInt()) {
      case 2 -> answer(id, message.path(2).asText(), message.path(3));
      case 3 -> answered(id, message.path(2));
      case 4 -> refused(id, message.path(2).asText() + ": " + message.path(3).asText());
      default -> LOG.warn("station {} got {}", spec.identity(), text);
    }
  }

  private void answer(String id, String action, JsonNode payload) {
    Optional<ObjectNode> answer = station.command(action, payload);
    ArrayNode frame = Json.MAPPER.createArrayNode();
    if (answer.isPresent()) {
      frame.add(3).add(id).add(answer.get());
    } else {
      frame.add(4).add(id).add("NotImplemented").add("no such action").add(Json.object());
    }
    write(frame.toString());
  }

  private void answered(String id, JsonNode payload) {
    Call call = pending;
    if (call == null || !id.equals(pendingId)) {
      return;
    }
    endPending();
    if (call.fact != null) {
      facts.remove(call);
      unacknowledged = facts.size();
    }
    call.onAnswer.accept(payload);
    if (call.fact != null) {
      station.acknowledged(call);
    }
    pump();
  }

  private void refused(String id, String error) {
    Call call = pending;
    if (call == null || !id.equals(pendingId)) {
      return;
    }
    endPending();
    if (call.fact == null) {
      call.onFailure.run();
      pump();
    } else if (call.attempts >= FACT_REFUSALS) {
      facts.remove(call);
      unacknowledged = facts.size();
      station.gaveUp(call, error);
      pump();
    } else {
      loop.afterReal(FACT_RETRY, this::pump);
    }
  }
}
