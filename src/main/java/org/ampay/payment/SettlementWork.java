package org.ampay.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.billing.Bill;
import org.ampay.billing.SettlementState;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.payment.OperationCloser.Heard;
import org.ampay.payment.RemoteCalls.Call;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * The two halves of a round of settlements, each inside a transaction of the caller: what is to be
 * done is planned and stored; what was done is closed and posted.
 */
final class SettlementWork {

  /** After this a settlement is a person's; what is open of it is asked about on and on. */
  private static final Duration DEADLINE = Duration.ofDays(1);

  private final SettlementStores stores;
  private final OperationCloser closer;
  private final Outside outside;
  private final Deadlines deadlines;
  private final IdSource ids;
  private final TimeSource time;

  SettlementWork(
      SettlementStores stores, Journals journals, Outside outside, IdSource ids, TimeSource time) {
    this.stores = stores;
    this.closer = new OperationCloser(outside.providers(), journals);
    this.outside = outside;
    this.deadlines = new Deadlines(outside.alarms());
    this.ids = ids;
    this.time = time;
  }

  OpenSettlements open(Tx tx, Collection<Long> billIds) {
    return new OpenSettlements(tx, stores, new TreeSet<>(billIds));
  }

  /** Adds settlements of bills that have none. */
  void take(OpenSettlements open) {
    open.add(
        open.bills().stream()
            .filter(bill -> open.ofBill(bill.id()).isEmpty())
            .map(this::settlement)
            .toList());
  }

  private Settlement settlement(Bill bill) {
    boolean manual = bill.driverId() == null && bill.total().isPositive();
    Instant now = time.now();
    return new Settlement(
        ids.next(),
        bill.operatorId(),
        bill.id(),
        bill.session().id(),
        bill.driverId(),
        bill.session().holdId(),
        bill.total(),
        0,
        0,
        manual ? SettlementState.MANUAL : SettlementState.PENDING,
        manual ? "no payer" : null,
        now,
        now);
  }

  /** Whether a provider beyond a network has, or may soon have, a part in a settlement. */
  boolean isRemote(OpenSettlements open, Settlement settlement) {
    StartHold hold = open.hold(settlement);
    ProviderKey holder = hold == null || !hold.holdsMoney() ? null : hold.via();
    if (holder != null && closer.isRemote(holder)) {
      return true;
    }
    if (open.operations(settlement).stream()
        .anyMatch(op -> op.state().isOpen() && closer.isRemote(op.via()))) {
      return true;
    }
    Long driver = settlement.driverId();
    return driver != null
        && settlement.owedMinor() > 0
        && closer.isRemote(outside.methods().of(driver).via());
  }

  /** The bills whose new round can only begin when a refund that is under way is closed. */
  static Set<Long> behindRefunds(OpenSettlements open, Set<Long> begun) {
    return open.all().stream()
        .filter(settlement -> begun.contains(settlement.billId()))
        .filter(
            settlement -> {
              List<PaymentOperation> under =
                  open.operations(settlement).stream().filter(op -> op.state().isOpen()).toList();
              return !under.isEmpty()
                  && under.stream().allMatch(op -> op.kind() == CommandKind.REFUND);
            })
        .map(Settlement::billId)
        .collect(Collectors.toSet());
  }

  /**
   * Adds the operations that are to be made.
   *
   * @param begun bills for which this is a new round
   */
  void plan(OpenSettlements open, Set<Long> begun) {
    for (Settlement settlement : open.all()) {
      List<PaymentOperation> planned = new ArrayList<>();
      for (SettlementPlan.Step step : next(open, settlement, begun.contains(settlement.billId()))) {
        Payer payer = payer(open, settlement, step);
        if (closer.isThere(payer.method().via())) {
          planned.add(operation(settlement, step, payer));
        } else {
          accountGone(open, settlement, payer.method().via());
          break;
        }
      }
      open.addOperations(planned);
    }
  }

  private List<SettlementPlan.Step> next(
      OpenSettlements open, Settlement settlement, boolean newRound) {
    StartHold hold = open.hold(settlement);
    boolean remote = hold != null && hold.backing() != null && isRemote(hold.backing());
    SettlementPlan.Held held = new SettlementPlan.Held(hold, remote);
    return SettlementPlan.next(settlement, held, open.operations(settlement), newRound);
  }

  private boolean isRemote(StartHold.Backing backing) {
    return closer.isRemote(backing.via());
  }

  /** Who does a step; with the hold that it is about. */
  private record Payer(PaymentMethod method, @Nullable Long holdId) {}

  /** Who holds the money gives it; what no hold covers is taken as the driver wants to pay. */
  private Payer payer(OpenSettlements open, Settlement settlement, SettlementPlan.Step step) {
    StartHold hold = open.hold(settlement);
    if (step.kind() != CommandKind.CHARGE && hold != null && hold.backing() != null) {
      return new Payer(new PaymentMethod(hold.backing().via(), null), hold.id());
    }
    Long driver = settlement.driverId();
    PaymentMethod wanted = driver == null ? PaymentMethod.WALLET : outside.methods().of(driver);
    return new Payer(closer.isThere(wanted.via()) ? wanted : PaymentMethod.WALLET, null);
  }

  private PaymentOperation operation(Settlement settlement, SettlementPlan.Step step, Payer payer) {
    long id = ids.next();
    Instant now = time.now();
    ProviderKey via = payer.method().via();
    Long driver = settlement.driverId();
    if (driver == null) {
      throw new IllegalStateException("settlement " + settlement.id() + " has no payer");
    }
    return new PaymentOperation(
        id,
        settlement.operatorId(),
        new PaymentOperation.About(
            settlement.id(),
            payer.holdId(),
            null,
            null,
            step.kind() == CommandKind.CHARGE ? payer.method().saved() : null),
        driver,
        via,
        step.kind(),
        closer.isRemote(via) ? outside.references().of(id) : Long.toString(id),
        new Money(settlement.amount().currency(), step.amountMinor()),
        PaymentOperation.Result.REQUESTED,
        now,
        now);
  }

  private void accountGone(OpenSettlements open, Settlement settlement, ProviderKey via) {
    String reason = RemoteCalls.GONE + ": " + via.provider();
    open.put(
        settlement.with(SettlementState.MANUAL, settlement.settledMinor(), reason, time.now()));
  }

  /**
   * The calls of a settlement's operations that are open. What was stored before may have been
   * sent; what was proven not to have come is stored as sent again.
   */
  List<Call> calls(OpenSettlements open, Settlement settlement) {
    List<Call> calls = new ArrayList<>();
    for (PaymentOperation op : List.copyOf(open.operations(settlement))) {
      if (op.state().isOpen() && closer.isRemote(op.via())) {
        boolean asked = op.mayBeSent() && !open.isNew(op);
        PaymentOperation now = op.state() == OperationState.NOT_SENT ? op.sending(time.now()) : op;
        if (now != op) {
          open.put(now);
        }
        calls.add(new Call(now, OperationCloser.command(open, settlement, now), asked));
      }
    }
    return calls;
  }

  /**
   * What is known when operations are closed.
   *
   * @param heard answers of providers beyond a network, by the operations' ids
   * @param behindRefunds bills that have yet to begin their round
   */
  record Answers(Map<Long, Heard> heard, Set<Long> behindRefunds) {}

  /**
   * What became of settlements.
   *
   * @param states of those that need nothing more
   * @param again bills that need another round
   * @param later bills that wait for an outcome, with the time to look again
   */
  record Closed(
      Map<Settlement, SettlementState> states, Set<Long> again, Map<Long, Instant> later) {}

  /** Closes what can be closed, posts it, stores everything. */
  Closed close(Tx tx, OpenSettlements open, List<JournalEntry> others, Answers answers) {
    Set<Long> wereOpen = Deadlines.openOperations(open);
    closer.close(tx, open, others, answers.heard(), time.now());
    Closed closed = new Closed(new HashMap<>(), new TreeSet<>(), new HashMap<>());
    for (Settlement before : open.all()) {
      Settlement settlement = goOn(open, before, wereOpen);
      boolean newRound = answers.behindRefunds().contains(settlement.billId());
      if (open.operations(settlement).stream().anyMatch(op -> op.state().isOpen())) {
        wait(open, settlement, closed);
      } else if (!next(open, settlement, newRound).isEmpty()) {
        closed.again().add(settlement.billId());
      } else {
        Settlement finished = finish(open, settlement);
        closed.states().put(finished, finished.ofSession());
      }
    }
    open.store();
    deadlines.settle(tx, open, wereOpen, time.now());
    return closed;
  }

  /** What a deadline gave to a person goes on by itself when the provider has answered. */
  private Settlement goOn(OpenSettlements open, Settlement settlement, Set<Long> wereOpen) {
    boolean answered =
        open.operations(settlement).stream()
            .anyMatch(op -> wereOpen.contains(op.id()) && !op.state().isOpen());
    if (settlement.state() != SettlementState.MANUAL
        || settlement.driverId() == null
        || !answered) {
      return settlement;
    }
    Settlement pending =
        settlement.with(SettlementState.PENDING, settlement.settledMinor(), null, time.now());
    open.put(pending);
    return pending;
  }

  private void wait(OpenSettlements open, Settlement settlement, Closed closed) {
    Instant now = time.now();
    List<PaymentOperation> waiting =
        open.operations(settlement).stream().filter(op -> op.state().isOpen()).toList();
    Instant next =
        waiting.stream()
            .map(op -> outside.backoff().next(op, now))
            .min(Instant::compareTo)
            .orElseThrow();
    closed.later().put(settlement.billId(), next);
    Deadlines.manual(settlement, waiting, now, DEADLINE)
        .ifPresent(
            reason -> {
              Settlement manual =
                  settlement.with(SettlementState.MANUAL, settlement.settledMinor(), reason, now);
              open.put(manual);
              closed.states().put(manual, manual.ofSession());
            });
  }

  private Settlement finish(OpenSettlements open, Settlement settlement) {
    StartHold hold = open.hold(settlement);
    if (hold != null && hold.state() == HoldState.HELD && !hold.holdsMoney()) {
      open.put(hold.ofSession(settlement.sessionId()).closed(HoldState.RELEASED, 0));
    }
    return switch (settlement.state()) {
      case NONE, SETTLED, REFUNDED, WRITTEN_OFF -> settlement;
      case PENDING, PARTIAL, DEBT, MANUAL -> ended(open, settlement);
    };
  }

  private Settlement ended(OpenSettlements open, Settlement settlement) {
    List<PaymentOperation> operations = open.operations(settlement);
    SettlementState state = SettlementPlan.finalState(settlement, operations);
    Settlement finished =
        settlement.with(
            state, settlement.settledMinor(), reason(settlement, state, operations), time.now());
    open.put(finished);
    if (state == SettlementState.SETTLED
        && finished.amount().isPositive()
        && stores.benefits().follows(finished.operatorId())) {
      open.benefits(finished);
    }
    return finished;
  }

  private static @Nullable String reason(
      Settlement settlement, SettlementState state, List<PaymentOperation> operations) {
    if (state == SettlementState.SETTLED) {
      return null;
    }
    if (settlement.state() == SettlementState.MANUAL && settlement.reason() != null) {
      return settlement.reason();
    }
    return operations.stream()
        .map(op -> op.result().detail())
        .filter(detail -> !detail.isEmpty())
        .reduce((first, last) -> last)
        .orElse(settlement.reason());
  }
}
