package org.ampay.payment;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.billing.promotion.Benefits;
import org.ampay.charging.SessionState;
import org.ampay.ledger.Account;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.ledger.LedgerGroup;
import org.ampay.payment.HoldStore.HeldSession;
import org.ampay.payment.provider.LedgerProvider;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.store.Job;
import org.ampay.store.JobHandler;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job that ends holds whose session never came. A hold whose session has come loses its
 * deadline and waits for its settlement. What an order paid is given back by the order.
 */
public final class HoldExpiry implements JobHandler {

  public static final String KIND = "hold_expiry";

  private static final Logger LOG = LoggerFactory.getLogger(HoldExpiry.class);
  private static final int AT_A_TIME = 500;

  private final Transactor transactor;
  private final HoldStore holds;
  private final Journals journals;
  private final HoldWriter.Parts parts;
  private final JobStore jobs;
  private final Benefits benefits;
  private final OrderStarts orders;
  private final TimeSource time;

  public HoldExpiry(Transactor transactor, HoldWriter.Parts parts, TimeSource time) {
    this.transactor = transactor;
    this.holds = parts.holds();
    this.journals = parts.journals();
    this.parts = parts;
    this.jobs = parts.jobs();
    this.benefits = parts.benefits();
    this.orders = parts.orders();
    this.time = time;
  }

  @Override
  public void handle(List<Job> sweeps) {
    transactor.run(tx -> sweep(tx, sweeps));
  }

  private void sweep(Tx tx, List<Job> sweeps) {
    List<StartHold> due = holds.lockDue(tx, time.now(), AT_A_TIME);
    Map<ByteBuffer, HeldSession> sessions =
        holds.sessions(tx, due.stream().map(StartHold::key).toList());
    List<StartHold> changed = new ArrayList<>(due.size());
    List<StartHold> released = new ArrayList<>();
    for (StartHold hold : due) {
      HeldSession session = sessions.get(hold.key());
      if (session == null || session.state() == SessionState.REJECTED) {
        released.add(hold);
        changed.add(hold.closed(HoldState.RELEASED, 0));
      } else {
        changed.add(hold.ofSession(session.id()));
      }
    }
    benefits.released(
        tx, released.stream().filter(h -> !h.terms().isNone()).map(StartHold::id).toList());
    giveBack(tx, released.stream().filter(h -> h.orderId() == null).toList());
    orders.lost(tx, released.stream().filter(h -> h.orderId() != null).toList());
    holds.update(tx, changed);
    if (due.size() == AT_A_TIME) {
      jobs.insert(tx, List.of(new NewJob(KIND, 0, time.now())));
    }
    jobs.done(tx, sweeps);
    if (!released.isEmpty()) {
      LOG.info("released {} holds whose session never came", released.size());
    }
  }

  private void giveBack(Tx tx, List<StartHold> released) {
    List<StartHold> withMoney = released.stream().filter(StartHold::holdsMoney).toList();
    Set<Account> accounts = new LinkedHashSet<>();
    withMoney.forEach(hold -> accounts.addAll(holder(hold).accounts(release(hold))));
    LedgerGroup ledger = journals.lock(tx, accounts);
    for (StartHold hold : withMoney) {
      ledger.add(
          new JournalEntry(
              "expire:" + hold.id() + ":" + hold.timesHeld(),
              "expire",
              hold.id(),
              hold.owner().operatorId(),
              holder(hold).decide(release(hold), ledger).postings()));
    }
    ledger.post();
  }

  /** Who holds the money of a start that no order paid for. */
  private LedgerProvider holder(StartHold hold) {
    return parts.inLedger(Objects.requireNonNull(hold.via(), "it holds money"));
  }

  private static PaymentCommand release(StartHold hold) {
    Long driver = hold.owner().driverId();
    if (driver == null) {
      throw new IllegalStateException("hold " + hold.id() + " holds money of nobody");
    }
    Operation operation =
        new Operation(
            hold.id(),
            hold.owner().operatorId(),
            driver,
            "expire:" + hold.id(),
            Money.zero(hold.amount().currency()),
            "",
            hold.createdAt());
    return new PaymentCommand.Release(operation, hold.forProvider());
  }
}
