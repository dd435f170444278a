package org.ampay.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.ampay.base.TimeSource;
import org.ampay.gateway.tls.StationTls;
import org.ampay.ocpp.edge.StationEdge;
import org.ampay.station.CommandPort;
import org.ampay.station.CommandWatch;
import org.ampay.station.KnockWatch;
import org.ampay.station.Protocol;
import org.ampay.station.StationCredentials;
import org.ampay.station.StationDirectory;
import org.ampay.station.StationInfo;
import org.ampay.station.StationLifecycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The WebSocket server for stations. */
public final class GatewayServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
  private static final int BACKLOG = 4_096;

  /** How much is read at once; little, so that a paused connection has little in the air. */
  private static final int MAX_READ_BYTES = 16_384;

  /**
   * The rooms below.
   *
   * @param knocks is told of stations that nobody knows
   * @param edges one for each version that may be spoken
   * @param lastProtocol the version that a station spoke last; for commands while it is offline
   * @param watch keeps what becomes of commands
   */
  public record Rooms(
      StationDirectory directory,
      StationCredentials credentials,
      StationLifecycle lifecycle,
      KnockWatch knocks,
      Map<Protocol, StationEdge> edges,
      Function<StationInfo, Optional<Protocol>> lastProtocol,
      MessageLog messageLog,
      CommandWatch watch) {

    public Rooms {
      edges = Map.copyOf(edges);
      if (edges.size() != Protocol.values().length) {
        throw new IllegalArgumentException("an edge for each of " + List.of(Protocol.values()));
      }
    }
  }

  /**
   * What the process gives.
   *
   * @param random for the message ids of our calls; need not be secret
   * @param callbacks runs what waits for the outcome of a command
   */
  public record Machine(
      TimeSource time, RandomGenerator random, Executor callbacks, MeterRegistry meters) {}

  private final Gate gate;
  private final Commands commands;
  private final EventLoopGroup loops;
  private final List<Channel> listeners = new ArrayList<>();

  /** A server that does not listen yet. */
  public GatewayServer(GatewaySettings settings, Rooms rooms, Machine machine) {
    this.gate = new Gate(settings, rooms, machine);
    this.commands = new Commands(gate);
    this.loops =
        new MultiThreadIoEventLoopGroup(settings.listen().eventLoops(), NioIoHandler.newFactory());
  }

  /**
   * Begins to listen, without TLS.
   *
   * @return the address, with the port that was picked
   * @throws IllegalStateException when the address cannot be bound
   */
  public InetSocketAddress start() {
    GatewaySettings.Listen listen = gate.settings().listen();
    InetSocketAddress at = listen(listen.host(), listen.port(), gate::open);
    if (!at.getAddress().isLoopbackAddress()) {
      LOG.warn("stations connect without TLS at {}: only a trusted network should reach it", at);
    }
    return at;
  }

  /**
   * Begins to listen with TLS, beside {@link #start}.
   *
   * @return the address, with the port that was picked
   * @throws IllegalStateException when the address cannot be bound
   */
  public InetSocketAddress start(StationTls tls) {
    GatewaySettings.Tls listen = gate.settings().tls();
    return listen(listen.host(), listen.port(), channel -> gate.openSecure(channel, tls));
  }

  private synchronized InetSocketAddress listen(String host, int port, Consumer<Channel> open) {
    int outbound = gate.settings().limits().outboundBytes();
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(
                ChannelOption.RCVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(256, 1_024, MAX_READ_BYTES))
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(outbound / 2, outbound))
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    open.accept(channel);
                  }
                });
    var bound = bootstrap.bind(host, port).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IllegalStateException(
          "cannot listen for stations at " + host + ":" + port + ": " + bound.cause().getMessage(),
          bound.cause());
    }
    listeners.add(bound.channel());
    return (InetSocketAddress) bound.channel().localAddress();
  }

  /** The way to the stations that are connected here. */
  public CommandPort commands() {
    return commands;
  }

  /** How many stations are connected. */
  public int connections() {
    return gate.connections().size();
  }

  /** Whether that station is connected here. */
  public boolean isConnected(long stationId) {
    return commands.connected(stationId).isPresent();
  }

  /**
   * Closes the connection of a station that was deleted, or whose credentials changed; a no-op when
   * it has none.
   */
  public void disconnect(long stationId) {
    gate.connections().find(stationId).ifPresent(StationChannel::dismissed);
  }

  /**
   * Closes the connections of stations that are no longer in the directory, or whose security
   * profile was raised above that of their connection.
   */
  public void disconnectDeleted() {
    for (StationChannel channel : gate.connections().all()) {
      long id = channel.station().id();
      if (gate.rooms().directory().byId(id).isEmpty()
          || !gate.rooms().credentials().mayStay(id, channel.profile())) {
        channel.dismissed();
      }
    }
  }

  /**
   * Ends gracefully: takes no new connection and no further CALL, lets the running decisions be
   * answered, then closes every connection with code 1001.
   *
   * @param patience how long it waits for the last answer; what is open then is cut
   * @return whether all ended by themselves
   */
  public synchronized boolean drain(Duration patience) {
    gate.startDraining();
    listeners.forEach(listener -> listener.close().awaitUninterruptibly());
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (StationChannel channel : gate.connections().all()) {
      ends.add(channel.drain().toCompletableFuture());
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0]));
    boolean complete = true;
    try {
      all.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      LOG.warn("{} stations were still connected after {}", gate.connections().size(), patience, e);
      complete = false;
    }
    return complete;
  }

  /** Cuts every connection that is left, and ends the event loops. */
  @Override
  public synchronized void close() {
    gate.startDraining();
    listeners.forEach(listener -> listener.close().awaitUninterruptibly());
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
