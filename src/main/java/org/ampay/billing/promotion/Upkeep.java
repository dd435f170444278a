package org.ampay.billing.promotion;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.store.Job;
import org.ampay.store.JobHandler;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;

/**
 * The job of what time alone brings about: points expire each hour, tiers by rule are looked at
 * again each day. It inserts itself anew; its reference is the last membership of the round.
 */
public final class Upkeep implements JobHandler {

  /** Points whose time is over. */
  public static final String EXPIRY = "points_expiry";

  /** Tiers that drivers no longer earn. */
  public static final String TIERS = "tier_rules";

  private static final int AT_A_TIME = 200;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final Transactor transactor;
  private final PromotionBook book;
  private final Journals journals;
  private final JobStore jobs;
  private final IdSource ids;
  private final TimeSource time;
  private final PointsStore points = new PointsStore();
  private final MemberStore members = new MemberStore();

  /**
   * A handler of both kinds.
   *
   * @param ids of entries and memberships
   */
  public Upkeep(
      Transactor transactor,
      PromotionBook book,
      Journals journals,
      JobStore jobs,
      IdSource ids,
      TimeSource time) {
    this.transactor = transactor;
    this.book = book;
    this.journals = journals;
    this.jobs = jobs;
    this.ids = ids;
    this.time = time;
  }

  /** Begins the rounds, unless they go on already. */
  public void begin() {
    transactor.run(
        tx -> {
          for (String kind : List.of(EXPIRY, TIERS)) {
            if (!jobs.exists(tx, kind, 0)) {
              jobs.insert(tx, List.of(new NewJob(kind, 0, time.now())));
            }
          }
        });
  }

  @Override
  public void handle(List<Job> due) {
    transactor.run(
        tx -> {
          switch (due.getFirst().kind()) {
            case EXPIRY -> expire(tx);
            default -> rules(tx, due.getFirst());
          }
          jobs.done(tx, due);
        });
  }

  private void expire(Tx tx) {
    Instant now = now();
    Set<Long> drivers = new TreeSet<>(points.driversOfExpired(tx, now, AT_A_TIME));
    if (!drivers.isEmpty()) {
      PointsWork work = new PointsWork(tx, points, ids, now, points.lock(tx, drivers));
      work.expire();
      List<JournalEntry> entries = work.write();
      if (!entries.isEmpty()) {
        journals.postNew(tx, entries);
      }
    }
    Instant next = drivers.size() == AT_A_TIME ? now : now.plus(HOUR);
    jobs.insert(tx, List.of(new NewJob(EXPIRY, 0, next)));
  }

  /** Goes through all memberships by rule, some hundred a job. */
  private void rules(Tx tx, Job job) {
    Instant now = now();
    long after = job.payload().isEmpty() ? 0 : Long.parseLong(job.payload());
    List<Membership> page = members.byRule(tx, after, AT_A_TIME);
    TierRules rules = new TierRules(tx, members, book, ids, now);
    page.stream()
        .collect(Collectors.groupingBy(Membership::operatorId))
        .forEach(
            (operator, of) -> {
              Set<Long> drivers = of.stream().map(Membership::driverId).collect(Collectors.toSet());
              members.lock(tx, operator, drivers, now);
              drivers.forEach(driver -> rules.applyAnyhow(operator, driver));
            });
    boolean more = page.size() == AT_A_TIME;
    jobs.insert(
        tx,
        List.of(
            new NewJob(
                TIERS,
                0,
                more ? now : now.plus(DAY),
                more ? Long.toString(page.getLast().id()) : "")));
  }

  private Instant now() {
    return time.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
