package org.ampay.payment;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.CallbackAnswer;
import org.ampay.payment.provider.Capabilities;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.RawCallback;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.StatementLine;

/** A provider with books of its own, by reference, which fails as it is told to. */
final class TestBank implements RemoteProvider {

  /** What goes wrong with a sending. */
  enum Fault {
    NONE,
    /** Refused for certain. */
    DECLINE,
    /** Proven never to have left. */
    NOT_SENT,
    /** Lost on the way there. */
    DROP_CALL,
    /** Done, and the answer is lost. */
    DROP_ANSWER,
    /** The adapter breaks after it was done. */
    THROW,
    MISCONFIGURED
  }

  /** What was done, in its order. */
  final Map<String, PaymentCommand> done = new LinkedHashMap<>();

  /** What was refused. */
  final Set<String> declined = new HashSet<>();

  /** What was called: {@code execute capture}. */
  final List<String> calls = new ArrayList<>();

  /** For the next sendings. */
  final Deque<Fault> faults = new ArrayDeque<>();

  /** Instead of the answers to the next queries. */
  final Deque<Outcome> answers = new ArrayDeque<>();

  /** Happens after a sending was done and before its answer. */
  Consumer<PaymentCommand> meanwhile = command -> {};

  /** Nothing arrives, nothing is answered. */
  boolean down;

  Duration validFor = Duration.ofDays(30);
  private final String name;

  TestBank(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        Set.of(Capabilities.Flow.PREAUTH),
        EnumSet.allOf(CommandKind.class),
        Set.of(Capabilities.Feature.PARTIAL_CAPTURE),
        new Capabilities.Idempotency(Capabilities.Idempotency.By.REFERENCE, validFor),
        Set.of("CNY"),
        new Capabilities.Limits(1, 1_000_000, Duration.ofDays(7), Duration.ofDays(180), 0));
  }

  @Override
  public Outcome execute(PaymentCommand command) {
    calls.add("execute " + command.kind().code());
    if (down) {
      return new Outcome.Unknown("time-out");
    }
    String reference = command.operation().reference();
    Fault fault = faults.isEmpty() ? Fault.NONE : faults.pop();
    return switch (fault) {
      case NONE -> executed(command);
      case DECLINE -> {
        declined.add(reference);
        yield new Outcome.Declined("no");
      }
      case NOT_SENT -> new Outcome.NotSent("no route");
      case DROP_CALL -> new Outcome.Unknown("time-out");
      case DROP_ANSWER -> {
        executed(command);
        yield new Outcome.Unknown("time-out");
      }
      case THROW -> {
        executed(command);
        throw new IllegalArgumentException("a bug");
      }
      case MISCONFIGURED -> new Outcome.Misconfigured("bad key");
    };
  }

  private Outcome executed(PaymentCommand command) {
    PaymentCommand before = done.putIfAbsent(command.operation().reference(), command);
    if (before != null && !before.operation().amount().equals(command.operation().amount())) {
      throw new AssertionError("a repeat with another amount");
    }
    meanwhile.accept(command);
    return Outcome.Succeeded.of(command.operation().amount());
  }

  @Override
  public Outcome query(PaymentCommand command) {
    calls.add("query " + command.kind().code());
    if (down) {
      return new Outcome.Unknown("time-out");
    }
    if (!answers.isEmpty()) {
      return answers.pop();
    }
    String reference = command.operation().reference();
    if (done.containsKey(reference)) {
      return Outcome.Succeeded.of(command.operation().amount());
    }
    return declined.contains(reference)
        ? new Outcome.Declined("no")
        : new Outcome.NotSent("never heard of it");
  }

  /** Takings less what was given back, minor units. */
  long moved() {
    return done.values().stream().mapToLong(TestBank::moved).sum();
  }

  private static long moved(PaymentCommand command) {
    long minor = command.operation().amount().minor();
    return command.kind() == CommandKind.REFUND ? -minor : minor;
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
