package org.ampay.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.ampay.audit.AuditLog;
import org.ampay.gateway.BufferedMessageLog;
import org.ampay.gateway.GatewayServer;
import org.ampay.gateway.MessageLogStore;
import org.ampay.ocpp.edge.EdgeSettings;
import org.ampay.ocpp.edge.Rooms;
import org.ampay.ocpp.edge.StationEdge;
import org.ampay.ocpp.v16.Calls16;
import org.ampay.ocpp.v201.Calls201;
import org.ampay.station.Protocol;
import org.ampay.station.command.CommandDesk;
import org.ampay.store.embedded.EmbeddedSettings.Role;
import org.ampay.web.WebRooms;
import org.ampay.web.WebServer;
import org.ampay.web.WebSettings;
import org.ampay.web.people.People;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running server: everything, wired by hand in start order, closed in reverse. */
public final class Server implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final int RETRY_SECONDS = 60;

  private final Settings settings;
  private final Foundation on;
  private final Threads threads;
  private final CoreRooms core;
  private final BufferedMessageLog messageLog;
  private final GatewayServer gateway;
  private final CommandDesk commands;
  private final InetSocketAddress ocpp;
  private final WebServer web;
  private volatile boolean draining;
  private boolean closed;

  private Server(Settings settings, Foundation on) {
    this.settings = settings;
    this.on = on;
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    this.threads = Threads.start();
    this.core = new CoreRooms(on, threads, meters);
    this.messageLog =
        new BufferedMessageLog(
            settings.ocpp().gateway().messageLog(),
            new MessageLogStore(on.database().sideTransactor(), on.idSource("message")),
            threads.logger(),
            on.time(),
            meters);
    this.gateway = gateway(meters);
    this.commands = core.commands.open(gateway.commands(), core.inventory, threads);
    core.power.open(gateway.commands());
    try {
      this.ocpp = gateway.start();
      this.web = web(meters);
    } catch (RuntimeException e) {
      gateway.close();
      threads.close();
      throw e;
    }
    core.start();
    threads.repeat("end of deleted stations", SWEEP, gateway::disconnectDeleted);
  }

  /**
   * Starts everything.
   *
   * @throws RuntimeException with one clear message when something cannot start; nothing is left
   *     running then
   */
  public static Server start(Settings settings) {
    Foundation on = Foundation.open(settings, Role.SERVER);
    try {
      return new Server(settings, on);
    } catch (RuntimeException e) {
      on.close();
      throw e;
    }
  }

  private GatewayServer gateway(MeterRegistry meters) {
    Rooms rooms = new Rooms(core.life, core.authorizer, core.sessions, core.power.charging);
    EdgeSettings told =
        new EdgeSettings((int) settings.ocpp().heartbeat().toSeconds(), RETRY_SECONDS);
    Map<Protocol, StationEdge> edges =
        Map.of(
            Protocol.OCPP_16, new Calls16(rooms, told),
            Protocol.OCPP_201, new Calls201(rooms, told));
    return new GatewayServer(
        settings.ocpp().gateway(),
        new GatewayServer.Rooms(
            core.inventory,
            core.inventory,
            core.life,
            edges,
            station -> core.life.lastProtocol(station.id()),
            messageLog,
            core.commands.history),
        new GatewayServer.Machine(on.time(), on.random(), threads.blocking(), meters));
  }

  private WebServer web(PrometheusMeterRegistry meters) {
    Settings.Http http = settings.http();
    AuditLog audit = new AuditLog(on.database(), on.time());
    WebRooms rooms =
        new WebRooms(
            new WebRooms.Ground(
                on.database(),
                on.time(),
                on.ids(),
                on.random(),
                audit,
                new WebRooms.Threads(threads.blocking(), threads.timer()),
                new WebRooms.Health(meters, this::unready)),
            new WebRooms.Field(core.inventory, core.tokens, gateway.commands(), commands, core.live),
            new WebRooms.Finance(
                core.tariffs, core.money.ledger, core.money.wallets, core.money.refunds),
            new People(on.database(), on.ids(), on.time(), audit, on.random()),
            new WebRooms.Power(core.power.charging, core.power.orders));
    return WebServer.start(
        new WebSettings(
            http.listen().host(),
            http.listen().port(),
            filled(http.publicUrl()).map(URI::create),
            filled(http.metricsToken()),
            WebSettings.Limits.DEFAULT),
        rooms);
  }

  private static Optional<String> filled(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty());
  }

  private Optional<String> unready() {
    if (draining) {
      return Optional.of("the server is ending");
    }
    try {
      on.database().schemaVersion();
      return Optional.empty();
    } catch (RuntimeException e) {
      LOG.warn("not ready: {}", e.toString());
      return Optional.of("the database does not answer");
    }
  }

  /** Where pages and API are, with the port that was picked. */
  public InetSocketAddress http() {
    return new InetSocketAddress(settings.http().listen().host(), web.port());
  }

  /** Where stations connect, with the port that was picked. */
  public InetSocketAddress ocpp() {
    return ocpp;
  }

  /** What the server stands on; for commands that run inside it, such as the demo. */
  public Foundation foundation() {
    return on;
  }

  /** Drains: takes no new connection, answers what was received, then ends. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    draining = true;
    if (!gateway.drain(DRAIN)) {
      LOG.warn("some stations were cut off at the end");
    }
    gateway.close();
    web.close();
    core.drain();
    messageLog.close();
    threads.close();
    on.close();
  }
}
