package org.ampay.payment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.billing.Bill;
import org.ampay.billing.Biller;
import org.ampay.billing.InstantSettlement;
import org.ampay.billing.SettlementState;
import org.ampay.cluster.LiveBus;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.payment.SettlementWork.Answers;
import org.ampay.payment.SettlementWork.Closed;
import org.ampay.store.Job;
import org.ampay.store.NewJob;
import org.ampay.store.TransactionalJobHandler;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;

/**
 * The job that settles bills inside our own ledger; a job's reference is the bill's id. What a
 * provider beyond a network has a part in goes to {@link RemoteSettler}, by a job of its kind, so
 * that one slow provider never holds up wallets.
 */
public final class Settler implements TransactionalJobHandler, InstantSettlement {

  /** The kind of its jobs. */
  public static final String KIND = Biller.SETTLE;

  /** Payload of a job that only closes what is open: it does not try a debt again. */
  static final String CLOSE = "close";

  private static final int MAX_ROUNDS = 4;
  private static final Answers NOTHING_HEARD = new Answers(Map.of(), Set.of());

  private final Transactor transactor;
  private final SettlementStores stores;
  private final SettlementWork work;
  private final TimeSource time;
  private final SettlementJobs jobsOf;

  /**
   * A settler.
   *
   * @param ids of settlements and operations
   */
  public Settler(
      Transactor transactor,
      SettlementStores stores,
      Journals journals,
      Outside outside,
      IdSource ids,
      TimeSource time,
      LiveBus live) {
    this.transactor = transactor;
    this.stores = stores;
    this.work = new SettlementWork(stores, journals, outside, ids, time);
    this.time = time;
    this.jobsOf = new SettlementJobs(stores, live);
  }

  @Override
  public boolean handle(Tx tx, List<Job> jobs) {
    return round(tx, SettlementJobs.byBill(jobs), SettlementJobs.begun(jobs)).again().isEmpty();
  }

  @Override
  public void handle(List<Job> jobs) {
    Map<Long, List<Job>> waiting = SettlementJobs.byBill(jobs);
    Set<Long> begun = SettlementJobs.begun(jobs);
    for (int i = 1; !waiting.isEmpty(); i++) {
      if (i > MAX_ROUNDS) {
        throw new IllegalStateException("settlements do not come to an end: " + waiting.keySet());
      }
      Map<Long, List<Job>> of = waiting;
      Set<Long> beginning = begun;
      Round round = transactor.call(tx -> round(tx, of, beginning));
      waiting = new HashMap<>(of);
      waiting.keySet().retainAll(round.again());
      begun = round.behindRefunds();
    }
  }

  /** The bills that need another round, and those that begin theirs only then. */
  private record Round(Set<Long> again, Set<Long> behindRefunds) {}

  private Round round(Tx tx, Map<Long, List<Job>> jobs, Set<Long> begun) {
    OpenSettlements open = work.open(tx, jobs.keySet());
    work.take(open);
    Map<Long, List<Job>> ours = new HashMap<>(jobs);
    handOver(tx, open, ours);
    Set<Long> behind = SettlementWork.behindRefunds(open, begun);
    work.plan(open, begun);
    Closed closed = work.close(tx, open, List.of(), new Answers(Map.of(), behind));
    jobsOf.finish(tx, open, closed, ours);
    return new Round(closed.again(), behind);
  }

  /** Gives what is not for this transaction to the job that calls providers. */
  private void handOver(Tx tx, OpenSettlements open, Map<Long, List<Job>> jobs) {
    List<NewJob> handed = new ArrayList<>();
    List<Job> done = new ArrayList<>();
    for (Settlement settlement : open.all()) {
      if (work.isRemote(open, settlement)) {
        open.leave(settlement);
        for (Job job : jobs.getOrDefault(settlement.billId(), List.of())) {
          handed.add(
              new NewJob(RemoteSettler.KIND, settlement.billId(), time.now(), job.payload()));
          done.add(job);
        }
        jobs.remove(settlement.billId());
      }
    }
    if (!handed.isEmpty()) {
      stores.jobs().insert(tx, handed);
      stores.jobs().done(tx, done);
    }
  }

  /** Bills in which a provider beyond a network has a part are left to its job, as pending. */
  @Override
  public Map<Long, SettlementState> settle(Tx tx, List<Bill> bills, List<JournalEntry> entries) {
    OpenSettlements open = OpenSettlements.ofNew(tx, stores, bills);
    work.take(open);
    Map<Long, SettlementState> states = new TreeMap<>();
    List<NewJob> handed = new ArrayList<>();
    for (Settlement settlement : open.all()) {
      if (work.isRemote(open, settlement)) {
        open.leave(settlement);
        states.put(settlement.billId(), SettlementState.PENDING);
        handed.add(new NewJob(RemoteSettler.KIND, settlement.billId(), time.now()));
      }
    }
    work.plan(open, bills.stream().map(Bill::id).collect(Collectors.toSet()));
    work.close(tx, open, entries, NOTHING_HEARD)
        .states()
        .forEach((settlement, state) -> states.put(settlement.billId(), state));
    if (!handed.isEmpty()) {
      stores.jobs().insert(tx, handed);
    }
    return states;
  }
}
