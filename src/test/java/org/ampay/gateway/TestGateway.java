package org.ampay.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.ampay.ocpp.edge.EdgeSettings;
import org.ampay.ocpp.edge.FakeRooms;
import org.ampay.ocpp.v16.Calls16;
import org.ampay.ocpp.v201.Calls201;
import org.ampay.station.CommandPort;
import org.ampay.station.KnockWatch;
import org.ampay.station.Protocol;
import org.ampay.station.Registration;
import org.ampay.station.StationCredentials;
import org.ampay.station.StationDirectory;
import org.ampay.station.StationInfo;

/**
 * A gateway on a free port with stations CP1 to CP9 (without a password) and SEC1 (password {@code
 * secret-password-1}), all accepted, and rooms in memory.
 */
final class TestGateway implements AutoCloseable {

  static final String PASSWORD = "secret-password-1";

  final FakeRooms rooms = new FakeRooms();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final ConcurrentLinkedQueue<KnockWatch.Knock> knocks = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<MessageLog.Entry> logged = new ConcurrentLinkedQueue<>();
  final Map<String, StationCredentials.Link> entered = new ConcurrentHashMap<>();
  final WatchedCommands watch = new WatchedCommands();
  final GatewayServer server;
  final InetSocketAddress address;
  private final Map<String, StationInfo> stations = new ConcurrentHashMap<>();

  TestGateway() {
    this(settings());
  }

  TestGateway(GatewaySettings settings) {
    for (int i = 1; i <= 9; i++) {
      add(i, "CP" + i);
    }
    add(20, "SEC1");
    add(22, "CERT1");
    add(21, "站 1");
    EdgeSettings edge = EdgeSettings.defaults();
    server =
        new GatewayServer(
            settings,
            new GatewayServer.Rooms(
                new Directory(),
                new Credentials(),
                rooms,
                knocks::add,
                Map.of(
                    Protocol.OCPP_16,
                    new Calls16(rooms.rooms(), edge),
                    Protocol.OCPP_201,
                    new Calls201(rooms.rooms(), edge)),
                station -> station.id() == 9 ? Optional.of(Protocol.OCPP_201) : Optional.empty(),
                logged::add,
                watch),
            new GatewayServer.Machine(
                new RealTime(), RandomGenerator.getDefault(), ForkJoinPool.commonPool(), meters));
    address = server.start();
  }

  static GatewaySettings settings() {
    return GatewaySettings.defaults().with(new GatewaySettings.Listen("127.0.0.1", 0, "/ocpp/", 2));
  }

  void delete(String identity) {
    stations.remove(identity);
  }

  StationInfo station(String identity) {
    return Optional.ofNullable(stations.get(identity)).orElseThrow();
  }

  CommandPort commands() {
    return server.commands();
  }

  void registration(String identity, Registration registration) {
    rooms.registrations.put(station(identity).id(), registration);
  }

  RawStation socket() throws IOException {
    return new RawStation(address);
  }

  /** A connected OCPP 1.6 station. */
  RawStation v16(String identity) throws IOException {
    return connect(identity, Protocol.OCPP_16);
  }

  /** A connected OCPP 2.0.1 station. */
  RawStation v201(String identity) throws IOException {
    return connect(identity, Protocol.OCPP_201);
  }

  RawStation connect(String identity, Protocol protocol) throws IOException {
    RawStation station = socket();
    int status =
        station.upgrade("/ocpp/" + identity, "Sec-WebSocket-Protocol: " + protocol.subprotocol());
    if (status != 101) {
      throw new AssertionError("HTTP " + status);
    }
    long id = station(identity).id();
    eventually(() -> server.isConnected(id));
    return station;
  }

  double count(String meter, String tag, String value) {
    Counter counter = meters.find(meter).tag(tag, value).counter();
    return counter == null ? 0 : counter.count();
  }

  double violations(String kind) {
    return count("ampay.gateway.violations", "kind", kind);
  }

  static void eventually(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it never happened");
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  private void add(long id, String identity) {
    stations.put(identity, FakeRooms.station(id, identity));
    rooms.registrations.put(id, Registration.ACCEPTED);
  }

  /** Stations with SEC in front have a password; CERT1 must show a certificate. */
  private final class Credentials implements StationCredentials {

    @Override
    public Check check(Shown shown) {
      String identity = shown.identity();
      if (!stations.containsKey(identity)) {
        return new Check.Out(Refusal.UNKNOWN_STATION);
      }
      if (identity.startsWith("CERT")) {
        return shown.link().chain().isEmpty()
            ? new Check.Out(Refusal.CERTIFICATE)
            : new Check.Later();
      }
      boolean right =
          !identity.startsWith("SEC")
              || (shown.user().equals(identity)
                  && new String(shown.password(), StandardCharsets.UTF_8).equals(PASSWORD));
      return right ? new Check.In(0) : new Check.Out(Refusal.WRONG_PASSWORD);
    }

    @Override
    public CompletionStage<Check> admit(Shown shown) {
      return CompletableFuture.supplyAsync(() -> new Check.In(3));
    }

    @Override
    public void entered(StationInfo station, Shown shown, int profile) {
      entered.put(station.identity(), shown.link());
    }

    @Override
    public boolean mayStay(long stationId, int profile) {
      return true;
    }
  }

  private final class Directory implements StationDirectory {
    @Override
    public Optional<StationInfo> byId(long stationId) {
      return stations.values().stream().filter(s -> s.id() == stationId).findFirst();
    }

    @Override
    public Optional<StationInfo> byIdentity(String identity) {
      return Optional.ofNullable(stations.get(identity));
    }
  }
}
