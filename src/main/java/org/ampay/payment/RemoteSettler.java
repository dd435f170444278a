package org.ampay.payment;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.cluster.LiveBus;
import org.ampay.ledger.Journals;
import org.ampay.payment.OperationCloser.Heard;
import org.ampay.payment.RemoteCalls.Call;
import org.ampay.payment.SettlementWork.Answers;
import org.ampay.payment.SettlementWork.Closed;
import org.ampay.payment.provider.Outcome;
import org.ampay.store.Job;
import org.ampay.store.JobHandler;
import org.ampay.store.JobRunner;
import org.ampay.store.NewJob;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;

/**
 * The job that settles bills in which a provider beyond a network has a part; a job's reference is
 * the bill's id.
 *
 * <p>A round has three steps: the operations that are to be made are committed; the providers are
 * called, all at a time, each with the reference that is stored; and as the outcomes come, those
 * that are there close their operations in one commit, with their journals and holds. A crash
 * between any two is repaired by the next run, which goes on from the rows: an operation that may
 * have been sent is asked about, never sent again unless the provider proves that it never came.
 */
public final class RemoteSettler implements JobHandler, OperationNews {

  /** The kind of its jobs. */
  public static final String KIND = "settle_remote";

  private static final int MAX_ROUNDS = 6;

  /** Each look at an open operation counts: a failure after weeks of waiting gives nothing up. */
  private static final int ATTEMPTS = 1_000_000;

  private final Transactor transactor;
  private final SettlementStores stores;
  private final Outside outside;
  private final SettlementWork work;
  private final TimeSource time;
  private final SettlementJobs jobsOf;

  /**
   * A settler.
   *
   * @param ids of settlements and operations
   */
  public RemoteSettler(
      Transactor transactor,
      SettlementStores stores,
      Journals journals,
      Outside outside,
      IdSource ids,
      TimeSource time,
      LiveBus live) {
    this.transactor = transactor;
    this.stores = stores;
    this.outside = outside;
    this.work = new SettlementWork(stores, journals, outside, ids, time);
    this.time = time;
    this.jobsOf = new SettlementJobs(stores, live);
  }

  /**
   * How its jobs are done: a batch may wait for a slow provider, so that others go on beside it,
   * and its lease outlasts the longest call.
   */
  public static JobRunner.Settings jobs() {
    return JobRunner.Settings.of(KIND)
        .withBatch(250)
        .withParallelism(4)
        .withLease(Duration.ofMinutes(3))
        .withBackoff(Duration.ofMillis(500), Duration.ofMinutes(1), ATTEMPTS)
        .withGather(Duration.ofMillis(100));
  }

  @Override
  public void handle(List<Job> jobs) {
    Map<Long, List<Job>> waiting = SettlementJobs.byBill(jobs);
    Set<Long> begun = SettlementJobs.begun(jobs);
    for (int i = 1; !waiting.isEmpty(); i++) {
      if (i > MAX_ROUNDS) {
        throw new IllegalStateException("settlements do not come to an end: " + waiting.keySet());
      }
      Set<Long> billIds = new TreeSet<>(waiting.keySet());
      Set<Long> beginning = begun;
      Prepared prepared = transactor.call(tx -> prepare(tx, billIds, beginning));
      Set<Long> again = callAndClose(prepared, waiting);
      waiting = new HashMap<>(waiting);
      waiting.keySet().retainAll(again);
      begun = prepared.behindRefunds();
    }
  }

  /** What is to be called, and for which bills the round has yet to begin. */
  private record Prepared(Map<Long, List<Call>> calls, Set<Long> behindRefunds) {}

  /** Stores the operations that are to be made. */
  private Prepared prepare(Tx tx, Set<Long> billIds, Set<Long> begun) {
    OpenSettlements open = work.open(tx, billIds);
    work.take(open);
    Set<Long> behind = SettlementWork.behindRefunds(open, begun);
    work.plan(open, begun);
    Map<Long, List<Call>> calls = new HashMap<>();
    open.all().forEach(s -> calls.put(s.billId(), work.calls(open, s)));
    open.store();
    return new Prepared(calls, behind);
  }

  private Set<Long> callAndClose(Prepared prepared, Map<Long, List<Job>> jobs) {
    Arrivals arrivals = new Arrivals(prepared.calls(), jobs.keySet());
    outside
        .calls()
        .begin(prepared.calls().values().stream().flatMap(List::stream).toList(), arrivals::heard);
    Set<Long> again = new HashSet<>();
    while (arrivals.isExpected()) {
      Arrivals.Batch batch = arrivals.next(outside.calls().bound());
      Answers answers = new Answers(batch.heard(), prepared.behindRefunds());
      Map<Long, List<Job>> of = new HashMap<>(jobs);
      of.keySet().retainAll(batch.billIds());
      again.addAll(transactor.call(tx -> close(tx, of, answers)));
    }
    return again;
  }

  private Set<Long> close(Tx tx, Map<Long, List<Job>> jobs, Answers answers) {
    OpenSettlements open = work.open(tx, jobs.keySet());
    tellLate(tx, open, answers.heard());
    Closed closed = work.close(tx, open, List.of(), answers);
    jobsOf.finish(tx, open, closed, jobs);
    return closed.again();
  }

  /** Answers to operations that were closed meanwhile, by a callback. */
  private void tellLate(Tx tx, OpenSettlements open, Map<Long, Heard> heard) {
    for (Settlement settlement : open.all()) {
      for (PaymentOperation op : open.operations(settlement)) {
        Heard late = heard.get(op.id());
        if (late != null && !op.state().isOpen()) {
          outside.alarms().contradicted(tx, op, late.outcome());
        }
      }
    }
  }

  /** News of an operation of a settlement. */
  @Override
  public void heard(long operationId, Outcome outcome) {
    transactor.run(
        tx ->
            stores
                .operations()
                .operation(tx, operationId)
                .map(PaymentOperation::settlementId)
                .flatMap(id -> stores.settlements().byId(tx, null, id))
                .ifPresent(settlement -> heard(tx, settlement, operationId, outcome)));
  }

  private void heard(Tx tx, Settlement found, long operationId, Outcome outcome) {
    OpenSettlements open = work.open(tx, Set.of(found.billId()));
    Settlement settlement = open.ofBill(found.billId()).orElseThrow();
    PaymentOperation op = open.operation(settlement, operationId);
    if (!op.state().isOpen()) {
      outside.alarms().contradicted(tx, op, outcome);
      return;
    }
    boolean believed = outcome instanceof Outcome.Succeeded;
    if (believed) {
      Map<Long, Heard> heard = Map.of(op.id(), new Heard(outcome, op.result().attempts()));
      Closed closed = work.close(tx, open, List.of(), new Answers(heard, Set.of()));
      jobsOf.states(tx, open, closed);
      if (closed.again().isEmpty()) {
        return;
      }
    }
    NewJob now = new NewJob(KIND, settlement.billId(), time.now(), Settler.CLOSE);
    stores.jobs().insert(tx, List.of(now));
  }
}
