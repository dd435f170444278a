package org.ampay.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.ampay.app.simulator.Eventually;
import org.jspecify.annotations.Nullable;

/**
 * A station of a scenario on a real socket, frame by frame: it sends any CALL, answers the server's
 * CALLs by script, and every wait is bounded. {@link Station16} and {@link Station201} know their
 * version's messages.
 */
public abstract class ScenarioStation implements AutoCloseable {

  private static final int WAIT_SECONDS = 20;

  private final Setup setup;
  private final String subprotocol;
  private final Script script = new Script();
  private final Map<String, BlockingQueue<ReceivedCall>> calls = new ConcurrentHashMap<>();
  private final AtomicInteger messages = new AtomicInteger();
  private final AtomicLong clock =
      new AtomicLong(Instant.now().minus(3, ChronoUnit.HOURS).toEpochMilli());
  private @Nullable Line line;

  /** Makes the station in the server. */
  ScenarioStation(Setup setup, String protocol) {
    this.setup = setup;
    this.subprotocol = "ocpp" + protocol;
    setup.make(protocol);
  }

  public String identity() {
    return setup.identity();
  }

  public ScenarioServer server() {
    return setup.server();
  }

  public ScenarioApi api() {
    return setup.server().api();
  }

  // ---- the connection

  /** How it dials in when nothing is special: right subprotocol, right credentials. */
  public Dial dial() {
    String name = URLEncoder.encode(identity(), StandardCharsets.UTF_8).replace("+", "%20");
    URI url = URI.create("ws://127.0.0.1:" + server().ocpp().getPort() + "/ocpp/" + name);
    Dial plain = new Dial(url, List.of(subprotocol), Map.of(), null);
    String password = setup.password();
    return password == null ? plain : plain.withBasic(identity(), password);
  }

  public void connect() {
    connect(dial());
  }

  /** Connects; a handshake that does not come about fails. An older connection is left open. */
  public void connect(Dial how) {
    int status = handshake(how);
    if (status != 101) {
      throw new AssertionError("HTTP " + status + ", no connection:" + line().fault());
    }
  }

  /** The HTTP status of the server's answer to the upgrade; 0 when the connection broke before. */
  public int handshake(Dial how) {
    Line fresh = new Line(how, this::received);
    line = fresh;
    Thread.ofVirtual().start(fresh);
    return await("the handshake", fresh.opened);
  }

  /** The subprotocol that the server named, or an empty text. */
  public String agreedSubprotocol() {
    return line().agreed();
  }

  public boolean isConnected() {
    return line != null && line().isOpen();
  }

  /** Waits until the connection ends; the close code, 1006 without one. */
  public int awaitClosed() {
    return await("the end of the connection", line().closed);
  }

  /** Ends the connection properly and waits until the server has seen it. */
  public void disconnect() {
    line().close();
    awaitClosed();
    api().awaitStation(this, s -> !s.path("connected").asBoolean());
  }

  /** The line goes dead without a word. */
  public void cut() {
    try {
      line().getSocket().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitClosed();
  }

  @Override
  public void close() {
    if (line != null) {
      line().close();
    }
  }

  private Line line() {
    return Objects.requireNonNull(line, "not connected yet");
  }

  // ---- what it sends

  /**
   * Sends a CALL and waits for the answer.
   *
   * @param payload JSON text, or a map
   */
  public Answer call(String action, Object payload) {
    return await("the answer to " + action, callLater(action, payload));
  }

  /** Sends a CALL; the answer comes when it comes. */
  public CompletableFuture<Answer> callLater(String action, Object payload) {
    String id = "s-" + messages.incrementAndGet();
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    line().asked.put(id, answer);
    send("[2,\"" + id + "\",\"" + action + "\"," + ScenarioApi.text(payload) + "]");
    return answer;
  }

  /** Sends a CALL that must be confirmed; the answer's payload. */
  public JsonNode ok(String action, Object payload) {
    return call(action, payload).payload();
  }

  /** Sends a Heartbeat; the time in the answer. */
  public String heartbeat() {
    return ok("Heartbeat", "{}").path("currentTime").asText();
  }

  /** Sends any text. */
  public void send(String text) {
    line().send(text);
  }

  public void sendBinary(byte[] bytes) {
    line().send(bytes);
  }

  /** The next frame that is no CALL and answers none of {@link #call}. */
  public String nextOther() {
    return poll("a frame", line().rest);
  }

  /** Every frame that came on this connection so far. */
  public List<String> heard() {
    return List.copyOf(line().heard);
  }

  // ---- what it answers

  /** From now on this payload answers that action. */
  public void answers(String action, String payload) {
    script.payload(action, request -> payload);
  }

  /** The answer is made of the request's payload. */
  public void answers(String action, Function<JsonNode, String> payload) {
    script.payload(action, payload);
  }

  public void answersError(String action, String code) {
    script.error(action, code);
  }

  /** No answer, until {@link #answer} sends one. */
  public void ignores(String action) {
    script.silence(action);
  }

  /**
   * Any text as the answer.
   *
   * @param frame is given the message id
   */
  public void answersRaw(String action, Function<String, String> frame) {
    script.raw(action, frame);
  }

  /** A late answer. */
  public void answer(ReceivedCall call, String payload) {
    send(Script.result(call, payload));
  }

  /** The next CALL of that action which the server sent, waiting for it. */
  public ReceivedCall awaitCall(String action) {
    return poll("a CALL " + action, queue(action));
  }

  /** How many CALLs of that action came and were not taken by {@link #awaitCall}. */
  public int waitingCalls(String action) {
    return queue(action).size();
  }

  private void received(ReceivedCall call) {
    queue(call.action()).add(call);
    script.answer(call).ifPresent(this::send);
  }

  private BlockingQueue<ReceivedCall> queue(String action) {
    return calls.computeIfAbsent(action, a -> new LinkedBlockingQueue<>());
  }

  // ---- waiting

  private static <T> T poll(String what, BlockingQueue<T> queue) {
    try {
      T next = queue.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("waited in vain for " + what);
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static <T> T await(String what, CompletableFuture<T> future) {
    try {
      return future.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new AssertionError("waited in vain for " + what + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the server shows the station as connected or not. */
  public void awaitShown(boolean connected) {
    Eventually.await(
        identity() + " connected: " + connected,
        () -> api().station(this).path("connected").asBoolean() == connected);
  }

  /**
   * The station's own time, a minute later than what it said last: it began three hours ago, so
   * that a scenario may charge in a moment what takes an hour.
   */
  public String clock() {
    return Instant.ofEpochMilli(clock.addAndGet(60_000)).toString();
  }

  /** Really now, as OCPP writes it. */
  public static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** A time of the past, as OCPP writes it. */
  public static String minutesAgo(int minutes) {
    return Instant.now()
        .minus(minutes, ChronoUnit.MINUTES)
        .truncatedTo(ChronoUnit.MILLIS)
        .toString();
  }
}
