package org.ampay.app;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.ampay.access.TokenAuthorizer;
import org.ampay.access.Tokens;
import org.ampay.access.reservation.ReservationBook;
import org.ampay.base.IdSource;
import org.ampay.billing.catalog.SqlTariffSnapshotStore;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.catalog.TariffStore;
import org.ampay.charging.Numbers;
import org.ampay.charging.Reviews;
import org.ampay.charging.SessionPeeks;
import org.ampay.charging.SessionSettings;
import org.ampay.charging.Sessions;
import org.ampay.charging.SqlSessionStore;
import org.ampay.cluster.LiveBus;
import org.ampay.payment.WalletRule;
import org.ampay.station.CertifiedSerials;
import org.ampay.station.Inventory;
import org.ampay.station.StationLife;
import org.ampay.station.StationLifeStore;
import org.ampay.store.GroupCommit;
import org.ampay.store.JobRunner;
import org.ampay.store.JobSignal;
import org.ampay.store.JobStore;
import org.ampay.store.SqlJobStore;
import org.ampay.store.Transactor;
import org.ampay.tariff.TariffSnapshots;

/** Stations, access, tariffs, sessions, money and jobs, wired in start order. */
final class CoreRooms {

  private static final Duration REFRESH = Duration.ofSeconds(1);
  private static final Duration FLUSH = Duration.ofSeconds(5);
  private static final Duration EVICT = Duration.ofMinutes(1);

  final LiveBus live = new LiveBus();
  final Inventory inventory;
  final DeviceRooms devices;
  final CertifiedSerials serials;
  final StationLife life;
  final CommandRooms commands;

  /** Asks partners about their tokens: last, when nothing else is against it. */
  final LateRule askedPartners = new LateRule();

  final PowerRooms power;
  final Tokens tokens;
  final ReservationBook reservations;
  final TokenAuthorizer authorizer;
  final TariffCatalog tariffs;
  final AccountRooms accounts;
  final MoneyRooms money;
  final RoamingRooms roaming;
  final Sessions sessions;
  final ReportWiring reports;
  final Sessions.Storage storage;
  final DriverRooms drivers;
  final Reviews reviews;
  final TariffSnapshots snapshots;
  final SessionPeeks peeks;
  final JobStore jobs;
  final JobRunner runner;
  private final Threads threads;
  private final Foundation on;

  CoreRooms(Foundation on, Threads threads, MeterRegistry meters, Supplier<URI> base) {
    this.on = on;
    this.threads = threads;
    Transactor transactor = on.database().transactor();
    GroupCommit.Environment commits =
        new GroupCommit.Environment(
            threads.blocking(), threads.deciders(), threads.delay(), on.time(), meters);
    inventory = new Inventory(on.database(), on.ids(), on.time(), on.passwords());
    devices = new DeviceRooms(on, threads, commits, live);
    power = new PowerRooms(on, threads, live, devices.known);
    serials = new CertifiedSerials(inventory, devices.provisioning);
    life =
        new StationLife(
            inventory,
            new GroupCommit<>(
                GroupCommit.Settings.of("station"),
                transactor,
                new StationLifeStore(on.ids()),
                commits),
            live,
            serials);
    commands = new CommandRooms(on, commits, live);
    tokens = new Tokens(on.database(), on.ids(), on.time(), threads.blocking());
    tariffs = new TariffCatalog(transactor, new TariffStore(), on.ids(), on.time());
    JobSignal signal = new JobSignal();
    jobs = new SqlJobStore(on.idSource("jobs"), on.time(), signal);
    snapshots = new SqlTariffSnapshotStore(transactor, on.ids(), on.time());
    accounts = new AccountRooms(on, jobs, tokens, meters, base);
    SqlSessionStore sessionStore = new SqlSessionStore(jobs, accounts::isRoaming);
    peeks = new SessionPeeks(sessionStore, snapshots, inventory, SessionSettings.DEFAULT);
    money = new MoneyRooms(on, accounts, sessionStore, snapshots, commits, live, threads);
    roaming = new RoamingRooms(on, accounts.partners, money);
    WalletRule credit =
        new WalletRule(money.wallets, accounts.methods, threads.blocking(), on.time());
    reservations = new ReservationBook(on.database(), on.time(), threads.blocking());
    authorizer =
        askedPartners.authorizer(
            tokens, List.of(money.manual.debts(), accounts.partners, credit), reservations);
    drivers = new DriverRooms(on, threads, tariffs);
    storage =
        new Sessions.Storage(
            sessionStore,
            ReplyBeforeCommit.ifAsked(transactor),
            GroupCommit.Settings.of("session").withParallelism(on.settings().work().committers()),
            commits,
            numbers());
    sessions =
        new Sessions(
            new Sessions.Judges(authorizer, tariffs, snapshots, money.guard),
            storage,
            new Sessions.Engine(threads.deciders(), threads.blocking(), live, meters),
            SessionSettings.DEFAULT,
            drivers.watched());
    reviews =
        new Reviews(sessionStore, transactor, sessions, authorizer, tariffs, snapshots, on.time());
    reports = new ReportWiring(on, threads, commits, live, base);
    runner =
        new JobRunner(
            transactor,
            jobs,
            signal,
            new JobRunner.Environment(
                NodeName.of(on.settings().data()),
                threads.blocking(),
                threads.delay(),
                on.time(),
                on.random(),
                meters));
    money.register(runner);
  }

  private Numbers numbers() {
    IdSource sessionIds = on.idSource("session");
    return new Numbers(
        sessionIds,
        on.idSource("transaction_16"),
        on.idSource("reading"),
        on.idSource("quarantine"));
  }

  /** Begins with the jobs and with what is done now and then. */
  void start() {
    tariffs.refresh(); // without prices the first starts would be refused
    accounts.start(threads);
    runner.start();
    reports.start();
    devices.start();
    threads.repeat("refresh of inventory", REFRESH, inventory::refresh);
    threads.repeat("refresh of tokens", REFRESH, tokens::refresh);
    threads.repeat("refresh of reservations", REFRESH, reservations::refresh);
    threads.repeat("refresh of tariffs", REFRESH, tariffs::refresh);
    money.promotions.start(threads);
    roaming.start(threads);
    threads.repeat("refresh of debts", REFRESH, money.manual.debts()::refresh);
    threads.repeat("refresh of partners' debts", REFRESH, accounts.partners::refresh);
    threads.repeat("flush of unknown tokens", FLUSH, tokens::flush);
    threads.repeat("flush of signs of life", FLUSH, life::flush);
    threads.repeat("eviction of idle stations", EVICT, () -> sessions.evictIdle(on.time().now()));
  }

  /** Takes nothing more; waits for what has been taken. */
  void drain() {
    sessions.close();
    sessions.drained().toCompletableFuture().join();
    money.guard.close();
    money.guard.drained().toCompletableFuture().join();
    life.flush();
    reports.drain();
    devices.drain();
    commands.history.close();
    runner.close();
    accounts.close();
  }
}
