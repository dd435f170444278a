package org.ampay.payment;

import static org.ampay.payment.OrderWorld.cny;
import static org.ampay.payment.OrderWorld.draft;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.ampay.access.AuthorizationStatus;
import org.ampay.billing.SettlementState;
import org.ampay.charging.StartGuard.Verdict;
import org.ampay.charging.StationStops.Answer;
import org.ampay.ledger.Account;
import org.ampay.ledger.TrialBalanceRow;
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
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An order from the code at the EVSE to its end, on every kind of store. */
abstract class OrderFlowContract {

  private static final Verdict REFUSED = new Verdict.Refused(AuthorizationStatus.INVALID);

  OrderWorld world;

  abstract OrderWorld newWorld();

  @BeforeEach
  void open() {
    world = newWorld();
  }

  @AfterEach
  void booksAreInBalance_andEqualTheProviders() {
    List<TrialBalanceRow> rows =
        world.money.transactor.call(tx -> world.money.stores.ledger().trialBalance(tx, null));
    assertThat(rows.stream().mapToLong(TrialBalanceRow::balanceMinor).sum()).isZero();
    assertThat(balance(Account.pspClearing(1, "bank", 9L, "CNY"))).isEqualTo(world.bank.moved());
  }

  private long balance(Account account) {
    return world.money.balance(account);
  }

  private long deposit(PaymentOrder order) {
    return balance(Account.deposit(1, world.driver(order), "CNY"));
  }

  private void closed(PaymentOrder order, EndReason why, long returned) {
    PaymentOrder now = world.now(order);
    assertThat(now.state()).isEqualTo(State.CLOSED);
    assertThat(now.end()).isEqualTo(why);
    assertThat(now.returned()).isEqualTo(cny(returned));
    assertThat(world.bank.held()).isZero();
    assertThat(deposit(order)).isZero();
    assertThat(world.orders.operations(order.id())).noneMatch(op -> op.state().isOpen());
  }

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

  // ---- the session does not come ----

  @ParameterizedTest
  @EnumSource(Flow.class)
  void aStationThatRefuses_costsNothing(Flow flow) {
    world.money.topUp(OrderWorld.SIGNED_IN, 5_000);
    world.answers.add(Answer.REFUSED);
    PaymentOrder order = world.paid(flow, 5_000);
    closed(order, EndReason.START_REFUSED, 5_000);
    assertThat(world.bank.moved()).isZero();
    assertThat(world.money.wallet(OrderWorld.SIGNED_IN).available()).isEqualTo(cny(5_000));
    assertThat(world.started).hasSize(1);
  }

  @Test
  void aStationThatIsAway_costsNothing() {
    world.answers.add(Answer.AWAY);
    closed(world.paid(Flow.PREAUTH, 5_000), EndReason.STATION_OFFLINE, 5_000);
  }

  @Test
  void aCableThatIsNeverPlugged_costsNothing_andALateStartIsRefused() {
    PaymentOrder order = world.paid(Flow.PREPAID, 5_000);
    world.pass(170);
    assertThat(world.now(order).state()).isEqualTo(State.STARTING);
    world.pass(30);
    closed(order, EndReason.NEVER_PLUGGED, 5_000);
    assertThat(world.start(1, order, 1)).isEqualTo(REFUSED);
    assertThat(world.bank.moved()).isZero();
  }

  @Test
  void aStationThatSaysYesAndDoesNothing_costsNothing() {
    world.plugged = true;
    PaymentOrder order = world.paid(Flow.PREAUTH, 5_000);
    world.pass(200);
    closed(order, EndReason.NO_SESSION, 5_000);
  }

  @ParameterizedTest
  @EnumSource(Flow.class)
  void aStartWhoseSessionIsLost_isGivenBack(Flow flow) {
    world.money.topUp(OrderWorld.SIGNED_IN, 5_000);
    PaymentOrder order = world.paid(flow, 5_000);
    assertThat(world.start(1, order, 1)).isInstanceOf(Verdict.Granted.class);
    world.pass(1_000);
    closed(order, EndReason.NO_SESSION, 5_000);
    assertThat(world.money.hold(1).state()).isEqualTo(HoldState.RELEASED);
    assertThat(world.money.wallet(OrderWorld.SIGNED_IN).available()).isEqualTo(cny(5_000));
  }

  @ParameterizedTest
  @EnumSource(Flow.class)
  void cancelledBeforeTheSession_getsTheMoneyBack_andTheStartIsRefused(Flow flow) {
    world.money.topUp(OrderWorld.SIGNED_IN, 5_000);
    PaymentOrder order = world.paid(flow, 5_000);
    world.orders.cancel(order.code());
    assertThat(world.start(1, order, 1)).isEqualTo(REFUSED);
    world.money.runJobs();
    world.pass(30);
    closed(order, EndReason.CANCELLED, 5_000);
    assertThat(world.start(2, order, 1)).isEqualTo(REFUSED);
    assertThat(world.money.wallet(OrderWorld.SIGNED_IN).available()).isEqualTo(cny(5_000));
  }

  @Test
  void aSessionThatComesBeforeTheStationsAnswer_isTheOrders() {
    PaymentOrder order = world.place(Flow.PREPAID, 5_000);
    world.bank.agrees();
    world.duringStart =
        () -> assertThat(world.start(1, order, 1)).isInstanceOf(Verdict.Granted.class);
    world.answers.add(Answer.AWAY);
    world.later(5);
    assertThat(world.now(order).state()).isEqualTo(State.CHARGING);
  }

  @Test
  void anOrderStartsOneSession_atItsPlace() {
    PaymentOrder order = world.paid(Flow.PREPAID, 5_000);
    assertThat(world.start(1, order, 2)).isEqualTo(REFUSED);
    Verdict first = world.start(2, order, 1);
    assertThat(first).isInstanceOf(Verdict.Granted.class);
    assertThat(world.start(2, order, 1)).isEqualTo(first);
    assertThat(world.start(3, order, 1)).isNotEqualTo(first).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void twoStartsOfOneOrder_inOneGroup_oneIsGranted() {
    PaymentOrder order = world.paid(Flow.PREPAID, 5_000);
    List<Verdict> verdicts =
        world.money.starts(List.of(world.request(1, order, 1), world.request(2, order, 1)));
    assertThat(verdicts.getFirst()).isInstanceOf(Verdict.Granted.class);
    assertThat(verdicts.getLast()).isInstanceOf(Verdict.Refused.class);
  }

  // ---- while it charges ----

  @Test
  void cancelledWhileCharging_stopsTheSession_againUntilItStops() {
    PaymentOrder order = world.paid(Flow.PREPAID, 5_000);
    world.charging(1, order);
    world.orders.stop(order.code());
    world.orders.stop(order.code());
    world.money.runJobs();
    assertThat(world.stopped).containsExactly("1");
    world.pass(40);
    assertThat(world.stopped).containsExactly("1", "1");
    world.ends(1, order, "10");
    closed(order, EndReason.SETTLED, 3_845);
  }

  @Test
  void aHoldThatIsNearlyUsedUp_grows_whereTheProviderCan() {
    PaymentOrder order = world.paid(Flow.PREAUTH, 1_000);
    world.charging(1, order);
    world.cost = cny(799);
    world.later(31);
    assertThat(world.bank.count("execute increment")).isZero();
    world.cost = cny(800);
    world.later(31);
    assertThat(world.now(order).held()).isEqualTo(cny(2_000));
    assertThat(world.limits).containsExactly(cny(1_000), cny(2_000));
    assertThat(world.money.hold(1).amount()).isEqualTo(cny(2_000));
    world.ends(1, order, "10");
    closed(order, EndReason.SETTLED, 845);
    assertThat(world.bank.moved()).isEqualTo(1_155);
  }

  @Test
  void aHoldThatCannotGrow_isNotAskedForAgain() {
    PaymentOrder order = world.paid(Flow.PREAUTH, 1_000);
    world.charging(1, order);
    world.cost = cny(900);
    world.bank.next(Fault.DECLINE);
    world.pass(200);
    assertThat(world.bank.count("execute increment")).isEqualTo(1);
    assertThat(world.now(order).held()).isEqualTo(cny(1_000));
  }

  @Test
  void aHoldThatTheProviderWillDrop_stopsItsSessionBefore() {
    PaymentOrder order = world.paid(Flow.PREAUTH, 5_000);
    world.charging(1, order);
    world.later(22 * 3600);
    assertThat(world.stopped).isEmpty();
    world.later(3600);
    assertThat(world.stopped).containsExactly("1");
  }

  // ---- the line to the provider ----

  @ParameterizedTest
  @EnumSource(names = {"DROP_ANSWER", "DROP_CALL"})
  void whateverGetsLost_nothingIsTakenOrGivenBackTwice(Fault fault) {
    world.bank.next(fault);
    PaymentOrder order = world.place(Flow.PREPAID, 5_000);
    world.pass(30);
    world.bank.agrees();
    world.pass(30);
    world.charging(1, order);
    world.bank.next(fault);
    world.ends(1, order, "10");
    world.pass(30);
    closed(order, EndReason.SETTLED, 3_845);
    assertThat(world.bank.moved()).isEqualTo(1_155);
  }

  @ParameterizedTest
  @EnumSource(names = {"DROP_ANSWER", "DROP_CALL"})
  void aReleaseThatGetsLost_isMadeOnce(Fault fault) {
    PaymentOrder order = world.place(Flow.PREAUTH, 5_000);
    world.bank.agrees();
    world.answers.add(Answer.REFUSED);
    world.orders.heard(
        world.orders.operations(order.id()).getFirst().id(), Outcome.Succeeded.of(cny(5_000)));
    world.bank.next(fault);
    world.money.runJobs();
    assertThat(world.now(order).state()).isEqualTo(State.RETURNING);
    world.pass(60);
    closed(order, EndReason.START_REFUSED, 5_000);
    assertThat(ops(order, CommandKind.RELEASE)).hasSize(1);
  }

  @Test
  void aRefundThatIsRefused_isTriedAgain_untilItIsDone() {
    PaymentOrder order = world.paid(Flow.PREPAID, 5_000);
    world.orders.cancel(order.code());
    world.bank.next(Fault.DECLINE);
    world.bank.next(Fault.MISCONFIGURED);
    world.money.runJobs();
    world.pass(30);
    assertThat(world.now(order).state()).isEqualTo(State.RETURNING);
    assertThat(deposit(order)).isEqualTo(-5_000);
    world.pass(300);
    closed(order, EndReason.CANCELLED, 5_000);
    assertThat(ops(order, CommandKind.REFUND)).hasSize(3);
    assertThat(world.bank.moved()).isZero();
  }

  private List<PaymentOperation> ops(PaymentOrder order, CommandKind kind) {
    return world.orders.operations(order.id()).stream().filter(op -> op.kind() == kind).toList();
  }

  @Test
  void aProviderThatCannotCancel_isAskedUntilItSaysNo() {
    world.bank.cannot.add(CommandKind.CANCEL);
    PaymentOrder order = world.place(Flow.PREPAID, 5_000);
    world.pass(700);
    assertThat(world.now(order).state()).isEqualTo(State.WAITING);
    world.bank.declines();
    world.pass(30);
    assertThat(world.now(order).end()).isEqualTo(EndReason.EXPIRED);
    assertThat(world.bank.count("execute cancel")).isZero();
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
