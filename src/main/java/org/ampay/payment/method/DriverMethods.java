package org.ampay.payment.method;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.ledger.Account;
import org.ampay.ledger.AccountRow;
import org.ampay.ledger.LedgerStore;
import org.ampay.payment.PaymentMethod;
import org.ampay.payment.PaymentMethods;
import org.ampay.payment.account.PaymentAccount;
import org.ampay.payment.account.PaymentAccounts;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.invoice.InvoiceProvider;
import org.ampay.payment.provider.roaming.RoamingProvider;
import org.ampay.payment.provider.roaming.TerminalProvider;
import org.ampay.store.Database;
import org.ampay.store.Tx;
import org.ampay.tariff.InvalidInputException;

/**
 * How drivers pay. Most pay by wallet; those who do not are kept in memory, so that a start asks no
 * database. A driver whose account is gone is charged by his wallet; what that lacks is a debt.
 */
public final class DriverMethods implements PaymentMethods {

  private static final int LONGEST_WORD = 200;
  private static final long MOST_CREDIT = 1_000_000_000_000L;

  /** What it stands on. */
  public record Ground(
      Database database,
      LedgerStore ledger,
      PaymentAccounts accounts,
      AuditLog audit,
      IdSource ids,
      TimeSource time) {}

  private final Ground on;
  private final MethodStore store;
  private volatile Map<Long, DriverMethod> methods = Map.of();
  private volatile long version = -1;

  public DriverMethods(Ground on) {
    this.on = on;
    this.store = new MethodStore(on.database());
  }

  @Override
  public PaymentMethod of(long driverId) {
    return switch (method(driverId)) {
      case DriverMethod.Wallet _ -> PaymentMethod.WALLET;
      case DriverMethod.Roaming roaming ->
          new PaymentMethod(
              ProviderKey.inLedger(
                  roaming.terminal() ? TerminalProvider.NAME : RoamingProvider.NAME),
              null);
      case DriverMethod.Invoice _ ->
          new PaymentMethod(ProviderKey.inLedger(InvoiceProvider.NAME), null);
      case DriverMethod.Saved saved -> new PaymentMethod(saved.via(), saved.method());
    };
  }

  /** A driver's method, from memory. */
  public DriverMethod method(long driverId) {
    return methods.getOrDefault(driverId, new DriverMethod.Wallet());
  }

  /** A partner pays from now on: known before {@link #refresh} finds it. */
  public synchronized void partner(PartnerPayer payer) {
    Map<Long, DriverMethod> more = new HashMap<>(methods);
    more.putIfAbsent(payer.partnerId(), new DriverMethod.Roaming(payer.limit(), payer.terminal()));
    methods = Map.copyOf(more);
  }

  /** Reads what has changed; cheap when nothing has. */
  public synchronized void refresh() {
    long now = store.version();
    if (now != version) {
      methods = Map.copyOf(store.all());
      version = now;
    }
  }

  /**
   * Sets how a driver pays, from the next start on.
   *
   * @return false when the operator has no such driver
   * @throws InvalidInputException when it cannot be: an account that cannot charge, a credit below
   *     what is used of it
   */
  public boolean set(long operatorId, long driverId, DriverMethod method, String actor) {
    check(operatorId, method);
    boolean done =
        on.database()
            .transactor()
            .call(
                tx -> {
                  if (!store.isDriver(tx, operatorId, driverId)) {
                    return false;
                  }
                  if (method instanceof DriverMethod.Invoice(Money credit)) {
                    limit(tx, operatorId, driverId, credit);
                  }
                  store.put(tx, operatorId, driverId, method, on.time().now());
                  on.audit().append(tx, entry(operatorId, driverId, method, actor));
                  return true;
                });
    refresh();
    return done;
  }

  private static AuditEntry entry(
      long operatorId, long driverId, DriverMethod method, String actor) {
    AuditEntry entry =
        AuditEntry.of(operatorId, actor, "driver.payment_method", "driver:" + driverId)
            .with("kind", method.kind());
    return switch (method) {
      case DriverMethod.Wallet _, DriverMethod.Roaming _ -> entry;
      case DriverMethod.Invoice(Money credit) -> entry.with("credit", credit);
      case DriverMethod.Saved saved ->
          entry.with("account", String.valueOf(saved.via().accountId()));
    };
  }

  private void check(long operatorId, DriverMethod method) {
    switch (method) {
      case DriverMethod.Wallet _ -> {}
      case DriverMethod.Roaming _ ->
          throw new InvalidInputException("kind", "is for partners, which are no drivers");
      case DriverMethod.Invoice(Money credit) -> {
        if (credit.minor() < 0 || credit.minor() > MOST_CREDIT) {
          throw new InvalidInputException("credit", "must be 0 to " + MOST_CREDIT);
        }
      }
      case DriverMethod.Saved saved -> check(operatorId, saved);
    }
  }

  private void check(long operatorId, DriverMethod.Saved saved) {
    Long id = saved.via().accountId();
    Optional<PaymentAccount> account =
        id == null ? Optional.empty() : on.accounts().find(operatorId, id);
    boolean charges =
        account
            .flatMap(found -> on.accounts().provider(found.id()))
            .map(RemoteProvider::capabilities)
            .filter(can -> can.can(CommandKind.CHARGE))
            .isPresent();
    if (account.isEmpty()) {
      throw new InvalidInputException("account", "there is no such account");
    }
    if (!charges) {
      throw new InvalidInputException("account", "cannot charge what was agreed to before");
    }
    word("payer", saved.method().payer());
    word("method", saved.method().method());
  }

  /** A number of a card has no business here. */
  private static void word(String field, String word) {
    if (word.isBlank() || word.length() > LONGEST_WORD) {
      throw new InvalidInputException(field, "takes 1 to " + LONGEST_WORD + " characters");
    }
    if (word.replaceAll("[ -]", "").matches("[0-9]{13,19}")) {
      throw new InvalidInputException(field, "looks like a card number, which is never stored");
    }
  }

  private void limit(Tx tx, long operatorId, long driverId, Money credit) {
    Account account = Account.onAccount(operatorId, driverId, credit.currency());
    on.ledger().create(tx, List.of(account), on.ids(), on.time().now());
    AccountRow row =
        on.ledger().lock(tx, on.ledger().ids(tx, List.of(account)).values()).getFirst();
    if (row.balanceMinor() > credit.minor()) {
      throw new InvalidInputException(
          "credit",
          "must not be below what is used of it: "
              + new Money(credit.currency(), row.balanceMinor()));
    }
    store.limit(tx, row.id(), credit.minor());
  }

  /** What a driver on account has charged and not paid yet, what is set aside included. */
  public Money used(long operatorId, long driverId, String currency) {
    Account account = Account.onAccount(operatorId, driverId, currency);
    return on.database()
        .transactor()
        .call(
            tx ->
                on.ledger().read(tx, List.of(account)).stream()
                    .map(row -> new Money(currency, row.balanceMinor()))
                    .findFirst()
                    .orElse(Money.zero(currency)));
  }
}
