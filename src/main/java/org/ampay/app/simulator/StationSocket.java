package org.ampay.app.simulator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.protocols.Protocol;
import org.jspecify.annotations.Nullable;

/** One WebSocket connection of a station; what happens on it is told on the stations' thread. */
final class StationSocket extends WebSocketClient {

  private static final int CONNECT_MILLIS = 10_000;

  private final SimulatorLoop loop;
  private final Consumer<StationSocket> onOpen;
  private final BiConsumer<StationSocket, String> onText;
  private final BiConsumer<StationSocket, String> onClosed;

  StationSocket(
      SimulatorLoop loop,
      URI url,
      String subprotocol,
      Map<String, String> headers,
      Consumer<StationSocket> onOpen,
      BiConsumer<StationSocket, String> onText,
      BiConsumer<StationSocket, String> onClosed) {
    super(
        url,
        new Draft_6455(List.of(), List.of(new Protocol(subprotocol))),
        headers,
        CONNECT_MILLIS);
    this.loop = loop;
    this.onOpen = onOpen;
    this.onText = onText;
    this.onClosed = onClosed;
    setDaemon(true);
    setConnectionLostTimeout(0);
    setTcpNoDelay(true);
  }

  /** The Authorization header of a password, empty without one. */
  static Map<String, String> credentials(String identity, @Nullable String password) {
    if (password == null) {
      return Map.of();
    }
    byte[] pair = (identity + ":" + password).getBytes(StandardCharsets.UTF_8);
    return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** Connects and reads on a virtual thread, so that thousands of stations are cheap. */
  void open() {
    Thread.ofVirtual().name("station").start(this);
  }

  /** Cuts the connection without a word, as a lost network does. */
  void cut() {
    try {
      if (getSocket() != null) {
        getSocket().close();
      }
    } catch (java.io.IOException e) {
      // A socket that cannot be closed is as lost as we want it to be.
      closeConnection(1006, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void onOpen(ServerHandshake handshake) {
    loop.run(() -> onOpen.accept(this));
  }

  @Override
  public void onMessage(String text) {
    loop.run(() -> onText.accept(this, text));
  }

  @Override
  public void onClose(int code, String reason, boolean remote) {
    loop.run(() -> onClosed.accept(this, code + (reason.isEmpty() ? "" : " " + reason)));
  }

  @Override
  public void onError(Exception e) {
    // Every error ends in onClose, which carries its text.
  }
}
