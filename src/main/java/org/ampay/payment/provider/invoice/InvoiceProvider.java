package org.ampay.payment.provider.invoice;

import java.time.Duration;
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
 * A fleet customer on account. What is charged is a debit of {@code on_account:{driver}}, which its
 * limit, the credit, bounds; what is set aside for running sessions is {@code on_account_held}. An
 * invoice that is paid is a credit of the account again.
 */
public final class InvoiceProvider implements LedgerProvider {

  public static final String NAME = "invoice";

  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        Set.of(Capabilities.Flow.PAY_AFTER),
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

  private static Account credit(Operation operation) {
    return Account.onAccount(
        operation.operatorId(), operation.driverId(), operation.amount().currency());
  }

  private static Account held(Operation operation) {
    return Account.onAccountHeld(
        operation.operatorId(), operation.driverId(), operation.amount().currency());
  }

  @Override
  public List<Account> accounts(PaymentCommand command) {
    return List.of(credit(command.operation()), held(command.operation()));
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
              new Outcome.Misconfigured("an invoice cannot " + command.kind().code()), List.of());
    };
  }

  private static Decision authorize(Operation operation, LedgerGroup ledger) {
    long asked = operation.amount().minor();
    if (ledger.available(credit(operation)) < asked) {
      return declined();
    }
    return new Decision(
        Outcome.Succeeded.of(operation.amount()),
        List.of(Posting.debit(credit(operation), asked), Posting.credit(held(operation), asked)));
  }

  /** Also a release: it captures nothing. */
  private static Decision capture(Operation operation, PaymentCommand.Hold hold) {
    long amount = operation.amount().minor();
    long set = hold.amount().minor();
    if (amount < 0 || amount > set) {
      return new Decision(
          new Outcome.Misconfigured("capture of " + amount + " from a hold of " + set), List.of());
    }
    return new Decision(
        Outcome.Succeeded.of(operation.amount()),
        List.of(
            Posting.debit(held(operation), set), Posting.credit(credit(operation), set - amount)));
  }

  private static Decision charge(Operation operation, LedgerGroup ledger) {
    long asked = operation.amount().minor();
    long taken = Math.clamp(ledger.available(credit(operation)), 0, asked);
    if (taken == 0) {
      return declined();
    }
    return new Decision(
        Outcome.Succeeded.of(new Money(operation.amount().currency(), taken)),
        List.of(Posting.debit(credit(operation), taken)));
  }

  private static Decision refund(Operation operation) {
    return new Decision(
        Outcome.Succeeded.of(operation.amount()),
        List.of(Posting.credit(credit(operation), operation.amount().minor())));
  }

  private static Decision declined() {
    return new Decision(new Outcome.Declined("the credit limit is reached"), List.of());
  }
}
