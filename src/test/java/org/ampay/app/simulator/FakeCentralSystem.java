package org.ampay.app.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.protocols.Protocol;
import org.java_websocket.server.WebSocketServer;

/** Says yes to everything, and remembers what it heard. */
final class FakeCentralSystem extends WebSocketServer implements AutoCloseable {

  /** A CALL that a station sent. */
  record Heard(String station, String action, JsonNode payload) {}

  final List<Heard> heard = new CopyOnWriteArrayList<>();
  final List<JsonNode> answers = new CopyOnWriteArrayList<>();

  /** Of these it says nothing, as if the answer got lost. */
  volatile Predicate<Heard> silent = call -> false;

  volatile boolean refuseTokens;

  private final AtomicInteger transactions = new AtomicInteger();
  private final CountDownLatch started = new CountDownLatch(1);

  FakeCentralSystem() throws InterruptedException {
    super(
        new InetSocketAddress("127.0.0.1", 0),
        1,
        List.of(
            new Draft_6455(
                List.of(), List.of(new Protocol("ocpp1.6"), new Protocol("ocpp2.0.1")))));
    setDaemon(true);
    start();
    if (!started.await(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the fake central system did not start");
    }
  }

  String url() {
    return "ws://127.0.0.1:" + getPort() + "/ocpp/";
  }

  List<Heard> heard(String action) {
    return heard.stream().filter(call -> call.action().equals(action)).toList();
  }

  void command(String action, String payload) {
    getConnections().forEach(c -> c.send("[2,\"cmd\",\"" + action + "\"," + payload + "]"));
  }

  @Override
  public void onMessage(WebSocket socket, String text) {
    JsonNode frame = Json.parse(text);
    if (frame.path(0).asInt() != 2) {
      answers.add(frame);
      return;
    }
    String path = socket.getResourceDescriptor();
    Heard call =
        new Heard(path.substring(path.lastIndexOf('/') + 1), frame.path(2).asText(), frame.path(3));
    boolean answered = !silent.test(call);
    heard.add(call);
    if (answered) {
      ArrayNode answer = Json.MAPPER.createArrayNode().add(3).add(frame.path(1).asText());
      socket.send(answer.add(answer(call.action())).toString());
    } else {
      socket.close();
    }
  }

  private ObjectNode answer(String action) {
    ObjectNode answer = Json.object();
    String token = refuseTokens ? "Invalid" : "Accepted";
    switch (action) {
      case "BootNotification" ->
          answer
              .put("status", "Accepted")
              .put("currentTime", "2026-01-01T00:00:00Z")
              .put("interval", 300);
      case "Authorize" -> {
        answer.putObject("idTagInfo").put("status", token);
        answer.putObject("idTokenInfo").put("status", token);
      }
      case "StartTransaction" -> {
        answer.put("transactionId", transactions.incrementAndGet());
        answer.putObject("idTagInfo").put("status", token);
      }
      default -> {}
    }
    return answer;
  }

  @Override
  public void onStart() {
    started.countDown();
  }

  @Override
  public void onOpen(WebSocket socket, ClientHandshake handshake) {}

  @Override
  public void onClose(WebSocket socket, int code, String reason, boolean remote) {}

  @Override
  public void onError(WebSocket socket, Exception e) {}

  @Override
  public void close() throws InterruptedException {
    stop(1000);
  }
}
