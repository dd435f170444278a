package org.ampay.payment;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationStatus;
import org.ampay.access.IdToken;
import org.ampay.base.CountingIds;
import org.ampay.base.Digests;
import org.ampay.base.Energy;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.base.TestTime;
import org.ampay.billing.Biller;
import org.ampay.billing.SettlementState;
import org.ampay.billing.SqlBillStore;
import org.ampay.billing.WatchedBills;
import org.ampay.billing.catalog.SqlTariffSnapshotStore;
import org.ampay.billing.promotion.Benefits;
import org.ampay.billing.promotion.Loyalty;
import org.ampay.billing.promotion.PromotionWorld;
import org.ampay.billing.share.Contracts;
import org.ampay.billing.share.Shares;
import org.ampay.charging.BillableSession;
import org.ampay.charging.SessionJobs;
import org.ampay.charging.StartGuard;
import org.ampay.cluster.LiveBus;
import org.ampay.ledger.Account;
import org.ampay.ledger.AccountRow;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.ledger.Posting;
import org.ampay.ledger.SqlLedgerStore;
import org.ampay.payment.fee.PlatformFees;
import org.ampay.payment.order.MemoryOrderStore;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.PaymentProvider;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.payment.provider.Providers;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.deposit.DepositProvider;
import org.ampay.payment.provider.wallet.WalletProvider;
import org.ampay.station.EvseRef;
import org.ampay.station.StationInfo;
import org.ampay.store.Job;
import org.ampay.store.JobHandler;
import org.ampay.store.JobSignal;
import org.ampay.store.JobStore;
import org.ampay.store.MemoryJobStore;
import org.ampay.store.MemoryTransactor;
import org.ampay.store.NewJob;
import org.ampay.store.SqlJobStore;
import org.ampay.store.TestDatabase;
import org.ampay.store.TransactionalJobHandler;
import org.ampay.store.Transactor;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TariffSnapshots;
import org.jspecify.annotations.Nullable;

/**
 * Everything about money, wired together on in-memory stores or on a database. One operator in CNY
 * with a hold of 50.00; 1.00 a kWh and 0.50 a session, with 10 % tax on top.
 */
public final class MoneyWorld {

  public static final long OPERATOR = 1;
  public static final long SITE = 5;
  public static final long STATION = 10;
  public static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  static final Duration LEASE = Duration.ofMinutes(1);

  public final TestTime time;
  public final Transactor transactor;
  public final SettlementStores stores;
  public final Journals journals;
  public final Wallets wallets;
  public final Refunds refunds;
  public final Settler settler;
  public final RemoteSettler remoteSettler;
  public final Outside outside;
  public final SimpleMeterRegistry meters;

  /** Who pays otherwise than by wallet. */
  public final Map<Long, PaymentMethod> methods;

  /** The providers of accounts, by the accounts' ids. */
  public final Map<Long, RemoteProvider> accounts;

  /** By which others share in bills; null in memory. */
  public final @Nullable Contracts contracts;

  public final ManualQueue manual;
  public final Biller biller;
  public final HoldExpiry expiry;
  public final HoldWriter holdWriter;
  public final TariffSnapshots snapshots;
  public final @Nullable PromotionWorld promotions;
  public final Providers providers;
  final MemoryOrderStore memoryOrders;
  final TestSessions sessions;
  public final IdSource ids;
  private final MoneyStores.Kept kept;
  private final Map<String, JobHandler> handlers = new HashMap<>();

  /** What the platform keeps: nothing, unless a test says otherwise. */
  public PlatformFees fees = PlatformFees.NONE;

  /** In memory: what others have of bills. */
  public Shares shares = Shares.NONE;

  private final List<String> further = new ArrayList<>();
  private boolean leasing;
  private boolean waiving;

  private MoneyWorld(
      MoneyStores.Base base, @Nullable JobStore sqlJobs, List<PaymentProvider> more) {
    this(
        new MoneyStores.Kept(
            base,
            sqlJobs == null ? new MemoryJobStore(new CountingIds(), new JobSignal()) : sqlJobs,
            more,
            new TestTime(START.plusSeconds(7200)),
            new CountingIds(1000),
            new HashMap<>(),
            new HashMap<>(),
            new MemoryOrderStore()));
  }

  private MoneyWorld(MoneyStores.Kept kept) {
    this.kept = kept;
    MoneyStores.Base base = kept.base();
    time = kept.time();
    ids = kept.ids();
    methods = kept.methods();
    accounts = kept.accounts();
    memoryOrders = kept.orders();
    transactor = base.transactor();
    sessions = base.sessions();
    snapshots = base.snapshots();
    JobStore jobs = kept.jobs();
    journals = new Journals(base.ledger(), ids, time);
    promotions = promotions(base, jobs);
    Benefits benefits = promotions == null ? Benefits.NONE : promotions.benefits;
    contracts = MoneyInventory.contracts(base, ids, time, (tx, bill) -> fees.of(tx, bill));
    stores =
        new SettlementStores(
            base.settlements(),
            base.holds(),
            contracts == null ? base.bills() : new WatchedBills(base.bills(), contracts),
            sessions,
            base.ledger(),
            jobs,
            benefits,
            (tx, bill) -> fees.of(tx, bill),
            contracts == null ? (tx, bills) -> shares.of(tx, bills) : contracts);
    List<PaymentProvider> all = new ArrayList<>(kept.more());
    all.addAll(List.of(new WalletProvider(), new DepositProvider()));
    providers = new Providers(all, account -> Optional.ofNullable(accounts.get(account)));
    LiveBus live = new LiveBus();
    wallets = new Wallets(transactor, stores, journals, ids, time);
    OpenDisputes disputes = base.database() == null ? OpenDisputes.NONE : OpenDisputes.inDatabase();
    refunds = new Refunds(transactor, stores, providers, journals, disputes, ids, time);
    meters = new SimpleMeterRegistry();
    outside =
        MoneyInventory.outside(providers, methods, base.database() == null, ids, time, meters);
    WriteOffStore offs = MoneyInventory.writeOffs(base);
    manual = new ManualQueue(transactor, stores, offs, journals, outside.alarms(), ids, time);
    settler = new Settler(transactor, stores, journals, outside, ids, time, live);
    remoteSettler = new RemoteSettler(transactor, stores, journals, outside, ids, time, live);
    biller =
        new Biller(
            transactor,
            new Biller.Stores(sessions, stores.bills(), jobs),
            new Biller.Accounts(journals, settler, benefits),
            snapshots,
            ids,
            time,
            live);
    HoldWriter.Parts parts =
        new HoldWriter.Parts(
            stores.holds(),
            journals,
            providers,
            MoneyInventory.atStart(methods),
            jobs,
            benefits,
            MoneyInventory.binding(base, memoryOrders, jobs, time),
            ids);
    holdWriter = new HoldWriter(parts, time, WalletGuard.DEFAULT_PATIENCE);
    expiry = new HoldExpiry(transactor, parts, time);
    handlers.put(Biller.KIND, biller);
    handlers.put(Settler.KIND, settler);
    handlers.put(RemoteSettler.KIND, remoteSettler);
    handlers.put(HoldExpiry.KIND, expiry);
    if (promotions != null) {
      handlers.putAll(promotions.handlers);
    }
  }

  /** The process was killed, and another one begins with what is stored. */
  public MoneyWorld restarted() {
    MoneyWorld next = new MoneyWorld(kept);
    next.leasing = leasing;
    next.waiving = waiving;
    next.shares = shares;
    return next;
  }

  private @Nullable PromotionWorld promotions(MoneyStores.Base base, JobStore jobs) {
    TestDatabase database = base.database();
    return database == null
        ? null
        : new PromotionWorld(
            database,
            journals,
            jobs,
            ids,
            time,
            new Loyalty.Bills(base.bills(), sessions, snapshots));
  }

  /** Has jobs of a further kind done. */
  void handle(String kind, JobHandler handler) {
    handlers.put(kind, handler);
    further.add(kind);
  }

  /** In memory. */
  public static MoneyWorld inMemory(MemoryTransactor.Faults faults, PaymentProvider... more) {
    return inMemory(faults, BentStores.Bend.NONE, more);
  }

  /** In memory, with a deliberate fault. */
  public static MoneyWorld inMemory(
      MemoryTransactor.Faults faults, BentStores.Bend bend, PaymentProvider... more) {
    return new MoneyWorld(MoneyStores.inMemory(faults, bend), null, List.of(more));
  }

  /** From now on this driver is charged later, by the provider. */
  public void charges(long driver, String provider) {
    methods.put(
        driver,
        new PaymentMethod(
            ProviderKey.inLedger(provider),
            new PaymentCommand.SavedMethod("payer " + driver, "card")));
  }

  /** On a database, which is emptied. */
  public static MoneyWorld onDatabase(TestDatabase database, PaymentProvider... more) {
    database.clear();
    TestTime clock = new TestTime(START);
    MoneyInventory.insert(database);
    JobStore jobs = new SqlJobStore(new CountingIds(), clock, new JobSignal());
    return new MoneyWorld(
        new MoneyStores.Base(
            database.transactor(),
            TestSessions.inDatabase(database, jobs),
            new SqlSettlementStore(),
            new SqlHoldStore(),
            new SqlBillStore(),
            new SqlLedgerStore(),
            new SqlTariffSnapshotStore(
                database.database().sideTransactor(), new CountingIds(), clock),
            database),
        jobs,
        List.of(more));
  }

  // ---- what a test does ----

  public static byte[] key(long session) {
    return Digests.key16("session", session);
  }

  public Wallets.Owner owner(long driver) {
    return new Wallets.Owner(OPERATOR, driver, "CNY");
  }

  public void topUp(long driver, long minor) {
    wallets.topUp(
        new Wallets.TopUp(owner(driver), new Money("CNY", minor), "top-up " + ids.next()));
  }

  /** Gift money, as a campaign will give it. */
  public void gift(long driver, long minor) {
    long ref = ids.next();
    transactor.run(
        tx ->
            journals.post(
                tx,
                List.of(
                    new JournalEntry(
                        "gift:" + ref,
                        "gift",
                        ref,
                        OPERATOR,
                        List.of(
                            Posting.debit(Account.promotion(OPERATOR, "CNY"), minor),
                            Posting.credit(Account.walletGift(OPERATOR, driver, "CNY"), minor))))));
  }

  public static StationInfo station() {
    return MoneyInventory.station();
  }

  /** A start's reservation: token and driver have the same number. */
  public StartGuard.Request request(long session, @Nullable Long driver, int maxConcurrent) {
    Long token = driver == null ? Long.valueOf(999) : driver;
    Authorization authorization =
        new Authorization(
            AuthorizationStatus.ACCEPTED, null, null, token, driver, null, maxConcurrent);
    return new StartGuard.Request(key(session), station(), 1, authorization, START, time.now());
  }

  public StartGuard.Verdict start(long session, @Nullable Long driver) {
    return starts(List.of(request(session, driver, 1))).getFirst();
  }

  public List<StartGuard.Verdict> starts(List<StartGuard.Request> requests) {
    return transactor.call(tx -> holdWriter.write(tx, requests));
  }

  /** The session ends: its facts and its job are there. The total is kWh × 1.1 + 0.55. */
  public void finish(long session, @Nullable Long driver, @Nullable Long hold, String kwh) {
    finish(session, driver, hold, kwh, null);
  }

  /** {@link #finish} with a total that the station was told, right or wrong. */
  public void finish(
      long session, @Nullable Long driver, @Nullable Long hold, String kwh, @Nullable Money told) {
    Energy energy = Energy.ofWh(new BigDecimal(kwh).movePointRight(3));
    SessionFacts facts =
        new SessionFacts(
            List.of(Segment.of(START, START.plusSeconds(3600), SegmentState.CHARGING, energy)));
    TariffSnapshot frozen = frozen(session);
    Money total = Pricing.price(frozen, facts).payable();
    sessions.finished(
        new BillableSession(
            session,
            OPERATOR,
            SITE,
            STATION,
            "CP1",
            new EvseRef(1, 1),
            Long.toString(session),
            driver,
            new IdToken("TAG1", "ISO14443"),
            hold,
            START,
            START.plusSeconds(3600),
            Energy.ZERO,
            energy,
            energy,
            snapshots.idOf(frozen),
            facts.toJson(),
            told == null ? total : told),
        key(session));
    transactor.run(
        tx -> stores.jobs().insert(tx, List.of(new NewJob(SessionJobs.BILL, session, time.now()))));
  }

  /** From now on a person waives each session: it is billed without what was reserved for it. */
  public void waiving() {
    waiving = true;
  }

  /** The tariff as it was frozen at the start: with what was reserved for the driver. */
  private TariffSnapshot frozen(long session) {
    ByteBuffer key = ByteBuffer.wrap(key(session));
    StartHold hold = transactor.call(tx -> stores.holds().byKeys(tx, List.of(key))).get(key);
    return hold == null || waiving
        ? MoneyInventory.snapshot()
        : MoneyInventory.snapshot().withTerms(hold.terms());
  }

  /** From now on jobs are leased, and their steps committed one by one. */
  MoneyWorld leasing() {
    leasing = true;
    return this;
  }

  /** Has all jobs done that are due, until none is left. */
  public void runJobs() {
    boolean some = true;
    while (some) {
      some = false;
      for (String kind : kinds()) {
        if (!leasing && handlers.get(kind) instanceof TransactionalJobHandler atOnce) {
          some |= doAtOnce(kind, atOnce);
        }
        List<Job> jobs = claim(kind);
        if (!jobs.isEmpty()) {
          handlers.get(kind).handle(jobs);
          some = true;
        }
      }
    }
  }

  private List<String> kinds() {
    List<String> kinds =
        new ArrayList<>(List.of(Biller.KIND, Settler.KIND, RemoteSettler.KIND, HoldExpiry.KIND));
    kinds.addAll(further);
    if (promotions != null) {
      kinds.addAll(promotions.handlers.keySet());
    }
    return kinds;
  }

  private boolean doAtOnce(String kind, TransactionalJobHandler handler) {
    try {
      return transactor.call(
          tx -> {
            List<Job> jobs = stores.jobs().take(tx, kind, 200, time.now());
            if (!jobs.isEmpty() && !handler.handle(tx, jobs)) {
              throw new NeedsLease();
            }
            return !jobs.isEmpty();
          });
    } catch (NeedsLease e) {
      return false;
    }
  }

  private static final class NeedsLease extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  List<Job> claim(String kind) {
    return transactor.call(
        tx ->
            stores
                .jobs()
                .claim(
                    tx, new JobStore.Claim(kind, 200, time.now(), time.now().plus(LEASE), "test")));
  }

  /** A start of which a provider beyond a network holds the money; the hold has its own id. */
  long held(long session, long driver, ProviderKey via, long minor) {
    long id = ids.next();
    StartHold hold = MoneyInventory.hold(id, session, driver, via, minor, time.now());
    transactor.run(tx -> stores.holds().insert(tx, List.of(hold)));
    return id;
  }

  // ---- what a test asks ----

  List<PaymentAlarm.Kind> alarms() {
    return manual.alarms(null, Long.MAX_VALUE, 100).stream().map(PaymentAlarm::kind).toList();
  }

  /** How many jobs are left. */
  public long jobsLeft() {
    return transactor.call(tx -> stores.jobs().counts(tx)).stream()
        .mapToLong(count -> count.ready() + count.leased() + count.parked())
        .sum();
  }

  public SettlementState stateOf(long session) {
    return sessions.settlementState(session);
  }

  public Settlements.Detail settlement(long session) {
    return new Settlements(transactor, stores).ofSession(OPERATOR, session).orElseThrow();
  }

  public Wallets.Balance wallet(long driver) {
    return wallets.balance(owner(driver));
  }

  public StartHold hold(long session) {
    return transactor
        .call(tx -> stores.holds().byKeys(tx, List.of(ByteBuffer.wrap(key(session)))))
        .get(ByteBuffer.wrap(key(session)));
  }

  /** Debits less credits; 0 when there is no such account. */
  public long balance(Account account) {
    return transactor.call(
        tx ->
            stores.ledger().read(tx, List.of(account)).stream()
                .mapToLong(AccountRow::balanceMinor)
                .sum());
  }
}
