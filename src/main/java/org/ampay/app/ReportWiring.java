package org.ampay.app;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.ampay.base.IdSource;
import org.ampay.cluster.LiveBus;
import org.ampay.ocpp.edge.CostMessages;
import org.ampay.ocpp.edge.DataTransfers;
import org.ampay.ocpp.edge.ReportRooms;
import org.ampay.ocpp.v16.ReportOrders16;
import org.ampay.ocpp.v16.Sent16;
import org.ampay.ocpp.v201.ReportOrders201;
import org.ampay.ocpp.v201.Sent201;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.StationLifecycle;
import org.ampay.station.files.FileLinks;
import org.ampay.station.files.FileSettings;
import org.ampay.station.files.Firmwares;
import org.ampay.station.files.StationFiles;
import org.ampay.station.reports.Awaiting;
import org.ampay.station.reports.Customers;
import org.ampay.station.reports.Operations;
import org.ampay.station.reports.ReportOrders;
import org.ampay.station.reports.ReportStore;
import org.ampay.station.reports.ReportWatch;
import org.ampay.station.reports.ReportingCommands;
import org.ampay.station.reports.Reports;
import org.ampay.station.reports.SecurityLog;
import org.ampay.station.reports.Transfers;
import org.ampay.store.GroupCommit;

/** Firmware, logs, security events, displays, customers, vendors' messages; and their files. */
final class ReportWiring {

  private static final Duration REFRESH = Duration.ofSeconds(2);
  private static final Duration SWEEP = Duration.ofMinutes(10);

  final StationFiles files;
  final FileLinks links;
  final Firmwares firmwares;
  final Transfers transfers;
  final Map<Protocol, ReportOrders> orders =
      Map.of(Protocol.OCPP_16, new ReportOrders16(), Protocol.OCPP_201, new ReportOrders201());
  private final IdSource ids;
  private final Foundation on;
  private final Threads threads;
  private final Reports reports;
  private final Awaiting awaiting;
  private final GroupCommit<ReportStore.Fact, Boolean> commits;

  /**
   * @param base how stations reach our HTTP server; asked when a link is made
   */
  ReportWiring(
      Foundation on,
      Threads threads,
      GroupCommit.Environment environment,
      LiveBus live,
      Supplier<URI> base) {
    this.on = on;
    this.threads = threads;
    Settings settings = on.settings();
    ids = on.idSource("report");
    FileSettings limits = settings.files().limits(settings.data().resolve("files"));
    files = new StationFiles(on.database(), ids, on.time(), limits);
    links =
        new FileLinks(
            KeyFile.readOrMake(settings.data().resolve("keys").resolve("station-files.key")), base);
    firmwares = new Firmwares(on.database(), files, ids, on.time());
    transfers = new Transfers(on.database(), on.time());
    commits =
        new GroupCommit<>(
            GroupCommit.Settings.of("report"),
            on.database().transactor(),
            new ReportStore(),
            environment);
    reports = new Reports(commits, ids, live);
    awaiting = new Awaiting(on.database(), on.time());
    files.onStored(new Operations(on.database(), ids, on.time())::received);
  }

  /** What the edges bring their reports to. */
  ReportRooms edge() {
    return new ReportRooms(
        reports, new DataTransfers(List.of(new CostMessages()), transfers, reports));
  }

  /** The lifecycle, with an eye on boots that follow firmware updates. */
  StationLifecycle watching(StationLifecycle lifecycle) {
    return new UpdateConfirmation(lifecycle, awaiting, reports);
  }

  /** The way to stations, with an eye on commands that lead to reports. */
  CommandPort watching(CommandPort port, ReportWatch.Erasure erasure) {
    ReportWatch watch =
        new ReportWatch(
            Map.of(Protocol.OCPP_16, new Sent16(), Protocol.OCPP_201, new Sent201()),
            new ReportWatch.Ground(on.database(), ids, on.time()),
            links,
            firmwares,
            awaiting,
            on.settings().files().keepCustomers(),
            erasure);
    return new ReportingCommands(port, watch, threads.blocking());
  }

  /** Begins with what is done now and then. */
  void start() {
    Settings.Files settings = on.settings().files();
    SecurityLog security = new SecurityLog(on.database(), on.time());
    Customers customers = new Customers(on.database(), on.time());
    threads.repeat("refresh of vendors", REFRESH, transfers::refresh);
    threads.repeat("end of old files", SWEEP, files::sweep);
    threads.repeat("end of customers' data", SWEEP, customers::sweep);
    threads.repeat(
        "end of old security events", SWEEP, () -> security.sweep(settings.keepSecurityEvents()));
    threads.repeat(
        "end of old vendors' messages", SWEEP, () -> transfers.sweep(settings.keepTransfers()));
  }

  /** Takes nothing more; waits for what has been taken. */
  void drain() {
    commits.close();
    commits.drained().toCompletableFuture().join();
  }
}
