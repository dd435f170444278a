package org.ampay.billing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.cluster.LiveBus;
import org.ampay.cluster.LiveEvent;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.store.Job;
import org.ampay.store.JobHandler;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TariffSnapshots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job that bills finished sessions; a job's reference is the session's id. Bills, CDRs, their
 * journals and the jobs that settle them are one commit. A session that is not finished, or billed
 * already, is passed over; one whose price cannot be repeated goes to review.
 */
public final class Biller implements JobHandler {

  /** The kind of its jobs. */
  public static final String KIND = "bill";

  /** The kind of the jobs that it leaves behind; their reference is the bill's id. */
  public static final String SETTLE = "settle";

  private static final Logger LOG = LoggerFactory.getLogger(Biller.class);

  /** Where it reads and writes. */
  public record Stores(BillableSessions sessions, BillStore bills, JobStore jobs) {}

  private final Transactor transactor;
  private final Stores stores;
  private final Journals journals;
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
      Journals journals,
      TariffSnapshots snapshots,
      IdSource ids,
      TimeSource time,
      LiveBus live) {
    this.transactor = transactor;
    this.stores = stores;
    this.journals = journals;
    this.snapshots = snapshots;
    this.ids = ids;
    this.time = time;
    this.live = live;
  }

  @Override
  public void handle(List<Job> jobs) {
    transactor.run(tx -> new Batch(tx, jobs).run());
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

    Batch(Tx tx, List<Job> jobs) {
      this.tx = tx;
      this.jobs = jobs;
    }

    void run() {
      Set<Long> wanted = jobs.stream().map(Job::ref).collect(Collectors.toCollection(HashSet::new));
      wanted.removeAll(stores.bills().billed(tx, wanted));
      List<FinishedSession> sessions = due(wanted);
      Map<FinishedSession.Place, CdrPlace> places =
          stores
              .bills()
              .places(tx, sessions.stream().map(FinishedSession::place).distinct().toList());
      sessions.forEach(session -> bill(session, places));
      stores.bills().insert(tx, bills, cdrs);
      journals.post(tx, entries);
      stores.sessions().settlementStates(tx, states);
      stores.sessions().review(tx, doubts);
      stores.jobs().insert(tx, bills.stream().map(this::settle).toList());
      stores.jobs().done(tx, jobs);
      tx.afterCommit(() -> announce(sessions));
    }

    private List<FinishedSession> due(Set<Long> wanted) {
      return wanted.isEmpty()
          ? List.of()
          : stores.sessions().load(tx, wanted).stream()
              .filter(session -> session.state().equals("finished"))
              .toList();
    }

    private void bill(FinishedSession session, Map<FinishedSession.Place, CdrPlace> places) {
      Long snapshotId = session.snapshotId();
      if (snapshotId == null) {
        doubt(session, "finished without a tariff");
        return;
      }
      TariffSnapshot snapshot = snapshots.byId(snapshotId);
      switch (BillMaker.make(session, snapshot, ids.next(), time.now())) {
        case BillMaker.Made.Doubtful doubtful -> doubt(session, doubtful.reason());
        case BillMaker.Made.Billed billed -> {
          Bill bill = billed.bill();
          CdrPlace place = places.get(session.place());
          CdrBody body = new CdrBody(session, bill, billed.price(), snapshot, place);
          bills.add(bill);
          cdrs.add(
              new Cdr(
                  bill.id(),
                  bill.operatorId(),
                  session.id(),
                  bill.id(),
                  body.json(),
                  bill.createdAt()));
          String jurisdiction = place == null ? "" : place.party().countryCode();
          entries.addAll(
              BillMaker.journal(bill, billed.price().taxLines(), jurisdiction));
          states.put(session.id(), SettlementState.PENDING);
        }
      }
    }

    private void doubt(FinishedSession session, String reason) {
      LOG.warn("session {} is not billed: {}", session.id(), reason);
      doubts.put(session.id(), reason);
      states.put(session.id(), SettlementState.MANUAL);
    }

    private NewJob settle(Bill bill) {
      return new NewJob(SETTLE, bill.id(), bill.createdAt());
    }
  }

  private void announce(List<FinishedSession> sessions) {
    for (FinishedSession session : sessions) {
      live.publish(
          new LiveEvent.SessionChanged(
              session.place().operatorId(), session.place().stationId(), session.id()));
    }
  }
}
