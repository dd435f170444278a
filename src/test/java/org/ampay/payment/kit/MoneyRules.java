package org.ampay.payment.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.ampay.base.Money;
import org.ampay.payment.provider.Capabilities;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Money moves as told: exactly, and once. */
abstract class MoneyRules extends Kit {

  @ParameterizedTest
  @ValueSource(longs = {100, 101, 199, 1_999, 5_000, 10_001, 123_457})
  void taken_isTheAmount_toTheMinorUnit(long minor) {
    taken(money(minor));
    assertThat(moved()).isEqualTo(minor);
    assertThat(held()).isZero();
  }

  @Test
  void present_takesNothing_beforeThePayerAgrees() {
    if (lacks(CommandKind.PRESENT)) {
      return;
    }
    Deed presented = present(money(2_500));
    action(presented);
    assertThat(presented.query())
        .isInstanceOfAny(Outcome.ActionRequired.class, Outcome.Pending.class);
    assertThat(moved()).isZero();
  }

  @Test
  void asked_repeated_isPaidOnce() {
    Deed asked = asked(money(2_500));
    action(asked);
    agreed(asked);
    assertSucceeded(asked.query(), money(2_500));
    assertThat(asked.execute()).isNotInstanceOf(Outcome.Declined.class);
    assertSucceeded(asked.query(), money(2_500));
    assertThat(moved() + held()).isEqualTo(2_500);
  }

  @Test
  void payerDeclines_nothingMoves() {
    Deed asked = asked(money(2_500));
    on().payerDeclines(action(asked));
    assertThat(asked.query()).isNotInstanceOf(Outcome.Succeeded.class);
    assertThat(moved() + held()).isZero();
  }

  @Test
  void payerLeaves_itEndsUnpaid() {
    Deed asked = asked(money(2_500));
    action(asked);
    on().advance(PAYER_HAS.plus(on().settlingWindow()).plusMinutes(1));
    assertThat(asked.query()).isInstanceOfAny(Outcome.Declined.class, Outcome.NotSent.class);
    assertThat(moved() + held()).isZero();
  }

  @Test
  void authorize_setsAside_andMovesNothing() {
    if (lacks(CommandKind.AUTHORIZE)) {
      return;
    }
    holding(money(5_000));
    assertThat(held()).isEqualTo(5_000);
    assertThat(moved()).isZero();
  }

  @Test
  void capture_ofAPart_givesTheRestBack() {
    if (lacks(CommandKind.CAPTURE)) {
      return;
    }
    Deed held = holding(money(5_000));
    assertSucceeded(capture(held, money(1_999), money(5_000)).done(), money(1_999));
    assertThat(moved()).isEqualTo(1_999);
    assertThat(held()).isZero();
  }

  @Test
  void capture_repeated_movesOnce() {
    if (lacks(CommandKind.CAPTURE)) {
      return;
    }
    Deed captured = capture(holding(money(5_000)), money(1_999), money(5_000));
    assertSucceeded(captured.done(), money(1_999));
    assertSucceeded(captured.done(), money(1_999));
    assertSucceeded(captured.query(), money(1_999));
    assertThat(moved()).isEqualTo(1_999);
  }

  @Test
  void capture_aboveTheHold_movesNothing() {
    if (lacks(CommandKind.CAPTURE)) {
      return;
    }
    Deed held = holding(money(5_000));
    assertThat(capture(held, money(5_001), money(5_000)).execute())
        .isInstanceOfAny(Outcome.Declined.class, Outcome.Misconfigured.class);
    assertThat(moved()).isZero();
  }

  @Test
  void secondCapture_withoutTheFeature_movesNothing() {
    if (lacks(CommandKind.CAPTURE)) {
      return;
    }
    assumeFalse(
        provider().capabilities().features().contains(Capabilities.Feature.MULTIPLE_CAPTURE));
    Deed held = holding(money(5_000));
    assertSucceeded(capture(held, money(1_000), money(5_000)).done(), money(1_000));
    assertThat(capture(held, money(1_000), money(5_000)).done())
        .isNotInstanceOf(Outcome.Succeeded.class);
    assertThat(moved()).isEqualTo(1_000);
  }

  @Test
  void release_givesTheWholeHoldBack_once() {
    if (lacks(CommandKind.RELEASE)) {
      return;
    }
    Deed held = holding(money(5_000));
    Deed released = release(held);
    assertSucceeded(released.done(), money(0));
    assertSucceeded(released.done(), money(0));
    assertSucceeded(released.query(), money(0));
    assertThat(held()).isZero();
    assertThat(moved()).isZero();
  }

  @Test
  void capture_afterTheRelease_movesNothing() {
    if (lacks(CommandKind.RELEASE)) {
      return;
    }
    Deed held = holding(money(5_000));
    assertSucceeded(release(held).done(), money(0));
    assertThat(capture(held, money(1_000), money(5_000)).done())
        .isInstanceOfAny(Outcome.Declined.class, Outcome.Misconfigured.class);
    assertThat(moved()).isZero();
  }

  @Test
  void increment_addsToTheHold() {
    if (lacks(CommandKind.INCREMENT)) {
      return;
    }
    Deed held = holding(money(5_000));
    Deed more = deed(money(2_000), op -> new PaymentCommand.Increment(op, held.hold(money(5_000))));
    assertSucceeded(more.done(), money(2_000));
    assertSucceeded(more.done(), money(2_000));
    assertThat(held()).isEqualTo(7_000);
    assertSucceeded(capture(held, money(6_500), money(7_000)).done(), money(6_500));
    assertThat(moved()).isEqualTo(6_500);
    assertThat(held()).isZero();
  }

  @Test
  void charge_takesOnce() {
    if (lacks(CommandKind.CHARGE)) {
      return;
    }
    Deed charged = charge(money(1_999));
    assertSucceeded(charged.done(), money(1_999));
    assertSucceeded(charged.done(), money(1_999));
    assertSucceeded(charged.query(), money(1_999));
    assertThat(moved()).isEqualTo(1_999);
  }

  @Test
  void cancel_beforeThePayerAgrees_endsIt() {
    if (lacks(CommandKind.CANCEL)) {
      return;
    }
    Deed asked = asked(money(2_500));
    Outcome.ActionRequired action = action(asked);
    Deed cancelled = cancel(asked);
    assertSucceeded(cancelled.done(), money(0));
    on().payerAgrees(action);
    assertThat(moved() + held()).isZero();
    assertSucceeded(cancelled.done(), money(0));
    assertThat(asked.query()).isInstanceOfAny(Outcome.Declined.class, Outcome.NotSent.class);
  }

  @Test
  void cancel_afterThePayerAgreed_isTooLate() {
    if (lacks(CommandKind.CANCEL)) {
      return;
    }
    Deed asked = asked(money(2_500));
    agreed(asked);
    assertDeclined(cancel(asked).done());
    assertThat(moved() + held()).isEqualTo(2_500);
    assertSucceeded(asked.query(), money(2_500));
  }

  @Test
  void cancel_ofWhatNeverCame_succeeds() {
    if (lacks(CommandKind.CANCEL)) {
      return;
    }
    Deed never = asked(money(2_500));
    on().advance(on().settlingWindow());
    assertSucceeded(cancel(never).done(), money(0));
    assertThat(moved() + held()).isZero();
  }

  @Test
  void refunds_inParts_giveBackExactly_andNeverMore() {
    if (lacks(CommandKind.REFUND)) {
      return;
    }
    Deed taken = taken(money(2_999));
    Deed first = refund(taken, money(1_000));
    assertSucceeded(first.done(), money(1_000));
    assertThat(moved()).isEqualTo(1_999);
    assertSucceeded(refund(taken, money(1_999)).done(), money(1_999));
    assertThat(moved()).isZero();
    assertThat(refund(taken, money(1)).done()).isNotInstanceOf(Outcome.Succeeded.class);
    assertThat(moved()).isZero();
    assertSucceeded(first.query(), money(1_000));
  }

  @Test
  void refund_repeated_givesBackOnce() {
    if (lacks(CommandKind.REFUND)) {
      return;
    }
    Deed refunded = refund(taken(money(2_999)), money(1_000));
    assertSucceeded(refunded.done(), money(1_000));
    assertSucceeded(refunded.done(), money(1_000));
    assertThat(moved()).isEqualTo(1_999);
  }

  @Test
  void givenBackInFull_wasPaidAllTheSame() {
    if (lacks(CommandKind.REFUND)) {
      return;
    }
    Deed taken = taken(money(2_000));
    assertSucceeded(refund(taken, money(2_000)).done(), money(2_000));
    assertSucceeded(taken.query(), money(2_000));
    assertThat(moved()).isZero();
  }

  @Test
  void split_sharesOnce() {
    if (lacks(CommandKind.SPLIT)) {
      return;
    }
    Deed taken = taken(money(2_000));
    List<PaymentCommand.Split.Share> shares =
        List.of(new PaymentCommand.Split.Share(on().receiver().orElseThrow(), money(300)));
    Deed split = deed(money(300), op -> new PaymentCommand.Split(op, taken.target(), shares));
    assertSucceeded(split.done(), money(300));
    assertSucceeded(split.done(), money(300));
    assertSucceeded(split.query(), money(300));
  }

  @Test
  void payout_paysOnce() {
    if (lacks(CommandKind.PAYOUT)) {
      return;
    }
    taken(money(2_000));
    String receiver = on().receiver().orElseThrow();
    Deed paid = deed(money(300), op -> new PaymentCommand.Payout(op, receiver));
    assertSucceeded(paid.done(), money(300));
    assertSucceeded(paid.done(), money(300));
    assertSucceeded(paid.query(), money(300));
  }

  @Test
  void whatItCannot_isRefused_andNeverUnknown() {
    assertThat(provider().capabilities().commands())
        .doesNotContain(CommandKind.TOP_UP, CommandKind.WITHDRAW);
    Set<CommandKind> cannot = Set.copyOf(without(provider().capabilities().commands()));
    for (CommandKind kind : cannot) {
      assertThat(command(kind).execute())
          .as(kind.code())
          .isInstanceOfAny(Outcome.Misconfigured.class, Outcome.Declined.class);
    }
    assertThat(moved() + held()).isZero();
  }

  /** A provider without a command refuses it, and says that nothing happened. */
  final boolean lacks(CommandKind kind) {
    if (can(kind)) {
      return false;
    }
    assertThat(command(kind).execute())
        .as(provider().name() + " has no " + kind.code())
        .isInstanceOfAny(Outcome.Misconfigured.class, Outcome.Declined.class);
    assertThat(moved() + held()).isZero();
    return true;
  }

  private static List<CommandKind> without(Set<CommandKind> commands) {
    return Arrays.stream(CommandKind.values())
        .filter(
            kind ->
                kind != CommandKind.TOP_UP
                    && kind != CommandKind.WITHDRAW
                    && !commands.contains(kind))
        .toList();
  }

  private Deed command(CommandKind kind) {
    Deed never = authorize(money(500));
    return switch (kind) {
      case AUTHORIZE -> never;
      case INCREMENT ->
          deed(money(100), op -> new PaymentCommand.Increment(op, never.hold(money(500))));
      case CAPTURE -> capture(never, money(500), money(500));
      case RELEASE -> release(never);
      case CHARGE ->
          deed(
              money(500),
              op -> new PaymentCommand.Charge(op, new PaymentCommand.SavedMethod("p", "m")));
      case PRESENT -> present(money(500));
      case CANCEL -> cancel(never);
      case REFUND -> refund(never, money(500));
      case SPLIT -> deed(money(5), op -> new PaymentCommand.Split(op, never.target(), List.of()));
      case PAYOUT -> deed(money(5), op -> new PaymentCommand.Payout(op, "nobody"));
      case TOP_UP, WITHDRAW -> throw new IllegalArgumentException("no command to a provider");
    };
  }

  @Test
  void repeatedAtOnce_movesOnce() throws Exception {
    if (lacks(CommandKind.REFUND)) {
      return;
    }
    Deed racing = refund(taken(money(2_999)), money(1_000));
    Callable<Outcome> send = () -> provider().execute(racing.command());
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      many.invokeAll(Stream.generate(() -> send).limit(8).toList());
    }
    assertSucceeded(racing.query(), money(1_000));
    assertThat(moved()).isEqualTo(1_999);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JPY", "KWD", "USD"})
  void otherCurrencies_areExact_orRefused(String currency) {
    Set<String> currencies = provider().capabilities().currencies();
    Money amount = new Money(currency, 20_000);
    Deed asked = asked(amount);
    if (currencies.isEmpty() || currencies.contains(currency)) {
      agreed(asked);
      assertSucceeded(asked.query(), amount);
      assertThat(on().moved(currency) + on().held(currency)).isEqualTo(20_000);
    } else {
      assertThat(asked.execute())
          .isInstanceOfAny(Outcome.Misconfigured.class, Outcome.Declined.class);
      assertThat(on().moved(currency) + on().held(currency)).isZero();
    }
  }

  @Test
  void capabilities_areWhole() {
    Capabilities can = provider().capabilities();
    assertThat(provider().name()).matches("[a-z0-9]{2,20}");
    assertThat(can.commands()).isNotEmpty();
    assertThat(can.idempotency().validFor()).isGreaterThan(Duration.ZERO);
    assertThat(can.limits().minMinor()).isNotNegative();
    assertThat(can.limits().maxMinor()).isGreaterThan(can.limits().minMinor());
    assertThat(can.can(CommandKind.CAPTURE)).isEqualTo(can.can(CommandKind.AUTHORIZE));
    assertThat(can.can(CommandKind.RELEASE)).isEqualTo(can.can(CommandKind.AUTHORIZE));
    assertThat(can.can(CommandKind.SPLIT)).isEqualTo(can.limits().maxShares() > 0);
  }
}
