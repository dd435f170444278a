package org.ampay.app;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ampay.audit.AuditLog;
import org.ampay.gateway.GatewaySettings;
import org.ampay.gateway.tls.StationTls;
import org.ampay.gateway.tls.TlsException;
import org.ampay.ocpp.edge.PasswordDelivery;
import org.ampay.ocpp.edge.SecuredCommands;
import org.ampay.ocpp.edge.SecurityDialect;
import org.ampay.ocpp.v16.Security16;
import org.ampay.ocpp.v201.Security201;
import org.ampay.station.CertifiedSerials;
import org.ampay.station.ClientIdentity;
import org.ampay.station.CommandPort;
import org.ampay.station.Inventory;
import org.ampay.station.LinkFact;
import org.ampay.station.Protocol;
import org.ampay.station.StationLifecycle;
import org.ampay.station.StationLinkStore;
import org.ampay.station.StationPasswordChanges;
import org.ampay.station.StationSecurity;
import org.ampay.station.certs.ClientTrust;
import org.ampay.station.certs.PemRoots;
import org.ampay.station.certs.StationTrust;
import org.ampay.store.GroupCommit;

/** The security of the stations' connections: profiles, passwords, TLS. */
final class SecurityRooms implements AutoCloseable {

  private static final Duration RELOAD = Duration.ofSeconds(5);
  private static final Duration DELIVER = Duration.ofSeconds(2);

  static final Map<Protocol, SecurityDialect> DIALECTS =
      Map.of(Protocol.OCPP_16, new Security16(), Protocol.OCPP_201, new Security201());

  final StationSecurity security;
  final GatewaySettings settings;
  final Optional<StationTls> tls;
  private final Optional<PemRoots> roots;
  private final ExecutorService handshakes =
      Executors.newFixedThreadPool(
          Math.max(2, Runtime.getRuntime().availableProcessors()),
          Thread.ofPlatform().daemon().name("tls-", 1).factory());
  private final Threads threads;
  private final Foundation on;

  /**
   * @param certificates the authorities that the program itself keeps
   */
  SecurityRooms(
      Foundation on,
      Threads threads,
      Inventory inventory,
      StationTrust certificates,
      CertifiedSerials serials,
      MeterRegistry meters) {
    this.on = on;
    this.threads = threads;
    this.settings = settings(on.settings());
    this.roots =
        Optional.of(settings.tls().clientRoots())
            .filter(file -> !file.isEmpty())
            .map(file -> pemRoots(Path.of(file)));
    ClientTrust trust =
        roots.<ClientTrust>map(pem -> ClientTrust.both(pem, certificates)).orElse(certificates);
    GroupCommit<LinkFact, Boolean> links =
        new GroupCommit<>(
            GroupCommit.Settings.of("link"),
            on.database().transactor(),
            new StationLinkStore(on.database()),
            new GroupCommit.Environment(
                threads.blocking(), threads.deciders(), threads.delay(), on.time(), meters));
    this.security =
        new StationSecurity(
            inventory,
            new StationPasswordChanges(inventory, on.passwords(), on.database()),
            new ClientIdentity(trust, settings.tls().organisations()),
            new StationSecurity.Surroundings(
                on.database(),
                on.time(),
                new AuditLog(on.database(), on.time()),
                threads.blocking(),
                links::submit,
                (station, own) -> {
                  serials.seen(station, own);
                  threads.blocking().execute(() -> certificates.seen(station, own));
                }));
    this.tls = settings.tls().enabled() ? Optional.of(stationTls(trust, meters)) : Optional.empty();
  }

  private StationTls stationTls(ClientTrust trust, MeterRegistry meters) {
    try {
      return new StationTls(settings, new StationTls.Machine(trust, on.time(), handshakes, meters));
    } catch (TlsException e) {
      throw new SettingsException("settings ocpp.tls: " + e.getMessage());
    }
  }

  /** The demo has certificates of its own making when none are configured. */
  private static GatewaySettings settings(Settings settings) {
    GatewaySettings gateway = settings.ocpp().gateway();
    if (!settings.demo() || gateway.tls().enabled()) {
      return gateway;
    }
    DemoCertificates made =
        DemoCertificates.readOrMake(settings.data().resolve("keys").resolve("demo-tls"));
    int port = gateway.listen().port() == 0 ? 0 : gateway.tls().port();
    return gateway.with(gateway.tls().with(made.ecdsa(), made.rsa()).at(port));
  }

  private static PemRoots pemRoots(Path file) {
    try {
      return new PemRoots(file);
    } catch (IllegalArgumentException e) {
      throw new SettingsException("setting ocpp.tls.client_roots: " + e.getMessage());
    }
  }

  /** The way to the stations that also keeps their passwords and profiles right. */
  CommandPort secured(CommandPort port) {
    return new SecuredCommands(port, DIALECTS, security, threads.blocking());
  }

  /** Begins with what is done now and then. */
  void start(CommandPort secured, StationLifecycle lifecycle) {
    tls.ifPresent(t -> threads.repeat("reload of certificates", RELOAD, t::refresh));
    roots.ifPresent(pem -> threads.repeat("reload of authorities", RELOAD, pem::refresh));
    PasswordDelivery delivery =
        new PasswordDelivery(security.passwords(), DIALECTS, secured, lifecycle, on.time());
    threads.repeat("delivery of passwords", DELIVER, delivery::run);
  }

  @Override
  public void close() {
    handshakes.shutdownNow();
  }
}
