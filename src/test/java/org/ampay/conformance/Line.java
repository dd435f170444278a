package org.ampay.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.handshake.ServerHandshake;

/** One connection of a scenario's station: sorts what comes into answers, CALLs and the rest. */
final class Line extends WebSocketClient {

  private static final int CONNECT_MILLIS = 15_000;
  private static final Pattern REFUSED = Pattern.compile("status code received: (\\d+)");

  /** How the handshake ended: 101, another HTTP status, or 0 when the connection broke. */
  final CompletableFuture<Integer> opened = new CompletableFuture<>();

  final CompletableFuture<Integer> closed = new CompletableFuture<>();
  final Map<String, CompletableFuture<Answer>> asked = new ConcurrentHashMap<>();
  final BlockingQueue<String> rest = new LinkedBlockingQueue<>();
  final List<String> heard = new CopyOnWriteArrayList<>();
  private final Consumer<ReceivedCall> onCall;
  private volatile String agreed = "";
  private volatile String fault = "";

  Line(Dial dial, Consumer<ReceivedCall> onCall) {
    super(dial.url(), new Draft_6455(), headers(dial), CONNECT_MILLIS);
    this.onCall = onCall;
    setDaemon(true);
    setConnectionLostTimeout(0);
    setTcpNoDelay(true);
    if (dial.tls() != null) {
      setSocketFactory(dial.tls());
    }
  }

  /** The library would itself turn away a server that names no subprotocol. */
  private static Map<String, String> headers(Dial dial) {
    Map<String, String> all = new java.util.LinkedHashMap<>(dial.headers());
    if (!dial.subprotocols().isEmpty()) {
      all.put("Sec-WebSocket-Protocol", String.join(", ", dial.subprotocols()));
    }
    return all;
  }

  /** The subprotocol of the server's handshake, or an empty text. */
  String agreed() {
    return agreed;
  }

  /** Why the connection did not come about, or ended. */
  String fault() {
    return fault;
  }

  @Override
  public void onOpen(ServerHandshake handshake) {
    agreed = handshake.getFieldValue("Sec-WebSocket-Protocol");
    opened.complete(101);
  }

  @Override
  public void onMessage(String text) {
    heard.add(text);
    JsonNode frame;
    try {
      frame = ScenarioApi.tree(text);
    } catch (AssertionError e) {
      rest.add(text);
      return;
    }
    int type = frame.path(0).asInt();
    CompletableFuture<Answer> waiting = type == 2 ? null : asked.remove(frame.path(1).asText());
    if (type == 2) {
      onCall.accept(
          new ReceivedCall(frame.path(1).asText(), frame.path(2).asText(), frame.path(3)));
    } else if (waiting != null) {
      waiting.complete(new Answer(frame));
    } else {
      rest.add(text);
    }
  }

  @Override
  public void onClose(int code, String reason, boolean remote) {
    fault = fault + " " + code + " " + reason;
    Matcher refused = REFUSED.matcher(reason);
    opened.complete(refused.find() ? Integer.parseInt(refused.group(1)) : 0);
    closed.complete(code);
    List<CompletableFuture<Answer>> open = new ArrayList<>(asked.values());
    open.forEach(
        answer -> answer.completeExceptionally(new IllegalStateException("closed " + code)));
  }

  @Override
  public void onError(Exception e) {
    fault = e.toString();
  }
}
