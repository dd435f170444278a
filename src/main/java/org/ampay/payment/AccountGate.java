package org.ampay.payment;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.ampay.base.TimeSource;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.payment.provider.RemoteProvider;
import org.jspecify.annotations.Nullable;

/** The bulkhead and the circuit breaker of one account with a provider. */
final class AccountGate {

  /** A call that takes longer counts as failed: whoever waits for it keeps others out. */
  static final Duration SLOW = Duration.ofSeconds(10);

  private static final int TRIAL_CALLS = 5;
  private static final int HALF_PERCENT = 50;
  private static final int MOST_PERCENT = 80;

  private final Semaphore turns;
  private final CircuitBreaker breaker;
  private volatile @Nullable RemoteProvider provider;

  AccountGate(
      ProviderKey via, RemoteCalls.Settings settings, TimeSource time, MeterRegistry meters) {
    this.turns = new Semaphore(settings.parallel(), true);
    String name = via.accountId() == null ? via.provider() : via.provider() + "-" + via.accountId();
    this.breaker = CircuitBreaker.of(name, config(settings, time));
    Gauge.builder("ampay.payment.circuit.open", breaker, b -> b.getState() == State.OPEN ? 1 : 0)
        .tag("account", name)
        .register(meters);
  }

  private static CircuitBreakerConfig config(RemoteCalls.Settings settings, TimeSource time) {
    return CircuitBreakerConfig.custom()
        .slidingWindowType(SlidingWindowType.COUNT_BASED)
        .slidingWindowSize(settings.window())
        .minimumNumberOfCalls(Math.max(1, settings.window() / 2))
        .failureRateThreshold(HALF_PERCENT)
        .slowCallDurationThreshold(SLOW)
        .slowCallRateThreshold(MOST_PERCENT)
        .permittedNumberOfCallsInHalfOpenState(TRIAL_CALLS)
        .waitDurationInOpenState(settings.openFor())
        .currentTimestampFunction(clock -> time.nanos(), TimeUnit.NANOSECONDS)
        .clock(new SourceClock(time))
        .build();
  }

  /** Calls go to this one from now on: an account that was changed is opened anew. */
  void serve(RemoteProvider opened) {
    provider = opened;
  }

  RemoteProvider provider() {
    return Objects.requireNonNull(provider, "served before it is called");
  }

  /** Waits for a turn; false when there is none in time. */
  boolean enter(Duration patience) {
    try {
      return turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void leave() {
    turns.release();
  }

  /** Whether the circuit is closed, or wants to be tried; each yes is followed by an end. */
  boolean mayCall() {
    return breaker.tryAcquirePermission();
  }

  void called(long nanos, boolean failed) {
    if (failed) {
      breaker.onError(nanos, TimeUnit.NANOSECONDS, new CallFailed());
    } else {
      breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** The call says nothing about the provider's health. */
  void undecided() {
    breaker.releasePermission();
  }

  /** What the breaker is told. */
  private static final class CallFailed extends Exception {
    private static final long serialVersionUID = 1;

    CallFailed() {
      super("the call failed", null, false, false);
    }
  }

  /** Our time as the breaker wants it. */
  private static final class SourceClock extends Clock {
    private final TimeSource time;

    SourceClock(TimeSource time) {
      this.time = time;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return time.now();
    }
  }
}
