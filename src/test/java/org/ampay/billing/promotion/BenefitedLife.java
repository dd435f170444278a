package org.ampay.billing.promotion;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Set;
import org.ampay.payment.MoneyWorld;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.Funder;

/** A session with everything that takes something off, for tests of other packages. */
public final class BenefitedLife {

  private BenefitedLife() {}

  /**
   * A driver's session with a coupon, the platform's discount and points; and another driver who
   * holds a coupon and points, which the next start will reserve. The discount is paused then.
   */
  public static void play(
      MoneyWorld world, TestDatabase database, long session, long driver, long other) {
    Promotions promotions = Objects.requireNonNull(world.promotions).promotions;
    Who who = PromotionWorld.PLATFORM;
    long operator = MoneyWorld.OPERATOR;
    Coupon coupon =
        promotions
            .coupons()
            .create(
                operator,
                PromotionWorld.amount("One off", "1", new Coupon.Limits(5, 10, null)),
                who);
    promotions.coupons().shareCode(operator, coupon.id(), "ONEOFF", who);
    promotions
        .points()
        .setProgramme(operator, PromotionWorld.points("1", Funder.OPERATOR), true, who);
    for (long one : new long[] {driver, other}) {
      database
          .dsl()
          .execute(
              "INSERT INTO driver (id, operator_id, name, created_at)"
                  + " VALUES (?, 1, 'D', '2026-01-01')",
              one);
      promotions.coupons().claim(operator, one, "ONEOFF", who);
      promotions.points().adjust(operator, one, 100, "welcome", who);
      promotions.points().usePoints(operator, one, true, who);
    }
    Campaign campaign = discount(promotions, operator, who);
    world.start(session, driver);
    world.finish(session, driver, world.hold(session).id(), "10");
    world.runJobs();
    promotions
        .campaigns()
        .update(operator, campaign.id(), campaign.spec(), Coupon.State.PAUSED, who);
  }

  private static Campaign discount(Promotions promotions, long operator, Who who) {
    return promotions
        .campaigns()
        .create(
            operator,
            new Campaign.Spec(
                "Opening",
                Scope.ALL,
                new Campaign.Action.Discount(
                    new Benefit(CouponTerm.Kind.AMOUNT, new BigDecimal("2"), null, null, Set.of()),
                    10_000,
                    Funder.PLATFORM)),
            who);
  }
}
