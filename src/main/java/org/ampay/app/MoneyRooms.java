package org.ampay.app;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Lock;
import org.ampay.base.IdSource;
import org.ampay.billing.BillStore;
import org.ampay.billing.BillWatch;
import org.ampay.billing.BillableSessions;
import org.ampay.billing.Biller;
import org.ampay.billing.Bills;
import org.ampay.billing.SqlBillStore;
import org.ampay.billing.WatchedBills;
import org.ampay.billing.promotion.Loyalty;
import org.ampay.billing.share.Contracts;
import org.ampay.charging.SessionStore;
import org.ampay.cluster.LiveBus;
import org.ampay.ledger.Books;
import org.ampay.ledger.Journals;
import org.ampay.ledger.LedgerStore;
import org.ampay.ledger.SqlLedgerStore;
import org.ampay.ocpi.cdr.RoamingBills;
import org.ampay.payment.Disputes;
import org.ampay.payment.HoldExpiry;
import org.ampay.payment.HoldWriter;
import org.ampay.payment.OpenDisputes;
import org.ampay.payment.PaymentMethods;
import org.ampay.payment.Refunds;
import org.ampay.payment.RemoteSettler;
import org.ampay.payment.SettlementStores;
import org.ampay.payment.Settlements;
import org.ampay.payment.Settler;
import org.ampay.payment.SqlHoldStore;
import org.ampay.payment.SqlSettlementStore;
import org.ampay.payment.WalletGuard;
import org.ampay.payment.Wallets;
import org.ampay.payment.Withdrawals;
import org.ampay.payment.fee.FeeBook;
import org.ampay.payment.order.OrderBinding;
import org.ampay.payment.order.SqlOrderStore;
import org.ampay.payment.provider.LedgerProvider;
import org.ampay.payment.provider.Providers;
import org.ampay.payment.provider.deposit.DepositProvider;
import org.ampay.payment.provider.invoice.InvoiceProvider;
import org.ampay.payment.provider.roaming.RoamingProvider;
import org.ampay.payment.provider.roaming.TerminalProvider;
import org.ampay.payment.provider.wallet.WalletProvider;
import org.ampay.store.GroupCommit;
import org.ampay.store.JobRunner;
import org.ampay.store.JobStore;
import org.ampay.store.Transactor;
import org.ampay.tariff.TariffSnapshots;
import org.ampay.web.WebRooms;

/** Ledger, billing and payment, wired. */
final class MoneyRooms {

  private static final int BILLS_AT_A_TIME = 250;

  /** While one group of holds waits for a wallet that is being settled, others go on. */
  private static final int HOLDS_AT_A_TIME = 2;

  private static final Duration GATHER = Duration.ofMillis(150);
  private static final Duration LEASE = Duration.ofMinutes(1);

  final Journals journals;
  final FeeBook fees;
  final Contracts contracts;
  final LedgerStore ledger;
  final Books books;
  final Bills bills;
  final Wallets wallets;
  final Withdrawals withdrawals;
  final Settlements settlements;
  final Refunds refunds;
  final WalletGuard guard;
  final PromotionRooms promotions;
  final Providers providers;
  final PaymentMethods methods;
  final SettlementStores stores;
  private final Biller biller;
  final PaymentRooms payments;
  final RemoteSettler remoteSettler;
  final Disputes disputes;
  final WebRooms.Manual manual;
  private final Settler settler;
  private final HoldExpiry expiry;

  MoneyRooms(
      Foundation on,
      AccountRooms accounts,
      SessionStore sessions,
      TariffSnapshots snapshots,
      GroupCommit.Environment commits,
      LiveBus live,
      Threads threads) {
    JobStore jobs = accounts.jobs;
    methods = accounts.methods;
    Transactor transactor = on.database().transactor();
    IdSource ids = on.idSource("money");
    ledger = new SqlLedgerStore();
    journals = new Journals(ledger, ids, on.time());
    promotions = new PromotionRooms(on, jobs, journals, ids);
    providers = new Providers(inLedger(), accounts.accounts::provider);
    SqlSettlementStore settled = new SqlSettlementStore();
    fees = new FeeBook(transactor, ids, on.time());
    contracts = new Contracts(transactor, ids, on.time(), fees::of);
    BillStore watched = bills(contracts, new RoamingBills(jobs, on.time(), accounts::isRoaming));
    stores =
        new SettlementStores(
            settled,
            new SqlHoldStore(),
            watched,
            BillableSessions.of(sessions),
            ledger,
            jobs,
            promotions.benefits,
            fees,
            contracts);
    books = new Books(transactor, ledger);
    bills = new Bills(transactor, watched);
    wallets = new Wallets(transactor, stores, journals, ids, on.time());
    withdrawals = new Withdrawals(transactor, stores, journals, ids, on.time());
    settlements = new Settlements(transactor, stores);
    refunds =
        new Refunds(
            transactor, stores, providers, journals, OpenDisputes.inDatabase(), ids, on.time());
    HoldWriter.Parts parts = holds(on, jobs, settled, ids);
    guard =
        new WalletGuard(
            GroupCommit.Settings.of("hold").withParallelism(HOLDS_AT_A_TIME),
            transactor,
            new HoldWriter(parts, on.time(), WalletGuard.DEFAULT_PATIENCE),
            commits);
    payments = new PaymentRooms(on, threads, commits.meters(), providers, accounts.methods, ids);
    settler = payments.settler(stores, journals, ids, live);
    manual = payments.manual(stores, journals, ids);
    remoteSettler = payments.remoteSettler(stores, journals, ids, live);
    disputes = new Disputes(stores, providers, journals, ids);
    biller =
        new Biller(
            transactor,
            new Biller.Stores(stores.sessions(), stores.bills(), jobs),
            new Biller.Accounts(journals, settler, promotions.benefits),
            snapshots,
            ids,
            on.time(),
            live);
    expiry = new HoldExpiry(transactor, parts, on.time());
    promotions.follow(new Loyalty.Bills(stores.bills(), stores.sessions(), snapshots));
  }

  private HoldWriter.Parts holds(
      Foundation on, JobStore jobs, SqlSettlementStore settled, IdSource ids) {
    return new HoldWriter.Parts(
        stores.holds(),
        journals,
        providers,
        methods,
        jobs,
        promotions.benefits,
        new OrderBinding(new SqlOrderStore(), settled, jobs, on.time()),
        ids);
  }

  private static BillStore bills(BillWatch shares, BillWatch roaming) {
    return new WatchedBills(new SqlBillStore(), BillWatch.both(shares, roaming));
  }

  private static List<LedgerProvider> inLedger() {
    return List.of(
        new WalletProvider(),
        new DepositProvider(),
        new InvoiceProvider(),
        new RoamingProvider(),
        new TerminalProvider());
  }

  /**
   * Lets the jobs of these rooms be done. Bills and settlements post to the same accounts of an
   * operator; a settlement that waits for a bill would hold the wallets that new sessions need.
   */
  void register(JobRunner runner) {
    Lock books = JobRunner.turn();
    runner.register(
        JobRunner.Settings.of(Biller.KIND)
            .withBatch(BILLS_AT_A_TIME)
            .withLease(LEASE)
            .withGather(GATHER),
        biller,
        books);
    runner.register(
        JobRunner.Settings.of(Settler.KIND)
            .withBatch(BILLS_AT_A_TIME)
            .withLease(LEASE)
            .withGather(GATHER),
        settler,
        books);
    runner.register(RemoteSettler.jobs(), remoteSettler);
    runner.register(JobRunner.Settings.of(HoldExpiry.KIND).withLease(LEASE), expiry);
    promotions.register(runner, books);
  }
}
