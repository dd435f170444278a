package org.ampay.payment.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ampay.billing.Bill;
import org.ampay.billing.SettlementState;
import org.ampay.ledger.Account;
import org.ampay.ledger.AccountRow;
import org.ampay.ledger.JournalRow;
import org.ampay.payment.HoldState;
import org.ampay.payment.MoneyWorld;
import org.ampay.payment.OperationState;
import org.ampay.payment.PaymentOperation;
import org.ampay.payment.Settlement;
import org.ampay.payment.Settlements;
import org.ampay.payment.SimStores;
import org.ampay.payment.StartHold;
import org.ampay.payment.provider.CommandKind;

/** What must hold at the end of every run, whatever went wrong in it. */
final class SimInvariants {

  private final SimRun run;
  private final MoneyWorld world;
  private final List<String> broken = new ArrayList<>();

  private SimInvariants(SimRun run) {
    this.run = run;
    this.world = run.world;
  }

  /** What is broken; empty when all is well. */
  static List<String> broken(SimRun run) {
    SimInvariants check = new SimInvariants(run);
    run.thrown.forEach(e -> check.expect(false, "it threw " + e));
    check.ledger();
    check.bank();
    check.provider();
    run.sessions.values().forEach(check::session);
    check.shares();
    return check.broken;
  }

  private void expect(boolean holds, String what) {
    if (!holds) {
      broken.add(what);
    }
  }

  private void ledger() {
    Map<Long, Long> balances = new HashMap<>();
    for (JournalRow journal : SimStores.journals(world)) {
      long sum = journal.lines().stream().mapToLong(JournalRow.Line::minor).sum();
      expect(sum == 0, "journal " + journal.key() + " is out of balance by " + sum);
      journal.lines().forEach(l -> balances.merge(l.accountId(), l.minor(), Long::sum));
    }
    for (AccountRow row : SimStores.accounts(world)) {
      expect(
          row.balanceMinor() == balances.getOrDefault(row.id(), 0L),
          "balance of " + row.account().code() + " is not the sum of its postings");
      expect(
          !row.account().limited() || row.balanceMinor() <= 0,
          row.account().code() + " is below its limit: " + -row.balanceMinor());
      expect(
          !row.account().code().startsWith("wallet_held:") || row.balanceMinor() == 0,
          row.account().code() + " holds " + -row.balanceMinor() + " for nobody");
    }
  }

  private void bank() {
    long bank = world.balance(Account.bank(MoneyWorld.OPERATOR, "CNY"));
    expect(bank == run.toppedUp(), "drivers paid in " + run.toppedUp() + ", the bank has " + bank);
  }

  /** The provider's own books and ours, to the cent. */
  private void provider() {
    long clearing = world.balance(Account.pspClearing(1, SimPsp.NAME, null, "CNY"));
    expect(
        clearing == run.psp.movedInAll(),
        "the provider moved " + run.psp.movedInAll() + ", the ledger says " + clearing);
    expect(run.psp.holdsLeft().isEmpty(), "the provider still holds " + run.psp.holdsLeft());
    Map<String, PaymentOperation> ours = SimStores.operations(world);
    run.psp
        .entries()
        .forEach(
            (reference, entry) -> {
              if (entry.kind != CommandKind.AUTHORIZE) {
                PaymentOperation op = ours.get(reference);
                expect(
                    op != null && moved(op) == entry.moved,
                    entry.kind + " " + reference + " moved " + entry.moved + ", we say " + op);
              }
            });
  }

  private static long moved(PaymentOperation op) {
    long done = op.state() == OperationState.SUCCEEDED ? op.result().doneMinor() : 0;
    return op.kind() == CommandKind.REFUND ? -done : done;
  }

  /** What each payee is owed: his part of what was paid in real money and not given back. */
  private void shares() {
    SimShares.PARTS.forEach(
        (payee, part) -> {
          long due = 0;
          for (SimSession session : run.sessions.values()) {
            due += session.finished && !session.refused ? due(session, part) : 0;
          }
          long owed = -world.balance(Account.payableToPayee(1, payee, "CNY"));
          expect(owed == due, "payee " + payee + " is owed " + owed + ", not " + due);
        });
  }

  private long due(SimSession session, long part) {
    Settlements.Detail detail;
    try {
      detail = world.settlement(session.id);
    } catch (java.util.NoSuchElementException e) {
      return 0; // told above
    }
    Settlement settlement = detail.settlement();
    Bill bill =
        java.util.Objects.requireNonNull(
            world
                .transactor
                .call(tx -> world.stores.bills().heads(tx, List.of(settlement.billId())))
                .get(settlement.billId()));
    long gifts =
        detail.operations().stream()
            .filter(op -> op.succeeded() && op.kind() != CommandKind.REFUND)
            .mapToLong(op -> op.result().giftMinor())
            .sum();
    long share = bill.excl().minor() / part;
    long total = bill.total().minor();
    return total == 0
        ? 0
        : share * (settlement.settledMinor() - gifts) / total
            - share * settlement.refundedMinor() / total;
  }

  private void session(SimSession session) {
    if (session.refused) {
      return;
    }
    String name = "session " + session.id + " (" + session.kind + ")";
    if (!session.finished) {
      expect(false, name + " never ended");
      return;
    }
    Settlements.Detail detail;
    try {
      detail = world.settlement(session.id);
    } catch (java.util.NoSuchElementException e) {
      expect(false, name + " was never billed");
      return;
    }
    long due = detail.settlement().amount().minor();
    long taken = 0;
    long given = 0;
    for (PaymentOperation op : detail.operations()) {
      expect(
          !op.state().isOpen(),
          name + ": " + op.kind() + " " + op.id() + " is still " + op.state());
      if (op.kind() == CommandKind.REFUND) {
        given -= moved(op);
      } else if (op.kind() != CommandKind.RELEASE) {
        taken += moved(op);
      }
    }
    expect(taken == detail.settlement().settledMinor(), name + " took " + taken);
    expect(given == detail.settlement().refundedMinor(), name + " gave back " + given);
    expect(taken <= due, name + " took " + taken + " of " + due);
    expect(given <= taken, name + " gave back more than it took");
    SettlementState state = detail.settlement().state();
    SimRun.TALLY.merge("ended " + state, 1, Integer::sum);
    boolean right =
        switch (state) {
          case SETTLED -> taken == due;
          case REFUNDED -> given > 0;
          case PARTIAL -> taken > 0 && taken < due;
          case DEBT -> taken == 0 && due > 0;
          default -> false;
        };
    expect(right, name + " ended as " + state + " with " + taken + " of " + due);
    long owed = world.balance(Account.receivable(1, session.driver, "CNY"));
    if (session.kind != SimSession.Kind.WALLET) {
      expect(owed == due - taken, name + " owes " + owed + ", not " + (due - taken));
    }
    StartHold hold = world.hold(session.id);
    expect(hold == null || hold.state() != HoldState.HELD, name + " still has its hold");
  }
}
