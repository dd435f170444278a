package org.ampay.payment.provider.roaming;

import java.util.List;
import org.ampay.ledger.Account;
import org.ampay.ledger.LedgerGroup;
import org.ampay.payment.provider.Capabilities;
import org.ampay.payment.provider.LedgerProvider;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;

/**
 * The service of card terminals, a partner of the role PTP: it takes the driver's money and owes it
 * to us. A session is not charged when it ends: it is paid when the service confirms what it took,
 * see {@code payment.TakenElsewhere}. What is given back, it owes less.
 */
public final class TerminalProvider implements LedgerProvider {

  public static final String NAME = "terminal";

  /** Why a bill is not paid yet. */
  public static final String WAITS = "waits for the terminal's confirmation";

  private final RoamingProvider account = new RoamingProvider();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Capabilities capabilities() {
    return account.capabilities();
  }

  @Override
  public List<Account> accounts(PaymentCommand command) {
    return account.accounts(command);
  }

  @Override
  public Decision decide(PaymentCommand command, LedgerGroup ledger) {
    return command instanceof PaymentCommand.Charge
        ? new Decision(new Outcome.Declined(WAITS), List.of())
        : account.decide(command, ledger);
  }
}
