package org.ampay.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import org.ampay.station.Protocol;
import org.ampay.station.StationCredentials;
import org.ampay.station.StationDirectory;
import org.ampay.station.StationInfo;
import org.jspecify.annotations.Nullable;

/** What all connections share: settings, the rooms below, the register of open connections. */
final class Gate {

  private final GatewaySettings settings;
  private final GatewayServer.Rooms rooms;
  private final GatewayMetrics metrics;
  private final Connections connections = new Connections();
  private volatile boolean draining;

  Gate(GatewaySettings settings, GatewayServer.Rooms rooms) {
    this.settings = settings;
    this.rooms = rooms;
    this.metrics = new GatewayMetrics(rooms.meters());
    metrics.watchConnections(connections::size);
  }

  GatewaySettings settings() {
    return settings;
  }

  GatewayServer.Rooms rooms() {
    return rooms;
  }

  GatewayMetrics metrics() {
    return metrics;
  }

  Connections connections() {
    return connections;
  }

  StationDirectory directory() {
    return rooms.directory();
  }

  StationCredentials credentials() {
    return rooms.credentials();
  }

  boolean draining() {
    return draining;
  }

  void startDraining() {
    draining = true;
  }

  boolean hasRoom(long stationId) {
    return connections.hasRoom(stationId, settings.limits().maxConnections());
  }

  /** Makes the upgraded connection the station's own; an old one is closed. */
  void enter(ChannelHandlerContext handshake, StationInfo station, Protocol protocol) {
    StationChannel channel = new StationChannel(this, station, protocol);
    ChannelPipeline pipeline = handshake.pipeline();
    pipeline.addLast("liveness", new Liveness(settings.timeouts()));
    pipeline.addLast("utf8", new Utf8FrameValidator(true));
    pipeline.addLast(
        "messages", new WebSocketFrameAggregator(settings.limits().maxMessageBytes()));
    pipeline.addLast("station", channel);
    pipeline.remove(handshake.handler());
    @Nullable StationChannel old = connections.register(channel);
    if (old != null) {
      metrics.replaced.increment();
      old.replaced();
    }
    rooms.lifecycle().connected(station, protocol, rooms.time().now());
    if (draining) {
      channel.drain();
    }
  }

  /** The connection is gone. */
  void leave(StationChannel channel) {
    if (connections.unregister(channel)) {
      rooms.lifecycle().disconnected(channel.station(), rooms.time().now());
    }
  }
}
