package org.ampay.billing.promotion;

import static org.ampay.billing.promotion.Stage.OP;
import static org.ampay.billing.promotion.Stage.WHO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.ampay.payment.MoneyWorld;
import org.ampay.store.MemoryTransactor;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.DriverTerms;
import org.ampay.tariff.Funder;
import org.ampay.tariff.InvalidInputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Coupons from the code to the refund. */
class CouponFlowTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private Stage stage;

  @BeforeEach
  void begin() {
    stage = new Stage(DATABASE, 3);
  }

  @AfterEach
  void nothingIsBroken() {
    stage.assertSound();
  }

  private Coupons coupons() {
    return stage.promotions.coupons();
  }

  @Test
  void claim_isReservedAtTheStart_andConsumedByTheBill() {
    CouponClaim claim = stage.give(1, stage.coupon("Five off", "5"));
    DriverTerms terms = stage.terms(1, 1);
    assertThat(terms.coupons()).extracting(CouponTerm::claimId).containsExactly(claim.id());
    assertThat(stage.claim(claim.id()).state()).isEqualTo(CouponClaim.State.RESERVED);
    stage.finish(1, 1, "10");
    assertThat(stage.world.settlement(1).settlement().amount().minor()).isEqualTo(655);
    CouponClaim used = stage.claim(claim.id());
    assertThat(used.state()).isEqualTo(CouponClaim.State.CONSUMED);
    assertThat(coupons().usesOf(OP, claim.id(), Long.MAX_VALUE, 10))
        .singleElement()
        .satisfies(use -> assertThat(use.billId()).isEqualTo(used.billId()))
        .satisfies(use -> assertThat(use.amountMinor()).isEqualTo(500));
  }

  @Test
  void oneSession_getsOneClaim_theChosenOneFirst() {
    Coupon coupon = stage.coupon("Five off", "5");
    CouponClaim first = stage.give(1, coupon);
    CouponClaim second = stage.give(1, coupon);
    CouponClaim third = stage.give(1, coupon);
    assertThat(coupons().choose(OP, 1, second.id(), WHO)).isTrue();
    assertThat(coupons().choose(OP, 2, second.id(), WHO)).isFalse();
    assertThat(stage.terms(1, 1).coupons())
        .extracting(CouponTerm::claimId)
        .containsExactly(second.id());
    assertThat(stage.terms(2, 1).coupons())
        .extracting(CouponTerm::claimId)
        .containsExactly(first.id());
    assertThat(stage.claim(third.id()).state()).isEqualTo(CouponClaim.State.CLAIMED);
  }

  @Test
  void claimThatEndsFirst_isUsedFirst_andNoneThatHasEnded() {
    Coupon long1 = stage.coupon("Long", "1");
    Coupon soon =
        coupons()
            .create(OP, PromotionWorld.amount("Soon", "2", new Coupon.Limits(9, null, 1)), WHO);
    CouponClaim late = stage.give(1, long1);
    CouponClaim early = stage.give(1, soon);
    assertThat(early.expiresAt()).isEqualTo(early.claimedAt().plus(Duration.ofDays(1)));
    assertThat(stage.terms(1, 1).coupons())
        .extracting(CouponTerm::claimId)
        .containsExactly(early.id());
    stage.give(2, soon);
    DATABASE.dsl().execute("UPDATE coupon_claim SET expires_at = '2026-03-02 07:59:59'");
    assertThat(stage.terms(2, 2)).isEqualTo(DriverTerms.NONE);
    assertThat(stage.claim(late.id()).state()).isEqualTo(CouponClaim.State.CLAIMED);
  }

  @Test
  void repeatedStart_hearsTheSameTerms() {
    Coupon coupon = stage.coupon("Five off", "5");
    stage.give(1, coupon);
    DriverTerms first = stage.terms(1, 1);
    stage.give(1, coupon);
    assertThat(stage.terms(1, 1)).isEqualTo(first);
    assertThat(first.coupons()).hasSize(1);
  }

  @Test
  void sessionThatNeverCame_givesBackAtTheDeadline_andMayReserveAgain() {
    CouponClaim claim = stage.give(1, stage.coupon("Five off", "5"));
    stage.start(1, 1);
    stage.world.time.advance(Duration.ofHours(1));
    stage.world.runJobs();
    assertThat(stage.claim(claim.id()).state()).isEqualTo(CouponClaim.State.CLAIMED);
    assertThat(stage.claim(claim.id()).holdId()).isNull();
    assertThat(stage.terms(1, 1).coupons()).hasSize(1);
    assertThat(stage.claim(claim.id()).state()).isEqualTo(CouponClaim.State.RESERVED);
  }

  @Test
  void couponThatTheBillDidNotUse_isGivenBack() {
    Coupon coupon =
        coupons()
            .create(
                OP,
                new Coupon.Spec(
                    "Over 100",
                    new Benefit(
                        CouponTerm.Kind.AMOUNT,
                        new BigDecimal("5"),
                        null,
                        new BigDecimal("100"),
                        Set.of()),
                    Scope.ALL,
                    new Coupon.Limits(1, null, null),
                    Funder.OPERATOR),
                WHO);
    CouponClaim claim = stage.give(1, coupon);
    assertThat(stage.charge(1, 1, "10")).isEqualTo(1_155);
    assertThat(stage.claim(claim.id()).state()).isEqualTo(CouponClaim.State.CLAIMED);
  }

  @Test
  void waivedSession_givesEverythingBack() {
    CouponClaim claim = stage.give(1, stage.coupon("Five off", "5"));
    stage
        .promotions
        .points()
        .setProgramme(OP, PromotionWorld.points("1", Funder.OPERATOR), true, WHO);
    stage.promotions.points().adjust(OP, 1, 100, "welcome", WHO);
    stage.promotions.points().usePoints(OP, 1, true, WHO);
    stage.start(1, 1);
    stage.world.waiving();
    stage.finish(1, 1, "0");
    assertThat(stage.claim(claim.id()).state()).isEqualTo(CouponClaim.State.CLAIMED);
    assertThat(stage.points(1)).isEqualTo(100);
  }

  @Test
  void refundOfAll_givesTheCouponBack_aPartDoesNot() {
    CouponClaim claim = stage.give(1, stage.coupon("Five off", "5"));
    assertThat(stage.charge(1, 1, "10")).isEqualTo(655);
    stage.refund(1, 300);
    assertThat(stage.claim(claim.id()).state()).isEqualTo(CouponClaim.State.CONSUMED);
    stage.refund(1, 355);
    assertThat(stage.claim(claim.id()).state()).isEqualTo(CouponClaim.State.CLAIMED);
    assertThat(stage.charge(2, 1, "10")).isEqualTo(655);
    assertThat(stage.claim(claim.id()).state()).isEqualTo(CouponClaim.State.CONSUMED);
  }

  @Test
  void scope_isDecidedByStartSiteAndLocalClock() {
    // The start is Monday 16:00 in Shanghai.
    Scope.Window evening = new Scope.Window(Set.of(), LocalTime.of(18, 0), LocalTime.of(6, 0));
    Scope.Window afternoon =
        new Scope.Window(Set.of(DayOfWeek.MONDAY), LocalTime.of(16, 0), LocalTime.of(17, 0));
    Scope.Window tuesday =
        new Scope.Window(Set.of(DayOfWeek.TUESDAY), LocalTime.of(0, 0), LocalTime.of(0, 0));
    assertThat(reserves(1, new Scope(null, null, Set.of(), List.of(evening)))).isFalse();
    assertThat(reserves(2, new Scope(null, null, Set.of(), List.of(tuesday)))).isFalse();
    assertThat(reserves(3, new Scope(null, null, Set.of(99L), List.of()))).isFalse();
    assertThat(reserves(4, new Scope(null, null, Set.of(MoneyWorld.SITE), List.of(afternoon))))
        .isTrue();
  }

  private boolean reserves(long session, Scope scope) {
    Coupon.Spec plain = PromotionWorld.amount("x", "1", new Coupon.Limits(9, null, null));
    Coupon coupon =
        coupons()
            .create(
                OP,
                new Coupon.Spec("x", plain.benefit(), scope, plain.limits(), plain.funder()),
                WHO);
    stage.give(1, coupon);
    return !stage.startAt(session, 1, MoneyWorld.START).terms().coupons().isEmpty();
  }

  @Test
  void pausedCoupon_isNeitherClaimedNorUsed() {
    Coupon coupon = stage.coupon("Five off", "5");
    stage.give(1, coupon);
    coupons().shareCode(OP, coupon.id(), "Summer-26", WHO);
    coupons().update(OP, coupon.id(), coupon.spec(), Coupon.State.PAUSED, WHO);
    assertThat(stage.terms(1, 1)).isEqualTo(DriverTerms.NONE);
    assertThat(coupons().claim(OP, 2, "SUMMER26", WHO)).isInstanceOf(Coupons.Claimed.NotNow.class);
  }

  @Test
  void codes_areClaimedOnce_sharedOnesWithinTheirLimits() {
    Coupon coupon =
        coupons().create(OP, PromotionWorld.amount("Two", "2", new Coupon.Limits(1, 2, null)), WHO);
    coupons().shareCode(OP, coupon.id(), "two two", WHO);
    assertThat(coupons().claim(OP, 1, "TWO-TWO", WHO)).isInstanceOf(Coupons.Claimed.Done.class);
    assertThat(coupons().claim(OP, 1, "twotwo", WHO))
        .isInstanceOf(Coupons.Claimed.LimitReached.class);
    assertThat(coupons().claim(OP, 2, "twotwo", WHO)).isInstanceOf(Coupons.Claimed.Done.class);
    assertThat(coupons().claim(OP, 3, "twotwo", WHO)).isInstanceOf(Coupons.Claimed.UsedUp.class);
    assertThat(coupons().claim(OP, 3, "nothing", WHO)).isInstanceOf(Coupons.Claimed.Unknown.class);
    assertThat(coupons().claim(2, 3, "twotwo", WHO)).isInstanceOf(Coupons.Claimed.Unknown.class);
  }

  @Test
  void uniqueCode_isOneDriversAlone() {
    Coupon coupon = stage.coupon("Five off", "5");
    String code = coupons().generate(OP, coupon.id(), 1, WHO).orElseThrow().codes().getFirst();
    Coupons.Claimed first = coupons().claim(OP, 1, code.toLowerCase(java.util.Locale.ROOT), WHO);
    assertThat(coupons().claim(OP, 1, code, WHO))
        .isEqualTo(
            new Coupons.Claimed.Done(
                ((Coupons.Claimed.Done) first).claim(),
                coupons().find(OP, coupon.id()).orElseThrow()));
    assertThat(coupons().claim(OP, 2, code, WHO)).isInstanceOf(Coupons.Claimed.Unknown.class);
  }

  @Test
  void hundredThousandCodes_areUniqueAndKeptAsHashes() {
    Coupon coupon = stage.coupon("Five off", "5");
    Coupons.NewCodes made = coupons().generate(OP, coupon.id(), 100_000, WHO).orElseThrow();
    assertThat(made.codes()).hasSize(100_000).doesNotHaveDuplicates();
    assertThat(made.codes()).allMatch(code -> code.matches("[2-9A-HJKMNP-Z]{16}"));
    assertThat(coupons().claim(OP, 1, made.codes().get(99_999), WHO))
        .isInstanceOf(Coupons.Claimed.Done.class);
    assertThat(coupons().batches(OP, coupon.id()))
        .singleElement()
        .satisfies(batch -> assertThat(batch.used()).isEqualTo(1));
    assertThatThrownBy(() -> coupons().generate(OP, coupon.id(), 100_001, WHO))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void revokedClaim_isNotUsed_aReservedOneCannotBeRevoked() {
    Coupon coupon = stage.coupon("Five off", "5");
    CouponClaim claim = stage.give(1, coupon);
    assertThat(coupons().revoke(2, claim.id(), WHO)).isEmpty();
    assertThat(coupons().revoke(OP, claim.id(), WHO)).isPresent();
    assertThat(stage.terms(1, 1)).isEqualTo(DriverTerms.NONE);
    CouponClaim other = stage.give(1, coupon);
    stage.start(2, 1);
    assertThat(coupons().revoke(OP, other.id(), WHO)).isEmpty();
  }

  @Test
  void platformsMoney_isSpentByThePlatformAlone_andPaysTheOperator() {
    Coupon.Spec plain = PromotionWorld.amount("Gift", "5.50", new Coupon.Limits(9, null, null));
    Coupon.Spec funded =
        new Coupon.Spec("Gift", plain.benefit(), plain.scope(), plain.limits(), Funder.PLATFORM);
    assertThatThrownBy(() -> coupons().create(OP, funded, WHO))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("funder");
    Coupon coupon = coupons().create(OP, funded, PromotionWorld.PLATFORM);
    stage.give(1, coupon);
    assertThat(stage.charge(1, 1, "10")).isEqualTo(605);
    // 10.50 without tax is the operator's: 5.50 from the driver, 5.00 from the platform.
    assertThat(stage.promotion()).isEqualTo(500);
    assertThat(payable()).isEqualTo(1_050);
    stage.refund(1, 605);
    assertThat(stage.promotion()).isZero();
    assertThat(payable()).isZero();
  }

  private long payable() {
    return -stage.world.balance(org.ampay.ledger.Account.payable(OP, "CNY"));
  }

  @Test
  void operatorsCoupon_lowersTheOperatorsShare() {
    stage.give(1, stage.coupon("Five fifty", "5.50"));
    assertThat(stage.charge(1, 1, "10")).isEqualTo(605);
    assertThat(stage.promotion()).isZero();
    assertThat(payable()).isEqualTo(550);
  }

  @Test
  void operatorWithoutPromotions_costsAStartNoStatement() {
    MemoryTransactor memory = new MemoryTransactor(MemoryTransactor.Faults.NONE);
    DriverTerms terms =
        memory.call(
            tx -> {
              var request = stage.world.request(1, 1L, 1);
              Benefits.Group group = stage.own.benefits.open(tx, List.of(request));
              DriverTerms reserved = group.reserve(request, 1);
              group.write();
              return reserved;
            });
    assertThat(terms).isEqualTo(DriverTerms.NONE);
    assertThat(stage.own.benefits.follows(OP)).isFalse();
    stage.charge(1, 1, "10");
    assertThat(DATABASE.dsl().fetchCount(org.ampay.store.tables.Tables.BILL_BENEFIT)).isZero();
  }

  @Test
  void otherNodes_seeAChangeByTheCounter() {
    PromotionBook other = new PromotionBook(DATABASE.database(), stage.world.time);
    other.refresh();
    assertThat(other.of(OP)).isNull();
    stage.coupon("Five off", "5");
    other.refresh();
    assertThat(other.of(OP)).isNotNull();
  }

  @Test
  void claimGivenBackLongAfterItsCouponsEnd_canBeUsedFor30Days() {
    Coupon.Spec plain = PromotionWorld.amount("May", "5.50", new Coupon.Limits(9, null, null));
    Instant end = MoneyWorld.START.plus(Duration.ofDays(1));
    Scope until = new Scope(null, end, Set.of(), List.of());
    Coupon coupon =
        coupons()
            .create(
                OP,
                new Coupon.Spec("May", plain.benefit(), until, plain.limits(), Funder.OPERATOR),
                WHO);
    CouponClaim claim = stage.give(1, coupon);
    stage.charge(1, 1, "10");
    stage.world.time.advance(Duration.ofDays(100));
    stage.refund(1, 605);
    stage.world.time.advance(Duration.ofDays(29));
    stage.own.book.refresh();
    assertThat(stage.terms(2, 1).coupons())
        .extracting(CouponTerm::claimId)
        .containsExactly(claim.id());
  }
}
