package org.ampay.ocpi.cdr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.billing.Bill;
import org.ampay.billing.BillStore;
import org.ampay.billing.BillableSessions;
import org.ampay.charging.BillableSession;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.RoamingSession;
import org.ampay.ocpi.RoamingSessions;
import org.ampay.ocpi.push.PushKind;
import org.ampay.ocpi.push.Pushes;
import org.ampay.store.Job;
import org.ampay.store.JobHandler;
import org.ampay.store.JobStore;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TariffSnapshots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job that tells partners what was billed; a job's reference is the session's id. It compares a
 * session's bills with what its partner was told and adds what is missing: the CDR of the charge,
 * and for each credit of ours the credit of the last CDR and, where something is left, the CDR that
 * takes its place. So it may run at any time and any number of times.
 *
 * <p>What is not fit to be told is put on a list for people, and nothing of it is seen by anybody.
 */
public final class CdrPublisher implements JobHandler {

  /** The kind of its jobs. */
  public static final String KIND = "ocpi_cdr";

  /** Of a credit CDR, behind the id of the one that it takes back: what its longer id is for. */
  static final String CREDIT_SUFFIX = "-C";

  private static final Logger LOG = LoggerFactory.getLogger(CdrPublisher.class);

  /** Where it reads and writes. */
  public record Stores(BillableSessions sessions, BillStore bills, CdrStore cdrs, JobStore jobs) {}

  /** Whose sessions they are. */
  public record Roaming(RoamingSessions sessions, Partners partners, RoamingPlaces places) {}

  /**
   * How CDRs are made.
   *
   * @param rules what a version's object breaks beyond {@link CdrCheck}
   */
  public record Making(
      CdrMaker maker,
      TariffSnapshots snapshots,
      BiFunction<OcpiVersion, ObjectNode, List<String>> rules) {}

  private final Transactor transactor;
  private final Stores stores;
  private final Roaming roaming;
  private final Making making;
  private final Pushes pushes;
  private final TimeSource time;

  public CdrPublisher(
      Transactor transactor,
      Stores stores,
      Roaming roaming,
      Making making,
      Pushes pushes,
      TimeSource time) {
    this.transactor = transactor;
    this.stores = stores;
    this.roaming = roaming;
    this.making = making;
    this.pushes = pushes;
    this.time = time;
  }

  @Override
  public void handle(List<Job> jobs) {
    Map<Long, RoamingSession> theirs = new TreeMap<>();
    for (Job job : jobs) {
      roaming.sessions().of(job.ref()).ifPresent(session -> theirs.put(job.ref(), session));
    }
    transactor.run(
        tx -> {
          Map<Long, List<RoamingSession>> byPartner = new TreeMap<>();
          theirs
              .values()
              .forEach(
                  session ->
                      byPartner
                          .computeIfAbsent(session.partnerId(), id -> new ArrayList<>())
                          .add(session));
          byPartner.forEach((partner, sessions) -> publish(tx, partner, sessions));
          stores.jobs().done(tx, jobs);
        });
  }

  private void publish(Tx tx, long partnerId, List<RoamingSession> theirs) {
    Partner partner = roaming.partners().byId(partnerId).orElse(null);
    if (partner == null) {
      LOG.warn("partner {} of {} sessions is unknown", partnerId, theirs.size());
      return;
    }
    Map<Long, BillableSession> sessions = new HashMap<>();
    stores
        .sessions()
        .load(tx, theirs.stream().map(RoamingSession::sessionId).sorted().toList())
        .forEach(session -> sessions.put(session.id(), session));
    Batch batch = new Batch(tx, partner, stores.cdrs().lock(tx, partnerId, time.now()));
    for (RoamingSession session : theirs) {
      BillableSession facts = sessions.get(session.sessionId());
      if (facts != null) {
        batch.session(session, facts);
      }
    }
    batch.store();
  }

  /** What is added to one partner's feed. */
  private final class Batch {
    private final Tx tx;
    private final Partner partner;
    private final Instant at;
    private final List<CdrStore.Row> rows = new ArrayList<>();
    private final List<Long> fine = new ArrayList<>();
    private long seq;

    Batch(Tx tx, Partner partner, CdrStore.Feed feed) {
      this.tx = tx;
      this.partner = partner;
      this.at = feed.at();
      this.seq = feed.seq();
    }

    void session(RoamingSession theirs, BillableSession session) {
      Optional<Bill> charge = stores.bills().ofSession(tx, null, session.id());
      if (charge.isEmpty()) {
        return;
      }
      List<Bill> bills = new ArrayList<>();
      bills.add(charge.get());
      bills.addAll(stores.bills().credits(tx, session.id()));
      List<CdrStore.Row> told = stores.cdrs().ofSession(tx, partner.id(), session.id());
      int from = rows.size();
      try {
        new History(theirs, session, bills, told).goOn();
        fine.add(session.id());
      } catch (Unfit e) {
        while (rows.size() > from) {
          rows.removeLast();
          seq--;
        }
        hold(session, bills.getLast(), String.valueOf(e.getMessage()));
      }
    }

    private void hold(BillableSession session, Bill bill, String reason) {
      LOG.warn("the CDR of session {} is held back: {}", session.id(), reason);
      stores
          .cdrs()
          .hold(
              tx,
              new CdrStore.Held(
                  session.id(), partner.id(), session.operatorId(), bill.id(), reason, at));
    }

    void store() {
      stores.cdrs().add(tx, rows);
      rows.forEach(row -> pushes.wanted(tx, partner.id(), PushKind.CDR, row.id()));
      if (!fine.isEmpty()) {
        stores.cdrs().release(tx, fine);
      }
    }

    /** One session's CDRs, from what the partner knows to what it should know. */
    private final class History {
      private final RoamingSession theirs;
      private final BillableSession session;
      private final List<Bill> bills;
      private final List<CdrStore.Row> told;

      History(
          RoamingSession theirs,
          BillableSession session,
          List<Bill> bills,
          List<CdrStore.Row> told) {
        this.theirs = theirs;
        this.session = session;
        this.bills = bills;
        this.told = new ArrayList<>(told);
      }

      void goOn() {
        for (int i = 0; i < bills.size(); i++) {
          Bill bill = bills.get(i);
          if (told.stream().noneMatch(row -> row.billId() == bill.id())) {
            if (i > 0) {
              credit(bill);
            }
            if (i == 0 || !net(i).isZero()) {
              add(i == 0 ? CdrStore.Kind.CHARGE : CdrStore.Kind.CORRECTED, i);
            }
          }
        }
      }

      private Money net(int credits) {
        return bills.subList(0, credits + 1).stream()
            .map(Bill::total)
            .reduce(Money.zero(bills.getFirst().excl().currency()), Money::plus);
      }

      private void credit(Bill bill) {
        CdrStore.Row last = told.getLast();
        if (last.kind() == CdrStore.Kind.CREDIT) {
          throw new Unfit("bill " + bill.id() + " credits what was taken back as a whole");
        }
        String id = last.id() + CREDIT_SUFFIX;
        add(
            CdrStore.Kind.CREDIT,
            id,
            bill,
            last.excl().negate(),
            last.incl().negate(),
            last.texts().credit(id, at));
      }

      private void add(CdrStore.Kind kind, int credits) {
        Bill bill = bills.get(credits);
        String id = Long.toString(bill.id());
        TariffSnapshot snapshot = making.snapshots().byId(session.snapshotId());
        RoamingPlace place =
            roaming
                .places()
                .of(tx, partner.ours(), session.stationId(), session.evse())
                .orElseThrow(() -> new Unfit("the inventory does not know the place"));
        List<Bill> made = bills.subList(0, credits + 1);
        CdrMaker.Facts facts =
            new CdrMaker.Facts(
                partner.ours(),
                theirs,
                session,
                made,
                snapshot,
                place,
                SignedReadings.of(SignedStore.of(tx, session.id())).orElse(null));
        CdrTexts texts;
        try {
          texts = making.maker().make(facts, id, at);
        } catch (RuntimeException e) {
          throw new Unfit("cannot be made: " + e.getMessage());
        }
        CdrCosts costs = CdrCosts.of(made, snapshot);
        add(kind, id, bill, costs.total().excl(), costs.total().incl(), texts);
      }

      private void add(
          CdrStore.Kind kind, String id, Bill bill, Money excl, Money incl, CdrTexts texts) {
        List<String> problems = texts.problems(making.rules());
        if (!problems.isEmpty()) {
          throw new Unfit(String.join("; ", problems));
        }
        if (!texts.repriced() && kind == CdrStore.Kind.CHARGE) {
          LOG.info("the CDR of session {} does not re-price from its tariff", session.id());
        }
        CdrStore.Row row =
            new CdrStore.Row(
                partner.id(),
                ++seq,
                id,
                kind,
                session.operatorId(),
                session.id(),
                bill.id(),
                excl,
                incl,
                at,
                texts);
        rows.add(row);
        told.add(row);
      }
    }
  }

  /** A CDR that must not be told. */
  private static final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unfit(String reason) {
      super(reason, null, false, false);
    }
  }
}
