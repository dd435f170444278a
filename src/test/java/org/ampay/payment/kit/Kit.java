package org.ampay.payment.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.ampay.base.Money;
import org.ampay.payment.provider.Ask;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.RawCallback;
import org.ampay.payment.provider.RemoteProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of the kit need: operations, payers, and what the gateway's books say. */
abstract class Kit {

  static final long OPERATOR = 1;
  static final long DRIVER = 7;
  static final Duration PAYER_HAS = Duration.ofMinutes(35);
  private static final int MOST_CALLBACKS = 20;

  private long operations = ThreadLocalRandom.current().nextLong(1_000_000, Integer.MAX_VALUE);
  private @Nullable Rig opened;

  /** A provider and a gateway that nobody used before. */
  protected abstract Rig rig() throws Exception;

  @BeforeEach
  final void openTheRig() throws Exception {
    opened = rig();
  }

  @AfterEach
  final void closeTheRig() {
    on().close();
  }

  final Rig on() {
    return Objects.requireNonNull(opened, "opened before each test");
  }

  final RemoteProvider provider() {
    return on().provider();
  }

  final boolean can(CommandKind kind) {
    return provider().capabilities().can(kind);
  }

  final Money money(long minor) {
    return new Money(on().currency(), minor);
  }

  final long moved() {
    return on().moved(on().currency());
  }

  final long held() {
    return on().held(on().currency());
  }

  final Deed deed(Money amount, Function<Operation, PaymentCommand> make) {
    long id = ++operations;
    String reference = "kit" + Long.toString(id, 36).toLowerCase(Locale.ROOT) + "0000";
    return new Deed(
        provider(), new Operation(id, OPERATOR, DRIVER, reference, amount, "", on().now()), make);
  }

  final Deed present(Money amount) {
    Ask ask = ask();
    return deed(amount, op -> new PaymentCommand.Present(op, ask));
  }

  final Deed authorize(Money amount) {
    Ask ask = ask();
    return deed(amount, op -> new PaymentCommand.Authorize(op, Duration.ofDays(1), ask));
  }

  /** What a payer is asked to agree to: PRESENT where the provider can, else AUTHORIZE. */
  final Deed asked(Money amount) {
    assertThat(can(CommandKind.PRESENT) || can(CommandKind.AUTHORIZE))
        .as(provider().name() + " asks payers")
        .isTrue();
    return can(CommandKind.PRESENT) ? present(amount) : authorize(amount);
  }

  final Deed capture(Deed authorized, Money amount, Money hold) {
    return deed(amount, op -> new PaymentCommand.Capture(op, authorized.hold(hold)));
  }

  final Deed release(Deed authorized) {
    PaymentCommand.Hold hold = authorized.hold(authorized.amount());
    return deed(
        Money.zero(authorized.amount().currency()), op -> new PaymentCommand.Release(op, hold));
  }

  final Deed cancel(Deed asked) {
    PaymentCommand.Target target = asked.target();
    return deed(Money.zero(asked.amount().currency()), op -> new PaymentCommand.Cancel(op, target));
  }

  final Deed refund(Deed taken, Money amount) {
    PaymentCommand.Target target = taken.target();
    return deed(amount, op -> new PaymentCommand.Refund(op, target));
  }

  final Deed charge(Money amount) {
    PaymentCommand.SavedMethod method = on().savedMethod().orElseThrow();
    return deed(amount, op -> new PaymentCommand.Charge(op, method));
  }

  /** Money that was set aside. */
  final Deed holding(Money amount) {
    Deed authorized = authorize(amount);
    agreed(authorized);
    assertSucceeded(authorized.query(), amount);
    return authorized;
  }

  /** Money that was taken, by whatever way the provider has. */
  final Deed taken(Money amount) {
    if (can(CommandKind.PRESENT)) {
      Deed presented = present(amount);
      agreed(presented);
      assertSucceeded(presented.query(), amount);
      return presented;
    }
    if (can(CommandKind.AUTHORIZE)) {
      Deed captured = capture(holding(amount), amount, amount);
      assertSucceeded(captured.done(), amount);
      return captured;
    }
    Deed charged = charge(amount);
    assertSucceeded(charged.done(), amount);
    return charged;
  }

  /** Sends it, and the payer does what is asked of him. */
  final void agreed(Deed asked) {
    on().payerAgrees(action(asked));
  }

  final Outcome.ActionRequired action(Deed asked) {
    Outcome told = asked.execute();
    assertThat(told).as("asking the payer").isInstanceOf(Outcome.ActionRequired.class);
    Outcome.ActionRequired needed = (Outcome.ActionRequired) told;
    assertThat(needed.form()).isEqualTo(on().form());
    assertThat(needed.action()).isNotBlank().hasSizeLessThanOrEqualTo(2_000);
    return needed;
  }

  /**
   * The gateway's callback about an operation; those about others are passed over, and those that
   * say that it goes on: several may be on the way at once.
   */
  final RawCallback callbackAbout(Deed deed) {
    for (int i = 0; i < MOST_CALLBACKS; i++) {
      Optional<RawCallback> raw = on().nextCallback();
      if (raw.isEmpty()) {
        break;
      }
      Callback said = provider().verify(raw.get());
      assertThat(said).as("a true callback").isNotInstanceOf(Callback.Refused.class);
      if (said instanceof Callback.News news
          && isAbout(news, deed)
          && !(news.outcome() instanceof Outcome.Pending)) {
        return raw.get();
      }
    }
    throw new AssertionError("no callback came about " + deed.reference());
  }

  static boolean isAbout(Callback.News news, Deed deed) {
    return news.reference().equals(deed.reference())
        || (!news.providerRef().isEmpty() && news.providerRef().equals(deed.providerRef()));
  }

  static void assertSucceeded(Outcome outcome, Money amount) {
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(((Outcome.Succeeded) outcome).done()).isEqualTo(amount);
  }

  static void assertDeclined(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Declined.class);
  }

  private Ask ask() {
    return new Ask(
        "Charging 充电",
        on().form(),
        on().now().plus(PAYER_HAS),
        URI.create("http://127.0.0.1:9/pay/orders/x"),
        null,
        "127.0.0.1",
        "zh");
  }
}
