package org.ampay.billing.promotion;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.billing.BillStore;
import org.ampay.billing.BillableSessions;
import org.ampay.ledger.Journals;
import org.ampay.store.Job;
import org.ampay.store.JobStore;
import org.ampay.store.TransactionalJobHandler;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.ampay.tariff.TariffSnapshots;

/**
 * The job that follows bills; its reference is the bill's id. It compares what has been done for a
 * bill with what is to be by its price, payment and refunds, and does the difference: so it may run
 * at any time, and twice.
 */
public final class Loyalty implements TransactionalJobHandler {

  /** The kind of its jobs. */
  public static final String KIND = "loyalty";

  /** Where it reads what was billed. */
  public record Bills(BillStore bills, BillableSessions sessions, TariffSnapshots snapshots) {}

  private final Transactor transactor;
  private final Bills bills;
  private final Journals journals;
  private final JobStore jobs;
  private final PromotionBook book;
  private final IdSource ids;
  private final TimeSource time;

  /**
   * A handler.
   *
   * @param ids of lots, entries and memberships
   */
  public Loyalty(
      Transactor transactor,
      Bills bills,
      Journals journals,
      JobStore jobs,
      PromotionBook book,
      IdSource ids,
      TimeSource time) {
    this.transactor = transactor;
    this.bills = bills;
    this.journals = journals;
    this.jobs = jobs;
    this.book = book;
    this.ids = ids;
    this.time = time;
  }

  @Override
  public void handle(List<Job> due) {
    transactor.run(tx -> handle(tx, due));
  }

  @Override
  public boolean handle(Tx tx, List<Job> due) {
    Set<Long> ids = due.stream().map(Job::ref).collect(Collectors.toCollection(TreeSet::new));
    new LoyaltyRun(tx, bills, book, this.ids, time.now()).run(ids, journals);
    jobs.done(tx, due);
    return true;
  }
}
