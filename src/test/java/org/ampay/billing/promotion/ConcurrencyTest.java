package org.ampay.billing.promotion;

import static org.ampay.billing.promotion.Stage.OP;
import static org.ampay.billing.promotion.Stage.WHO;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.ampay.charging.StartGuard.Verdict;
import org.ampay.payment.WalletGuard;
import org.ampay.store.GroupCommit;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.Funder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many at once for what there is once. */
@Timeout(120)
class ConcurrencyTest {

  private static final int STARTS = 50;

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private Stage stage;

  @BeforeEach
  void begin() {
    stage = new Stage(DATABASE, STARTS);
  }

  @AfterEach
  void nothingIsBroken() {
    stage.assertSound();
  }

  /** Starts at once through the real guard, groups of few beside each other. */
  private List<Verdict.Granted> starts(List<Long> drivers) {
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      WalletGuard guard =
          new WalletGuard(
              new GroupCommit.Settings("hold", 10_000, 3, 4, Duration.ofSeconds(5)),
              stage.world.transactor,
              stage.world.holdWriter,
              new GroupCommit.Environment(
                  threads,
                  threads,
                  (pause, task) -> threads.execute(task),
                  stage.world.time,
                  new SimpleMeterRegistry()));
      List<CompletableFuture<Verdict>> verdicts =
          IntStream.range(0, drivers.size())
              .mapToObj(
                  i ->
                      guard
                          .reserve(stage.world.request(i + 1, drivers.get(i), 100))
                          .toCompletableFuture())
              .toList();
      return verdicts.stream().map(verdict -> (Verdict.Granted) verdict.join()).toList();
    }
  }

  private static List<Long> drivers(long number) {
    return LongStream.range(0, STARTS).map(i -> 1 + i % number).boxed().toList();
  }

  @Test
  void oneCoupon_usedByFiftySessionsAtOnce_isConsumedOnce() {
    CouponClaim claim = stage.give(1, stage.coupon("Five off", "5"));
    List<Verdict.Granted> granted = starts(drivers(1));
    assertThat(granted).filteredOn(g -> !g.terms().coupons().isEmpty()).hasSize(1);
    for (int session = 1; session <= STARTS; session++) {
      stage.world.finish(session, 1L, stage.world.hold(session).id(), "10");
    }
    stage.world.runJobs();
    assertThat(
            LongStream.rangeClosed(1, STARTS)
                .map(s -> stage.world.settlement(s).settlement().amount().minor())
                .filter(minor -> minor == 655))
        .hasSize(1);
    assertThat(stage.claim(claim.id()).state()).isEqualTo(CouponClaim.State.CONSUMED);
    assertThat(stage.promotions.coupons().usesOf(OP, claim.id(), Long.MAX_VALUE, 100)).hasSize(1);
  }

  @Test
  void points_ofOneDriver_areReservedOnce() {
    stage
        .promotions
        .points()
        .setProgramme(OP, PromotionWorld.points("1", Funder.OPERATOR), true, WHO);
    stage.promotions.points().adjust(OP, 1, 500, "welcome", WHO);
    stage.promotions.points().usePoints(OP, 1, true, WHO);
    List<Verdict.Granted> granted = starts(drivers(1));
    assertThat(granted).filteredOn(g -> g.terms().points() != null).hasSize(1);
    assertThat(stage.points(1)).isZero();
  }

  @Test
  void budget_isKept_byStartsAtOnce() {
    Campaign campaign =
        stage
            .promotions
            .campaigns()
            .create(
                OP,
                new Campaign.Spec(
                    "C",
                    Scope.ALL,
                    new Campaign.Action.Discount(
                        new Benefit(
                            CouponTerm.Kind.AMOUNT, new BigDecimal("3"), null, null, Set.of()),
                        2_000,
                        Funder.OPERATOR)),
                WHO);
    List<Verdict.Granted> granted = starts(drivers(STARTS));
    assertThat(granted).filteredOn(g -> !g.terms().coupons().isEmpty()).hasSize(6);
    assertThat(
            stage.promotions.campaigns().find(OP, campaign.id()).orElseThrow().reserved().minor())
        .isEqualTo(1_800);
  }

  @Test
  void totalLimit_isKept_byClaimsAtOnce() {
    Coupon coupon =
        stage
            .promotions
            .coupons()
            .create(OP, PromotionWorld.amount("Ten", "1", new Coupon.Limits(1, 10, null)), WHO);
    stage.promotions.coupons().shareCode(OP, coupon.id(), "TENFIRST", WHO);
    List<Coupons.Claimed> claimed = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      LongStream.rangeClosed(1, STARTS)
          .mapToObj(
              driver ->
                  CompletableFuture.supplyAsync(
                      () -> stage.promotions.coupons().claim(OP, driver, "tenfirst", WHO), threads))
          .toList()
          .forEach(future -> claimed.add(future.join()));
    }
    assertThat(claimed).filteredOn(Coupons.Claimed.Done.class::isInstance).hasSize(10);
    assertThat(claimed).filteredOn(Coupons.Claimed.UsedUp.class::isInstance).hasSize(40);
  }

  @Test
  void uniqueCode_enteredByFiftyDriversAtOnce_isOnes() {
    Coupon coupon = stage.coupon("Five off", "5");
    String code =
        stage
            .promotions
            .coupons()
            .generate(OP, coupon.id(), 1, WHO)
            .orElseThrow()
            .codes()
            .getFirst();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<CompletableFuture<Coupons.Claimed>> all =
          LongStream.rangeClosed(1, STARTS)
              .mapToObj(
                  driver ->
                      CompletableFuture.supplyAsync(
                          () -> stage.promotions.coupons().claim(OP, driver, code, WHO), threads))
              .toList();
      assertThat(all.stream().map(CompletableFuture::join))
          .filteredOn(Coupons.Claimed.Done.class::isInstance)
          .hasSize(1);
    }
  }
}
