package org.ampay.app;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.audit.AuditLog;
import org.ampay.base.SecretBox;
import org.ampay.ocpp.CertificateCommands;
import org.ampay.ocpp.v16.CertificateOrders16;
import org.ampay.ocpp.v201.CertificateOrders201;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.station.certs.CertificateDesk;
import org.ampay.station.certs.CertificateSettings;
import org.ampay.station.certs.CertificateSigning;
import org.ampay.station.certs.Certificates;
import org.ampay.station.certs.ContractChecks;
import org.ampay.station.certs.HttpContractCertificates;
import org.ampay.station.certs.OcspClient;
import org.ampay.station.certs.OwnAuthority;
import org.ampay.station.certs.Renewals;
import org.ampay.station.certs.StationCertificatePort;
import org.ampay.station.certs.StationCertificates;
import org.ampay.station.certs.StationTrust;
import org.ampay.store.JobRunner;

/** Certificates: the authority, signing, renewal, OCSP, contracts, wired. */
final class CertificateRooms {

  private static final Duration REFRESH = Duration.ofSeconds(1);
  private static final Duration WATCH = Duration.ofMinutes(10);
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Jobs that wait for a station's answer at a time. */
  private static final int WAITING = 16;

  /** Longer than a station may take to answer. */
  private static final Duration LEASE = Duration.ofMinutes(5);

  final CertificateDesk desk;
  final StationCertificates stations;
  final StationTrust trust;
  private final LateCommands commands = new LateCommands();
  private final Renewals renewals;
  private final Threads threads;

  CertificateRooms(Foundation on, CoreRooms core, Threads threads) {
    this.threads = threads;
    CertificateSettings settings = on.settings().certificates();
    HttpClient http =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads.blocking())
            .build();
    OcspClient ocsp = new OcspClient(http, settings.ocsp(), on.time(), on.random());
    OwnAuthority authority =
        new OwnAuthority(
            on.database().transactor(),
            new SecretBox(
                KeyFile.readOrMake(
                    on.settings().data().resolve("keys").resolve("certificates.key")),
                on.random()),
            on.random(),
            on.ids(),
            on.time(),
            settings.validity());
    StationCertificatePort port =
        new CertificateCommands(
            commands,
            Map.of(
                Protocol.OCPP_16, new CertificateOrders16(),
                Protocol.OCPP_201, new CertificateOrders201()));
    CertificateSigning.Parts parts =
        new CertificateSigning.Parts(
            on.database(), core.jobs, core.inventory, authority, on.ids(), on.time());
    CertificateSigning signing = new CertificateSigning(parts, port);
    renewals = new Renewals(parts, settings, port);
    trust = new StationTrust(on.database(), ocsp, core.jobs, on.ids(), on.time());
    stations =
        new StationCertificates(
            new StationCertificates.Parts(
                on.database(),
                authority,
                new AuditLog(on.database(), on.time()),
                on.ids(),
                on.time()),
            settings,
            port,
            renewals);
    desk =
        new Certificates(
            new Certificates.Parts(
                on.database(),
                signing,
                ocsp,
                new ContractChecks(on.database(), ocsp, on.time()),
                new HttpContractCertificates(http, settings.contracts())),
            threads.blocking());
    register(core.runner, signing);
  }

  private void register(JobRunner runner, CertificateSigning signing) {
    runner.register(
        JobRunner.Settings.of(CertificateSigning.KIND)
            .withBatch(1)
            .withParallelism(WAITING)
            .withLease(LEASE),
        signing);
    runner.register(
        JobRunner.Settings.of(Renewals.KIND).withBatch(1).withParallelism(WAITING).withLease(LEASE),
        renewals);
  }

  /** From now on stations can be reached. */
  void open(CommandPort port) {
    commands.port = port;
  }

  /** Begins with what is done now and then. */
  void start() {
    threads.repeat("refresh of certificates", REFRESH, trust::refresh);
    threads.repeat("watch of certificates' ends", WATCH, renewals::watch);
  }

  /** The gateway needs the desk, and the jobs need the gateway: until it is there, none is. */
  private static final class LateCommands implements CommandPort {

    private volatile @org.jspecify.annotations.Nullable CommandPort port;

    @Override
    public CompletionStage<CommandOutcome> send(
        StationInfo station, String action, String payload) {
      CommandPort now = port;
      return now == null
          ? CompletableFuture.completedFuture(new CommandOutcome.NotConnected())
          : now.send(station, action, payload);
    }

    @Override
    public Optional<Protocol> connected(long stationId) {
      CommandPort now = port;
      return now == null ? Optional.empty() : now.connected(stationId);
    }
  }
}
