package org.ampay.app;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.ampay.access.Tokens;
import org.ampay.audit.AuditLog;
import org.ampay.base.PasswordHasher;
import org.ampay.base.SecretBox;
import org.ampay.ledger.SqlLedgerStore;
import org.ampay.ocpi.roaming.RoamingMoney;
import org.ampay.payment.account.PaymentAccounts;
import org.ampay.payment.account.ProviderKinds;
import org.ampay.payment.callback.CallbackWork;
import org.ampay.payment.callback.Inbox;
import org.ampay.payment.method.DriverMethods;
import org.ampay.payment.method.DriverPins;
import org.ampay.payment.method.PartnerPayers;
import org.ampay.payment.order.Orders;
import org.ampay.payment.provider.roaming.RoamingProvider;
import org.ampay.store.JobRunner;
import org.ampay.store.JobStore;
import org.ampay.web.WebRooms;

/** Accounts with payment providers, their callbacks, how drivers pay. */
final class AccountRooms {

  private static final Duration REFRESH = Duration.ofSeconds(1);
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int AT_A_TIME = 4;

  /** Two days of pauses: a callback is not given up while somebody repairs. */
  private static final int ATTEMPTS = 3_000;

  final PaymentAccounts accounts;
  final DriverMethods methods;
  final DriverPins pins;
  final PartnerPayers partners;
  final Inbox inbox;
  private final Foundation on;
  final JobStore jobs;

  AccountRooms(
      Foundation on, JobStore jobs, Tokens tokens, MeterRegistry meters, Supplier<URI> base) {
    this.on = on;
    this.jobs = jobs;
    AuditLog audit = new AuditLog(on.database(), on.time());
    byte[] key =
        KeyFile.readOrMake(on.settings().data().resolve("keys").resolve("payment-accounts.key"));
    accounts =
        new PaymentAccounts(
            new PaymentAccounts.Ground(
                on.database(),
                ProviderKinds.load(on.settings().plugins()),
                new SecretBox(key, on.random()),
                audit,
                on.ids(),
                on.time(),
                on.random(),
                base));
    methods =
        new DriverMethods(
            new DriverMethods.Ground(
                on.database(), new SqlLedgerStore(), accounts, audit, on.ids(), on.time()));
    methods.refresh(); // before stations connect: else the first starts would be paid by wallet
    partners = new PartnerPayers(on.database(), on.time(), methods::partner);
    pins = new DriverPins(on.database(), tokens, new PasswordHasher(on.random()), audit, on.time());
    inbox = new Inbox(new Inbox.Ground(on.database(), accounts, jobs, on.ids(), on.time(), meters));
  }

  /** From now on callbacks are applied; before, they are stored and wait. */
  void hear(JobRunner runner, CallbackWork.Ears ears) {
    runner.register(
        JobRunner.Settings.of(CallbackWork.KIND)
            .withParallelism(AT_A_TIME)
            .withLease(LEASE)
            .withBackoff(FIRST_PAUSE, LONGEST_PAUSE, ATTEMPTS),
        new CallbackWork(on.database().transactor(), jobs, on.time(), ears));
  }

  /** What the web needs of them. */
  WebRooms.Paying web(Orders orders, RoamingMoney roaming) {
    return new WebRooms.Paying(accounts, methods, pins, inbox, orders, roaming);
  }

  /** Begins with what is done now and then. */
  void start(Threads threads) {
    threads.repeat("refresh of payment accounts", REFRESH, accounts::refresh);
    threads.repeat("refresh of payment methods", REFRESH, methods::refresh);
  }

  void close() {
    accounts.close();
  }

  /**
   * Whether a partner, or a service of card terminals, pays in the name of that driver; from
   * memory.
   */
  boolean isRoaming(long driverId) {
    return RoamingProvider.isPartners(methods.of(driverId).via());
  }
}
