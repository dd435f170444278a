package org.ampay.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.ampay.billing.SettlementState;
import org.ampay.billing.share.Component;
import org.ampay.billing.share.Contracts;
import org.ampay.billing.share.RevenueContract;
import org.ampay.billing.share.RevenueContract.Scope;
import org.ampay.billing.share.ShareRule;
import org.ampay.ledger.Account;
import org.ampay.ledger.TrialBalanceRow;
import org.ampay.payment.order.Flow;
import org.ampay.payment.order.PaymentOrder;
import org.ampay.payment.provider.Callback.Disputed.State;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Shares of payments, refunds and disputes. A session costs 10.50 and 1.05 tax, the platform keeps
 * 1.15; payee 7 has a fifth of 10.00, payee 8 1.00.
 */
class ShareFlowTest {

  private static final long DRIVER = 1;

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private ReversalStory story;
  private MoneyWorld money;

  @BeforeEach
  void open() {
    story = new ReversalStory(DATABASE);
    story.share();
    money = story.world.money;
  }

  @AfterEach
  void booksBalance() {
    long sum =
        money.transactor.call(
            tx ->
                money.stores.ledger().trialBalance(tx, null).stream()
                    .mapToLong(TrialBalanceRow::balanceMinor)
                    .sum());
    assertThat(sum).isZero();
  }

  /** What is owed to payees 7 and 8 and the operator, and what the platform keeps. */
  private List<Long> owed() {
    return List.of(
        -money.balance(Account.payableToPayee(1, 7, "CNY")),
        -money.balance(Account.payableToPayee(1, 8, "CNY")),
        -money.balance(Account.payable(1, "CNY")),
        -money.balance(Account.platformFee(1, "CNY")));
  }

  @Test
  void payment_isShared_afterThePlatformsFee() {
    story.order(Flow.PREPAID, 1);
    assertThat(owed()).containsExactly(200L, 100L, 635L, 115L);
  }

  @Test
  void beforeItIsPaid_nobodyHasAShare() {
    money.finish(1, null, null, "10");
    money.runJobs();
    assertThat(money.stateOf(1)).isEqualTo(SettlementState.MANUAL);
    assertThat(owed()).containsOnly(0L);
  }

  @Test
  void refund_takesBackItsPart_andTheWholeTakesAll() {
    story.order(Flow.PREPAID, 1);
    story.refund(1, 500, "one");
    assertThat(owed().subList(0, 2)).containsExactly(114L, 57L);
    story.refund(1, 655, "two");
    assertThat(owed()).containsOnly(0L);
  }

  @Test
  void disputeLost_takesBackTheShares() {
    PaymentOrder order = story.order(Flow.PREAUTH, 1);
    story.dispute(order, "d1", State.OPEN, 1_155);
    assertThat(owed().subList(0, 2)).containsExactly(200L, 100L);
    story.dispute(order, "d1", State.LOST, 1_155);
    assertThat(owed()).containsOnly(0L);
  }

  @Test
  void giftMoney_isNotShared() {
    money.topUp(DRIVER, 500);
    money.gift(DRIVER, 4_500);
    money.start(1, DRIVER);
    money.finish(1, DRIVER, money.hold(1).id(), "10");
    money.runJobs();
    assertThat(money.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(owed()).containsExactly(86L, 43L, 1_050L - 115 - 86 - 43, 115L);
  }

  @Test
  void whatWasFixedWithTheBill_staysWhenTheContractEnds() {
    story.order(Flow.PREPAID, 1);
    end(1);
    money.time.advance(Contracts.NOTICE.plusSeconds(60));
    story.order(Flow.PREPAID, 2);
    assertThat(owed().subList(0, 2)).containsExactly(200L, 100L);
    story.refund(1, 1_155, "all");
    assertThat(owed().subList(0, 2)).containsExactly(0L, 0L);
  }

  @Test
  void theContractOfASite_countsForItsStations_andNoOther() {
    contract(new Scope(MoneyWorld.SITE, null), 1_000);
    money.time.advance(Contracts.NOTICE.plusSeconds(60));
    story.order(Flow.PREPAID, 1);
    assertThat(owed().subList(0, 2)).containsExactly(0L, 105L);
    contract(new Scope(null, MoneyWorld.STATION), 2_000);
    money.time.advance(Contracts.NOTICE.plusSeconds(60));
    story.order(Flow.PREPAID, 2);
    assertThat(owed().subList(0, 2)).containsExactly(0L, 315L);
  }

  private void contract(Scope scope, int basisPoints) {
    ShareRule rule =
        new ShareRule(8, Set.of(Component.values()), ShareRule.Base.PRICE, basisPoints, 0, 0, null);
    contracts()
        .add(
            new Contracts.Draft(1, scope, "Special", "CNY", null, null, List.of(rule), "test"),
            (tx, made) -> {});
  }

  private RevenueContract end(long id) {
    return contracts().end(1L, id, null, (tx, ended) -> {}).orElseThrow();
  }

  private Contracts contracts() {
    return java.util.Objects.requireNonNull(money.contracts);
  }
}
