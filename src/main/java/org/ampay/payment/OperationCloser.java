package org.ampay.payment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ampay.base.Money;
import org.ampay.billing.Bill;
import org.ampay.billing.SettlementState;
import org.ampay.ledger.Account;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.ledger.LedgerGroup;
import org.ampay.ledger.Posting;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.LedgerProvider;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.PaymentProvider;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.payment.provider.Providers;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * Closes open operations of settlements with their outcomes, and posts what they moved, in one
 * transaction. The commands of providers in our ledger are decided here.
 */
final class OperationCloser {

  private final Providers providers;
  private final Journals journals;

  OperationCloser(Providers providers, Journals journals) {
    this.providers = providers;
    this.journals = journals;
  }

  /**
   * What a provider beyond a network answered.
   *
   * @param attempt the operation's attempt that it is the answer to. A success is a fact whenever
   *     it was asked for; anything else counts only when nothing was sent since
   */
  record Heard(Outcome outcome, int attempt) {

    boolean counts(PaymentOperation op) {
      return outcome instanceof Outcome.Succeeded || attempt == op.result().attempts();
    }
  }

  /** Whether a provider's money lies beyond a network, or is not known any more. */
  boolean isRemote(ProviderKey via) {
    return !(providers.find(via).orElse(null) instanceof LedgerProvider);
  }

  /** Whether there is such a provider at present. */
  boolean isThere(ProviderKey via) {
    return providers.find(via).isPresent();
  }

  /** An open operation with what it needs; without a provider its account is gone. */
  private record Work(
      Settlement settlement,
      PaymentOperation op,
      @Nullable PaymentProvider provider,
      PaymentCommand command) {}

  /**
   * Closes what can be closed.
   *
   * @param others further entries that are posted with them
   * @param remote answers of the providers beyond a network, by the operations' ids; an operation
   *     of such a provider without an answer stays open
   */
  void close(
      Tx tx, OpenSettlements open, List<JournalEntry> others, Map<Long, Heard> remote, Instant at) {
    Map<Long, List<Work>> bySettlement = new LinkedHashMap<>();
    Set<Account> accounts = new LinkedHashSet<>();
    for (Settlement settlement : open.all()) {
      List<Work> works = works(open, settlement);
      bySettlement.put(settlement.billId(), works);
      works.forEach(work -> accounts.addAll(accounts(open, work)));
    }
    others.forEach(entry -> entry.postings().forEach(p -> accounts.add(p.account())));
    LedgerGroup ledger = journals.lock(tx, accounts);
    others.forEach(ledger::add);
    bySettlement.forEach(
        (bill, works) ->
            works.forEach(work -> close(new Context(tx, open, ledger, at), bill, work, remote)));
    ledger.postNew();
  }

  /**
   * A refund that somebody has forced: a dispute that was lost.
   *
   * @param op stored with the settlement, succeeded
   * @param from whose balance it is taken from: a credit
   */
  record Forced(Settlement settlement, PaymentOperation op, Posting from) {}

  /**
   * Posts a refund that was forced.
   *
   * @param others further entries that are posted with it
   */
  void forced(Tx tx, OpenSettlements open, Forced forced, List<JournalEntry> others) {
    Settlement settlement = forced.settlement();
    PaymentOperation op = forced.op();
    Posting from = forced.from();
    Bill bill = open.bill(settlement);
    List<Account> accounts = new ArrayList<>(open.reversals().accounts(bill, CommandKind.REFUND));
    accounts.add(Account.payable(op.operatorId(), op.amount().currency()));
    accounts.add(from.account());
    others.forEach(entry -> entry.postings().forEach(p -> accounts.add(p.account())));
    LedgerGroup ledger = journals.lock(tx, accounts);
    others.forEach(ledger::add);
    Context context = new Context(tx, open, ledger, op.updatedAt());
    post(context, settlement, op, Outcome.Succeeded.of(op.amount()), List.of(from));
    ledger.postNew();
  }

  /**
   * Posts a charge that somebody else made and told us of.
   *
   * @param op stored with the settlement, succeeded
   * @param from what it was taken into: a debit
   */
  void taken(
      Tx tx, OpenSettlements open, Settlement settlement, PaymentOperation op, Posting from) {
    Bill bill = open.bill(settlement);
    String currency = op.amount().currency();
    List<Account> accounts = new ArrayList<>(open.reversals().accounts(bill, CommandKind.CHARGE));
    accounts.add(Account.receivable(op.operatorId(), op.driverId(), currency));
    accounts.add(Account.payablePending(op.operatorId(), currency));
    accounts.add(Account.payable(op.operatorId(), currency));
    accounts.add(from.account());
    LedgerGroup ledger = journals.lock(tx, accounts);
    Context context = new Context(tx, open, ledger, op.updatedAt());
    post(context, settlement, op, Outcome.Succeeded.of(op.amount()), List.of(from));
    ledger.postNew();
  }

  private record Context(Tx tx, OpenSettlements open, LedgerGroup ledger, Instant at) {}

  private List<Work> works(OpenSettlements open, Settlement settlement) {
    List<Work> works = new ArrayList<>();
    for (PaymentOperation op : open.operations(settlement)) {
      if (op.state().isOpen()) {
        PaymentCommand command = command(open, settlement, op);
        works.add(new Work(settlement, op, providers.find(op.via()).orElse(null), command));
      }
    }
    return works;
  }

  /** The command of an operation, made anew from the rows. */
  static PaymentCommand command(OpenSettlements open, Settlement settlement, PaymentOperation op) {
    return switch (op.kind()) {
      case CAPTURE -> new PaymentCommand.Capture(op.forProvider(), held(open, settlement));
      case RELEASE -> new PaymentCommand.Release(op.forProvider(), held(open, settlement));
      case CHARGE -> new PaymentCommand.Charge(op.forProvider(), op.about().method());
      case REFUND -> new PaymentCommand.Refund(op.forProvider(), taken(open, settlement, op));
      case AUTHORIZE, INCREMENT, PRESENT, CANCEL, SPLIT, PAYOUT, TOP_UP, WITHDRAW ->
          throw new IllegalStateException("a settlement has no " + op.kind().code());
    };
  }

  private static PaymentCommand.Hold held(OpenSettlements open, Settlement settlement) {
    return Objects.requireNonNull(open.hold(settlement), "a capture has a hold").forProvider();
  }

  private static PaymentCommand.Target taken(
      OpenSettlements open, Settlement settlement, PaymentOperation refund) {
    Long target = refund.about().targetId();
    if (target != null) {
      return open.operation(settlement, target).target();
    }
    return open.operations(settlement).stream()
        .filter(op -> op.succeeded() && op.kind() != CommandKind.RELEASE)
        .map(PaymentOperation::target)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nothing was taken that can be given back"));
  }

  private static List<Account> accounts(OpenSettlements open, Work work) {
    long operator = work.op().operatorId();
    String currency = work.op().amount().currency();
    List<Account> accounts = new ArrayList<>();
    accounts.add(Account.receivable(operator, work.op().driverId(), currency));
    accounts.add(Account.payablePending(operator, currency));
    accounts.add(Account.payable(operator, currency));
    accounts.addAll(open.reversals().accounts(open.bill(work.settlement()), work.op().kind()));
    if (!(work.provider() instanceof LedgerProvider)) {
      accounts.add(clearing(work.op()));
    }
    if (work.provider() instanceof LedgerProvider inLedger) {
      accounts.addAll(inLedger.accounts(work.command()));
    }
    return accounts;
  }

  private void close(Context context, long billId, Work work, Map<Long, Heard> remote) {
    LedgerProvider.Decision decision =
        work.provider() instanceof LedgerProvider inLedger
            ? inLedger.decide(work.command(), context.ledger())
            : heard(work, remote.get(work.op().id()));
    if (decision == null) {
      return;
    }
    Outcome outcome = decision.outcome();
    context.open().put(work.op().closed(outcome, context.at()));
    if (outcome instanceof Outcome.Succeeded succeeded) {
      Settlement settlement = context.open().ofBill(billId).orElseThrow();
      post(context, settlement, work.op(), succeeded, decision.postings());
      closeHold(context.open(), settlement, work.op(), succeeded.done().minor());
    } else if (outcome instanceof Outcome.Declined
        && !(work.provider() instanceof LedgerProvider)) {
      expireHold(context.open(), work);
    }
  }

  private static LedgerProvider.@Nullable Decision heard(Work work, @Nullable Heard heard) {
    if (heard == null || !heard.counts(work.op())) {
      return null;
    }
    Outcome outcome = checked(work.op(), heard.outcome());
    return new LedgerProvider.Decision(outcome, clearing(work, outcome));
  }

  /** More than we asked for, or another currency, is no answer to our command. */
  private static Outcome checked(PaymentOperation op, Outcome outcome) {
    return outcome instanceof Outcome.Succeeded(Money done, _, _)
            && (!done.currency().equals(op.amount().currency())
                || done.minor() < 0
                || done.minor() > op.amount().minor())
        ? new Outcome.Unknown("told as done: " + done + " of " + op.amount())
        : outcome;
  }

  /** What a provider beyond a network owes us, or no longer owes us, by an outcome. */
  private static List<Posting> clearing(Work work, Outcome outcome) {
    if (!(outcome instanceof Outcome.Succeeded succeeded)) {
      return List.of();
    }
    Money done = succeeded.done();
    Account clearing = clearing(work.op());
    return work.op().kind() == CommandKind.REFUND
        ? List.of(Posting.credit(clearing, done.minor()))
        : List.of(Posting.debit(clearing, done.minor()));
  }

  private static Account clearing(PaymentOperation op) {
    return Account.pspClearing(
        op.operatorId(), op.provider(), op.via().accountId(), op.amount().currency());
  }

  private void post(
      Context context,
      Settlement settlement,
      PaymentOperation op,
      Outcome.Succeeded succeeded,
      List<Posting> theirs) {
    long done = succeeded.done().minor();
    Bill bill = context.open().bill(settlement);
    List<Posting> postings = new ArrayList<>(theirs);
    if (op.kind() == CommandKind.REFUND) {
      long before = settlement.refundedMinor();
      postings.addAll(context.open().reversals().refund(bill, op, before, done, context.at()));
      context.open().put(refunded(context, settlement, before + done));
      context.open().benefits(settlement);
    } else if (op.kind() != CommandKind.RELEASE) {
      long before = settlement.settledMinor();
      Reversals.Paid real =
          new Reversals.Paid(
              realBefore(context.open(), settlement, op), done - succeeded.gift().minor());
      postings.addAll(
          context
              .open()
              .reversals()
              .payment(bill, op.driverId(), new Reversals.Paid(before, done), real));
      context
          .open()
          .put(
              settlement.with(
                  settlement.state(), before + done, settlement.reason(), context.at()));
    }
    if (postings.stream().anyMatch(posting -> posting.minor() != 0)) {
      String kind = op.kind().code();
      context
          .ledger()
          .add(new JournalEntry(kind + ":" + op.id(), kind, op.id(), op.operatorId(), postings));
    }
  }

  /** What other operations have taken for the settlement in real money. */
  private static long realBefore(OpenSettlements open, Settlement settlement, PaymentOperation op) {
    return open.operations(settlement).stream()
        .filter(other -> other.id() != op.id() && other.succeeded())
        .filter(other -> other.kind() == CommandKind.CAPTURE || other.kind() == CommandKind.CHARGE)
        .mapToLong(other -> other.result().doneMinor() - other.result().giftMinor())
        .sum();
  }

  private static Settlement refunded(Context context, Settlement settlement, long refunded) {
    boolean all = refunded == Refunds.refundable(settlement, context.open().operations(settlement));
    return settlement.refunded(
        refunded, all ? SettlementState.REFUNDED : settlement.state(), context.at());
  }

  private static void closeHold(
      OpenSettlements open, Settlement settlement, PaymentOperation op, long done) {
    StartHold hold = open.hold(settlement);
    if (hold != null && op.kind() == CommandKind.CAPTURE) {
      open.put(hold.ofSession(settlement.sessionId()).closed(HoldState.CAPTURED, done));
    } else if (hold != null && op.kind() == CommandKind.RELEASE) {
      open.put(hold.ofSession(settlement.sessionId()).closed(HoldState.RELEASED, 0));
    }
  }

  /** A provider that refuses to release has no hold any more. */
  private static void expireHold(OpenSettlements open, Work work) {
    @Nullable StartHold hold = open.hold(work.settlement());
    boolean gone =
        switch (work.op().kind()) {
          case RELEASE -> true;
          case CAPTURE -> work.provider() != null && !canRelease(work.provider());
          case AUTHORIZE,
              INCREMENT,
              CHARGE,
              PRESENT,
              CANCEL,
              REFUND,
              SPLIT,
              PAYOUT,
              TOP_UP,
              WITHDRAW ->
              false;
        };
    if (hold != null && gone) {
      open.put(hold.ofSession(work.settlement().sessionId()).closed(HoldState.RELEASED, 0));
    }
  }

  private static boolean canRelease(PaymentProvider provider) {
    return provider.capabilities().can(CommandKind.RELEASE);
  }
}
