package org.ampay.payment.provider;

import java.util.List;
import org.ampay.ledger.Account;
import org.ampay.ledger.LedgerGroup;
import org.ampay.ledger.Posting;

/**
 * A provider whose money lies in our own ledger. Its commands are decided under the locks of the
 * accounts, in the transaction that closes the operation: many in one commit, and never unknown.
 */
public non-sealed interface LedgerProvider extends PaymentProvider {

  /** The accounts that the command may touch: they are locked before {@link #decide}. */
  List<Account> accounts(PaymentCommand command);

  /**
   * What becomes of the command, with the balances as they are now.
   *
   * @param ledger the locked accounts, with the entries of the commands before
   */
  Decision decide(PaymentCommand command, LedgerGroup ledger);

  /**
   * An outcome with the provider's side of its journal.
   *
   * @param postings on the provider's accounts; they sum to what was taken (a debit) or given back
   *     (a credit)
   */
  record Decision(Outcome outcome, List<Posting> postings) {
    public Decision {
      postings = List.copyOf(postings);
    }
  }
}
