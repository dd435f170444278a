package org.ampay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.ampay.billing.promotion.CouponClaim;
import org.ampay.billing.promotion.Membership;
import org.ampay.billing.promotion.PromotionWorld;
import org.ampay.billing.promotion.Promotions;
import org.ampay.payment.MoneyWorld;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The demo's promotions are made once, and its drivers have some of each. */
class DemoPromotionsTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final long OPERATOR = MoneyWorld.OPERATOR;
  private static final List<Long> DRIVERS = LongStream.rangeClosed(1, 6).boxed().toList();

  private MoneyWorld world;
  private Promotions promotions;

  @BeforeEach
  void start() {
    world = MoneyWorld.onDatabase(DATABASE);
    PromotionWorld wired = Objects.requireNonNull(world.promotions);
    promotions = wired.promotions;
    for (long driver : DRIVERS) {
      DATABASE
          .dsl()
          .execute(
              "INSERT INTO driver (id, operator_id, name, created_at) VALUES (?, 1, 'D',"
                  + " '2026-01-01')",
              driver);
      world.topUp(driver, 20_000);
    }
  }

  @Test
  void china_hasSomeOfEach_andADriverOfEach() {
    DemoPromotions demo = new DemoPromotions(promotions);
    demo.china(OPERATOR, DRIVERS);
    world.runJobs();

    assertThat(promotions.tiers().list(OPERATOR)).hasSize(2);
    assertThat(promotions.tiers().ofDriver(OPERATOR, 2))
        .extracting(Membership::source)
        .containsExactly(Membership.Source.PAID);
    assertThat(world.wallets.balance(world.owner(2)).available().minor()).isEqualTo(20_000 - 9_900);
    assertThat(promotions.coupons().list(OPERATOR, Long.MAX_VALUE, 10)).hasSize(2);
    assertThat(promotions.campaigns().list(OPERATOR, Long.MAX_VALUE, 10)).hasSize(2);
    for (long driver : DRIVERS) {
      assertThat(promotions.coupons().ofDriver(OPERATOR, driver, Long.MAX_VALUE, 10))
          .isNotEmpty()
          .allMatch(claim -> claim.state() == CouponClaim.State.CLAIMED);
    }
    assertThat(promotions.points().balance(OPERATOR, 5).available()).isEqualTo(500);
    assertThat(promotions.points().balance(OPERATOR, 5).usePoints()).isTrue();
  }

  @Test
  void again_makesNothingMore() {
    DemoPromotions demo = new DemoPromotions(promotions);
    demo.china(OPERATOR, DRIVERS);
    demo.europe(OPERATOR, DRIVERS);
    demo.china(OPERATOR, DRIVERS);
    assertThat(promotions.tiers().list(OPERATOR)).hasSize(2);
    assertThat(promotions.coupons().list(OPERATOR, Long.MAX_VALUE, 10)).hasSize(2);
    assertThat(promotions.points().balance(OPERATOR, 5).available()).isEqualTo(500);
  }

  @Test
  void europe_hasSomeOfEach() {
    new DemoPromotions(promotions).europe(OPERATOR, DRIVERS);
    assertThat(promotions.tiers().current(OPERATOR, 1).orElseThrow().spec().name())
        .isEqualTo("Rhein Plus");
    assertThat(promotions.coupons().ofDriver(OPERATOR, 2, Long.MAX_VALUE, 10)).hasSize(1);
    assertThat(promotions.campaigns().list(OPERATOR, Long.MAX_VALUE, 10)).hasSize(1);
    assertThat(promotions.points().balance(OPERATOR, 3).available()).isEqualTo(500);
  }
}
