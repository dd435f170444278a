package org.ampay.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.billing.Bill;
import org.ampay.billing.Biller;
import org.ampay.billing.InstantSettlement;
import org.ampay.billing.SettlementState;
import org.ampay.cluster.LiveBus;
import org.ampay.cluster.LiveEvent;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.PaymentProvider;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.payment.provider.Providers;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.store.Job;
import org.ampay.store.TransactionalJobHandler;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * The job that settles bills; a job's reference is the bill's id.
 *
 * <p>A round has three steps: the operations that are to be made are committed; providers beyond a
 * network are called, each with the reference that is stored; the outcomes close the operations,
 * with their journals and the hold, in one commit. A crash between any two is repaired by the next
 * run, which goes on from the rows: an operation that may have been sent is asked about, never sent
 * again, unless the provider proves that it never came.
 */
public final class Settler implements TransactionalJobHandler, InstantSettlement {

  /** The kind of its jobs. */
  public static final String KIND = Biller.SETTLE;

  /** Payload of a job that only closes what is open: it does not try a debt again. */
  static final String CLOSE = "close";

  private static final ProviderKey WALLET = ProviderKey.inLedger("wallet");
  private static final int MAX_ROUNDS = 4;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final Transactor transactor;
  private final SettlementStores stores;
  private final Providers providers;
  private final OperationCloser closer;
  private final IdSource ids;
  private final TimeSource time;
  private final LiveBus live;

  /**
   * A settler.
   *
   * @param ids of settlements and operations
   */
  public Settler(
      Transactor transactor,
      SettlementStores stores,
      Providers providers,
      Journals journals,
      IdSource ids,
      TimeSource time,
      LiveBus live) {
    this.transactor = transactor;
    this.stores = stores;
    this.providers = providers;
    this.closer = new OperationCloser(providers, journals, stores.ledger());
    this.ids = ids;
    this.time = time;
    this.live = live;
  }

  /** Where no provider beyond a network is involved, all three steps are one commit. */
  @Override
  public boolean handle(Tx tx, List<Job> jobs) {
    Map<Long, List<Job>> waiting = byBill(jobs);
    OpenSettlements open = open(tx, waiting.keySet());
    Set<Long> begun = begun(jobs);
    Set<Long> behind = behindRefunds(open, begun);
    return plan(open, begun).isEmpty()
        && close(tx, open, waiting, new Answers(Map.of(), behind)).isEmpty();
  }

  private static Map<Long, List<Job>> byBill(List<Job> jobs) {
    return jobs.stream()
        .collect(Collectors.groupingBy(Job::ref, HashMap::new, Collectors.toList()));
  }

  private OpenSettlements open(Tx tx, Set<Long> billIds) {
    return new OpenSettlements(tx, stores, new TreeSet<>(billIds));
  }

  @Override
  public void handle(List<Job> jobs) {
    Map<Long, List<Job>> waiting = byBill(jobs);
    Set<Long> begun = begun(jobs);
    for (int round = 1; !waiting.isEmpty(); round++) {
      if (round > MAX_ROUNDS) {
        throw new IllegalStateException("settlements do not come to an end: " + waiting.keySet());
      }
      Set<Long> billIds = new TreeSet<>(waiting.keySet());
      Set<Long> beginning = begun;
      Prepared prepared = transactor.call(tx -> prepare(tx, billIds, beginning));
      Answers answers = new Answers(call(prepared.calls()), prepared.behindRefunds());
      Map<Long, List<Job>> of = waiting;
      Set<Long> again = transactor.call(tx -> close(tx, open(tx, of.keySet()), of, answers));
      waiting = new HashMap<>(waiting);
      waiting.keySet().retainAll(again);
      begun = prepared.behindRefunds();
    }
  }

  /** The bills for which this is a new round. */
  private static Set<Long> begun(List<Job> jobs) {
    return jobs.stream()
        .filter(job -> !job.payload().equals(CLOSE))
        .map(Job::ref)
        .collect(Collectors.toSet());
  }

  /** The bills whose new round can only begin when a refund that is under way is closed. */
  private static Set<Long> behindRefunds(OpenSettlements open, Set<Long> begun) {
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

  /** What is to be called, and for which bills the round has yet to begin. */
  private record Prepared(List<Call> calls, Set<Long> behindRefunds) {}

  /**
   * What is known when operations are closed.
   *
   * @param outcomes of calls, by the operations' ids
   * @param behindRefunds bills that have yet to begin their round
   */
  private record Answers(Map<Long, Outcome> outcomes, Set<Long> behindRefunds) {}

  /** A call of a provider beyond a network; asked about instead when it may have been sent. */
  private record Call(
      long operationId, RemoteProvider provider, PaymentCommand command, boolean mayBeSent) {}

  /** Stores the operations that are to be made. */
  private Prepared prepare(Tx tx, Set<Long> billIds, Set<Long> begun) {
    OpenSettlements open = open(tx, billIds);
    Set<Long> behind = behindRefunds(open, begun);
    List<Call> calls = plan(open, begun);
    open.store();
    return new Prepared(calls, behind);
  }

  /** Adds settlements and operations that are to be; returns the calls that these need. */
  private List<Call> plan(OpenSettlements open, Set<Long> begun) {
    open.add(
        open.bills().stream()
            .filter(bill -> open.ofBill(bill.id()).isEmpty())
            .map(this::settlement)
            .toList());
    List<Call> calls = new ArrayList<>();
    open.all().forEach(s -> calls.addAll(calls(open, s, true)));
    List<PaymentOperation> planned = new ArrayList<>();
    for (Settlement settlement : open.all()) {
      planned.addAll(plan(open, settlement, begun.contains(settlement.billId())));
    }
    open.addOperations(planned);
    Set<Long> added = planned.stream().map(PaymentOperation::id).collect(Collectors.toSet());
    open.all().stream()
        .flatMap(s -> calls(open, s, false).stream())
        .filter(call -> added.contains(call.operationId()))
        .forEach(calls::add);
    return calls;
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

  private List<PaymentOperation> plan(
      OpenSettlements open, Settlement settlement, boolean newRound) {
    StartHold hold = open.hold(settlement);
    List<PaymentOperation> planned = new ArrayList<>();
    for (SettlementPlan.Step step :
        SettlementPlan.next(settlement, hold, open.operations(settlement), newRound)) {
      boolean ofHold = step.kind() != CommandKind.CHARGE;
      long id = ids.next();
      Instant now = time.now();
      planned.add(
          new PaymentOperation(
              id,
              settlement.operatorId(),
              PaymentOperation.About.settlement(
                  settlement.id(), ofHold && hold != null ? hold.id() : null),
              Objects.requireNonNull(settlement.driverId()),
              provider(open, settlement),
              step.kind(),
              Long.toString(id),
              new Money(settlement.amount().currency(), step.amountMinor()),
              PaymentOperation.Result.REQUESTED,
              now,
              now));
    }
    return planned;
  }

  /** Who holds the money pays; without a hold it is the wallet. */
  private static ProviderKey provider(OpenSettlements open, Settlement settlement) {
    StartHold hold = open.hold(settlement);
    ProviderKey holder = hold == null ? null : hold.via();
    return holder == null ? WALLET : holder;
  }

  private List<Call> calls(OpenSettlements open, Settlement settlement, boolean mayBeSent) {
    List<Call> calls = new ArrayList<>();
    for (PaymentOperation op : open.operations(settlement)) {
      PaymentProvider provider = providers.find(op.via()).orElse(null);
      if (op.state().isOpen() && provider instanceof RemoteProvider remote) {
        PaymentCommand command = OperationCloser.command(open, settlement, op);
        boolean asked = mayBeSent && op.state() != OperationState.NOT_SENT;
        calls.add(new Call(op.id(), remote, command, asked));
      }
    }
    return calls;
  }

  private static Map<Long, Outcome> call(List<Call> calls) {
    Map<Long, Outcome> outcomes = new LinkedHashMap<>();
    for (Call call : calls) {
      Outcome outcome =
          call.mayBeSent()
              ? call.provider().query(call.command())
              : call.provider().execute(call.command());
      outcomes.put(call.operationId(), outcome);
    }
    return outcomes;
  }

  /** The bills that need another round. */
  private Set<Long> close(Tx tx, OpenSettlements open, Map<Long, List<Job>> jobs, Answers answers) {
    Closed closed = close(tx, open, List.of(), answers);
    Map<Long, SettlementState> states = new HashMap<>();
    closed.states().forEach((settlement, state) -> states.put(settlement.sessionId(), state));
    stores.sessions().settlementStates(tx, states);
    finishJobs(tx, jobs, closed.again(), closed.later());
    tx.afterCommit(() -> announce(open.bills()));
    return closed.again();
  }

  /**
   * What became of settlements.
   *
   * @param states of those that need nothing more
   * @param again bills that need another round
   * @param later bills that wait for an outcome
   */
  private record Closed(
      Map<Settlement, SettlementState> states, Set<Long> again, Set<Long> later) {}

  private Closed close(Tx tx, OpenSettlements open, List<JournalEntry> others, Answers answers) {
    closer.close(tx, open, others, answers.outcomes(), time.now());
    Closed closed = new Closed(new HashMap<>(), new TreeSet<>(), new TreeSet<>());
    for (Settlement settlement : open.all()) {
      List<PaymentOperation> operations = open.operations(settlement);
      boolean newRound = answers.behindRefunds().contains(settlement.billId());
      if (operations.stream().anyMatch(op -> op.state().isOpen())) {
        closed.later().add(settlement.billId());
      } else if (!SettlementPlan.next(settlement, open.hold(settlement), operations, newRound)
          .isEmpty()) {
        closed.again().add(settlement.billId());
      } else {
        Settlement finished = finish(open, settlement, operations);
        closed.states().put(finished, finished.ofSession());
      }
    }
    open.store();
    return closed;
  }

  /** Bills of which a provider beyond a network is to be asked are left to a job. */
  @Override
  public Map<Long, SettlementState> settle(Tx tx, List<Bill> bills, List<JournalEntry> entries) {
    OpenSettlements open = OpenSettlements.ofNew(tx, stores, bills);
    open.add(bills.stream().map(this::settlement).toList());
    for (Settlement settlement : open.all()) {
      if (providers.find(provider(open, settlement)).orElse(null) instanceof RemoteProvider) {
        open.leave(settlement);
      }
    }
    plan(open, bills.stream().map(Bill::id).collect(Collectors.toSet()));
    Map<Long, SettlementState> states = new HashMap<>();
    close(tx, open, entries, new Answers(Map.of(), Set.of()))
        .states()
        .forEach((settlement, state) -> states.put(settlement.billId(), state));
    return states;
  }

  private Settlement finish(
      OpenSettlements open, Settlement settlement, List<PaymentOperation> operations) {
    StartHold hold = open.hold(settlement);
    if (hold != null && hold.state() == HoldState.HELD && !hold.holdsMoney()) {
      open.put(hold.ofSession(settlement.sessionId()).closed(HoldState.RELEASED, 0));
    }
    return switch (settlement.state()) {
      case NONE, SETTLED, REFUNDED -> settlement;
      case PENDING, PARTIAL, DEBT, MANUAL -> {
        SettlementState state = SettlementPlan.finalState(settlement, operations);
        Settlement finished =
            settlement.with(
                state,
                settlement.settledMinor(),
                reason(settlement, state, operations),
                time.now());
        open.put(finished);
        if (state == SettlementState.SETTLED
            && finished.amount().isPositive()
            && stores.benefits().follows(finished.operatorId())) {
          open.benefits(finished);
        }
        yield finished;
      }
    };
  }

  private static @Nullable String reason(
      Settlement settlement, SettlementState state, List<PaymentOperation> operations) {
    if (state == SettlementState.SETTLED) {
      return null;
    }
    return operations.stream()
        .map(op -> op.result().detail())
        .filter(detail -> !detail.isEmpty())
        .reduce((first, last) -> last)
        .orElse(settlement.reason());
  }

  private void finishJobs(Tx tx, Map<Long, List<Job>> jobs, Set<Long> again, Set<Long> later) {
    List<Job> done = new ArrayList<>();
    jobs.forEach(
        (bill, of) -> {
          if (later.contains(bill)) {
            of.forEach(job -> stores.jobs().retry(tx, job, nextTry(job), "waits for an outcome"));
          } else if (!again.contains(bill)) {
            done.addAll(of);
          }
        });
    if (!done.isEmpty()) {
      stores.jobs().done(tx, done);
    }
  }

  /** 1 s, 2 s, 4 s ... up to ten minutes. */
  private Instant nextTry(Job job) {
    Duration pause = Duration.ofSeconds(1L << Math.clamp(job.attempts() - 1, 0, 10));
    return time.now().plus(pause.compareTo(LONGEST_WAIT) < 0 ? pause : LONGEST_WAIT);
  }

  private void announce(Collection<Bill> bills) {
    for (Bill bill : bills) {
      Bill.Session session = bill.session();
      live.publish(
          new LiveEvent.SessionChanged(bill.operatorId(), session.stationId(), session.id()));
    }
  }
}
