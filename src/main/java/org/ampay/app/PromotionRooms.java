package org.ampay.app;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import org.ampay.audit.AuditLog;
import org.ampay.base.IdSource;
import org.ampay.billing.promotion.Benefits;
import org.ampay.billing.promotion.CampaignGrants;
import org.ampay.billing.promotion.Loyalty;
import org.ampay.billing.promotion.Parts;
import org.ampay.billing.promotion.PromotionBook;
import org.ampay.billing.promotion.Promotions;
import org.ampay.billing.promotion.Reservations;
import org.ampay.billing.promotion.Upkeep;
import org.ampay.ledger.Journals;
import org.ampay.store.JobRunner;
import org.ampay.store.JobStore;
import org.jspecify.annotations.Nullable;

/** Tiers, coupons, campaigns and points, wired. */
final class PromotionRooms {

  private static final Duration REFRESH = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofSeconds(10);
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration GATHER = Duration.ofMillis(150);

  final Promotions promotions;
  final Benefits benefits;
  private final Foundation on;
  private final JobStore jobs;
  private final Journals journals;
  private final IdSource ids;
  private final PromotionBook book;
  private final CampaignGrants grants;
  private final Upkeep upkeep;
  private @Nullable Loyalty loyalty;

  PromotionRooms(Foundation on, JobStore jobs, Journals journals, IdSource ids) {
    this.on = on;
    this.jobs = jobs;
    this.journals = journals;
    this.ids = ids;
    this.book = new PromotionBook(on.database(), on.time());
    this.benefits = new Reservations(book, jobs, on.time());
    this.promotions =
        Promotions.of(
            new Parts(
                on.database().transactor(),
                book,
                new AuditLog(on.database(), on.time()),
                journals,
                jobs,
                ids,
                on.time(),
                on.random()));
    this.grants = new CampaignGrants(on.database().transactor(), book, jobs, ids, on.time());
    this.upkeep = new Upkeep(on.database().transactor(), book, journals, jobs, ids, on.time());
  }

  /** Says where bills are, which are made by who reserves here. */
  void follow(Loyalty.Bills bills) {
    loyalty = new Loyalty(on.database().transactor(), bills, journals, jobs, book, ids, on.time());
  }

  /**
   * Lets the jobs of this room be done.
   *
   * @param books the turn of what posts to the operators' accounts
   */
  void register(JobRunner runner, Lock books) {
    runner.register(
        JobRunner.Settings.of(Loyalty.KIND).withLease(LEASE).withGather(GATHER),
        Objects.requireNonNull(loyalty, "follow() comes first"),
        books);
    runner.register(
        JobRunner.Settings.of(CampaignGrants.KIND).withBatch(1).withLease(LEASE), grants);
    runner.register(JobRunner.Settings.of(Upkeep.EXPIRY).withLease(LEASE), upkeep);
    runner.register(JobRunner.Settings.of(Upkeep.TIERS).withLease(LEASE), upkeep);
  }

  void start(Threads threads) {
    book.refresh(); // without it the first starts would get nothing
    upkeep.begin();
    threads.repeat("refresh of promotions", REFRESH, book::refresh);
    threads.repeat("coupons for new drivers", SWEEP, grants::sweepNewDrivers);
  }
}
