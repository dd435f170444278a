package org.ampay.payment;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationStatus;
import org.ampay.access.IdToken;
import org.ampay.base.CountingIds;
import org.ampay.base.Digests;
import org.ampay.base.Energy;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.base.TestTime;
import org.ampay.billing.BillStore;
import org.ampay.billing.Biller;
import org.ampay.billing.CdrPlace;
import org.ampay.billing.MemoryBillStore;
import org.ampay.billing.SettlementState;
import org.ampay.billing.SqlBillStore;
import org.ampay.billing.catalog.SqlTariffSnapshotStore;
import org.ampay.billing.promotion.Benefits;
import org.ampay.billing.promotion.Loyalty;
import org.ampay.billing.promotion.PromotionWorld;
import org.ampay.charging.BillableSession;
import org.ampay.charging.SessionJobs;
import org.ampay.charging.StartGuard;
import org.ampay.cluster.LiveBus;
import org.ampay.ledger.Account;
import org.ampay.ledger.AccountRow;
import org.ampay.ledger.Journals;
import org.ampay.ledger.LedgerStore;
import org.ampay.ledger.MemoryLedgerStore;
import org.ampay.ledger.SqlLedgerStore;
import org.ampay.payment.provider.PaymentProvider;
import org.ampay.payment.provider.Providers;
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
import org.ampay.store.tables.Tables;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.TariffJson;
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

  private static final String TARIFF =
      """
      {"currency":"CNY","tax_included":"NO","elements":[{"price_components":[
        {"type":"ENERGY","price":1.00,"vat":10,"step_size":0},
        {"type":"FLAT","price":0.50,"vat":10,"step_size":0}]}]}
      """;

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

  public final Biller biller;
  public final HoldExpiry expiry;
  public final HoldWriter holdWriter;
  public final TariffSnapshots snapshots;
  public final @Nullable PromotionWorld promotions;
  final TestSessions sessions;
  private final IdSource ids;
  private final Kept kept;
  private final Map<String, JobHandler> handlers = new HashMap<>();
  private boolean leasing;
  private boolean waiving;

  private record Base(
      Transactor transactor,
      TestSessions sessions,
      SettlementStore settlements,
      HoldStore holds,
      BillStore bills,
      LedgerStore ledger,
      TariffSnapshots snapshots,
      @Nullable TestDatabase database) {}

  /** What outlives a process: the stores and the world around it. */
  private record Kept(
      Base base,
      JobStore jobs,
      List<PaymentProvider> more,
      TestTime time,
      IdSource ids,
      Map<Long, PaymentMethod> methods) {}

  private MoneyWorld(Base base, @Nullable JobStore sqlJobs, List<PaymentProvider> more) {
    this(
        new Kept(
            base,
            sqlJobs == null ? new MemoryJobStore(new CountingIds(), new JobSignal()) : sqlJobs,
            more,
            new TestTime(START.plusSeconds(7200)),
            new CountingIds(1000),
            new HashMap<>()));
  }

  private MoneyWorld(Kept kept) {
    this.kept = kept;
    Base base = kept.base();
    time = kept.time();
    ids = kept.ids();
    methods = kept.methods();
    transactor = base.transactor();
    sessions = base.sessions();
    snapshots = base.snapshots();
    JobStore jobs = kept.jobs();
    journals = new Journals(base.ledger(), ids, time);
    promotions =
        base.database() == null
            ? null
            : new PromotionWorld(
                base.database(),
                journals,
                jobs,
                ids,
                time,
                new Loyalty.Bills(base.bills(), sessions, snapshots));
    Benefits benefits = promotions == null ? Benefits.NONE : promotions.benefits;
    stores =
        new SettlementStores(
            base.settlements(),
            base.holds(),
            base.bills(),
            sessions,
            base.ledger(),
            jobs,
            benefits);
    WalletProvider wallet = new WalletProvider();
    List<PaymentProvider> all = new ArrayList<>(kept.more());
    all.add(wallet);
    Providers providers = new Providers(all);
    LiveBus live = new LiveBus();
    wallets = new Wallets(transactor, stores, journals, ids, time);
    refunds = new Refunds(transactor, stores, providers, journals, ids, time);
    meters = new SimpleMeterRegistry();
    PaymentAlarms payAlarms =
        base.database() == null
            ? PaymentAlarms.inMemory(ids, time, meters)
            : PaymentAlarms.inDatabase(ids, time, meters);
    outside =
        new Outside(
            providers,
            new RemoteCalls(RemoteCalls.Settings.DEFAULT, providers, Runnable::run, time, meters),
            new References("test"),
            new Backoff(new Random(5)),
            driver -> methods.getOrDefault(driver, PaymentMethod.WALLET),
            payAlarms);
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
            stores.holds(), journals, wallet, jobs, benefits, OrderStarts.NONE, ids);
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
    return next;
  }

  /** In memory. */
  public static MoneyWorld inMemory(MemoryTransactor.Faults faults, PaymentProvider... more) {
    return inMemory(faults, BentStores.Bend.NONE, more);
  }

  /** In memory, with a deliberate fault. */
  public static MoneyWorld inMemory(
      MemoryTransactor.Faults faults, BentStores.Bend bend, PaymentProvider... more) {
    TestSessions sessions = TestSessions.inMemory();
    return new MoneyWorld(
        new Base(
            new MemoryTransactor(faults),
            sessions,
            BentStores.settlements(new MemorySettlementStore(), bend),
            new MemoryHoldStore(sessions::byKey),
            new MemoryBillStore(outlet -> Optional.of(PLACE)),
            BentStores.ledger(new MemoryLedgerStore(), bend),
            new MemorySnapshots(),
            null),
        null,
        List.of(more));
  }

  /** From now on this driver is charged later, by the provider. */
  public void charges(long driver, String provider) {
    methods.put(
        driver,
        new PaymentMethod(
            org.ampay.payment.provider.ProviderKey.inLedger(provider),
            new org.ampay.payment.provider.PaymentCommand.SavedMethod("payer " + driver, "card")));
  }

  /** On a database, which is emptied. */
  public static MoneyWorld onDatabase(TestDatabase database) {
    database.clear();
    TestTime clock = new TestTime(START);
    insertInventory(database);
    JobStore jobs = new SqlJobStore(new CountingIds(), clock, new JobSignal());
    return new MoneyWorld(
        new Base(
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
        List.of());
  }

  private static final CdrPlace PLACE =
      new CdrPlace(
          new CdrPlace.Party("CN", "AMP"),
          "S1",
          "Site",
          "1 Road",
          "Shanghai",
          "200000",
          "CHN",
          null,
          null,
          "Asia/Shanghai",
          "CP1",
          "IEC_62196_T2_COMBO",
          "DC");

  private static void insertInventory(TestDatabase database) {
    String at = "'2026-01-01'";
    List.of(
            "INSERT INTO operator (id, name, country_code, party_id, currency, hold_minor,"
                + " created_at) VALUES (1, 'Op', 'CN', 'AMP', 'CNY', 5000, %s)",
            "INSERT INTO site (id, operator_id, code, name, address, city, postal_code, country,"
                + " time_zone, published, created_at) VALUES (5, 1, 'S1', 'Site', '1 Road',"
                + " 'Shanghai', '200000', 'CHN', 'Asia/Shanghai', TRUE, %s)",
            "INSERT INTO station (id, operator_id, site_id, identity, name, security_profile,"
                + " registration, created_at) VALUES (10, 1, 5, 'CP1', 'One', 0, 'accepted', %s)")
        .forEach(sql -> database.dsl().execute(sql.formatted(at)));
    database
        .dsl()
        .execute(
            "INSERT INTO evse (id, operator_id, station_id, evse_no, pay_code, current_type,"
                + " phases, max_power_w) VALUES (11, 1, 10, 1, 'P1', 'DC', 3, 400000)");
    database
        .dsl()
        .execute(
            "INSERT INTO connector (id, operator_id, station_id, evse_no, connector_no, standard,"
                + " status) VALUES (12, 1, 10, 1, 1, 'IEC_62196_T2_COMBO', 'Available')");
    database.dsl().selectCount().from(Tables.STATION).fetchSingle();
  }

  private static TariffSnapshot snapshot() {
    return TariffSnapshot.of(
        1,
        1,
        TariffJson.read(TariffJson.readTree(TARIFF)),
        ZoneId.of("Asia/Shanghai"),
        RoundingMode.HALF_UP);
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
                    new org.ampay.ledger.JournalEntry(
                        "gift:" + ref,
                        "gift",
                        ref,
                        OPERATOR,
                        List.of(
                            org.ampay.ledger.Posting.debit(
                                Account.promotion(OPERATOR, "CNY"), minor),
                            org.ampay.ledger.Posting.credit(
                                Account.walletGift(OPERATOR, driver, "CNY"), minor))))));
  }

  public static StationInfo station() {
    return new StationInfo(
        STATION,
        OPERATOR,
        SITE,
        "CP1",
        "CNY",
        5000,
        ZoneId.of("Asia/Shanghai"),
        List.of(new StationInfo.EvseInfo(1, true, 3, 400_000)));
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
    return hold == null || waiving ? snapshot() : snapshot().withTerms(hold.terms());
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

  // ---- what a test asks ----

  public SettlementState stateOf(long session) {
    return sessions.settlementState(session);
  }

  /** Jobs that wait, by kind, and those that were given up. */
  public String jobsLeft() {
    return transactor.call(
        tx -> stores.jobs().counts(tx) + ", given up: " + stores.jobs().parked(tx, 10));
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

  /** Snapshots in memory. */
  private static final class MemorySnapshots implements TariffSnapshots {
    private final List<TariffSnapshot> all = new ArrayList<>();

    @Override
    public long idOf(TariffSnapshot snapshot) {
      if (!all.contains(snapshot)) {
        all.add(snapshot);
      }
      return all.indexOf(snapshot) + 1L;
    }

    @Override
    public TariffSnapshot byId(long id) {
      return all.get((int) id - 1);
    }
  }
}
