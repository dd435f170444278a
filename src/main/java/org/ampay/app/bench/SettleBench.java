package org.ampay.app.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.ampay.app.bench.SettleBenchStore.Like;
import org.ampay.base.Energy;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.billing.BillableSessions;
import org.ampay.billing.Biller;
import org.ampay.billing.SqlBillStore;
import org.ampay.billing.catalog.SqlTariffSnapshotStore;
import org.ampay.billing.promotion.Benefits;
import org.ampay.charging.SqlSessionStore;
import org.ampay.cluster.LiveBus;
import org.ampay.ledger.Account;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.ledger.Posting;
import org.ampay.ledger.SqlLedgerStore;
import org.ampay.payment.Backoff;
import org.ampay.payment.Outside;
import org.ampay.payment.PaymentAlarms;
import org.ampay.payment.PaymentMethods;
import org.ampay.payment.References;
import org.ampay.payment.RemoteCalls;
import org.ampay.payment.RemoteSettler;
import org.ampay.payment.SettlementStores;
import org.ampay.payment.Settler;
import org.ampay.payment.SqlHoldStore;
import org.ampay.payment.SqlSettlementStore;
import org.ampay.payment.provider.Providers;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.wallet.WalletProvider;
import org.ampay.store.Database;
import org.ampay.store.Delay;
import org.ampay.store.JobRunner;
import org.ampay.store.JobSignal;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.SqlJobStore;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * How many sessions that have ended are billed and settled in a second, on a real database: by
 * wallets, and by a provider beyond a network that takes no time. Sessions are fed as fast as they
 * are settled, so that some always wait; the database must be empty of sessions.
 */
public final class SettleBench implements AutoCloseable {

  private static final int BATCH = 500;
  private static final int MOST_WAITING = 2_500;
  private static final int DRIVERS = 5_000;
  private static final long FIRST_DRIVER = 1_000_000_000_000L;
  private static final long ACCOUNT = 1;
  private static final long PAUSE_NANOS = 20_000_000;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final Duration OUTAGE = Duration.ofSeconds(30);
  private static final int SILENT = 2_000;
  private static final Money HOLD = new Money("CNY", 5_000);

  /**
   * What it stands on.
   *
   * @param ids sequences by name
   */
  public record Ground(
      Database database,
      Function<String, IdSource> ids,
      TimeSource time,
      RandomGenerator random,
      Executor executor,
      Delay delay) {}

  private final Ground on;
  private final Transactor transactor;
  private final JobStore jobs;
  private final Journals journals;
  private final IdSource ids;
  private final JobRunner runner;
  private final SqlTariffSnapshotStore snapshots;
  private final Consumer<String> out;
  private final BenchGateway gateway;
  private volatile PaymentMethods methods = PaymentMethods.WALLET_ONLY;
  private long fed;

  /** The bench; {@code out} takes the lines. */
  public SettleBench(Ground on, Consumer<String> out) {
    this.on = on;
    this.out = out;
    this.transactor = on.database().transactor();
    this.ids = on.ids().apply("money");
    JobSignal signal = new JobSignal();
    this.jobs = new SqlJobStore(on.ids().apply("jobs"), on.time(), signal);
    this.journals = new Journals(new SqlLedgerStore(), ids, on.time());
    this.snapshots = new SqlTariffSnapshotStore(transactor, on.ids().apply("ids"), on.time());
    this.runner =
        new JobRunner(
            transactor,
            jobs,
            signal,
            new JobRunner.Environment(
                "bench",
                on.executor(),
                on.delay(),
                on.time(),
                on.random(),
                new SimpleMeterRegistry()));
    this.gateway = new BenchGateway(on.time());
    register();
  }

  private void register() {
    Providers providers = new Providers(List.of(new WalletProvider()), this::remote);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Outside outside =
        new Outside(
            providers,
            new RemoteCalls(
                RemoteCalls.Settings.DEFAULT, providers, on.executor(), on.time(), meters),
            new References("0000"),
            new Backoff(on.random()),
            driver -> methods.of(driver),
            PaymentAlarms.inDatabase(ids, on.time(), meters));
    SettlementStores stores =
        new SettlementStores(
            new SqlSettlementStore(),
            new SqlHoldStore(),
            new SqlBillStore(),
            BillableSessions.of(new SqlSessionStore(jobs)),
            new SqlLedgerStore(),
            jobs,
            Benefits.NONE);
    LiveBus live = new LiveBus();
    Settler settler = new Settler(transactor, stores, journals, outside, ids, on.time(), live);
    RemoteSettler remote =
        new RemoteSettler(transactor, stores, journals, outside, ids, on.time(), live);
    Biller biller =
        new Biller(
            transactor,
            new Biller.Stores(stores.sessions(), stores.bills(), jobs),
            new Biller.Accounts(journals, settler, Benefits.NONE),
            snapshots,
            ids,
            on.time(),
            live);
    Lock books = JobRunner.turn();
    Duration gather = Duration.ofMillis(150);
    runner.register(
        JobRunner.Settings.of(Biller.KIND).withBatch(250).withGather(gather), biller, books);
    runner.register(
        JobRunner.Settings.of(Settler.KIND).withBatch(250).withGather(gather), settler, books);
    runner.register(RemoteSettler.jobs(), remote);
  }

  private Optional<RemoteProvider> remote(long account) {
    return Optional.of(account == ACCOUNT ? new InstantProvider() : gateway.provider());
  }

  /**
   * Measures all ways, and how long what is not known stays so after an outage.
   *
   * @param length of each, after a warm-up of a fifth of it
   */
  public void run(Duration length) {
    if (transactor.call(SettleBenchStore::isUsed)) {
      throw new IllegalStateException("the database has sessions: measure on an empty one");
    }
    runner.start();
    measure("by wallets", like("wallet", null), length);
    measure(
        "by a provider beyond a network, zero latency",
        like(InstantProvider.NAME, ACCOUNT),
        length);
    methods = BenchGateway::card;
    Like card = like(SettleBenchStore.Like.NO_HOLD, BenchGateway.ACCOUNT);
    measure("by cards on file, Stripe's SDK at the sandbox", card, length);
    outage(card);
  }

  /** The provider does what it is asked for a while, and nobody hears of it. */
  private void outage(Like like) {
    gateway.fallSilent();
    long until = on.time().nanos() + OUTAGE.toNanos();
    for (int i = 0; i < SILENT; i += BATCH) {
      transactor.run(tx -> feed(tx, like));
      fed += BATCH;
    }
    while (on.time().nanos() < until) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    gateway.comeBack();
    Instant back = on.time().now();
    while (waiting() > 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    List<Long> millis = transactor.call(tx -> SettleBenchStore.closedAfter(tx, back));
    out.accept(
        String.format(
            Locale.ROOT,
            "after an outage of %d s, %,d operations were open: closed p50 %.1f s, p99 %.1f s,"
                + " last %.1f s after it; the gateway's books: %s; ours: %s",
            OUTAGE.toSeconds(),
            millis.size(),
            share(millis, 50),
            share(millis, 99),
            share(millis, 100),
            gateway.books(),
            transactor.call(tx -> SettleBenchStore.charged(tx, BenchGateway.ACCOUNT))));
  }

  private static double share(List<Long> sorted, int percent) {
    return sorted.isEmpty()
        ? 0
        : sorted.get((sorted.size() - 1) * percent / 100) / MILLIS_PER_SECOND;
  }

  private Like like(String provider, @Nullable Long account) {
    TariffSnapshot snapshot =
        TariffSnapshot.of(
            1,
            1,
            TariffJson.read(
                TariffJson.readTree(
                    """
                    {"currency":"CNY","tax_included":"YES","elements":[{"price_components":[
                      {"type":"ENERGY","price":1.02,"vat":13,"step_size":1},
                      {"type":"FLAT","price":0.50,"vat":6,"step_size":1}]}]}
                    """)),
            ZoneId.of("Asia/Shanghai"),
            RoundingMode.HALF_UP);
    Instant to = on.time().now().truncatedTo(ChronoUnit.MILLIS);
    Instant from = to.minusSeconds(3_600);
    Energy energy = Energy.ofWh(BigDecimal.valueOf(10_000));
    SessionFacts facts =
        new SessionFacts(List.of(Segment.of(from, to, SegmentState.CHARGING, energy)));
    return new Like(
        transactor.call(SettleBenchStore::place),
        provider,
        account,
        Pricing.price(snapshot, facts).payable(),
        HOLD,
        snapshots.idOf(snapshot),
        facts.toJson(),
        from,
        to);
  }

  private void measure(String how, Like like, Duration length) {
    feed(like, length.dividedBy(5));
    long start = on.time().nanos();
    long waitingBefore = waiting();
    long before = fed - waitingBefore;
    feed(like, length);
    long waitingAfter = waiting();
    double seconds = (on.time().nanos() - start) / NANOS_PER_SECOND;
    long settled = fed - waitingAfter - before;
    out.accept(
        String.format(
            Locale.ROOT,
            "settled sessions %s: %,.0f/s over %.0f s (%,d; waiting at the start %,d, at the end"
                + " %,d)",
            how,
            settled / seconds,
            seconds,
            settled,
            waitingBefore,
            waitingAfter));
    while (waiting() > 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void feed(Like like, Duration length) {
    long end = on.time().nanos() + length.toNanos();
    while (on.time().nanos() < end) {
      if (waiting() + BATCH <= MOST_WAITING) {
        transactor.run(tx -> feed(tx, like));
        fed += BATCH;
      } else {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private long waiting() {
    List<JobStore.Counts> counts = transactor.call(jobs::counts);
    if (counts.stream().anyMatch(count -> count.parked() > 0)) {
      throw new IllegalStateException("jobs were given up: " + counts);
    }
    return counts.stream().mapToLong(count -> count.ready() + count.leased()).sum();
  }

  private void feed(Tx tx, Like like) {
    List<Long> made = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      made.add(ids.next());
    }
    SettleBenchStore.insert(tx, like, made, SettleBench::driver);
    jobs.insert(tx, made.stream().map(id -> new NewJob(Biller.KIND, id, on.time().now())).toList());
    if (like.accountId() == null) {
      journals.post(tx, List.of(held(like, made)));
    }
  }

  private static long driver(long session) {
    return FIRST_DRIVER + session % DRIVERS;
  }

  /** The money of all the holds, as if just paid in. */
  private static JournalEntry held(Like like, List<Long> sessions) {
    long operator = like.place().operatorId();
    String currency = HOLD.currency();
    Map<Long, Long> byDriver =
        sessions.stream()
            .collect(
                Collectors.groupingBy(
                    SettleBench::driver, Collectors.summingLong(id -> HOLD.minor())));
    List<Posting> postings = new ArrayList<>();
    postings.add(Posting.debit(Account.bank(operator, currency), HOLD.minor() * sessions.size()));
    byDriver.forEach(
        (driver, minor) ->
            postings.add(Posting.credit(Account.walletHeld(operator, driver, currency), minor)));
    long ref = sessions.getFirst();
    return new JournalEntry("bench:" + ref, "hold", ref, operator, postings);
  }

  @Override
  public void close() {
    runner.close();
    runner.drained().toCompletableFuture().join();
    gateway.close();
  }
}
