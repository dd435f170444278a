package org.ampay.billing.promotion;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.store.Job;
import org.ampay.store.JobHandler;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * The job that gives a campaign's coupon to drivers, some hundred at a time; its reference is the
 * campaign's id. Each driver gets one a run, however often the job runs.
 */
public final class CampaignGrants implements JobHandler {

  /** The kind of its jobs. */
  public static final String KIND = "campaign_grant";

  private static final int AT_A_TIME = 500;

  /** A transaction of another node that began before may yet bring drivers. */
  private static final Duration OVERLAP = Duration.ofMinutes(5);

  private final Transactor transactor;
  private final PromotionBook book;
  private final JobStore jobs;
  private final TimeSource time;
  private final Claims making;
  private final DefinitionStore store = new DefinitionStore();
  private final ClaimStore claims = new ClaimStore();
  private final GrantStore drivers = new GrantStore();

  /**
   * A handler.
   *
   * @param ids of claims
   */
  public CampaignGrants(
      Transactor transactor, PromotionBook book, JobStore jobs, IdSource ids, TimeSource time) {
    this.transactor = transactor;
    this.book = book;
    this.jobs = jobs;
    this.time = time;
    this.making = new Claims(ids);
  }

  /**
   * What is to be done.
   *
   * @param name of the run: a driver gets one coupon in it
   * @param group null: not by group
   * @param chosen null: not by a list
   * @param after drivers up to this id were gone through
   */
  record Run(
      long operator, String name, @Nullable Long group, @Nullable List<Long> chosen, long after) {

    static String of(long operator, String name, Campaigns.Target target) {
      return PromotionJson.write(
          switch (target) {
            case Campaigns.Target.All _ -> new Run(operator, name, null, null, 0);
            case Campaigns.Target.Group(long group) -> new Run(operator, name, group, null, 0);
            case Campaigns.Target.Drivers(List<Long> ids) ->
                new Run(operator, name, null, ids.stream().distinct().sorted().toList(), 0);
          });
    }

    static String toOne(long operator, String name, long driver) {
      return PromotionJson.write(new Run(operator, name, null, List.of(driver), 0));
    }

    Run from(long driver) {
      return new Run(operator, name, group, chosen, driver);
    }
  }

  @Override
  public void handle(List<Job> due) {
    for (Job job : due) {
      transactor.run(tx -> handle(tx, job));
    }
  }

  private void handle(Tx tx, Job job) {
    Run run = PromotionJson.read(job.payload(), Run.class);
    Optional<Campaign> campaign = store.campaign(tx, run.operator(), job.ref());
    if (campaign.isPresent() && campaign.get().state() == Coupon.State.ACTIVE) {
      List<Long> next = drivers.drivers(tx, run, AT_A_TIME);
      boolean more = give(tx, campaign.get(), run.name(), next) && next.size() == AT_A_TIME;
      if (more) {
        jobs.insert(
            tx,
            List.of(
                new NewJob(
                    KIND, job.ref(), time.now(), PromotionJson.write(run.from(next.getLast())))));
      }
    }
    jobs.done(tx, List.of(job));
  }

  /** Coupons for new drivers; cheap where no campaign is for them. */
  public void sweepNewDrivers() {
    for (PromotionBook.Live live : book.all().values()) {
      for (Campaign campaign : live.campaigns()) {
        if (campaign.spec().action() instanceof Campaign.Action.NewDrivers) {
          transactor.run(tx -> sweep(tx, campaign));
        }
      }
    }
  }

  private void sweep(Tx tx, Campaign known) {
    Optional<Campaign> campaign = store.lockCampaign(tx, known.operatorId(), known.id());
    Instant now = now();
    if (campaign.isEmpty()
        || campaign.get().state() != Coupon.State.ACTIVE
        || !campaign.get().spec().scope().covers(now)) {
      return;
    }
    Instant seen = campaign.get().seenUntil();
    Instant since = seen == null ? campaign.get().createdAt() : seen;
    Instant from = since.minus(OVERLAP);
    Instant begun = campaign.get().createdAt();
    List<GrantStore.Made> made =
        drivers.madeSince(tx, known.operatorId(), from.isBefore(begun) ? begun : from, AT_A_TIME);
    give(tx, campaign.get(), "new", made.stream().map(GrantStore.Made::driverId).toList());
    Instant until = made.size() == AT_A_TIME ? made.getLast().at().plus(OVERLAP) : now;
    if (until.isAfter(since)) {
      store.seen(tx, known.id(), until);
    }
  }

  /** False when there are no more of the coupon. */
  private boolean give(Tx tx, Campaign campaign, String run, List<Long> to) {
    Long couponId = campaign.couponId();
    Optional<Coupon> locked =
        couponId == null || to.isEmpty()
            ? Optional.empty()
            : store.lockCoupon(tx, campaign.operatorId(), couponId);
    if (locked.isEmpty()) {
      return false;
    }
    int given = 0;
    Instant now = now();
    for (Long driver : to) {
      String source = "campaign:" + campaign.id() + ":" + run + ":" + driver;
      Coupon coupon = counting(locked.get(), given);
      if (!claims.exists(tx, campaign.operatorId(), Claims.key(source))
          && making.obstacle(tx, coupon, driver, now).isEmpty()) {
        making.make(tx, coupon, driver, campaign.id(), source, now);
        given++;
      }
    }
    if (given > 0) {
      store.granted(tx, campaign.id(), given);
    }
    return counting(locked.get(), given).hasLeft();
  }

  private static Coupon counting(Coupon coupon, int more) {
    return new Coupon(
        coupon.id(),
        coupon.operatorId(),
        coupon.currency(),
        coupon.spec(),
        coupon.state(),
        coupon.claimed() + more,
        coupon.sharedCode(),
        coupon.createdAt());
  }

  private Instant now() {
    return time.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
