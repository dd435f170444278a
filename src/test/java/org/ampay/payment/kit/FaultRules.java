package org.ampay.payment.kit;

import static org.assertj.core.api.Assertions.assertThat;

import org.ampay.base.Money;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever goes wrong on the way: an answer is never made up, a query tells the truth, and a repeat
 * with the same reference moves nothing twice.
 */
abstract class FaultRules extends MoneyRules {

  private static final int MOST_TRIES = 5;

  @ParameterizedTest
  @EnumSource(Rig.Fault.class)
  void asking_survives(Rig.Fault fault) {
    if (neverMeets(fault)) {
      return;
    }
    Deed asked = asked(money(2_500));
    on().next(fault);
    Outcome told = asked.execute();
    assertHonest(told, fault);
    if (fault == Rig.Fault.DECLINE) {
      assertThat(moved() + held()).isZero();
      return;
    }
    if (!(told instanceof Outcome.ActionRequired)) {
      assertThat(asked.query()).isNotInstanceOfAny(Outcome.Succeeded.class, Outcome.Declined.class);
    }
    agreed(asked);
    assertSucceeded(asked.query(), money(2_500));
    assertThat(moved() + held()).isEqualTo(2_500);
  }

  @ParameterizedTest
  @EnumSource(Rig.Fault.class)
  void capture_survives(Rig.Fault fault) {
    if (neverMeets(fault) || lacks(CommandKind.CAPTURE)) {
      return;
    }
    Deed captured = capture(holding(money(5_000)), money(1_999), money(5_000));
    survives(captured, fault, money(1_999), 0, 1_999);
  }

  @ParameterizedTest
  @EnumSource(Rig.Fault.class)
  void release_survives(Rig.Fault fault) {
    if (neverMeets(fault) || lacks(CommandKind.RELEASE)) {
      return;
    }
    Deed released = release(holding(money(5_000)));
    survives(released, fault, money(0), 0, 0);
    assertThat(held()).isEqualTo(fault == Rig.Fault.DECLINE ? 5_000 : 0);
  }

  @ParameterizedTest
  @EnumSource(Rig.Fault.class)
  void charge_survives(Rig.Fault fault) {
    if (neverMeets(fault) || lacks(CommandKind.CHARGE)) {
      return;
    }
    survives(charge(money(1_999)), fault, money(1_999), 0, 1_999);
  }

  @ParameterizedTest
  @EnumSource(Rig.Fault.class)
  void refund_survives(Rig.Fault fault) {
    if (neverMeets(fault) || lacks(CommandKind.REFUND)) {
      return;
    }
    Deed refunded = refund(taken(money(2_999)), money(1_000));
    survives(refunded, fault, money(1_000), 2_999, 1_999);
  }

  /** DECLINE has no case here: it is for the provider to say what of a cancel is refused. */
  @ParameterizedTest
  @EnumSource(value = Rig.Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "DECLINE")
  void cancel_survives(Rig.Fault fault) {
    if (neverMeets(fault) || lacks(CommandKind.CANCEL)) {
      return;
    }
    Deed asked = asked(money(2_500));
    Outcome.ActionRequired action = action(asked);
    Deed cancelled = cancel(asked);
    survives(cancelled, fault, money(0), 0, 0);
    on().payerAgrees(action);
    assertThat(moved() + held()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Rig.Fault.class,
      names = {"DROP_CALL", "DROP_ANSWER", "ERROR_500", "GARBAGE", "FORGED_SIGNATURE"})
  void aQueryThatFails_decidesNothing(Rig.Fault fault) {
    if (neverMeets(fault)) {
      return;
    }
    Deed asked = asked(money(2_500));
    agreed(asked);
    on().next(fault);
    assertThat(asked.query()).isInstanceOfAny(Outcome.Unknown.class, Outcome.Succeeded.class);
    assertSucceeded(asked.query(), money(2_500));
  }

  @Test
  void whatNeverCame_isDeniedOnlyAfterTheSettlingWindow() {
    Deed never = asked(money(2_500));
    if (!on().settlingWindow().isPositive()) {
      assertThat(never.query()).as("answered for certain").isInstanceOf(Outcome.NotSent.class);
      return;
    }
    assertThat(never.query())
        .isNotInstanceOfAny(Outcome.NotSent.class, Outcome.Declined.class, Outcome.Succeeded.class);
    on().advance(on().settlingWindow().plusSeconds(1));
    assertThat(never.query()).isInstanceOf(Outcome.NotSent.class);
  }

  /** A rig that leaves a fault out says why. */
  private boolean neverMeets(Rig.Fault fault) {
    return !on().faults().contains(fault);
  }

  /** As the settlement machine goes on: ask first, send again only what is proven not sent. */
  private void survives(Deed deed, Rig.Fault fault, Money amount, long before, long after) {
    on().next(fault);
    Outcome told = deed.execute();
    assertHonest(told, fault);
    if (fault == Rig.Fault.DECLINE) {
      assertThat(moved()).isEqualTo(before);
      return;
    }
    for (int i = 0; i < MOST_TRIES && !(told instanceof Outcome.Succeeded); i++) {
      assertThat(told).isNotInstanceOfAny(Outcome.Declined.class, Outcome.Misconfigured.class);
      if (told instanceof Outcome.NotSent) {
        told = deed.execute();
      } else {
        on().advance(on().settlingWindow().plusSeconds(1));
        told = deed.query();
      }
    }
    assertSucceeded(told, amount);
    assertThat(moved()).isEqualTo(after);
    assertSucceeded(deed.done(), amount);
    assertThat(moved()).as("after a repeat").isEqualTo(after);
  }

  /** A SDK may have repeated the call by itself and know the truth already. */
  private static void assertHonest(Outcome told, Rig.Fault fault) {
    switch (fault) {
      case DECLINE -> assertThat(told).isInstanceOf(Outcome.Declined.class);
      case DROP_ANSWER, DROP_CALL, ERROR_500, GARBAGE, FORGED_SIGNATURE ->
          assertThat(told)
              .as("after " + fault)
              .isNotInstanceOfAny(Outcome.Declined.class, Outcome.Misconfigured.class);
    }
    if (fault == Rig.Fault.DROP_ANSWER
        || fault == Rig.Fault.GARBAGE
        || fault == Rig.Fault.FORGED_SIGNATURE) {
      assertThat(told).as("done, and not heard").isNotInstanceOf(Outcome.NotSent.class);
    }
  }
}
