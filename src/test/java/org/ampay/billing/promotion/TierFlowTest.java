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
import org.ampay.ledger.Account;
import org.ampay.payment.MoneyWorld;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.Funder;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.TierDiscount;
import org.ampay.tariff.TierTerm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Membership by turnover, for money, by hand. */
class TierFlowTest {

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

  private Tiers tiers() {
    return stage.promotions.tiers();
  }

  private Tier ruled(String name, int rank, String percent, Tier.Rule rule) {
    return tiers().create(OP, PromotionWorld.tier(name, rank, percent, Funder.OPERATOR, rule), WHO);
  }

  private String tierOf(long session, long driver) {
    TierTerm term = stage.terms(session, driver).tier();
    return term == null ? "" : term.name();
  }

  @Test
  void turnover_raisesTheTier_fromTheNextSessionOn() {
    ruled("Silver", 1, "10", new Tier.Rule(30, 1_000L, null));
    ruled("Gold", 2, "20", new Tier.Rule(30, 2_000L, null));
    assertThat(tierOf(1, 1)).isEmpty();
    stage.finish(1, 1, "10");
    assertThat(tierOf(2, 1)).isEqualTo("Silver");
    stage.finish(2, 1, "10"); // 10 % off 11.55
    assertThat(stage.world.settlement(2).settlement().amount().minor()).isEqualTo(1_040);
    assertThat(tierOf(3, 1)).isEqualTo("Gold");
    assertThat(tierOf(4, 2)).isEmpty();
    assertThat(tiers().current(OP, 1)).map(Tier::name).contains("Gold");
    assertThat(tiers().ofDriver(OP, 1))
        .extracting(Membership::source)
        .containsOnly(Membership.Source.RULE);
  }

  @Test
  void ruleOfEnergyAndSpend_needsBoth() {
    ruled("Both", 1, "10", new Tier.Rule(30, 1_000L, 15_000L));
    stage.charge(1, 1, "10");
    assertThat(tierOf(2, 1)).isEmpty();
    stage.finish(2, 1, "5");
    assertThat(tierOf(3, 1)).isEqualTo("Both");
  }

  @Test
  void refund_takesTheTierAway() {
    ruled("Silver", 1, "10", new Tier.Rule(30, 1_000L, null));
    stage.charge(1, 1, "10");
    assertThat(tierOf(2, 1)).isEqualTo("Silver");
    stage.refund(1, 1_155);
    assertThat(tierOf(3, 1)).isEmpty();
  }

  @Test
  void timeAlone_takesTheTierAway_daily() {
    ruled("Silver", 1, "10", new Tier.Rule(30, 1_000L, null));
    stage.charge(1, 1, "10");
    stage.own.upkeep.begin();
    stage.world.runJobs();
    assertThat(tiers().current(OP, 1)).isPresent();
    stage.world.time.advance(Duration.ofDays(31));
    stage.world.runJobs();
    assertThat(tiers().current(OP, 1)).isEmpty();
  }

  @Test
  void tierByHand_endsAtItsDate_orByHand() {
    Tier friends = ruled("Friends", 5, "50", new Tier.Rule(1, 1_000_000L, null));
    Membership membership =
        tiers()
            .put(OP, 1, friends.id(), MoneyWorld.START.plus(Duration.ofDays(9)), WHO)
            .orElseThrow();
    assertThat(tiers().put(OP, 77, friends.id(), null, WHO)).isEmpty();
    assertThat(tiers().put(2, 1, friends.id(), null, WHO)).isEmpty();
    assertThat(membership.holdsAt(MoneyWorld.START.plus(Duration.ofDays(9)))).isFalse();
    assertThat(tiers().current(OP, 1)).isPresent();
    assertThat(tiers().end(2, membership.id(), WHO)).isEmpty();
    tiers().end(OP, membership.id(), WHO);
    assertThat(tiers().current(OP, 1)).isEmpty();
  }

  @Test
  void tierThatIsSwitchedOff_givesNothing() {
    Tier friends = ruled("Friends", 5, "50", new Tier.Rule(1, 1_000_000L, null));
    tiers().put(OP, 1, friends.id(), null, WHO);
    assertThat(stage.startAt(1, 1, MoneyWorld.START).terms().tier()).isNull(); // before it
    assertThat(tierOf(2, 1)).isEqualTo("Friends");
    tiers().update(OP, friends.id(), friends.spec(), false, WHO);
    assertThat(tiers().current(OP, 1)).isEmpty();
  }

  private Tier paidTier() {
    return tiers()
        .create(
            OP,
            new Tier.Spec(
                "Club",
                3,
                List.of(new TierDiscount(Set.of(), new BigDecimal("10"))),
                new BigDecimal("2"),
                Funder.OPERATOR,
                null,
                new Tier.Fee(10_600, 1, new BigDecimal("6"))),
            WHO);
  }

  @Test
  void paidMembership_isBoughtFromTheWallet_once_andFollowsItself() {
    Tier club = paidTier();
    Tiers.Purchase first = tiers().buy(OP, 1, club.id(), "k1", WHO);
    assertThat(tiers().buy(OP, 1, club.id(), "k1", WHO)).isEqualTo(first);
    Membership bought = ((Tiers.Purchase.Bought) first).membership();
    assertThat(stage.world.wallet(1).balance().minor()).isEqualTo(1_000_000 - 10_600);
    assertThat(-stage.world.balance(Account.payable(OP, "CNY"))).isEqualTo(10_000);
    assertThat(-stage.world.balance(Account.tax(OP, "CN", new BigDecimal("6"), "CNY")))
        .isEqualTo(600);
    Membership next =
        ((Tiers.Purchase.Bought) tiers().buy(OP, 1, club.id(), "k2", WHO)).membership();
    assertThat(next.from()).isEqualTo(bought.until());
    assertThat(tiers().current(OP, 1)).map(Tier::name).contains("Club");
  }

  @Test
  void paidMembership_needsTheMoney() {
    Tier club = paidTier();
    stage.driver(9, "2026-01-01");
    stage.world.gift(9, 50_000);
    assertThat(tiers().buy(OP, 9, club.id(), "k", WHO))
        .isEqualTo(new Tiers.Purchase.NotEnoughMoney(new Money("CNY", 10_600), Money.zero("CNY")));
    assertThat(tiers().ofDriver(OP, 9)).isEmpty();
    assertThat(tiers().buy(OP, 1, 4_711, "k", WHO)).isInstanceOf(Tiers.Purchase.NotFound.class);
  }

  @Test
  void paidMembership_isRefundedByHand_inParts() {
    Tier club = paidTier();
    Membership bought =
        ((Tiers.Purchase.Bought) tiers().buy(OP, 1, club.id(), "k1", WHO)).membership();
    tiers().refund(OP, bought.id(), new Money("CNY", 5_301), WHO);
    assertThat(tiers().current(OP, 1)).isPresent();
    assertThat(tiers().refund(OP, bought.id(), new Money("CNY", 5_300), WHO))
        .isEqualTo(new Tiers.Refunded.WrongAmount(new Money("CNY", 5_299)));
    tiers().refund(OP, bought.id(), null, WHO);
    assertThat(tiers().current(OP, 1)).isEmpty();
    assertThat(stage.world.wallet(1).balance().minor()).isEqualTo(1_000_000);
    assertThat(stage.world.balance(Account.payable(OP, "CNY"))).isZero();
    assertThat(tiers().refund(OP, bought.id(), null, WHO))
        .isInstanceOf(Tiers.Refunded.WrongAmount.class);
  }

  @Test
  void tiersMultiplier_multipliesPoints() {
    stage
        .promotions
        .points()
        .setProgramme(OP, PromotionWorld.points("10", Funder.OPERATOR), true, WHO);
    tiers().buy(OP, 1, paidTier().id(), "k", WHO);
    assertThat(stage.charge(1, 1, "10")).isEqualTo(1_040);
    assertThat(stage.points(1)).isEqualTo(208);
  }

  @Test
  void platformsTier_isThePlatformsToMake() {
    assertThatThrownBy(
            () -> tiers().create(OP, PromotionWorld.tier("X", 1, "5", Funder.PLATFORM, null), WHO))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void giftMoney_earnsNoTier() {
    ruled("Silver", 1, "10", new Tier.Rule(30, 1_000L, null));
    Tier.Spec plain = PromotionWorld.tier("Sold", 2, "10", Funder.OPERATOR, null);
    Tier sold =
        tiers()
            .create(
                OP,
                new Tier.Spec(
                    plain.name(),
                    plain.rank(),
                    List.of(),
                    plain.pointsMultiplier(),
                    plain.funder(),
                    null,
                    new Tier.Fee(1_000_000, 1, null)),
                WHO);
    tiers().buy(OP, 1, sold.id(), "all real money", WHO);
    stage.world.gift(1, 10_000);
    stage.charge(1, 1, "10");
    assertThat(tiers().ofDriver(OP, 1))
        .extracting(Membership::source)
        .containsExactly(Membership.Source.PAID);
  }
}
