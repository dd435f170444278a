package org.ampay.payment.provider.roaming;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ampay.ledger.Account;
import org.ampay.ledger.LedgerGroup;
import org.ampay.ledger.Posting;
import org.ampay.payment.provider.Capabilities;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.LedgerProvider;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.ProviderKey;

/**
 * A roaming partner's account with us. What a session of one of its tokens costs is a debit of
 * {@code roaming:{partner}}, whatever it owes already: the session has been had. What it may owe is
 * asked at the start. Nothing is held; a refund is a credit. The operation's driver is the one in
 * whose name the partner pays: he has the partner's id.
 */
public final class RoamingProvider implements LedgerProvider {

  public static final String NAME = "roaming";

  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        Set.of(Capabilities.Flow.PAY_AFTER),
        EnumSet.of(CommandKind.CHARGE, CommandKind.REFUND),
        Set.of(),
        new Capabilities.Idempotency(Capabilities.Idempotency.By.REFERENCE, FOR_EVER),
        Set.of(),
        new Capabilities.Limits(0, Long.MAX_VALUE, FOR_EVER, FOR_EVER, 0));
  }

  /** Whether a partner's account is behind it: that of an eMSP or of a terminal's service. */
  public static boolean isPartners(ProviderKey via) {
    return via.accountId() == null
        && (via.provider().equals(NAME) || via.provider().equals(TerminalProvider.NAME));
  }

  private static Account owed(Operation operation) {
    return Account.roaming(
        operation.operatorId(), operation.driverId(), operation.amount().currency());
  }

  @Override
  public List<Account> accounts(PaymentCommand command) {
    return List.of(owed(command.operation()));
  }

  @Override
  public Decision decide(PaymentCommand command, LedgerGroup ledger) {
    long amount = command.operation().amount().minor();
    return switch (command) {
      case PaymentCommand.Charge charge ->
          done(charge.operation(), Posting.debit(owed(charge.operation()), amount));
      case PaymentCommand.Refund refund ->
          done(refund.operation(), Posting.credit(owed(refund.operation()), amount));
      case PaymentCommand.Authorize _,
          PaymentCommand.Capture _,
          PaymentCommand.Release _,
          PaymentCommand.Increment _,
          PaymentCommand.Cancel _,
          PaymentCommand.Present _,
          PaymentCommand.Split _,
          PaymentCommand.Payout _ ->
          new Decision(
              new Outcome.Misconfigured("a partner cannot " + command.kind().code()), List.of());
    };
  }

  private static Decision done(Operation operation, Posting posting) {
    return new Decision(Outcome.Succeeded.of(operation.amount()), List.of(posting));
  }
}
