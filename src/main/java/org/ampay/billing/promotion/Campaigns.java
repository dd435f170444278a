package org.ampay.billing.promotion;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.ampay.audit.AuditEntry;
import org.ampay.base.Money;
import org.ampay.store.NewJob;
import org.ampay.store.Tx;
import org.ampay.tariff.InvalidInputException;

/** Campaigns: coupons that are given, and automatic discounts. */
public final class Campaigns {

  private static final int MAX_PAGE = 500;

  private final Parts parts;
  private final DefinitionStore store = new DefinitionStore();

  public Campaigns(Parts parts) {
    this.parts = parts;
  }

  /** Who is given a coupon. */
  public sealed interface Target {

    /** Every driver of the operator. */
    record All() implements Target {}

    /** The drivers of a contract or membership group. */
    record Group(long groupId) implements Target {}

    /** These drivers; ids that are not the operator's are passed over. */
    record Drivers(List<Long> ids) implements Target {
      private static final int MOST = 10_000;

      public Drivers {
        ids = List.copyOf(ids);
        Rules.within(ids.size(), 1, MOST, "drivers");
      }
    }
  }

  /**
   * Makes a campaign, active.
   *
   * @throws InvalidInputException when its coupon is not the operator's, or the actor may not spend
   *     the funder's money
   */
  public Campaign create(long operatorId, Campaign.Spec spec, Who who) {
    check(spec, who);
    return parts
        .book()
        .write(
            tx -> {
              requireCoupon(tx, operatorId, spec, who);
              String currency =
                  store
                      .currency(tx, operatorId)
                      .orElseThrow(
                          () ->
                              new InvalidInputException("operator", "there is none with that id"));
              Campaign campaign =
                  new Campaign(
                      parts.ids().next(),
                      operatorId,
                      currency,
                      spec,
                      Coupon.State.ACTIVE,
                      Money.zero(currency),
                      Money.zero(currency),
                      0,
                      now(),
                      now());
              store.insert(tx, campaign);
              audit(tx, who, "campaign.create", campaign, spec.name());
              return campaign;
            });
  }

  /**
   * Changes a campaign; what running sessions were promised stays. Its kind stays, and its budget
   * is not below what is spent and reserved.
   *
   * @return empty when there is none
   */
  public Optional<Campaign> update(
      long operatorId, long campaignId, Campaign.Spec spec, Coupon.State state, Who who) {
    check(spec, who);
    return parts
        .book()
        .write(
            tx ->
                store
                    .lockCampaign(tx, operatorId, campaignId)
                    .map(old -> update(tx, old, spec, state, who)));
  }

  private Campaign update(Tx tx, Campaign old, Campaign.Spec spec, Coupon.State state, Who who) {
    Rules.require(
        spec.action().code().equals(old.spec().action().code()), "kind", "cannot be changed");
    check(old.spec(), who);
    requireCoupon(tx, old.operatorId(), spec, who);
    if (spec.action() instanceof Campaign.Action.Discount discount) {
      long used = old.reserved().minor() + old.spent().minor();
      Rules.require(
          discount.budgetMinor() >= used, "budget_minor", "of it " + used + " are used already");
    }
    Campaign next =
        new Campaign(
            old.id(),
            old.operatorId(),
            old.currency(),
            spec,
            state,
            old.reserved(),
            old.spent(),
            old.granted(),
            old.seenUntil(),
            old.createdAt());
    store.update(tx, next);
    if (state == Coupon.State.ACTIVE && old.state() == Coupon.State.PAUSED) {
      store.seen(tx, old.id(), now()); // who came in the pause gets nothing
    }
    audit(tx, who, "campaign.update", next, spec.name() + " (" + state.code() + ")");
    return next;
  }

  private static void check(Campaign.Spec spec, Who who) {
    if (spec.action() instanceof Campaign.Action.Discount discount) {
      Rules.mayFund(who, discount.funder());
    }
  }

  private void requireCoupon(Tx tx, long operatorId, Campaign.Spec spec, Who who) {
    Long id = spec.action().coupon();
    if (id != null) {
      Optional<Coupon> coupon = store.coupon(tx, operatorId, id);
      Rules.require(coupon.isPresent(), "coupon_id", "there is none with that id");
      Rules.mayFund(who, coupon.orElseThrow().spec().funder());
    }
  }

  /** Campaigns with a smaller id, newest first. */
  public List<Campaign> list(long operatorId, long beforeId, int limit) {
    return parts
        .transactor()
        .call(tx -> store.campaigns(tx, operatorId, beforeId, Math.clamp(limit, 1, MAX_PAGE)));
  }

  public Optional<Campaign> find(long operatorId, long campaignId) {
    return parts.transactor().call(tx -> store.campaign(tx, operatorId, campaignId));
  }

  /**
   * Gives the campaign's coupon to drivers, each once a call; a job does it. {@link
   * Campaign#granted} tells how far it is.
   *
   * @return false when the operator has no such campaign by hand that is active
   * @throws InvalidInputException when the actor may not spend the coupon's funder's money
   */
  public boolean give(long operatorId, long campaignId, Target target, Who who) {
    return parts
        .transactor()
        .call(
            tx -> {
              Optional<Campaign> found =
                  store
                      .campaign(tx, operatorId, campaignId)
                      .filter(c -> c.state() == Coupon.State.ACTIVE)
                      .filter(c -> c.spec().action() instanceof Campaign.Action.ByHand);
              found.ifPresent(
                  campaign -> {
                    requireCoupon(tx, operatorId, campaign.spec(), who);
                    String run = "hand:" + parts.ids().next();
                    parts
                        .jobs()
                        .insert(
                            tx,
                            List.of(
                                new NewJob(
                                    CampaignGrants.KIND,
                                    campaignId,
                                    now(),
                                    CampaignGrants.Run.of(operatorId, run, target))));
                    audit(tx, who, "campaign.give", campaign, what(target));
                  });
              return found.isPresent();
            });
  }

  private static String what(Target target) {
    return switch (target) {
      case Target.All _ -> "all drivers";
      case Target.Group(long group) -> "group " + group;
      case Target.Drivers(List<Long> ids) -> ids.size() + " drivers";
    };
  }

  private void audit(Tx tx, Who who, String action, Campaign campaign, String what) {
    parts
        .audit()
        .append(
            tx,
            AuditEntry.of(campaign.operatorId(), who.actor(), action, "campaign:" + campaign.id())
                .with("what", what));
  }

  private Instant now() {
    return parts.time().now().truncatedTo(ChronoUnit.MILLIS);
  }
}
