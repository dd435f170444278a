package org.ampay.billing.promotion;

import static org.ampay.billing.promotion.Stage.OP;
import static org.ampay.billing.promotion.Stage.WHO;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.ampay.payment.Settlements;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.DriverTerms;
import org.ampay.tariff.Funder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random lives of three drivers with a tier, coupons, a discount and points: no claim is used
 * twice, no points are negative, no budget is exceeded, and the audit finds nothing at any time.
 */
class PromotionPropertyTest {

  private static final int STEPS = 150;
  private static final int DRIVERS = 3;
  private static final long BUDGET = 3_000;

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private Stage stage;
  private Coupon coupon;
  private Campaign campaign;
  private final Map<Long, Long> running = new HashMap<>();
  private final List<Long> billed = new ArrayList<>();
  private final Map<Long, Long> reservedBy = new HashMap<>();
  private long session;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverHappens_nothingIsUsedTwice(long seed) {
    begin();
    Random random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      act(random);
      for (long driver = 1; driver <= DRIVERS; driver++) {
        Points.Balance balance = stage.promotions.points().balance(OP, driver);
        assertThat(balance.available()).isNotNegative();
        assertThat(balance.reserved()).isNotNegative();
      }
      Campaign now = stage.promotions.campaigns().find(OP, campaign.id()).orElseThrow();
      assertThat(now.reserved().plus(now.spent()).minor()).isBetween(0L, BUDGET);
      if (step % 30 == 29) {
        stage.assertSound();
      }
    }
    for (long one : List.copyOf(running.keySet())) {
      finish(one, "7");
    }
    stage.assertSound();
    assertThat(
            DATABASE
                .dsl()
                .fetchCount(
                    org.ampay.store.tables.Tables.COUPON_CLAIM,
                    org.ampay.store.tables.Tables.COUPON_CLAIM.STATE.eq("reserved")))
        .isZero();
  }

  private void begin() {
    stage = new Stage(DATABASE, DRIVERS);
    running.clear();
    billed.clear();
    reservedBy.clear();
    session = 0;
    coupon = stage.coupon("Three off", "3");
    campaign =
        stage
            .promotions
            .campaigns()
            .create(
                OP,
                new Campaign.Spec(
                    "Ten percent",
                    Scope.ALL,
                    new Campaign.Action.Discount(
                        new Benefit(
                            CouponTerm.Kind.PERCENT,
                            new BigDecimal("10"),
                            new BigDecimal("2"),
                            new BigDecimal("3"),
                            Set.of()),
                        BUDGET,
                        Funder.PLATFORM)),
                PromotionWorld.PLATFORM);
    stage
        .promotions
        .points()
        .setProgramme(
            OP, PromotionWorld.points("7", Funder.PLATFORM), true, PromotionWorld.PLATFORM);
    stage
        .promotions
        .tiers()
        .create(
            OP,
            PromotionWorld.tier("Silver", 1, "7", Funder.OPERATOR, new Tier.Rule(30, 2_000L, null)),
            WHO);
  }

  private void act(Random random) {
    long driver = 1 + random.nextInt(DRIVERS);
    switch (random.nextInt(12)) {
      case 0, 1 -> stage.give(driver, coupon);
      case 2 ->
          stage
              .promotions
              .points()
              .adjust(OP, driver, 2L * random.nextInt(200) - 149, "x", PromotionWorld.PLATFORM);
      case 3 ->
          stage
              .promotions
              .points()
              .usePoints(OP, driver, random.nextBoolean(), PromotionWorld.PLATFORM);
      case 4, 5, 6 -> start(driver);
      case 7, 8 ->
          running.keySet().stream()
              .findFirst()
              .ifPresent(one -> finish(one, Integer.toString(random.nextInt(15))));
      case 9 -> refund(random);
      case 10 -> {
        stage.world.time.advance(Duration.ofMinutes(random.nextInt(40)));
        expireHolds();
      }
      default -> {
        stage.world.time.advance(Duration.ofDays(random.nextInt(40)));
        expireHolds();
        stage.own.upkeep.begin();
        stage.world.runJobs();
      }
    }
  }

  private void start(long driver) {
    session++;
    DriverTerms terms = stage.terms(session, driver);
    running.put(session, driver);
    for (CouponTerm term : terms.coupons()) {
      if (term.claimId() != null) {
        Long before = reservedBy.put(term.claimId(), session);
        assertThat(before == null || !running.containsKey(before)).as("one session").isTrue();
      }
    }
  }

  /** Running sessions of this test have no row yet: they never came. */
  private void expireHolds() {
    stage.world.runJobs();
    running.keySet().removeIf(one -> stage.world.hold(one).sessionId() == null && released(one));
  }

  private boolean released(long one) {
    return DATABASE
        .dsl()
        .fetchExists(
            org.ampay.store.tables.Tables.START_HOLD,
            org.ampay.store.tables.Tables.START_HOLD
                .ID
                .eq(stage.world.hold(one).id())
                .and(org.ampay.store.tables.Tables.START_HOLD.STATE.ne("held")));
  }

  private void finish(long one, String kwh) {
    stage.finish(one, running.remove(one), kwh);
    billed.add(one);
  }

  private void refund(Random random) {
    if (billed.isEmpty()) {
      return;
    }
    long one = billed.get(random.nextInt(billed.size()));
    Settlements.Detail paid = stage.world.settlement(one);
    long left = paid.settlement().settledMinor() - paid.settlement().refundedMinor();
    if (left > 0) {
      stage.refund(one, random.nextBoolean() ? left : 1 + random.nextLong(left));
    }
  }
}
