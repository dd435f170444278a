package org.ampay.payment.provider.deposit;

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
 * What a driver paid for an order, before its session. It lies on {@code deposit:{driver}} until
 * the bill takes of it; the rest is given back by the order, by the way it came. So a release moves
 * nothing, and a refund is none of its business.
 */
public final class DepositProvider implements LedgerProvider {

  public static final String NAME = "deposit";

  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        Set.of(Capabilities.Flow.PREPAID),
        EnumSet.of(CommandKind.CAPTURE, CommandKind.RELEASE, CommandKind.CHARGE),
        Set.of(Capabilities.Feature.PARTIAL_CAPTURE),
        new Capabilities.Idempotency(Capabilities.Idempotency.By.REFERENCE, FOR_EVER),
        Set.of(),
        new Capabilities.Limits(0, Long.MAX_VALUE, FOR_EVER, FOR_EVER, 0));
  }

  @Override
  public List<Account> accounts(PaymentCommand command) {
    return List.of(deposit(command.operation()));
  }

  private static Account deposit(Operation operation) {
    return Account.deposit(
        operation.operatorId(), operation.driverId(), operation.amount().currency());
  }

  @Override
  public Decision decide(PaymentCommand command, LedgerGroup ledger) {
    return switch (command) {
      case PaymentCommand.Capture capture -> capture(capture, ledger);
      case PaymentCommand.Release release ->
          new Decision(succeeded(release.operation()), List.of());
      case PaymentCommand.Charge _ ->
          // Another order of the same driver may lie in the same account: it is not touched.
          new Decision(new Outcome.Declined("the deposit is used up"), List.of());
      case PaymentCommand.Authorize _,
          PaymentCommand.Increment _,
          PaymentCommand.Cancel _,
          PaymentCommand.Present _,
          PaymentCommand.Refund _,
          PaymentCommand.Split _,
          PaymentCommand.Payout _ ->
          new Decision(
              new Outcome.Misconfigured("a deposit cannot " + command.kind().code()), List.of());
    };
  }

  private static Decision capture(PaymentCommand.Capture capture, LedgerGroup ledger) {
    Operation operation = capture.operation();
    long amount = operation.amount().minor();
    boolean there =
        amount >= 0
            && amount <= capture.hold().amount().minor()
            && amount <= ledger.available(deposit(operation));
    return there
        ? new Decision(succeeded(operation), List.of(Posting.debit(deposit(operation), amount)))
        : new Decision(
            new Outcome.Misconfigured(
                "capture of " + amount + " from a deposit of " + capture.hold().amount().minor()),
            List.of());
  }

  private static Outcome succeeded(Operation operation) {
    Money done = operation.amount();
    return new Outcome.Succeeded(done, Money.zero(done.currency()), "");
  }
}
