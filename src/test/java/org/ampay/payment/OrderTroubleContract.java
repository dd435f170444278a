package org.ampay.payment;

import static org.ampay.payment.OrderWorld.cny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.ampay.charging.StartGuard.Verdict;
import org.ampay.charging.StationStops.Answer;
import org.ampay.payment.OrderBank.Fault;
import org.ampay.payment.order.Flow;
import org.ampay.payment.order.PaymentOrder;
import org.ampay.payment.order.PaymentOrder.EndReason;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Orders whose station, driver or provider does not do as it should, on every kind of store. */
abstract class OrderTroubleContract extends OrderContract {

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
  void aHoldThatIsUsedUp_doesNotGrow_whileItsSessionIsBeingStopped() {
    PaymentOrder order = world.paid(Flow.PREAUTH, 1_000);
    world.charging(1, order);
    world.cost = cny(990);
    world.usedUp = true;
    world.pass(200);
    assertThat(world.bank.count("execute increment")).isZero();
    assertThat(world.now(order).held()).isEqualTo(cny(1_000));
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

  @Test
  void moneyThatDoesNotComeBackInTime_raisesAnAlarm_untilItDoes() {
    PaymentOrder order = world.paid(Flow.PREPAID, 5_000);
    world.orders.cancel(order.code());
    for (int i = 0; i < 6; i++) {
      world.bank.next(Fault.DECLINE);
    }
    world.money.runJobs();
    for (int minute = 0; minute < 59; minute++) {
      world.later(60);
    }
    assertThat(world.alarms()).isEmpty();
    world.later(120);
    assertThat(world.alarms())
        .extracting(PaymentAlarm::kind, PaymentAlarm::orderId)
        .containsExactly(tuple(PaymentAlarm.Kind.ORDER_LATE, order.id()));
    for (int minute = 0; minute < 120; minute++) {
      world.later(60);
    }
    closed(order, EndReason.CANCELLED, 5_000);
    assertThat(world.alarms()).isEmpty();
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
}
