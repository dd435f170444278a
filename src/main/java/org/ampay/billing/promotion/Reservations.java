package org.ampay.billing.promotion;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ampay.base.TimeSource;
import org.ampay.charging.StartGuard.Request;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.Tx;

/**
 * Benefits in the database. Locks are taken in one order everywhere: drivers, coupons, claims,
 * lots, campaigns, accounts.
 */
public final class Reservations implements Benefits {

  private final PromotionBook book;
  private final JobStore jobs;
  private final TimeSource time;
  private final BenefitStore store = new BenefitStore();
  private final ClaimStore claims = new ClaimStore();
  private final PointsStore points = new PointsStore();
  private final MemberStore members = new MemberStore();

  public Reservations(PromotionBook book, JobStore jobs, TimeSource time) {
    this.book = book;
    this.jobs = jobs;
    this.time = time;
  }

  @Override
  public Group open(Tx tx, List<Request> starts) {
    List<StartGroup.Wish> wishes = new ArrayList<>();
    for (Request start : starts) {
      Long driver = start.authorization().driverId();
      PromotionBook.Live live = book.of(start.station().operatorId());
      if (driver != null && live != null) {
        wishes.add(new StartGroup.Wish(start, driver, live));
      }
    }
    return wishes.isEmpty() ? NoBenefits.NOTHING : read(tx, wishes);
  }

  private Group read(Tx tx, List<StartGroup.Wish> wishes) {
    Set<Long> tiered = drivers(wishes, live -> !live.tiers().isEmpty());
    Set<Long> choosing =
        drivers(wishes, live -> !live.coupons().isEmpty() || live.programme() != null);
    Set<Long> couponed = drivers(wishes, live -> !live.coupons().isEmpty());
    Map<Long, MemberStore.Choice> choices =
        choosing.isEmpty() ? Map.of() : members.choices(tx, choosing);
    Set<Long> paying = drivers(wishes, live -> live.programme() != null);
    paying.removeIf(driver -> !choices.getOrDefault(driver, MemberStore.Choice.NONE).usePoints());
    Set<Long> campaigns = new TreeSet<>();
    wishes.forEach(wish -> wish.discounts().forEach(campaign -> campaigns.add(campaign.id())));
    return new StartGroup(
        tx,
        new StartGroup.Stores(claims, points, store),
        new StartGroup.Found(
            tiered.isEmpty() ? List.of() : members.open(tx, tiered),
            choices,
            couponed.isEmpty() ? List.of() : claims.lockOpen(tx, couponed),
            paying.isEmpty() ? List.of() : points.lock(tx, paying),
            campaigns.isEmpty() ? Map.of() : store.lockBudgets(tx, campaigns)),
        book);
  }

  private static Set<Long> drivers(
      List<StartGroup.Wish> wishes, java.util.function.Predicate<PromotionBook.Live> having) {
    return wishes.stream()
        .filter(wish -> having.test(wish.live()))
        .map(StartGroup.Wish::driver)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public void released(Tx tx, Collection<Long> holdIds) {
    if (!holdIds.isEmpty()) {
      new HoldRelease(tx, claims, points, store).release(holdIds);
    }
  }

  @Override
  public boolean follows(long operatorId) {
    PromotionBook.Live live = book.of(operatorId);
    return live != null && live.followsBills();
  }

  @Override
  public void billsChanged(Tx tx, Collection<Long> billIds) {
    jobs.insert(tx, billIds.stream().map(id -> new NewJob(Loyalty.KIND, id, time.now())).toList());
  }

  @Override
  public void toppedUp(Tx tx, TopUp topUp) {
    PromotionBook.Live live = book.of(topUp.operatorId());
    if (live == null) {
      return;
    }
    for (Campaign campaign : live.campaigns()) {
      if (campaign.spec().action() instanceof Campaign.Action.TopUp(long _, long least)
          && topUp.amount().minor() >= least
          && topUp.amount().currency().equals(campaign.currency())
          && campaign.spec().scope().covers(time.now())) {
        jobs.insert(
            tx,
            List.of(
                new NewJob(
                    CampaignGrants.KIND,
                    campaign.id(),
                    time.now(),
                    CampaignGrants.Run.toOne(
                        topUp.operatorId(), "top_up:" + topUp.operationId(), topUp.driverId()))));
      }
    }
  }
}
