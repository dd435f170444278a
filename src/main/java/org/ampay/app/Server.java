package org.ampay.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.ampay.audit.AuditLog;
import org.ampay.billing.promotion.Promotions;
import org.ampay.charging.LiveCosts;
import org.ampay.charging.ReservedStarts;
import org.ampay.gateway.BufferedMessageLog;
import org.ampay.gateway.GatewayServer;
import org.ampay.gateway.MessageLogStore;
import org.ampay.ocpi.PartnerBook;
import org.ampay.ocpp.DeviceCommands;
import org.ampay.ocpp.edge.EdgeSettings;
import org.ampay.ocpp.edge.Rooms;
import org.ampay.ocpp.edge.StationEdge;
import org.ampay.ocpp.v16.Calls16;
import org.ampay.ocpp.v201.Calls201;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
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
  private final CertificateRooms certificates;
  private final BufferedMessageLog messageLog;
  private final GatewayServer gateway;
  private final SecurityRooms security;
  private final DeviceCommands devicePort;
  private final CommandPort port;
  private final CommandDesk commands;
  private final AccessRooms access;
  private final OrderRooms orders;
  private final OcpiRooms ocpi;
  private final SimulationRooms simulations;
  private final InetSocketAddress ocpp;
  private final Optional<InetSocketAddress> ocpps;
  private final WebServer web;
  private final CompletableFuture<Integer> webPort = new CompletableFuture<>();
  private volatile boolean draining;
  private boolean closed;

  private Server(Settings settings, Foundation on) {
    this.settings = settings;
    this.on = on;
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    this.threads = Threads.start();
    this.core = new CoreRooms(on, threads, meters, this::publicUrl);
    this.certificates = new CertificateRooms(on, core, threads);
    this.messageLog =
        new BufferedMessageLog(
            settings.ocpp().gateway().messageLog(),
            new MessageLogStore(on.database().sideTransactor(), on.idSource("message")),
            threads.logger(),
            on.time(),
            meters);
    this.security =
        new SecurityRooms(on, threads, core.inventory, certificates.trust, core.serials, meters);
    this.gateway = gateway(meters);
    core.serials.closeBy(gateway::disconnect);
    this.devicePort = core.devices.connect(gateway.commands(), core.life);
    this.port = core.reports.watching(security.secured(devicePort), this::erased);
    certificates.open(port);
    this.commands = core.commands.open(port, core.inventory, threads);
    this.access = new AccessRooms(on, core, port);
    this.orders = new OrderRooms(on, core, port);
    this.ocpi =
        new OcpiRooms(
            on, core, new PartnerCommandRooms.Ways(port, access.reservations), this::publicUrl);
    core.power.open(port);
    this.simulations = new SimulationRooms(on, core);
    try {
      this.ocpp = gateway.start();
      this.ocpps = startTls();
      this.web = web(meters);
      webPort.complete(web.port());
    } catch (RuntimeException e) {
      webPort.completeExceptionally(e);
      gateway.close();
      threads.close();
      throw e;
    }
    TransactionRooms transactions = new TransactionRooms(on, core, threads, port);
    core.start();
    transactions.start();
    access.start(threads);
    ocpi.start(threads);
    certificates.start();
    security.start(port, core.life);
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

  /** N10.FR.02: who is erased at a station leaves its local list, too. */
  private void erased(StationInfo station, String idToken) {
    access.lists.erase(station, idToken);
  }

  /** The demo goes on without TLS when its port is taken: nobody asked for it. */
  private Optional<InetSocketAddress> startTls() {
    try {
      return security.tls.map(gateway::start);
    } catch (IllegalStateException taken) {
      if (settings.ocpp().gateway().tls().enabled()) {
        throw taken;
      }
      LOG.warn("the demo goes on without TLS: {}", taken.getMessage());
      return Optional.empty();
    }
  }

  private GatewayServer gateway(MeterRegistry meters) {
    Rooms rooms =
        new Rooms(
            core.reports.watching(core.life),
            core.authorizer,
            new ReservedStarts(core.sessions, core.reservations),
            core.reservations,
            certificates.desk,
            core.reports.edge(),
            core.devices.devices,
            core.power.charging,
            core.drivers.prices);
    EdgeSettings told =
        new EdgeSettings((int) settings.ocpp().heartbeat().toSeconds(), RETRY_SECONDS);
    Map<Protocol, StationEdge> edges =
        Map.of(
            Protocol.OCPP_16, new Calls16(rooms, told),
            Protocol.OCPP_201, new Calls201(rooms, told));
    return new GatewayServer(
        security.settings,
        new GatewayServer.Rooms(
            core.inventory,
            security.security,
            core.life,
            core.devices.unknown,
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
            new WebRooms.Field(
                core.inventory,
                core.tokens,
                port,
                commands,
                core.live,
                new WebRooms.Places(access.lists, access.reservations),
                certificates.stations,
                core.devices.desk(core.inventory, core.life, devicePort)),
            new WebRooms.Finance(
                core.tariffs,
                core.money.ledger,
                core.money.wallets,
                core.money.withdrawals,
                core.money.refunds,
                simulations.simulations,
                core.money.promotions.promotions,
                core.money.manual),
            new WebRooms.Security(
                security.security,
                SecurityRooms.DIALECTS,
                ocpps.map(at -> "wss://" + at.getHostString() + ":" + at.getPort() + path())),
            new People(on.database(), on.ids(), on.time(), audit, on.random()),
            new WebRooms.Reported(
                core.reports.files,
                core.reports.links,
                core.reports.firmwares,
                core.reports.transfers,
                core.reports.orders),
            new WebRooms.Charging(core.reviews, core.drivers.costs, core.drivers.limits, live()),
            new WebRooms.Power(core.power.charging, core.power.orders),
            core.accounts.web(orders.orders, core.roaming.money),
            ocpi.web());
    return WebServer.start(
        new WebSettings(
            http.listen().host(),
            http.listen().port(),
            filled(http.publicUrl()).map(URI::create),
            filled(http.metricsToken()),
            WebSettings.Limits.DEFAULT),
        rooms);
  }

  /**
   * How the outside reaches our HTTP server. Stations are let in a moment before it listens: who
   * asks on their behalf waits for it.
   */
  private URI publicUrl() {
    return filled(settings.http().publicUrl())
        .map(URI::create)
        .orElseGet(
            () -> URI.create("http://" + settings.http().listen().host() + ":" + webPort.join()));
  }

  private LiveCosts live() {
    return new LiveCosts(core.sessions, core.inventory, on.time());
  }

  private String path() {
    return settings.ocpp().gateway().listen().pathPrefix();
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

  /** Where stations connect by TLS, with the port that was picked; empty without certificates. */
  public Optional<InetSocketAddress> ocpps() {
    return ocpps;
  }

  /** What the server stands on; for commands that run inside it, such as the demo. */
  public Foundation foundation() {
    return on;
  }

  /** Lets the demo's payers pay; a sandbox plays the providers. */
  public DemoPayments startDemoPayments() {
    return DemoPayments.start(on, core.accounts.accounts, orders.orders, publicUrl());
  }

  /** Who speaks OCPI with us. */
  public PartnerBook partners() {
    return ocpi.partners;
  }

  /** Lets the demo's partner register and look at us. */
  public DemoPartner startDemoPartner() {
    return DemoPartner.start(on, ocpi.partners, ocpi.credentials, publicUrl());
  }

  /** Tiers, coupons, campaigns and points. */
  public Promotions promotions() {
    return core.money.promotions.promotions;
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
    security.close();
    web.close();
    ocpi.close();
    core.drain();
    messageLog.close();
    threads.close();
    on.close();
  }
}
