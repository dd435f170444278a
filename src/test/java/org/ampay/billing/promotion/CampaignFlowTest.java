package org.ampay.billing.promotion;

import static org.ampay.billing.promotion.Stage.OP;
import static org.ampay.billing.promotion.Stage.WHO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.Funder;
import org.ampay.tariff.InvalidInputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Coupons that are given, discounts that need none. */
class CampaignFlowTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private Stage stage;

  @BeforeEach
  void begin() {
    stage = new Stage(DATABASE, 6);
  }

  @AfterEach
  void nothingIsBroken() {
    stage.assertSound();
  }

  private Campaigns campaigns() {
    return stage.promotions.campaigns();
  }

  private Campaign make(Campaign.Action action) {
    return campaigns().create(OP, new Campaign.Spec("C", Scope.ALL, action), WHO);
  }

  private static Campaign.Action.Discount off(String amount, long budget) {
    return new Campaign.Action.Discount(
        new Benefit(CouponTerm.Kind.AMOUNT, new BigDecimal(amount), null, null, Set.of()),
        budget,
        Funder.OPERATOR);
  }

  private Campaign now(Campaign campaign) {
    return campaigns().find(OP, campaign.id()).orElseThrow();
  }

  private int claims(long driver) {
    return stage.promotions.coupons().ofDriver(OP, driver, Long.MAX_VALUE, 100).size();
  }

  @Test
  void budget_isNeverExceeded_andWhatIsNotUsedIsFree() {
    Campaign campaign = make(off("2", 500));
    assertThat(stage.terms(1, 1).coupons()).extracting(CouponTerm::claimId).containsNull();
    assertThat(stage.terms(2, 2).coupons()).hasSize(1);
    assertThat(stage.terms(3, 3).coupons()).isEmpty();
    assertThat(now(campaign).reserved().minor()).isEqualTo(400);
    stage.finish(1, 1, "10");
    assertThat(stage.world.settlement(1).settlement().amount().minor()).isEqualTo(955);
    assertThat(now(campaign).spent().minor()).isEqualTo(200);
    stage.world.time.advance(Duration.ofHours(1));
    stage.world.runJobs(); // session 2 never came
    assertThat(now(campaign).reserved().minor()).isZero();
    assertThat(stage.charge(4, 4, "0.5")).isZero(); // 1.10
    assertThat(now(campaign).spent().minor()).isEqualTo(310);
    assertThat(stage.terms(5, 5).coupons()).isEmpty();
    stage.refund(1, 955);
    assertThat(now(campaign).spent().minor()).isEqualTo(110);
    assertThat(stage.terms(6, 6).coupons()).hasSize(1);
  }

  @Test
  void discountAndCoupon_areBothTaken_theDiscountFirst() {
    make(off("2", 5_000));
    stage.give(1, stage.coupon("Five", "5"));
    assertThat(stage.terms(1, 1).coupons())
        .extracting(CouponTerm::name)
        .containsExactly("C", "Five");
    stage.finish(1, 1, "10");
    assertThat(stage.world.settlement(1).settlement().amount().minor()).isEqualTo(455);
  }

  @Test
  void percentage_needsACap_forItsBudget() {
    Benefit uncapped =
        new Benefit(CouponTerm.Kind.PERCENT, new BigDecimal("10"), null, null, Set.of());
    assertThatThrownBy(() -> new Campaign.Action.Discount(uncapped, 100, Funder.OPERATOR))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cap");
    assertThatThrownBy(() -> make(new Campaign.Action.ByHand(4_711)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("coupon_id");
  }

  @Test
  void budget_cannotFallBelowWhatIsUsed() {
    Campaign campaign = make(off("2", 500));
    stage.start(1, 1);
    assertThatThrownBy(
            () ->
                campaigns()
                    .update(
                        OP,
                        campaign.id(),
                        new Campaign.Spec("C", Scope.ALL, off("2", 199)),
                        Coupon.State.ACTIVE,
                        WHO))
        .isInstanceOf(InvalidInputException.class);
    campaigns().update(OP, campaign.id(), campaign.spec(), Coupon.State.PAUSED, WHO);
    assertThat(stage.terms(2, 2).coupons()).isEmpty();
  }

  @Test
  void coupons_areGivenByHand_onceARun_withinLimits() {
    Coupon coupon =
        stage
            .promotions
            .coupons()
            .create(OP, PromotionWorld.amount("Gift", "1", new Coupon.Limits(2, 8, null)), WHO);
    Campaign campaign = make(new Campaign.Action.ByHand(coupon.id()));
    assertThat(campaigns().give(OP, campaign.id(), new Campaigns.Target.Group(1), WHO)).isTrue();
    stage.world.runJobs();
    assertThat(LongStream.rangeClosed(1, 6).mapToInt(this::claims))
        .containsExactly(1, 0, 1, 0, 1, 0);
    campaigns()
        .give(OP, campaign.id(), new Campaigns.Target.Drivers(List.of(1L, 1L, 2L, 77L)), WHO);
    stage.world.runJobs();
    assertThat(claims(1)).isEqualTo(2);
    assertThat(claims(2)).isEqualTo(1);
    campaigns().give(OP, campaign.id(), new Campaigns.Target.All(), WHO);
    stage.world.runJobs();
    assertThat(LongStream.rangeClosed(1, 6).mapToInt(this::claims).sum()).isEqualTo(8);
    assertThat(claims(1)).isEqualTo(2);
    assertThat(now(campaign).granted()).isEqualTo(8);
    assertThat(campaigns().give(2, campaign.id(), new Campaigns.Target.All(), WHO)).isFalse();
  }

  @Test
  void newDrivers_getTheirCouponOnce() {
    Coupon coupon = stage.coupon("Welcome", "5");
    make(new Campaign.Action.NewDrivers(coupon.id()));
    stage.own.grants.sweepNewDrivers();
    assertThat(claims(1)).isZero();
    stage.world.time.advance(Duration.ofMinutes(10));
    stage.driver(50, stage.world.time.now().toString().replace('T', ' ').replace("Z", ""));
    stage.world.time.advance(Duration.ofMinutes(1));
    stage.own.grants.sweepNewDrivers();
    stage.own.grants.sweepNewDrivers();
    assertThat(claims(50)).isEqualTo(1);
  }

  @Test
  void topUp_bringsACoupon_whenItIsEnough() {
    Coupon coupon = stage.coupon("Thanks", "5");
    make(new Campaign.Action.TopUp(coupon.id(), 10_000));
    stage.world.topUp(1, 9_999);
    stage.world.topUp(2, 10_000);
    stage.world.runJobs();
    assertThat(claims(1)).isZero();
    assertThat(claims(2)).isEqualTo(1);
  }
}
