package org.ampay.payment.provider.wallet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ampay.base.Money;
import org.ampay.ledger.Account;
import org.ampay.ledger.LedgerGroup;
import org.ampay.ledger.Posting;
import org.ampay.payment.provider.Capabilities;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.LedgerProvider;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;

/**
 * The driver's prepaid wallet. Real money is used before gift money, and what is not used goes back
 * where it came from: a hold's gift part is the last that is captured.
 */
public final class WalletProvider implements LedgerProvider {

  public static final String NAME = "wallet";

  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        Set.of(Capabilities.Flow.PREPAID),
        EnumSet.of(
            CommandKind.AUTHORIZE,
            CommandKind.CAPTURE,
            CommandKind.RELEASE,
            CommandKind.CHARGE,
            CommandKind.REFUND),
        Set.of(Capabilities.Feature.PARTIAL_CAPTURE, Capabilities.Feature.PARTIAL_CHARGE),
        new Capabilities.Idempotency(Capabilities.Idempotency.By.REFERENCE, FOR_EVER),
        Set.of(),
        new Capabilities.Limits(0, Long.MAX_VALUE, FOR_EVER, FOR_EVER, 0));
  }

  @Override
  public List<Account> accounts(PaymentCommand command) {
    Pockets pockets = Pockets.of(command.operation());
    return List.of(pockets.real(), pockets.gift(), pockets.held());
  }

  @Override
  public Decision decide(PaymentCommand command, LedgerGroup ledger) {
    return switch (command) {
      case PaymentCommand.Authorize authorize -> authorize(authorize.operation(), ledger);
      case PaymentCommand.Capture capture -> capture(capture.operation(), capture.hold());
      case PaymentCommand.Release release -> capture(release.operation(), release.hold());
      case PaymentCommand.Charge charge -> charge(charge.operation(), ledger);
      case PaymentCommand.Refund refund -> refund(refund.operation());
      case PaymentCommand.Increment _,
          PaymentCommand.Cancel _,
          PaymentCommand.Present _,
          PaymentCommand.Split _,
          PaymentCommand.Payout _ ->
          new Decision(
              new Outcome.Misconfigured("a wallet cannot " + command.kind().code()), List.of());
    };
  }

  /** The wallet's accounts. */
  private record Pockets(Account real, Account gift, Account held) {
    static Pockets of(Operation operation) {
      long operator = operation.operatorId();
      long driver = operation.driverId();
      String currency = operation.amount().currency();
      return new Pockets(
          Account.walletReal(operator, driver, currency),
          Account.walletGift(operator, driver, currency),
          Account.walletHeld(operator, driver, currency));
    }
  }

  private static Decision authorize(Operation operation, LedgerGroup ledger) {
    Pockets pockets = Pockets.of(operation);
    long asked = operation.amount().minor();
    long real = Math.clamp(ledger.available(pockets.real()), 0, asked);
    long gift = Math.clamp(ledger.available(pockets.gift()), 0, asked - real);
    if (real + gift < asked) {
      return declined();
    }
    return new Decision(
        succeeded(operation, asked, gift),
        List.of(
            Posting.debit(pockets.real(), real),
            Posting.debit(pockets.gift(), gift),
            Posting.credit(pockets.held(), asked)));
  }

  /** Also a release: it captures nothing. */
  private static Decision capture(Operation operation, PaymentCommand.Hold hold) {
    Pockets pockets = Pockets.of(operation);
    long amount = operation.amount().minor();
    long held = hold.amount().minor();
    if (amount < 0 || amount > held) {
      return new Decision(
          new Outcome.Misconfigured("capture of " + amount + " from a hold of " + held), List.of());
    }
    long heldReal = held - hold.gift().minor();
    long giftUsed = Math.max(0, amount - heldReal);
    List<Posting> postings = new ArrayList<>(3);
    postings.add(Posting.debit(pockets.held(), held));
    postings.add(Posting.credit(pockets.real(), heldReal - (amount - giftUsed)));
    postings.add(Posting.credit(pockets.gift(), hold.gift().minor() - giftUsed));
    return new Decision(succeeded(operation, amount, giftUsed), postings);
  }

  private static Decision charge(Operation operation, LedgerGroup ledger) {
    Pockets pockets = Pockets.of(operation);
    long asked = operation.amount().minor();
    long real = Math.clamp(ledger.available(pockets.real()), 0, asked);
    long gift = Math.clamp(ledger.available(pockets.gift()), 0, asked - real);
    if (real + gift == 0) {
      return declined();
    }
    return new Decision(
        succeeded(operation, real + gift, gift),
        List.of(Posting.debit(pockets.real(), real), Posting.debit(pockets.gift(), gift)));
  }

  private static Decision refund(Operation operation) {
    long amount = operation.amount().minor();
    return new Decision(
        succeeded(operation, amount, 0),
        List.of(Posting.credit(Pockets.of(operation).real(), amount)));
  }

  private static Decision declined() {
    return new Decision(new Outcome.Declined("not enough money in the wallet"), List.of());
  }

  private static Outcome succeeded(Operation operation, long minor, long giftMinor) {
    String currency = operation.amount().currency();
    return new Outcome.Succeeded(new Money(currency, minor), new Money(currency, giftMinor), "");
  }
}
