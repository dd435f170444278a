package org.ampay.billing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.billing.promotion.Benefits;
import org.ampay.charging.BillableSession;
import org.ampay.charging.SessionJobs;
import org.ampay.cluster.LiveBus;
import org.ampay.cluster.LiveEvent;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.store.Job;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.TransactionalJobHandler;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TariffSnapshots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job that bills finished sessions; a job's reference is the session's id. Bills, CDRs, their
 * journals and the jobs that settle them are one commit. A session that is not finished, or billed
 * already, is passed over. The job of one whose price cannot be repeated is parked with the reason.
 */
public final class Biller implements TransactionalJobHandler {

  /** The kind of its jobs. */
  public static final String KIND = SessionJobs.BILL;

  /** The kind of the jobs that it leaves behind; their reference is the bill's id. */
  public static final String SETTLE = "settle";

  private static final Logger LOG = LoggerFactory.getLogger(Biller.class);

  /** Where bills are posted. */
  public record Accounts(Journals journals, InstantSettlement settlement, Benefits benefits) {}

  /** Where it reads and writes. */
  public record Stores(BillableSessions sessions, BillStore bills, JobStore jobs) {}

  private final Transactor transactor;
  private final Stores stores;
  private final Journals journals;
  private final InstantSettlement settlement;
  private final Benefits benefits;
  private final TariffSnapshots snapshots;
  private final IdSource ids;
  private final TimeSource time;
  private final LiveBus live;

  /**
   * A biller.
   *
   * @param ids of bills; a CDR has the id of its bill
   */
  public Biller(
      Transactor transactor,
      Stores stores,
      Accounts accounts,
      TariffSnapshots snapshots,
      IdSource ids,
      TimeSource time,
      LiveBus live) {
    this.transactor = transactor;
    this.stores = stores;
    this.journals = accounts.journals();
    this.settlement = accounts.settlement();
    this.benefits = accounts.benefits();
    this.snapshots = snapshots;
    this.ids = ids;
    this.time = time;
    this.live = live;
  }

  /** Leaves all settlements to jobs: a payment that fails must not keep a session from its bill. */
  @Override
  public void handle(List<Job> jobs) {
    transactor.run(tx -> new Batch(tx, jobs).run(this::post));
  }

  @Override
  public boolean handle(Tx tx, List<Job> jobs) {
    new Batch(tx, jobs).run(settlement);
    return true;
  }

  private Map<Long, SettlementState> post(Tx tx, List<Bill> bills, List<JournalEntry> entries) {
    journals.postNew(tx, entries);
    return Map.of();
  }

  /** One transaction's work. */
  private final class Batch {
    private final Tx tx;
    private final List<Job> jobs;
    private final List<Bill> bills = new ArrayList<>();
    private final List<Cdr> cdrs = new ArrayList<>();
    private final List<JournalEntry> entries = new ArrayList<>();
    private final Map<Long, SettlementState> states = new HashMap<>();
    private final Map<Long, String> doubts = new HashMap<>();
    private final Set<Long> promised = new TreeSet<>();

    Batch(Tx tx, List<Job> jobs) {
      this.tx = tx;
      this.jobs = jobs;
    }

    void run(InstantSettlement settling) {
      Set<Long> wanted = jobs.stream().map(Job::ref).collect(Collectors.toCollection(TreeSet::new));
      wanted.removeAll(stores.bills().billed(tx, wanted));
      List<BillableSession> sessions =
          wanted.isEmpty() ? List.of() : stores.sessions().load(tx, List.copyOf(wanted));
      Map<CdrPlace.Outlet, CdrPlace> places =
          stores.bills().places(tx, sessions.stream().map(Biller::outlet).distinct().toList());
      sessions.forEach(session -> bill(session, places));
      stores.bills().insert(tx, bills, cdrs);
      finishJobs();
      if (!bills.isEmpty()) {
        settle(settling);
      }
      stores.sessions().settlementStates(tx, states);
      tx.afterCommit(() -> announce(sessions));
    }

    private void settle(InstantSettlement settling) {
      Map<Long, SettlementState> settled = settling.settle(tx, bills, entries);
      List<NewJob> later = new ArrayList<>();
      for (Bill bill : bills) {
        SettlementState state = settled.get(bill.id());
        states.put(bill.session().id(), state == null ? SettlementState.PENDING : state);
        if (state == null) {
          later.add(new NewJob(SETTLE, bill.id(), bill.createdAt()));
        }
      }
      stores.jobs().insert(tx, later);
      settled.forEach(
          (bill, state) -> {
            if (state != SettlementState.PENDING) {
              promised.remove(bill); // whoever closed the hold has seen to these
            }
          });
      if (!promised.isEmpty()) {
        benefits.billsChanged(tx, promised);
      }
    }

    private void bill(BillableSession session, Map<CdrPlace.Outlet, CdrPlace> places) {
      TariffSnapshot snapshot = snapshots.byId(session.snapshotId());
      switch (BillMaker.make(session, snapshot, ids.next(), time.now())) {
        case BillMaker.Made.Doubtful doubtful -> doubt(session, doubtful.reason());
        case BillMaker.Made.Billed billed -> {
          Bill bill = billed.bill();
          CdrPlace place = places.get(outlet(session));
          CdrBody body = new CdrBody(session, bill, billed.price(), snapshot, place);
          bills.add(bill);
          if (!snapshot.terms().isNone()) {
            promised.add(bill.id());
          }
          cdrs.add(
              new Cdr(
                  bill.id(),
                  bill.operatorId(),
                  session.id(),
                  bill.id(),
                  body.json(),
                  bill.createdAt()));
          String jurisdiction = place == null ? "" : place.party().countryCode();
          entries.addAll(BillMaker.journal(bill, billed.price().taxLines(), jurisdiction));
        }
      }
    }

    /** A doubt keeps its job, parked with the reason, for a person. */
    private void finishJobs() {
      List<Job> done = new ArrayList<>();
      for (Job job : jobs) {
        String doubt = doubts.get(job.ref());
        if (doubt == null) {
          done.add(job);
        } else {
          stores.jobs().park(tx, job, doubt);
        }
      }
      if (!done.isEmpty()) {
        stores.jobs().done(tx, done);
      }
    }

    private void doubt(BillableSession session, String reason) {
      LOG.warn("session {} is not billed: {}", session.id(), reason);
      doubts.put(session.id(), reason);
      states.put(session.id(), SettlementState.MANUAL);
    }
  }

  private static CdrPlace.Outlet outlet(BillableSession session) {
    return new CdrPlace.Outlet(session.stationId(), session.evse());
  }

  private void announce(List<BillableSession> sessions) {
    for (BillableSession session : sessions) {
      live.publish(
          new LiveEvent.SessionChanged(session.operatorId(), session.stationId(), session.id()));
    }
  }
}
