package org.ampay.payment;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.ampay.base.Money;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.CallbackAnswer;
import org.ampay.payment.provider.Capabilities;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.RawCallback;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.StatementLine;
import org.jspecify.annotations.Nullable;

/** A provider with books of its own, whose payers do as the test says, and whose line can fail. */
final class OrderBank implements RemoteProvider {

  static final String NAME = "bank";

  /** What goes wrong with the next call. */
  enum Fault {
    /** It is done; its answer gets lost. */
    DROP_ANSWER,
    /** It never arrives. */
    DROP_CALL,
    DECLINE,
    MISCONFIGURED
  }

  private enum Payer {
    WAITS,
    AGREED,
    DECLINED,
    GONE
  }

  /** Someone is asked for money. */
  private static final class Asked {
    private final CommandKind kind;
    private final String currency;
    private long minor;
    private Payer payer = Payer.WAITS;
    private boolean holds;
    private long takenMinor;
    private long refundedMinor;

    Asked(CommandKind kind, Money amount) {
      this.kind = kind;
      this.currency = amount.currency();
      this.minor = amount.minor();
    }
  }

  private final Map<String, Asked> asked = new LinkedHashMap<>();
  private final Map<String, Outcome> done = new LinkedHashMap<>();
  private final Deque<Fault> faults = new ArrayDeque<>();
  final List<String> calls = new ArrayList<>();
  final Set<CommandKind> cannot = EnumSet.noneOf(CommandKind.class);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Capabilities capabilities() {
    EnumSet<CommandKind> can =
        EnumSet.of(
            CommandKind.AUTHORIZE,
            CommandKind.PRESENT,
            CommandKind.CANCEL,
            CommandKind.CAPTURE,
            CommandKind.RELEASE,
            CommandKind.REFUND,
            CommandKind.INCREMENT);
    can.removeAll(cannot);
    return new Capabilities(
        Set.of(Capabilities.Flow.PREAUTH, Capabilities.Flow.PREPAID, Capabilities.Flow.QR),
        can,
        Set.of(Capabilities.Feature.PARTIAL_CAPTURE),
        new Capabilities.Idempotency(Capabilities.Idempotency.By.REFERENCE, Duration.ofDays(30)),
        Set.of("CNY"),
        new Capabilities.Limits(1, 1_000_000, Duration.ofDays(1), Duration.ofDays(180), 0));
  }

  // ---- what a test does ----

  void next(Fault fault) {
    faults.add(fault);
  }

  /** The payer agrees to the only thing that he is asked. */
  synchronized void agrees() {
    Asked last = last();
    if (last.payer == Payer.WAITS) {
      last.payer = Payer.AGREED;
      last.holds = last.kind == CommandKind.AUTHORIZE;
      last.takenMinor = last.kind == CommandKind.PRESENT ? last.minor : 0;
    }
  }

  /** The payer agrees to what was taken back: some providers are slow. */
  synchronized void agreesAfterAll() {
    last().payer = Payer.WAITS;
    agrees();
  }

  synchronized void declines() {
    if (last().payer == Payer.WAITS) {
      last().payer = Payer.DECLINED;
    }
  }

  synchronized boolean isAsked() {
    return !asked.isEmpty();
  }

  synchronized boolean isAgreed() {
    return isAsked() && last().payer == Payer.AGREED;
  }

  private Asked last() {
    return asked.values().stream().reduce((first, second) -> second).orElseThrow();
  }

  /** What the account really got, refunds taken off. */
  synchronized long moved() {
    return asked.values().stream().mapToLong(a -> a.takenMinor - a.refundedMinor).sum();
  }

  /** What is set aside now. */
  synchronized long held() {
    return asked.values().stream().filter(a -> a.holds).mapToLong(a -> a.minor).sum();
  }

  synchronized long count(String call) {
    return calls.stream().filter(call::equals).count();
  }

  // ---- what the server does ----

  @Override
  public synchronized Outcome execute(PaymentCommand command) {
    calls.add("execute " + command.kind().code());
    @Nullable Fault fault = faults.poll();
    if (fault == Fault.DROP_CALL) {
      return new Outcome.NotSent("no route");
    }
    if (fault == Fault.DECLINE) {
      return remember(command, new Outcome.Declined("no"));
    }
    if (fault == Fault.MISCONFIGURED) {
      return new Outcome.Misconfigured("bad key");
    }
    Outcome outcome = act(command);
    return fault == Fault.DROP_ANSWER ? new Outcome.Unknown("time-out") : outcome;
  }

  @Override
  public synchronized Outcome query(PaymentCommand command) {
    calls.add("query " + command.kind().code());
    String reference = command.operation().reference();
    Asked one = asked.get(reference);
    if (one != null) {
      return answer(reference, one);
    }
    return done.getOrDefault(reference, new Outcome.NotSent("never heard of it"));
  }

  private Outcome act(PaymentCommand command) {
    String reference = command.operation().reference();
    if (done.containsKey(reference)) {
      return done.get(reference);
    }
    Money amount = command.operation().amount();
    return switch (command) {
      case PaymentCommand.Authorize _, PaymentCommand.Present _ ->
          answer(
              reference, asked.computeIfAbsent(reference, r -> new Asked(command.kind(), amount)));
      case PaymentCommand.Cancel cancel -> remember(command, cancel(cancel));
      case PaymentCommand.Capture capture -> remember(command, capture(capture));
      case PaymentCommand.Release release -> {
        hold(release.hold()).holds = false;
        yield remember(command, Outcome.Succeeded.of(amount));
      }
      case PaymentCommand.Increment more -> {
        hold(more.hold()).minor += amount.minor();
        yield remember(command, Outcome.Succeeded.of(amount));
      }
      case PaymentCommand.Refund refund -> remember(command, refund(refund));
      case PaymentCommand.Charge _ -> new Outcome.Declined("no card on file");
      case PaymentCommand.Split _, PaymentCommand.Payout _ -> new Outcome.Misconfigured("not here");
    };
  }

  private Outcome remember(PaymentCommand command, Outcome outcome) {
    done.put(command.operation().reference(), outcome);
    return outcome;
  }

  private Outcome cancel(PaymentCommand.Cancel cancel) {
    Asked target = asked.get(cancel.target().reference());
    if (target != null && target.payer == Payer.AGREED) {
      return new Outcome.Declined("paid");
    }
    if (target != null) {
      target.payer = Payer.GONE;
    }
    return Outcome.Succeeded.of(cancel.operation().amount());
  }

  private Outcome capture(PaymentCommand.Capture capture) {
    Asked held = hold(capture.hold());
    if (!held.holds || capture.operation().amount().minor() > held.minor) {
      return new Outcome.Declined("no such hold");
    }
    held.holds = false;
    held.takenMinor += capture.operation().amount().minor();
    return Outcome.Succeeded.of(capture.operation().amount());
  }

  private Outcome refund(PaymentCommand.Refund refund) {
    Asked target = asked.get(refund.taken().reference());
    long minor = refund.operation().amount().minor();
    if (target == null || target.takenMinor - target.refundedMinor < minor) {
      return new Outcome.Declined("more than was paid");
    }
    target.refundedMinor += minor;
    return Outcome.Succeeded.of(refund.operation().amount());
  }

  private Asked hold(PaymentCommand.Hold hold) {
    Asked one = asked.get(hold.reference());
    if (one == null) {
      throw new IllegalStateException("no hold " + hold.reference());
    }
    return one;
  }

  private static Outcome answer(String reference, Asked one) {
    return switch (one.payer) {
      case WAITS -> new Outcome.ActionRequired("b-" + reference, Form.QR, "qr:" + reference);
      case AGREED ->
          new Outcome.Succeeded(
              new Money(one.currency, one.minor), Money.zero(one.currency), "b-" + reference);
      case DECLINED -> new Outcome.Declined("the payer said no");
      case GONE -> new Outcome.Declined("taken back");
    };
  }

  @Override
  public Callback verify(RawCallback raw) {
    return new Callback.Refused(Callback.Refusal.UNREADABLE);
  }

  @Override
  public CallbackAnswer acknowledged() {
    return new CallbackAnswer(200, "text/plain", "ok");
  }

  @Override
  public CallbackAnswer again() {
    return new CallbackAnswer(500, "text/plain", "again");
  }

  @Override
  public boolean statement(LocalDate day, Consumer<StatementLine> lines) {
    return false;
  }
}
