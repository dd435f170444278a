package org.ampay.payment;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.ampay.base.TimeSource;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.payment.provider.Providers;
import org.ampay.payment.provider.RemoteProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only place that calls providers beyond a network. Each account has a bulkhead and a circuit
 * breaker of its own, so that one that hangs does not hold up the others. What may have been sent
 * is asked about first, and sent again only when the provider proves that it never came, with the
 * same reference, and while the provider still recognises a repeat.
 */
public final class RemoteCalls {

  /** How the reason begins when the account cannot be used. */
  public static final String GONE = "payment account is gone";

  /** How the reason begins when a query was refused: what was sent before may have been done. */
  public static final String MISCONFIGURED = "misconfigured: ";

  private static final Logger LOG = LoggerFactory.getLogger(RemoteCalls.class);

  /** A repeat this long before the provider forgets is not tried any more. */
  private static final Duration MARGIN = Duration.ofHours(1);

  private final Settings settings;
  private final Providers providers;
  private final Executor executor;
  private final TimeSource time;
  private final MeterRegistry meters;
  private final Map<ProviderKey, AccountGate> gates = new ConcurrentHashMap<>();

  /**
   * Calls.
   *
   * @param executor runs the calls; they block
   */
  public RemoteCalls(
      Settings settings,
      Providers providers,
      Executor executor,
      TimeSource time,
      MeterRegistry meters) {
    this.settings = settings;
    this.providers = providers;
    this.executor = executor;
    this.time = time;
    this.meters = meters;
  }

  /**
   * The limits of each account.
   *
   * @param parallel calls at a time
   * @param patience how long a call waits for its turn
   * @param bound after which a call is not waited for any more
   * @param openFor how long a broken circuit stays open before it is tried again
   * @param window calls that the breaker judges by: it opens when half of them failed
   */
  public record Settings(
      int parallel, Duration patience, Duration bound, Duration openFor, int window) {

    /** 64 calls at a time, 5 s of patience, 40 s bound, 5 s open, 20 calls judged. */
    public static final Settings DEFAULT =
        new Settings(64, Duration.ofSeconds(5), Duration.ofSeconds(40), Duration.ofSeconds(5), 20);
  }

  /**
   * A call.
   *
   * @param operation as it is committed
   * @param command made from it
   * @param mayBeSent whether the provider may have heard of it before: then it is asked about
   */
  public record Call(PaymentOperation operation, PaymentCommand command, boolean mayBeSent) {}

  /** The provider of an account; empty when the account was removed or cannot be opened. */
  public Optional<RemoteProvider> provider(ProviderKey via) {
    return providers
        .find(via)
        .filter(RemoteProvider.class::isInstance)
        .map(RemoteProvider.class::cast);
  }

  /** Calls and waits for the outcome; what goes wrong is an outcome. */
  public Outcome call(Call call) {
    return await(() -> perform(call), call.mayBeSent());
  }

  /** Only asks what became of an operation: never sends. */
  public Outcome ask(PaymentOperation operation, PaymentCommand command) {
    Call call = new Call(operation, command, true);
    return await(() -> through(call, gate -> ask(call, gate)), true);
  }

  /**
   * Begins calls, all at a time as far as their accounts allow.
   *
   * @param heard gets each outcome, on the thread of its call
   */
  void begin(List<Call> calls, BiConsumer<Call, Outcome> heard) {
    for (Call call : calls) {
      try {
        executor.execute(() -> heard.accept(call, perform(call)));
      } catch (RejectedExecutionException e) {
        LOG.debug("closing: operation {} is not called", call.operation().id(), e);
        heard.accept(call, undone(call.mayBeSent(), "closing"));
      }
    }
  }

  Duration bound() {
    return settings.bound();
  }

  /** The time is over: it may have been done. */
  static Outcome overdue() {
    return new Outcome.Unknown("no answer in time");
  }

  private interface Work {
    Outcome run();
  }

  private Outcome await(Work work, boolean mayBeSent) {
    CompletableFuture<Outcome> answer = new CompletableFuture<>();
    try {
      executor.execute(() -> complete(answer, work));
      return answer.get(settings.bound().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.debug("a provider does not answer", e);
      return overdue();
    } catch (RejectedExecutionException e) {
      LOG.debug("closing: a provider is not called", e);
      return undone(mayBeSent, "closing");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a call of a provider broke", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Unknown("interrupted");
    }
  }

  private static void complete(CompletableFuture<Outcome> answer, Work work) {
    try {
      answer.complete(work.run());
    } catch (Error e) {
      answer.completeExceptionally(e);
      throw e;
    }
  }

  private Outcome perform(Call call) {
    return through(call, gate -> call.mayBeSent() ? resolve(call, gate) : send(call, gate));
  }

  /** Waits for a turn; gives it back at the end. */
  private Outcome through(Call call, Function<AccountGate, Outcome> work) {
    Optional<RemoteProvider> provider = provider(call.operation().via());
    if (provider.isEmpty()) {
      return undone(call.mayBeSent(), GONE);
    }
    AccountGate gate = gates.computeIfAbsent(call.operation().via(), this::gate);
    gate.serve(provider.get());
    if (!gate.enter(settings.patience())) {
      return undone(call.mayBeSent(), "too many calls at a time");
    }
    try {
      return work.apply(gate);
    } finally {
      gate.leave();
    }
  }

  private AccountGate gate(ProviderKey via) {
    return new AccountGate(via, settings, time, meters);
  }

  private Outcome resolve(Call call, AccountGate gate) {
    Outcome told = ask(call, gate);
    if (!(told instanceof Outcome.NotSent)) {
      return told;
    }
    Duration age = Duration.between(call.operation().createdAt(), time.now());
    Duration valid = gate.provider().capabilities().idempotency().validFor().minus(MARGIN);
    return age.compareTo(valid) < 0
        ? send(call, gate)
        : new Outcome.Declined("never came, and too old to be sent again");
  }

  private Outcome send(Call call, AccountGate gate) {
    if (!gate.mayCall()) {
      return new Outcome.NotSent("circuit open");
    }
    long start = time.nanos();
    Outcome outcome = guarded(call, provider -> provider.execute(call.command()), gate);
    boolean failed = outcome instanceof Outcome.Unknown || outcome instanceof Outcome.NotSent;
    record(call, gate, "execute", outcome, start, failed);
    return outcome;
  }

  /** A quick "not known yet" says nothing about the provider's health; a time-out does. */
  private Outcome ask(Call call, AccountGate gate) {
    if (!gate.mayCall()) {
      return new Outcome.Unknown("circuit open");
    }
    long start = time.nanos();
    Outcome outcome = guarded(call, provider -> provider.query(call.command()), gate);
    boolean unknown = outcome instanceof Outcome.Unknown;
    if (unknown && time.nanos() - start < AccountGate.SLOW.toNanos()) {
      gate.undecided();
      count(call, "query", outcome, start);
    } else {
      record(call, gate, "query", outcome, start, unknown);
    }
    return outcome instanceof Outcome.Misconfigured(String reason)
        ? new Outcome.Unknown(MISCONFIGURED + reason)
        : outcome;
  }

  /** A provider must not throw; one that does has done we do not know what. */
  private static Outcome guarded(
      Call call, Function<RemoteProvider, Outcome> work, AccountGate gate) {
    try {
      return work.apply(gate.provider());
    } catch (RuntimeException e) {
      LOG.warn(
          "provider {} broke in {} {}",
          call.operation().provider(),
          call.operation().kind().code(),
          call.operation().reference(),
          e);
      return new Outcome.Unknown("the provider's code broke: " + e);
    }
  }

  private void record(
      Call call, AccountGate gate, String way, Outcome outcome, long start, boolean failed) {
    gate.called(time.nanos() - start, failed);
    count(call, way, outcome, start);
  }

  private void count(Call call, String way, Outcome outcome, long start) {
    meters
        .timer(
            "ampay.payment.calls",
            "provider",
            call.operation().provider(),
            "kind",
            call.operation().kind().code(),
            "way",
            way,
            "outcome",
            OperationState.of(outcome).name().toLowerCase(Locale.ROOT))
        .record(time.nanos() - start, TimeUnit.NANOSECONDS);
  }

  private static Outcome undone(boolean mayBeSent, String reason) {
    return mayBeSent ? new Outcome.Unknown(reason) : new Outcome.NotSent(reason);
  }
}
