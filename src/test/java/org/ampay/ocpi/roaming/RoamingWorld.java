package org.ampay.ocpi.roaming;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ampay.app.check.AuditChecks;
import org.ampay.app.check.CheckResult;
import org.ampay.audit.AuditLog;
import org.ampay.base.Money;
import org.ampay.charging.StartGuard.Verdict;
import org.ampay.ledger.Account;
import org.ampay.ledger.Books;
import org.ampay.ledger.Statement.Place;
import org.ampay.payment.MoneyWorld;
import org.ampay.payment.PaymentMethod;
import org.ampay.payment.Refunds;
import org.ampay.payment.method.PartnerPayer;
import org.ampay.payment.method.PartnerPayers;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.payment.provider.roaming.RoamingProvider;
import org.ampay.payment.provider.roaming.TerminalProvider;
import org.ampay.store.TestDatabase;
import org.ampay.store.Transactor;
import org.jspecify.annotations.Nullable;

/**
 * Partners' money on the money path of {@link MoneyWorld}: an operator in CNY, in Shanghai; 1.00 a
 * kWh and 0.50 a session, with 10 % tax on top. It is March 2026.
 */
public final class RoamingWorld {

  public static final long EMP = 700;
  public static final long OTHER = 701;

  /** A service of card terminals. */
  public static final long PTP = 702;

  static final String BY = "user:a@b";
  public static final YearMonth MARCH = YearMonth.of(2026, 3);

  public final MoneyWorld money;
  public final PartnerPayers payers;
  final PartnerStatements statements;
  final PartnerPayments payments;
  final AuditLog audit;
  private final TestDatabase database;

  public RoamingWorld(TestDatabase database) {
    this.database = database;
    money = MoneyWorld.onDatabase(database, new RoamingProvider(), new TerminalProvider());
    payers = new PartnerPayers(database.database(), money.time);
    audit = new AuditLog(database.database(), money.time);
    Books books = new Books(money.transactor, money.stores.ledger());
    statements = new PartnerStatements(money.transactor, money.stores.ledger(), books);
    payments = new PartnerPayments(money.transactor, money.journals, audit, money.ids, money.time);
    partner(EMP, "Emp GmbH", RoamingProvider.NAME);
    partner(OTHER, "Other", RoamingProvider.NAME);
    partner(PTP, "Cards AG", TerminalProvider.NAME);
  }

  private void partner(long id, String name, String provider) {
    boolean terminal = provider.equals(TerminalProvider.NAME);
    money.transactor.run(tx -> payers.ensure(tx, MoneyWorld.OPERATOR, id, name, terminal));
    money.methods.put(id, new PaymentMethod(ProviderKey.inLedger(provider), null));
  }

  PartnerInvoices invoices(Transactor transactor) {
    return new PartnerInvoices(
        new PartnerInvoices.Ground(
            transactor, money.stores.ledger(), payers, audit, money.ids, money.time));
  }

  public PartnerInvoices invoices() {
    return invoices(money.transactor);
  }

  public PartnerPayer emp() {
    return payers.find(MoneyWorld.OPERATOR, EMP).orElseThrow();
  }

  public PartnerPayer ptp() {
    return payers.find(MoneyWorld.OPERATOR, PTP).orElseThrow();
  }

  PartnerPayer other() {
    return payers.find(MoneyWorld.OPERATOR, OTHER).orElseThrow();
  }

  /** A session of a partner, from its start to its settlement; it costs kWh × 1.1 + 0.55. */
  public void session(long session, long partner, String kwh) {
    Verdict.Granted granted =
        (Verdict.Granted) money.starts(List.of(money.request(session, partner, 1_000))).getFirst();
    money.finish(session, partner, granted.holdId(), kwh);
    money.runJobs();
  }

  public void refund(long session, long minor) {
    long settlement = money.settlement(session).settlement().id();
    money.refunds.refund(
        new Refunds.Request(
            MoneyWorld.OPERATOR, settlement, yuan(minor), "refund " + money.ids.next()));
  }

  public void at(String time) {
    money.time.set(Instant.parse(time));
  }

  public static Money yuan(long minor) {
    return new Money("CNY", minor);
  }

  public long owed(long partner) {
    return money.balance(Account.roaming(MoneyWorld.OPERATOR, partner, "CNY"));
  }

  public RoamingInvoice invoice(PartnerPayer partner, YearMonth month) {
    return ((PartnerInvoices.Made.Invoice) invoices().make(partner, month, BY)).invoice();
  }

  Optional<RoamingInvoice.Standing> standing(RoamingInvoice invoice) {
    return invoices()
        .find(payers.find(MoneyWorld.OPERATOR, invoice.partnerId()).orElseThrow(), invoice.id());
  }

  RoamingPayment pay(PartnerPayer partner, @Nullable Long invoice, long minor, long fee) {
    RoamingPayment.Draft draft =
        new RoamingPayment.Draft(
            invoice,
            yuan(minor),
            yuan(fee),
            LocalDate.of(2026, 4, 2),
            "bank " + minor,
            "key " + money.ids.next());
    return payments.book(partner, draft, BY);
  }

  PartnerStatement statement(PartnerPayer partner, String from, String to) {
    Books.Period period = new Books.Period(Instant.parse(from), Instant.parse(to));
    return statements.of(partner, "CNY", period, Place.START, 100);
  }

  /** All checks of {@code bin/ampay audit}. */
  public List<CheckResult> checks() {
    List<CheckResult> results = new ArrayList<>();
    new AuditChecks(
            money.transactor,
            money.stores.bills(),
            money.stores.sessions(),
            money.snapshots,
            audit,
            money.time)
        .run(results::add);
    return results;
  }

  public void execute(String sql) {
    database.dsl().execute(sql);
  }

  /** Facts as stations would have sent them: the audit wants each session to have some. */
  public void facts() {
    execute(
        "INSERT INTO session_fact (station_id, fact_ms, fact_key, session_id, kind) SELECT"
            + " station_id, id, session_key, id, 'start' FROM charging_session");
  }
}
