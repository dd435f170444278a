package org.ampay.payment.order;

import java.util.List;
import org.ampay.base.Money;
import org.ampay.ledger.Account;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.ledger.LedgerGroup;
import org.ampay.ledger.Posting;
import org.ampay.payment.PaymentOperation;
import org.ampay.payment.provider.LedgerProvider;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.store.Tx;

/**
 * Posts what orders move: a deposit that came in (Dr psp_clearing, Cr deposit), the part of it that
 * goes back (Dr deposit, Cr psp_clearing), and holds in our own ledger. Holds of providers beyond a
 * network are no postings.
 */
final class OrderLedger {

  private final Journals journals;

  OrderLedger(Journals journals) {
    this.journals = journals;
  }

  /** Posts what an operation beyond a network moved. */
  void moved(Tx tx, PaymentOperation op, Outcome.Succeeded succeeded) {
    Money done = succeeded.done();
    Account deposit = Account.deposit(op.operatorId(), op.driverId(), done.currency());
    Account clearing =
        Account.pspClearing(op.operatorId(), op.provider(), op.via().accountId(), done.currency());
    switch (op.kind()) {
      case PRESENT ->
          post(
              tx,
              op,
              List.of(
                  Posting.debit(clearing, done.minor()), Posting.credit(deposit, done.minor())));
      case REFUND ->
          post(
              tx,
              op,
              List.of(
                  Posting.debit(deposit, done.minor()), Posting.credit(clearing, done.minor())));
      case AUTHORIZE, INCREMENT, RELEASE, CANCEL -> {}
      case CAPTURE, CHARGE, SPLIT, PAYOUT, TOP_UP, WITHDRAW ->
          throw new IllegalStateException("an order has no " + op.kind().code());
    }
  }

  private void post(Tx tx, PaymentOperation op, List<Posting> postings) {
    if (postings.stream().anyMatch(posting -> posting.minor() != 0)) {
      journals.post(tx, List.of(entry(op, postings)));
    }
  }

  private static JournalEntry entry(PaymentOperation op, List<Posting> postings) {
    String kind = op.kind().code();
    return new JournalEntry(kind + ":" + op.id(), kind, op.id(), op.operatorId(), postings);
  }

  /** Decides a command in our own ledger, and posts it. */
  Outcome decide(Tx tx, LedgerProvider provider, PaymentOperation op, PaymentCommand command) {
    LedgerGroup ledger = journals.lock(tx, provider.accounts(command));
    LedgerProvider.Decision decision = provider.decide(command, ledger);
    if (decision.outcome() instanceof Outcome.Succeeded
        && decision.postings().stream().anyMatch(posting -> posting.minor() != 0)) {
      ledger.add(entry(op, decision.postings()));
      ledger.post();
    }
    return decision.outcome();
  }
}
