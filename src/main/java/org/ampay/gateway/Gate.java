package org.ampay.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.ampay.gateway.tls.StationTls;
import org.ampay.ocpp.edge.StationEdge;
import org.ampay.ocpp.rpc.RpcCodec;
import org.ampay.station.Protocol;
import org.ampay.station.Registration;
import org.ampay.station.StationInfo;

/** What all connections share, and the handlers that each of them has, in order. */
final class Gate {

  private static final int MAX_REQUEST_LINE_BYTES = 4_096;
  private static final int MAX_HEADER_BYTES = 8_192;
  private static final int MAX_BODY_BYTES = 1_024;

  /** How long a station that has connected may take to begin with its boot. */
  private static final long QUIET_MILLIS = 1_000;

  private final GatewaySettings settings;
  private final GatewayServer.Rooms rooms;
  private final GatewayServer.Machine machine;
  private final GatewayMetrics metrics;
  private final Connections connections = new Connections();
  private final WrongTries wrongTries = new WrongTries();
  private final AtomicInteger sockets = new AtomicInteger();
  private final Map<Protocol, RpcCodec> codecs = new EnumMap<>(Protocol.class);
  private final UnansweredCalls unanswered = new UnansweredCalls();
  private volatile boolean draining;

  Gate(GatewaySettings settings, GatewayServer.Rooms rooms, GatewayServer.Machine machine) {
    this.settings = settings;
    this.rooms = rooms;
    this.machine = machine;
    this.metrics = new GatewayMetrics(machine.meters());
    for (Protocol protocol : Protocol.values()) {
      codecs.put(protocol, new RpcCodec(protocol));
    }
    metrics.watchConnections(connections::size);
  }

  GatewaySettings settings() {
    return settings;
  }

  GatewayServer.Rooms rooms() {
    return rooms;
  }

  GatewayServer.Machine machine() {
    return machine;
  }

  GatewayMetrics metrics() {
    return metrics;
  }

  Connections connections() {
    return connections;
  }

  WrongTries wrongTries() {
    return wrongTries;
  }

  UnansweredCalls unanswered() {
    return unanswered;
  }

  StationEdge edge(Protocol protocol) {
    return Objects.requireNonNull(rooms.edges().get(protocol));
  }

  RpcCodec codec(Protocol protocol) {
    return Objects.requireNonNull(codecs.get(protocol));
  }

  void startDraining() {
    draining = true;
  }

  /** A connected station as it is now: its site or power may have changed since it connected. */
  StationInfo current(StationInfo connected) {
    return rooms.directory().byId(connected.id()).orElse(connected);
  }

  /** Whether this station may have a connection; a reconnect takes the place of the old one. */
  boolean hasRoom(StationInfo station) {
    return !draining && connections.hasRoom(station.id(), settings.limits().maxConnections());
  }

  /** The handlers of a new socket that is encrypted. */
  void openSecure(Channel channel, StationTls tls) {
    channel.pipeline().addLast("tls", tls.handler());
    open(channel);
  }

  /** The handlers of a new socket: HTTP until the handshake is done. */
  void open(Channel channel) {
    // Twice the stations: each may reconnect while its old socket is not known to be dead.
    if (sockets.incrementAndGet() > 2L * settings.limits().maxConnections()) {
      channel.close();
    }
    channel.closeFuture().addListener(closed -> sockets.decrementAndGet());
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addLast(
        "http",
        new HttpServerCodec(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES)));
    pipeline.addLast("request", new HttpObjectAggregator(MAX_BODY_BYTES));
    if (settings.compression().enabled()) {
      pipeline.addLast("deflate", Deflate.handler(settings));
    }
    pipeline.addLast("handshake", new HandshakeHandler(this));
  }

  /**
   * Makes an upgraded connection the station's own; an old one is closed.
   *
   * @param profile the security profile that it comes in under
   */
  void enter(ChannelHandlerContext handshake, StationInfo station, Protocol protocol, int profile) {
    StationChannel channel =
        new StationChannel(this, handshake.channel(), station, protocol, profile);
    ChannelPipeline pipeline = handshake.pipeline();
    pipeline.addLast("liveness", new Liveness(settings.timeouts()));
    pipeline.addLast("utf8", new Utf8FrameValidator(true));
    pipeline.addLast("messages", new WebSocketFrameAggregator(settings.limits().maxMessageBytes()));
    pipeline.addLast("station", channel);
    pipeline.remove(handshake.handler());
    StationChannel old = connections.register(channel);
    if (old != null) {
      metrics.replaced.increment();
      old.replaced();
    }
    rooms.lifecycle().connected(station, protocol, machine.time().now());
    channel.schedule(QUIET_MILLIS, () -> settled(channel));
    if (draining) {
      channel.drain();
    }
  }

  /**
   * The station has said what it wanted to say first: its boot is answered, or it was silent for a
   * moment after connecting. What was queued for it may go out when it is accepted.
   */
  void settled(StationChannel channel) {
    channel.settle();
    StationInfo station = channel.station();
    if (isReady(station.id())) {
      rooms.watch().ready(station);
    }
  }

  /** Connected, settled and accepted. */
  boolean isReady(long stationId) {
    return connections.find(stationId).filter(StationChannel::isSettled).isPresent()
        && rooms.lifecycle().registration(stationId) == Registration.ACCEPTED;
  }

  /** The connection is gone. */
  void leave(StationChannel channel) {
    if (connections.unregister(channel)) {
      rooms.lifecycle().disconnected(channel.station(), machine.time().now());
    }
  }

  /** Notes a frame in the message log. */
  void log(MessageLog.Entry entry) {
    GatewaySettings.MessageLogging logging = settings.messageLog();
    if (logging.enabled() && (logging.heartbeats() || !"Heartbeat".equals(entry.action()))) {
      rooms.messageLog().add(entry);
    }
  }
}
