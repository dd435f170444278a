package org.ampay.payment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ampay.billing.Bill;
import org.ampay.billing.SettlementState;
import org.ampay.cluster.LiveBus;
import org.ampay.cluster.LiveEvent;
import org.ampay.payment.SettlementWork.Closed;
import org.ampay.store.Job;
import org.ampay.store.Tx;

/** The jobs of settlements, and what follows when they are done. */
final class SettlementJobs {

  private final SettlementStores stores;
  private final LiveBus live;

  SettlementJobs(SettlementStores stores, LiveBus live) {
    this.stores = stores;
    this.live = live;
  }

  /** Jobs by the bills that they are for. */
  static Map<Long, List<Job>> byBill(List<Job> jobs) {
    return jobs.stream()
        .collect(Collectors.groupingBy(Job::ref, HashMap::new, Collectors.toList()));
  }

  /** The bills for which this is a new round. */
  static Set<Long> begun(List<Job> jobs) {
    return jobs.stream()
        .filter(job -> !job.payload().equals(Settler.CLOSE))
        .map(Job::ref)
        .collect(Collectors.toSet());
  }

  /** Ends the jobs of what is at its end, postpones those of what waits; tells who looks on. */
  void finish(Tx tx, OpenSettlements open, Closed closed, Map<Long, List<Job>> jobs) {
    states(tx, open, closed);
    List<Job> done = new ArrayList<>();
    jobs.forEach(
        (bill, of) -> {
          Instant later = closed.later().get(bill);
          if (later != null) {
            of.forEach(job -> stores.jobs().retry(tx, job, later, "waits for an outcome"));
          } else if (!closed.again().contains(bill)) {
            done.addAll(of);
          }
        });
    if (!done.isEmpty()) {
      stores.jobs().done(tx, done);
    }
  }

  /** Shows in the sessions how far their money is. */
  void states(Tx tx, OpenSettlements open, Closed closed) {
    Map<Long, SettlementState> states = new HashMap<>();
    closed.states().forEach((settlement, state) -> states.put(settlement.sessionId(), state));
    stores.sessions().settlementStates(tx, states);
    List<Bill> bills = List.copyOf(open.bills());
    tx.afterCommit(() -> announce(bills));
  }

  private void announce(List<Bill> bills) {
    for (Bill bill : bills) {
      Bill.Session session = bill.session();
      live.publish(
          new LiveEvent.SessionChanged(bill.operatorId(), session.stationId(), session.id()));
    }
  }
}
