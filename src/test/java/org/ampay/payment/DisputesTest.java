package org.ampay.payment;

import static org.ampay.payment.OrderWorld.cny;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ampay.billing.SettlementState;
import org.ampay.ledger.Account;
import org.ampay.payment.order.Flow;
import org.ampay.payment.order.PaymentOrder;
import org.ampay.payment.provider.Callback.Disputed.State;
import org.ampay.payment.provider.CommandKind;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Disputes, and refunds by the way the money came. A session costs 10.50 and 1.05 tax. */
class DisputesTest {

  private static final long FEE = 115;

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private ReversalStory story;

  @BeforeEach
  void open() {
    story = new ReversalStory(DATABASE);
  }

  private long balance(Account account) {
    return story.world.money.balance(account);
  }

  private long clearing() {
    return balance(Account.pspClearing(1, "bank", 9L, "CNY"));
  }

  private long disputed() {
    return balance(Account.disputed(1, "bank", 9L, "CNY"));
  }

  private long payable() {
    return -balance(Account.payable(1, "CNY"));
  }

  private long fee() {
    return -balance(Account.platformFee(1, "CNY"));
  }

  private long badDebt() {
    return balance(Account.badDebt(1, "CNY"));
  }

  @AfterEach
  void booksBalance() {
    long sum =
        story.world.money.transactor.call(
            tx ->
                story.world.money.stores.ledger().trialBalance(tx, null).stream()
                    .mapToLong(row -> row.balanceMinor())
                    .sum());
    assertThat(sum).isZero();
  }

  @Test
  void payment_pays_theFee() {
    story.order(Flow.PREPAID, 1);
    assertThat(fee()).isEqualTo(FEE);
    assertThat(payable()).isEqualTo(1_050 - FEE);
    assertThat(clearing()).isEqualTo(1_155);
  }

  @Test
  void refundOfADeposit_goesBackTheWayItCame() {
    PaymentOrder order = story.order(Flow.PREPAID, 1);
    long before = story.world.bank.moved();
    Refunds.Result result = story.refund(1, 500, "one");
    assertThat(result).isInstanceOf(Refunds.Result.Accepted.class);
    PaymentOperation operation = ((Refunds.Result.Accepted) result).operation();
    assertThat(operation.via()).isEqualTo(OrderWorld.BANK);
    assertThat(operation.about().targetId()).isEqualTo(story.brought(order).id());
    assertThat(operation.reference()).matches("[a-z0-9]{32}");
    assertThat(story.world.bank.moved()).isEqualTo(before - 500);
    assertThat(clearing()).isEqualTo(655);
    assertThat(story.refund(1, 656, "two")).isEqualTo(new Refunds.Result.WrongAmount(cny(655)));
    story.refund(1, 655, "three");
    assertThat(List.of(clearing(), payable(), fee(), badDebt())).containsOnly(0L);
    assertThat(story.world.money.stateOf(1)).isEqualTo(SettlementState.REFUNDED);
  }

  @Test
  void warning_movesNothing() {
    PaymentOrder order = story.order(Flow.PREAUTH, 1);
    story.dispute(order, "d1", State.WARNING, 1_155);
    assertThat(clearing()).isEqualTo(1_155);
    assertThat(story.disputes()).extracting(Dispute::state).containsExactly(State.WARNING);
    story.dispute(order, "d1", State.WON, 1_155);
    assertThat(clearing()).isEqualTo(1_155);
    assertThat(disputed()).isZero();
  }

  @Test
  void openThenWon_comesBack_andNothingIsPostedTwice() {
    PaymentOrder order = story.order(Flow.PREAUTH, 1);
    story.dispute(order, "d1", State.OPEN, 1_155);
    story.dispute(order, "d1", State.OPEN, 1_155);
    assertThat(List.of(clearing(), disputed())).containsExactly(0L, 1_155L);
    assertThat(story.world.money.settlement(1).settlement().reason()).isEqualTo("disputed: d1");
    story.dispute(order, "d1", State.WON, 1_155);
    story.dispute(order, "d1", State.WON, 1_155);
    story.dispute(order, "d1", State.OPEN, 1_155);
    assertThat(List.of(clearing(), disputed())).containsExactly(1_155L, 0L);
    assertThat(payable()).isEqualTo(1_050 - FEE);
    assertThat(story.world.money.settlement(1).settlement().reason()).isNull();
  }

  @Test
  void whileDisputed_nothingIsGivenBackBesides() {
    PaymentOrder order = story.order(Flow.PREAUTH, 1);
    story.dispute(order, "d1", State.WARNING, 1_155);
    assertThat(story.refund(1, 100, "warned")).isInstanceOf(Refunds.Result.Accepted.class);
    story.dispute(order, "d1", State.OPEN, 1_155);
    assertThat(story.refund(1, 100, "disputed")).isEqualTo(new Refunds.Result.Disputed());
    story.dispute(order, "d1", State.WON, 1_155);
    assertThat(story.refund(1, 100, "won")).isInstanceOf(Refunds.Result.Accepted.class);
  }

  @Test
  void disputedBeforeTheBill_nothingIsGivenBackEither() {
    PaymentOrder order = story.charging(Flow.PREAUTH, 1);
    story.dispute(order, "d1", State.OPEN, 1_155);
    story.world.ends(1, order, "10");
    assertThat(story.refund(1, 100, "disputed")).isEqualTo(new Refunds.Result.Disputed());
    story.dispute(order, "d1", State.WON, 1_155);
    assertThat(story.refund(1, 100, "won")).isInstanceOf(Refunds.Result.Accepted.class);
  }

  @Test
  void lost_reversesLikeARefund_inAnyOrder() {
    PaymentOrder order = story.order(Flow.PREAUTH, 1);
    story.dispute(order, "d1", State.LOST, 1_155);
    story.dispute(order, "d1", State.OPEN, 1_155);
    story.dispute(order, "d1", State.WARNING, 1_155);
    story.dispute(order, "d1", State.LOST, 1_155);
    assertThat(List.of(clearing(), disputed(), payable(), fee(), badDebt())).containsOnly(0L);
    assertThat(story.world.money.stateOf(1)).isEqualTo(SettlementState.REFUNDED);
    assertThat(story.world.money.settlement(1).operations())
        .filteredOn(op -> op.kind() == CommandKind.REFUND)
        .hasSize(1);
    assertThat(story.refund(1, 1, "more")).isEqualTo(new Refunds.Result.WrongAmount(cny(0)));
  }

  @Test
  void lostAfterARefund_isABadDebt_asFarAsItWasGivenBack() {
    PaymentOrder order = story.order(Flow.PREPAID, 1);
    story.refund(1, 500, "one");
    story.dispute(order, "d1", State.OPEN, 1_155);
    story.dispute(order, "d1", State.LOST, 1_155);
    assertThat(List.of(disputed(), payable(), fee())).containsOnly(0L);
    assertThat(badDebt()).isEqualTo(500);
    assertThat(clearing()).isEqualTo(-500);
    assertThat(story.disputes())
        .extracting(Dispute::reversed, Dispute::written)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(cny(655), cny(500)));
  }

  @Test
  void lostDeposit_wasGivenBackInPart() {
    PaymentOrder order = story.order(Flow.PREPAID, 1);
    story.dispute(order, "d1", State.LOST, 5_000);
    assertThat(List.of(disputed(), payable(), fee())).containsOnly(0L);
    assertThat(badDebt()).isEqualTo(5_000 - 1_155);
  }

  @Test
  void refund_hasACreditBillAndCdr() {
    story.order(Flow.PREPAID, 1);
    story.refund(1, 500, "one");
    story.refund(1, 1, "two");
    story.refund(1, 654, "three");
    var dsl = DATABASE.dsl();
    assertThat(
            dsl.fetch(
                    "SELECT CONCAT(seq, ' ', excl_minor, ' ', tax_minor, ' ', total_minor) AS t"
                        + " FROM bill WHERE kind = 'credit' ORDER BY seq")
                .getValues("t", String.class))
        .containsExactly("1 -454 -46 -500", "2 -1 0 -1", "3 -595 -59 -654");
    assertThat(
            dsl.fetch(
                    "SELECT SUM(total_minor) AS t, SUM(excl_minor) AS e FROM bill_line"
                        + " GROUP BY line_no")
                .getValues("t", Long.class))
        .containsOnly(0L);
    String body =
        dsl.fetchSingle("SELECT c.body FROM cdr c JOIN bill b ON b.id = c.bill_id WHERE b.seq = 1")
            .get(0, String.class);
    assertThat(body)
        .contains("\"credit\":{\"cdr_id\":")
        .contains("\"total\":{\"excl_minor\":-454,\"tax_minor\":-46,\"incl_minor\":-500}")
        .contains("\"energy_wh\":\"10000\"");
  }
}
