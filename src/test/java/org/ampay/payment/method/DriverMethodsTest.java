package org.ampay.payment.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ampay.access.Driver;
import org.ampay.access.Tokens;
import org.ampay.audit.AuditLog;
import org.ampay.base.CountingIds;
import org.ampay.base.Money;
import org.ampay.base.SecretBox;
import org.ampay.base.TestTime;
import org.ampay.ledger.Account;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.ledger.LedgerGroup;
import org.ampay.ledger.Posting;
import org.ampay.ledger.SqlLedgerStore;
import org.ampay.payment.PaymentMethod;
import org.ampay.payment.account.AccountDraft;
import org.ampay.payment.account.PaymentAccount;
import org.ampay.payment.account.PaymentAccounts;
import org.ampay.payment.account.ProviderKinds;
import org.ampay.payment.kit.SamplePlugin;
import org.ampay.payment.provider.LedgerProvider;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.PaymentCommand.SavedMethod;
import org.ampay.payment.provider.invoice.InvoiceProvider;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How drivers pay, and what a credit limit bounds, on a real database. */
class DriverMethodsTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final CountingIds IDS = new CountingIds();
  private static final String BY = "user:a@b";

  private final TestTime time = TestTime.monday();
  private final SecureRandom random = new SecureRandom();
  private final AuditLog audit = new AuditLog(DATABASE.database(), time);
  private final Tokens tokens = new Tokens(DATABASE.database(), IDS, time, Runnable::run);
  private final PaymentAccounts accounts =
      new PaymentAccounts(
          new PaymentAccounts.Ground(
              DATABASE.database(),
              ProviderKinds.load(SamplePlugin.folder()),
              new SecretBox(new byte[32], random),
              audit,
              IDS,
              time,
              random,
              () -> URI.create("https://charge.example")));
  private final SqlLedgerStore ledger = new SqlLedgerStore();
  private final Journals journals = new Journals(ledger, IDS, time);
  private final InvoiceProvider invoice = new InvoiceProvider();
  private final DriverMethods methods = methods();
  private long driver;

  private DriverMethods methods() {
    return new DriverMethods(
        new DriverMethods.Ground(DATABASE.database(), ledger, accounts, audit, IDS, time));
  }

  @BeforeEach
  void newDriver() {
    driver = tokens.create(new Driver(0, 1, "Fleet", null, null, null, null)).id();
  }

  private static Money yuan(long minor) {
    return new Money("CNY", minor);
  }

  private boolean credit(long minor) {
    return methods.set(1, driver, new DriverMethod.Invoice(yuan(minor)), BY);
  }

  private Operation operation(long minor) {
    long id = IDS.next();
    return new Operation(id, 1, driver, "op" + id, yuan(minor), "", time.now());
  }

  /** As the machine closes an operation: decided under lock, posted with what is owed. */
  private Outcome done(PaymentCommand command) {
    Account owed = Account.receivable(1, driver, "CNY");
    return DATABASE
        .database()
        .transactor()
        .call(
            tx -> {
              List<Account> touched = new java.util.ArrayList<>(invoice.accounts(command));
              touched.add(owed);
              LedgerGroup group = journals.lock(tx, touched);
              LedgerProvider.Decision decision = invoice.decide(command, group);
              if (decision.postings().isEmpty()) {
                return decision.outcome();
              }
              long sum = decision.postings().stream().mapToLong(Posting::minor).sum();
              List<Posting> postings = new java.util.ArrayList<>(decision.postings());
              postings.add(
                  sum > 0 ? Posting.credit(owed, sum) : Posting.debit(owed, Math.negateExact(sum)));
              group.add(
                  new JournalEntry(
                      "test:" + command.operation().id(),
                      "test",
                      command.operation().id(),
                      1,
                      postings));
              group.post();
              return decision.outcome();
            });
  }

  private PaymentCommand.Hold hold(long minor) {
    return new PaymentCommand.Hold(IDS.next(), yuan(minor), yuan(0), "h", "");
  }

  private Outcome authorize(long minor) {
    return done(new PaymentCommand.Authorize(operation(minor), Duration.ofDays(1), null));
  }

  private long used() {
    return methods.used(1, driver, "CNY").minor();
  }

  @Test
  void creditLimit_boundsHoldsAndCharges() {
    credit(10_000);
    assertThat(authorize(6_000)).isInstanceOf(Outcome.Succeeded.class);
    assertThat(authorize(4_001)).isInstanceOf(Outcome.Declined.class);
    assertThat(authorize(4_000)).isInstanceOf(Outcome.Succeeded.class);
    assertThat(used()).isEqualTo(10_000);
    done(new PaymentCommand.Capture(operation(1_999), hold(6_000)));
    assertThat(used()).isEqualTo(5_999);
    done(new PaymentCommand.Release(operation(0), hold(4_000)));
    assertThat(used()).isEqualTo(1_999);
    assertThat(done(new PaymentCommand.Charge(operation(9_000), null)))
        .as("a part: what there is")
        .isEqualTo(Outcome.Succeeded.of(yuan(8_001)));
    assertThat(done(new PaymentCommand.Charge(operation(1), null)))
        .isInstanceOf(Outcome.Declined.class);
    done(new PaymentCommand.Refund(operation(1_999), target(1_999)));
    assertThat(used()).isEqualTo(8_001);
  }

  private PaymentCommand.Target target(long minor) {
    return new PaymentCommand.Target(
        org.ampay.payment.provider.CommandKind.CAPTURE, "c", "", yuan(minor), time.now());
  }

  @Test
  void captureAboveTheHold_isRefused() {
    credit(10_000);
    authorize(1_000);
    assertThat(done(new PaymentCommand.Capture(operation(1_001), hold(1_000))))
        .isInstanceOf(Outcome.Misconfigured.class);
    assertThat(used()).isEqualTo(1_000);
  }

  @Test
  void withoutCredit_nothingIsHeld() {
    assertThat(authorize(1)).isInstanceOf(Outcome.Declined.class);
  }

  @Test
  void credit_isNotLoweredBelowWhatIsUsed() {
    credit(10_000);
    authorize(6_000);
    assertThatThrownBy(() -> credit(5_999))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("60.00");
    assertThat(methods.method(driver)).isEqualTo(new DriverMethod.Invoice(yuan(10_000)));
    assertThat(credit(6_000)).isTrue();
    assertThat(authorize(1)).isInstanceOf(Outcome.Declined.class);
  }

  @Test
  void anotherProcess_seesTheMethod_andAReturnToTheWallet() {
    DriverMethods other = methods();
    credit(100);
    other.refresh();
    assertThat(other.of(driver).via().provider()).isEqualTo("invoice");
    assertThat(other.of(driver).saved()).isNull();
    methods.set(1, driver, new DriverMethod.Wallet(), BY);
    other.refresh();
    assertThat(other.of(driver)).isEqualTo(PaymentMethod.WALLET);
  }

  @Test
  void driverOfAnotherOperator_isNotTouched() {
    assertThat(methods.set(2, driver, new DriverMethod.Invoice(yuan(100)), BY)).isFalse();
    assertThat(methods.of(driver)).isEqualTo(PaymentMethod.WALLET);
  }

  @Test
  void savedMethod_needsAnAccountOfTheOperator() {
    PaymentAccount theirs = account(2);
    DriverMethod saved = new DriverMethod.Saved(theirs.key(), new SavedMethod("p", "m"));
    assertThatThrownBy(() -> methods.set(1, driver, saved, BY)).hasMessageContaining("account");
    PaymentAccount ours = account(1);
    methods.set(1, driver, new DriverMethod.Saved(ours.key(), new SavedMethod("p", "m")), BY);
    assertThat(methods.of(driver))
        .isEqualTo(new PaymentMethod(ours.key(), new SavedMethod("p", "m")));
  }

  private PaymentAccount account(long operator) {
    return accounts.create(
        operator,
        new AccountDraft(
            "examplebank",
            null,
            "Bank",
            Map.of("endpoint", "http://x", "merchant", "m", "secret", "sixteen-letters-"),
            true),
        BY);
  }
}
