package org.ampay.billing.promotion;

import static org.ampay.billing.promotion.PromotionWorld.OPERATOR;
import static org.ampay.billing.promotion.PromotionWorld.PLATFORM;
import static org.ampay.billing.promotion.Stage.OP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.ampay.base.Money;
import org.ampay.billing.SettlementState;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.Funder;
import org.ampay.tariff.InvalidInputException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator can neither hand out nor change what the platform pays for. */
class PlatformMoneyTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private Stage stage;

  @BeforeEach
  void begin() {
    stage = new Stage(DATABASE, 2);
  }

  private static Coupon.Spec coupon(Funder funder) {
    Coupon.Spec plain = PromotionWorld.amount("Gift", "5", new Coupon.Limits(9, null, null));
    return new Coupon.Spec("Gift", plain.benefit(), plain.scope(), plain.limits(), funder);
  }

  private static void refused(ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("only the platform may fund it");
  }

  @Test
  void coupons_areThePlatforms() {
    Coupons coupons = stage.promotions.coupons();
    long id = coupons.create(OP, coupon(Funder.PLATFORM), PLATFORM).id();
    refused(() -> coupons.generate(OP, id, 1, OPERATOR));
    refused(() -> coupons.shareCode(OP, id, "FREE2026", OPERATOR));
    refused(() -> coupons.update(OP, id, coupon(Funder.OPERATOR), Coupon.State.ACTIVE, OPERATOR));
    assertThat(coupons.batches(OP, id)).isEmpty();
    assertThat(coupons.find(OP, id).orElseThrow().sharedCode()).isNull();
    assertThat(coupons.generate(OP, id, 1, PLATFORM)).isPresent();
  }

  @Test
  void campaigns_ofSuchCoupons_areThePlatforms() {
    Campaigns campaigns = stage.promotions.campaigns();
    Coupon coupon = stage.promotions.coupons().create(OP, coupon(Funder.PLATFORM), PLATFORM);
    Campaign.Spec byHand =
        new Campaign.Spec("Gifts", Scope.ALL, new Campaign.Action.ByHand(coupon.id()));
    refused(() -> campaigns.create(OP, byHand, OPERATOR));
    long id = campaigns.create(OP, byHand, PLATFORM).id();
    refused(() -> campaigns.give(OP, id, new Campaigns.Target.All(), OPERATOR));
    refused(() -> campaigns.update(OP, id, byHand, Coupon.State.ACTIVE, OPERATOR));
    stage.world.runJobs();
    assertThat(campaigns.find(OP, id).orElseThrow().granted()).isZero();
  }

  @Test
  void tiers_areThePlatforms() {
    Tiers tiers = stage.promotions.tiers();
    Tier.Spec gold = PromotionWorld.tier("Gold", 1, "50", Funder.PLATFORM, null);
    long id = tiers.create(OP, gold, PLATFORM).id();
    refused(() -> tiers.put(OP, 1, id, null, OPERATOR));
    Tier.Spec own = PromotionWorld.tier("Gold", 1, "50", Funder.OPERATOR, null);
    refused(() -> tiers.update(OP, id, own, true, OPERATOR));
    assertThat(stage.terms(1, 1).tier()).isNull();
    assertThat(tiers.put(OP, 1, id, null, PLATFORM)).isPresent();
  }

  @Test
  void points_areThePlatforms_butMayBeTaken() {
    Points points = stage.promotions.points();
    points.setProgramme(OP, PromotionWorld.points("1", Funder.PLATFORM), true, PLATFORM);
    refused(() -> points.adjust(OP, 1, 1_000, "hello", OPERATOR));
    refused(
        () -> points.setProgramme(OP, PromotionWorld.points("9", Funder.OPERATOR), true, OPERATOR));
    points.adjust(OP, 1, 1_000, "hello", PLATFORM);
    points.adjust(OP, 1, -400, "a mistake", OPERATOR);
    assertThat(stage.points(1)).isEqualTo(600);
  }

  @Test
  void debtPaidAfterARefund_reversesTheDiscountOnce() {
    stage.give(1, stage.promotions.coupons().create(OP, coupon(Funder.PLATFORM), PLATFORM));
    Tier.Spec sold =
        new Tier.Spec(
            "Sold",
            1,
            List.of(),
            BigDecimal.ONE,
            Funder.OPERATOR,
            null,
            new Tier.Fee(994_000, 1, null));
    Tiers tiers = stage.promotions.tiers();
    tiers.buy(OP, 1, tiers.create(OP, sold, OPERATOR).id(), "leaves 60.00", OPERATOR);
    stage.charge(1, 1, "100");
    assertThat(stage.world.stateOf(1)).isEqualTo(SettlementState.PARTIAL);
    long funded = stage.promotion();
    stage.refund(1, 3_000);
    assertThat(stage.promotion()).isBetween(funded / 2, funded / 2 + 1);
    stage.world.topUp(1, 20_000);
    stage.world.runJobs();
    assertThat(stage.world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    Money all = stage.world.settlement(1).settlement().amount();
    stage.refund(1, 1); // a smaller part of all than 3,000 was of what had been paid
    stage.refund(1, all.minor() - 3_001);
    assertThat(stage.promotion()).isZero();
  }
}
