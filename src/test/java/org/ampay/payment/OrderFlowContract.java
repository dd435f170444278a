package org.ampay.payment;

import static org.ampay.payment.OrderWorld.cny;
import static org.ampay.payment.OrderWorld.draft;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.ampay.billing.SettlementState;
import org.ampay.ledger.Account;
import org.ampay.payment.OrderBank.Fault;
import org.ampay.payment.order.ChargePlaces.Readiness;
import org.ampay.payment.order.Flow;
import org.ampay.payment.order.NewOrder;
import org.ampay.payment.order.PayWay;
import org.ampay.payment.order.PaymentOrder;
import org.ampay.payment.order.PaymentOrder.EndReason;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.payment.order.Placed;
import org.ampay.payment.order.WalletLogin;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An order from the code at the EVSE to its end, on every kind of store. */
abstract class OrderFlowContract extends OrderContract {

  // ---- what is offered, and what is refused ----

  @Test
  void ways_areWhatTheOperatorsAccountsCan_andTheWallet() {
    assertThat(world.orders.ways("P1"))
        .extracting(PayWay::flow, PayWay::form)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Flow.PREAUTH, Form.QR),
            org.assertj.core.groups.Tuple.tuple(Flow.PREPAID, Form.QR),
            org.assertj.core.groups.Tuple.tuple(Flow.WALLET, Form.IN_APP));
    assertThat(world.orders.ways("P1").getFirst().usual()).isEqualTo(cny(5_000));
    assertThat(world.orders.ways("nothing")).isEmpty();
  }

  private Placed.Refusal refusal(NewOrder draft) {
    Placed placed = world.orders.place(draft);
    assertThat(placed).isInstanceOf(Placed.Refused.class);
    return ((Placed.Refused) placed).why();
  }

  @Test
  void whatCannotBe_isRefused_andNobodyIsAsked() {
    NewOrder good = draft(Flow.PREPAID, 5_000, "k");
    assertThat(refusal(draft(Flow.PREPAID, 0, "k"))).isEqualTo(Placed.Refusal.AMOUNT);
    assertThat(refusal(draft(Flow.PREPAID, 1_000_001, "k"))).isEqualTo(Placed.Refusal.AMOUNT);
    assertThat(
            refusal(
                new NewOrder(
                    "P9",
                    good.via(),
                    good.flow(),
                    good.form(),
                    good.amount(),
                    "zh",
                    good.returnUrl(),
                    null,
                    null,
                    "k")))
        .isEqualTo(Placed.Refusal.UNKNOWN_CODE);
    assertThat(
            refusal(
                new NewOrder(
                    "P1",
                    OrderWorld.WALLET,
                    Flow.PREAUTH,
                    Form.QR,
                    good.amount(),
                    "zh",
                    good.returnUrl(),
                    null,
                    null,
                    "k")))
        .isEqualTo(Placed.Refusal.WAY);
    world.readiness = Readiness.OFFLINE;
    assertThat(refusal(good)).isEqualTo(Placed.Refusal.OFFLINE);
    world.readiness = Readiness.NO_TARIFF;
    assertThat(refusal(good)).isEqualTo(Placed.Refusal.NO_TARIFF);
    world.readiness = Readiness.BUSY;
    assertThat(refusal(good)).isEqualTo(Placed.Refusal.EVSE_BUSY);
    assertThat(world.bank.calls).isEmpty();
    assertThat(world.orders.list(null, null, Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  void wallet_wantsCardAndPin_andMoney() {
    NewOrder good = draft(Flow.WALLET, 5_000, "k");
    assertThat(
            refusal(
                new NewOrder(
                    "P1",
                    good.via(),
                    good.flow(),
                    good.form(),
                    good.amount(),
                    "zh",
                    good.returnUrl(),
                    null,
                    new WalletLogin("C", "0000"),
                    "k")))
        .isEqualTo(Placed.Refusal.WALLET_LOGIN);
    assertThat(refusal(good)).isEqualTo(Placed.Refusal.NO_CREDIT);
    assertThat(world.orders.list(null, null, Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  void twoDrivers_oneEvse_theSecondIsRefused_untilTheFirstIsOver() {
    PaymentOrder first = world.place(Flow.PREPAID, 5_000);
    assertThat(refusal(draft(Flow.PREPAID, 5_000, "other"))).isEqualTo(Placed.Refusal.EVSE_BUSY);
    assertThat(world.orders.place(draft(Flow.PREPAID, 5_000, "key")))
        .isEqualTo(new Placed.Ok(world.now(first)));
    assertThat(world.bank.calls).containsExactly("execute present");
    world.orders.cancel(first.code());
    world.money.runJobs();
    assertThat(world.orders.place(draft(Flow.PREPAID, 5_000, "other")))
        .isInstanceOf(Placed.Ok.class);
  }

  @Test
  void aProviderThatTakesNoOrder_isToldAtOnce_andTheEvseIsFree() {
    world.bank.next(Fault.MISCONFIGURED);
    assertThat(refusal(draft(Flow.PREPAID, 5_000, "k"))).isEqualTo(Placed.Refusal.UNAVAILABLE);
    assertThat(world.place(Flow.PREPAID, 5_000).state()).isEqualTo(State.WAITING);
  }

  // ---- to the end ----

  @Test
  void prepaid_isUsedForTheBill_andTheRestGivenBack() {
    PaymentOrder order = world.place(Flow.PREPAID, 5_000);
    assertThat(order.action()).isNotNull();
    assertThat(order.action().data()).startsWith("qr:");
    world.bank.agrees();
    world.later(5);
    assertThat(world.now(order).state()).isEqualTo(State.STARTING);
    assertThat(world.started).hasSize(1);
    assertThat(deposit(order)).isEqualTo(-5_000);
    world.charging(1, order);
    assertThat(world.now(order).state()).isEqualTo(State.CHARGING);
    assertThat(world.now(order).sessionId()).isEqualTo(1);
    assertThat(world.limits).containsExactly(cny(5_000));
    world.ends(1, order, "10"); // 11.55
    closed(order, EndReason.SETTLED, 3_845);
    assertThat(world.now(order).total()).isEqualTo(cny(1_155));
    assertThat(world.bank.moved()).isEqualTo(1_155);
    assertThat(world.money.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(balance(Account.receivable(1, world.driver(order), "CNY"))).isZero();
    assertThat(world.started).hasSize(1);
  }

  @Test
  void preauth_isCaptured_andTheRestSetFree() {
    PaymentOrder order = world.paid(Flow.PREAUTH, 5_000);
    assertThat(world.bank.held()).isEqualTo(5_000);
    assertThat(world.bank.moved()).isZero();
    world.charging(1, order);
    world.ends(1, order, "10");
    closed(order, EndReason.SETTLED, 3_845);
    assertThat(world.bank.moved()).isEqualTo(1_155);
    assertThat(world.bank.count("execute capture")).isEqualTo(1);
    assertThat(world.money.hold(1).state()).isEqualTo(HoldState.CAPTURED);
  }

  @Test
  void wallet_isHeldAtOnce_andTheRestGoesBack() {
    world.money.topUp(OrderWorld.SIGNED_IN, 6_000);
    PaymentOrder order = world.paid(Flow.WALLET, 5_000);
    assertThat(order.state()).isEqualTo(State.STARTING);
    assertThat(world.money.wallet(OrderWorld.SIGNED_IN).held()).isEqualTo(cny(5_000));
    world.charging(1, order);
    world.ends(1, order, "10");
    closed(order, EndReason.SETTLED, 3_845);
    assertThat(world.money.wallet(OrderWorld.SIGNED_IN).balance()).isEqualTo(cny(4_845));
    assertThat(world.money.wallet(OrderWorld.SIGNED_IN).held()).isEqualTo(cny(0));
    assertThat(world.bank.calls).isEmpty();
  }

  @Test
  void giftMoneyOfTheWallet_isTheLastThatIsUsed() {
    world.money.topUp(OrderWorld.SIGNED_IN, 1_000);
    world.money.gift(OrderWorld.SIGNED_IN, 4_000);
    PaymentOrder order = world.paid(Flow.WALLET, 5_000);
    world.charging(1, order);
    world.ends(1, order, "10");
    assertThat(world.money.wallet(OrderWorld.SIGNED_IN).gift()).isEqualTo(cny(3_845));
  }

  @Test
  void aSessionThatCostsMoreThanIsHeld_leavesADebt_andNothingIsGivenBack() {
    PaymentOrder order = world.paid(Flow.PREPAID, 1_000);
    world.charging(1, order);
    world.ends(1, order, "10");
    closed(order, EndReason.DEBT, 0);
    assertThat(world.bank.moved()).isEqualTo(1_000);
    assertThat(balance(Account.receivable(1, world.driver(order), "CNY"))).isEqualTo(155);
  }

  // ---- the payer does not pay ----

  @ParameterizedTest
  @EnumSource(names = {"PREAUTH", "PREPAID"})
  void declined_closes(Flow flow) {
    PaymentOrder order = world.place(flow, 5_000);
    world.bank.declines();
    world.later(5);
    assertThat(world.now(order).end()).isEqualTo(EndReason.DECLINED);
    assertThat(world.now(order).state()).isEqualTo(State.CLOSED);
    assertThat(world.started).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"PREAUTH", "PREPAID"})
  void notPaidInTime_isTakenBack_thenOver(Flow flow) {
    PaymentOrder order = world.place(flow, 5_000);
    world.pass(580);
    assertThat(world.now(order).state()).isEqualTo(State.WAITING);
    world.pass(40);
    assertThat(world.now(order).state()).isEqualTo(State.CLOSED);
    assertThat(world.now(order).end()).isEqualTo(EndReason.EXPIRED);
    assertThat(world.bank.count("execute cancel")).isEqualTo(1);
    assertThat(world.orders.operations(order.id())).noneMatch(op -> op.state().isOpen());
  }

  @Test
  void cancelledWhileWaiting_isOverOnlyWhenTheProviderSaidSo() {
    PaymentOrder order = world.place(Flow.PREPAID, 5_000);
    world.bank.next(Fault.DROP_CALL);
    world.bank.next(Fault.DROP_ANSWER);
    world.orders.cancel(order.code());
    world.money.runJobs();
    assertThat(world.now(order).state()).isEqualTo(State.WAITING);
    assertThat(world.now(order).cancelAsked()).isTrue();
    world.pass(60);
    assertThat(world.now(order).end()).isEqualTo(EndReason.CANCELLED);
    assertThat(world.now(order).state()).isEqualTo(State.CLOSED);
    assertThat(world.bank.count("execute cancel")).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"PREAUTH", "PREPAID"})
  void cancelledTooLate_getsTheMoneyBack(Flow flow) {
    PaymentOrder order = world.place(flow, 5_000);
    world.bank.agrees();
    world.orders.cancel(order.code());
    world.money.runJobs();
    world.pass(30);
    closed(order, EndReason.CANCELLED, 5_000);
    assertThat(world.bank.moved()).isZero();
    assertThat(world.started).isEmpty();
  }

  @Test
  void paidInTheLastMoment_goesOn() {
    PaymentOrder order = world.place(Flow.PREPAID, 5_000);
    world.money.time.advance(java.time.Duration.ofSeconds(601));
    world.bank.agrees();
    world.money.runJobs();
    world.pass(20);
    assertThat(world.now(order).state()).isEqualTo(State.STARTING);
  }

  @ParameterizedTest
  @EnumSource(names = {"PREAUTH", "PREPAID"})
  void paidAfterTheEnd_byASlowProvider_isGivenBack(Flow flow) {
    PaymentOrder order = world.place(flow, 5_000);
    world.pass(640);
    assertThat(world.now(order).state()).isEqualTo(State.CLOSED);
    world.bank.agreesAfterAll();
    PaymentOperation ask = world.orders.operations(order.id()).getFirst();
    world.orders.heard(ask.id(), Outcome.Succeeded.of(cny(5_000)));
    world.orders.heard(ask.id(), Outcome.Succeeded.of(cny(5_000)));
    world.pass(30);
    closed(order, EndReason.EXPIRED, 5_000);
    assertThat(world.bank.moved()).isZero();
    assertThat(world.started).isEmpty();
  }

  // ---- callbacks ----

  @Test
  void aCallback_startsTheSession_onceHoweverOftenItComes() {
    PaymentOrder order = world.place(Flow.PREPAID, 5_000);
    world.bank.agrees();
    long ask = world.orders.operations(order.id()).getFirst().id();
    for (int i = 0; i < 3; i++) {
      world.orders.heard(ask, Outcome.Succeeded.of(cny(5_000)));
      world.money.runJobs();
    }
    assertThat(world.now(order).state()).isEqualTo(State.STARTING);
    assertThat(world.started).hasSize(1);
    assertThat(deposit(order)).isEqualTo(-5_000);
    assertThat(world.bank.calls).containsExactly("execute present");
  }

  @Test
  void aCallbackThatSaysNo_isNotBelieved_theProviderIsAsked() {
    PaymentOrder order = world.place(Flow.PREPAID, 5_000);
    world.bank.agrees();
    long ask = world.orders.operations(order.id()).getFirst().id();
    world.money.time.advance(java.time.Duration.ofSeconds(3));
    world.orders.heard(ask, new Outcome.Declined("no"));
    world.money.runJobs();
    assertThat(world.now(order).state()).isEqualTo(State.STARTING);
  }

  @Test
  void refresh_asksTheProvider_atMostOnceInTwoSeconds() {
    PaymentOrder order = world.place(Flow.PREPAID, 5_000);
    world.orders.refresh(order.code());
    assertThat(world.bank.count("query present")).isZero();
    world.money.time.advance(java.time.Duration.ofSeconds(3));
    world.bank.agrees();
    world.orders.refresh(order.code());
    world.orders.refresh(order.code());
    assertThat(world.bank.count("query present")).isEqualTo(1);
    world.money.runJobs();
    assertThat(world.now(order).state()).isEqualTo(State.STARTING);
  }

  // ---- who may see what ----

  @Test
  void lists_areByOperatorAndState_andAWishIsOfTheOperator() {
    PaymentOrder order = world.place(Flow.PREPAID, 5_000);
    assertThat(world.orders.list(1L, State.WAITING, Long.MAX_VALUE, 10)).hasSize(1);
    assertThat(world.orders.list(1L, State.CLOSED, Long.MAX_VALUE, 10)).isEmpty();
    assertThat(world.orders.list(2L, null, Long.MAX_VALUE, 10)).isEmpty();
    assertThat(world.orders.byId(2L, order.id())).isEmpty();
    List<String> witnessed = new ArrayList<>();
    assertThat(world.orders.cancel(2L, order.id(), tx -> witnessed.add("2"))).isFalse();
    assertThat(world.orders.cancel(1L, order.id(), tx -> witnessed.add("1"))).isTrue();
    assertThat(world.orders.cancel(1L, order.id(), tx -> witnessed.add("again"))).isTrue();
    assertThat(witnessed).containsExactly("1");
    assertThat(order.code()).hasSize(22);
  }
}
