package org.ampay.billing.promotion;

import static org.ampay.billing.promotion.Stage.OP;
import static org.ampay.billing.promotion.Stage.WHO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.ampay.base.Money;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.Funder;
import org.ampay.tariff.PointsTerm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Points: a point a yuan, worth a cent each, up to half of a bill. */
class PointsFlowTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private Stage stage;

  @BeforeEach
  void begin() {
    stage = new Stage(DATABASE, 3);
    points().setProgramme(OP, PromotionWorld.points("10", Funder.OPERATOR), true, WHO);
  }

  @AfterEach
  void nothingIsBroken() {
    stage.assertSound();
  }

  private Points points() {
    return stage.promotions.points();
  }

  @Test
  void paidBill_earnsPoints_ofRealMoneyAlone() {
    stage.charge(1, 1, "10"); // 11.55
    assertThat(stage.points(1)).isEqualTo(115);
    assertThat(stage.inLedger(1)).isEqualTo(115);
    assertThat(stage.promotion()).isEqualTo(115);
    stage.world.runJobs();
    assertThat(stage.points(1)).isEqualTo(115);
  }

  @Test
  void giftMoney_earnsNothing() {
    DATABASE.dsl().execute("DELETE FROM driver WHERE id = 9");
    stage.driver(9, "2026-01-01");
    stage.world.gift(9, 10_000);
    stage.charge(1, 9, "10");
    assertThat(stage.points(9)).isZero();
  }

  @Test
  void debt_earnsOnceItIsPaid() {
    stage.driver(9, "2026-01-01");
    stage.world.topUp(9, 6_000);
    stage.charge(1, 9, "100"); // 110.55
    assertThat(stage.points(9)).isZero();
    stage.world.topUp(9, 10_000);
    stage.world.runJobs();
    assertThat(stage.world.settlement(1).settlement().settledMinor()).isEqualTo(11_055);
    assertThat(stage.points(9)).isEqualTo(1_105);
  }

  @Test
  void points_areUsedWhenTheDriverWants_atMostAsAgreed() {
    points().adjust(OP, 1, 1_000, "welcome", WHO);
    assertThat(stage.charge(1, 1, "10")).isEqualTo(1_155);
    assertThat(points().usePoints(OP, 1, true, WHO)).isTrue();
    PointsTerm term = stage.terms(2, 1).points();
    assertThat(term).isNotNull();
    assertThat(term.most()).isEqualTo(1_115);
    assertThat(points().balance(OP, 1).reserved()).isEqualTo(1_115);
    assertThat(stage.terms(3, 1).points()).isNull();
    stage.finish(2, 1, "10"); // half of 11.55: 577 points
    assertThat(stage.world.settlement(2).settlement().amount().minor()).isEqualTo(1_155 - 577);
    // 57 are earned by the 5.78 that were paid.
    assertThat(stage.points(1)).isEqualTo(1_115 - 577 + 57);
    assertThat(stage.inLedger(1)).isEqualTo(stage.points(1));
  }

  @Test
  void sessionThatNeverCame_givesPointsBack() {
    points().adjust(OP, 1, 1_000, "welcome", WHO);
    points().usePoints(OP, 1, true, WHO);
    stage.start(1, 1);
    assertThat(stage.points(1)).isZero();
    stage.world.time.advance(Duration.ofHours(1));
    stage.world.runJobs();
    assertThat(stage.points(1)).isEqualTo(1_000);
  }

  @Test
  void pointsThatEndFirst_areUsedFirst_andEndInTime() {
    points().adjust(OP, 1, 100, "first", WHO);
    stage.world.time.advance(Duration.ofDays(100));
    points().adjust(OP, 1, 100, "second", WHO);
    assertThat(points().adjust(OP, 1, -150, "taken", WHO)).isInstanceOf(Points.Adjusted.Done.class);
    List<PointsLot> lots = points().balance(OP, 1).lots();
    assertThat(lots).singleElement().satisfies(lot -> assertThat(lot.remaining()).isEqualTo(50));
    assertThat(points().adjust(OP, 1, -51, "too many", WHO))
        .isEqualTo(new Points.Adjusted.TooFew(50));
    points().adjust(OP, 2, 70, "other", WHO);
    stage.own.upkeep.begin();
    stage.world.time.advance(Duration.ofDays(366));
    assertThat(stage.points(1)).isZero();
    assertThat(stage.inLedger(1)).isEqualTo(50);
    stage.own.upkeep.begin();
    runUpkeep();
    assertThat(stage.inLedger(1)).isZero();
    assertThat(stage.promotion()).isZero();
    assertThat(points().entries(OP, 1, Long.MAX_VALUE, 10))
        .extracting(PointsEntry::kind)
        .startsWith(PointsEntry.Kind.EXPIRED);
  }

  /** The jobs insert themselves anew, for later. */
  private void runUpkeep() {
    stage.world.runJobs();
  }

  @Test
  void refund_givesUsedPointsBack_andTakesEarnedOnes_proRata() {
    points().adjust(OP, 1, 1_000, "welcome", WHO);
    points().usePoints(OP, 1, true, WHO);
    assertThat(stage.charge(1, 1, "10")).isEqualTo(578); // 577 used, 57 earned
    assertThat(stage.points(1)).isEqualTo(480);
    stage.refund(1, 289);
    assertThat(stage.points(1)).isEqualTo(480 + 288 - 28);
    assertThat(stage.inLedger(1)).isEqualTo(stage.points(1));
    stage.refund(1, 289 - 1);
    stage.refund(1, 1);
    assertThat(stage.points(1)).isEqualTo(1_000);
    assertThat(stage.inLedger(1)).isEqualTo(1_000);
  }

  @Test
  void pointsThatWereSpentMeanwhile_areForgiven_neverNegative() {
    stage.charge(1, 1, "10");
    points().adjust(OP, 1, -100, "spent", WHO);
    stage.refund(1, 1_155);
    assertThat(stage.points(1)).isZero();
    assertThat(stage.inLedger(1)).isZero();
  }

  @Test
  void programmeSwitchedOff_earnsNothing_butRefundsStillTakeBack() {
    stage.charge(1, 1, "10");
    points().setProgramme(OP, PromotionWorld.points("10", Funder.OPERATOR), false, WHO);
    stage.charge(2, 1, "10");
    assertThat(stage.points(1)).isEqualTo(115);
    stage.refund(1, 1_155);
    assertThat(stage.points(1)).isZero();
  }

  @Test
  void platformsPoints_payTheOperator() {
    points()
        .setProgramme(
            OP, PromotionWorld.points("10", Funder.PLATFORM), true, PromotionWorld.PLATFORM);
    points().adjust(OP, 1, 550, "welcome", PromotionWorld.PLATFORM);
    assertThat(stage.promotion()).isEqualTo(550);
    points().usePoints(OP, 1, true, WHO);
    assertThat(stage.charge(1, 1, "10")).isEqualTo(605);
    // The operator has 10.50 as if no points were used; 60 new points are owed.
    assertThat(-stage.world.balance(org.ampay.ledger.Account.payable(OP, "CNY"))).isEqualTo(1_050);
    assertThat(stage.promotion()).isEqualTo(500 + 60);
  }

  @Test
  void sumsBeyondReason_areRefused_orCut() {
    PointsProgramme.Spec sane = PromotionWorld.points("10", Funder.OPERATOR);
    assertThatThrownBy(() -> spec(new BigDecimal("10001"), sane.value()))
        .hasMessageContaining("points_per_unit");
    assertThatThrownBy(() -> spec(sane.pointsPerUnit(), new BigDecimal("1000001")))
        .hasMessageContaining("value");
    PointsProgramme most =
        new PointsProgramme(
            OP, "KWD", spec(new BigDecimal("10000"), new BigDecimal("1000000")), true);
    long earned = most.earned(new Money("KWD", 1_000_000_000_000L), new BigDecimal("100"));
    assertThat(earned).isEqualTo(1_000_000_000L);
    assertThat(most.worth(earned)).isEqualTo(1_000_000_000_000_000_000L);
  }

  private static PointsProgramme.Spec spec(BigDecimal perUnit, BigDecimal value) {
    return new PointsProgramme.Spec(perUnit, Set.of(), value, BigDecimal.TEN, 12, Funder.OPERATOR);
  }
}
