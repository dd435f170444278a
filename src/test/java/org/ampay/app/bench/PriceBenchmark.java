package org.ampay.app.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ampay.tariff.Price;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.RunningPrice;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.TariffSnapshot;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The figures of {@code ampay bench prices} by JMH: {@code bin/test --bench}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PriceBenchmark {

  private static final int READINGS = 120;

  private final TariffSnapshot calendar = BenchSessions.calendarTariff();
  private final TariffSnapshot flat = BenchSessions.flatTariff();
  private final List<SessionFacts> sessions = BenchSessions.sessions(READINGS);
  private final List<String> texts = sessions.stream().map(SessionFacts::toJson).toList();
  private final List<String> compact =
      BenchSessions.sessions(8).stream().map(SessionFacts::toJson).toList();
  private int call;

  /** A 2 h session, 120 readings, a calendar of 48 slots. */
  @Benchmark
  public Price price() {
    return Pricing.price(calendar, next(sessions));
  }

  /** The same session at one price a kWh. */
  @Benchmark
  public Price priceFlat() {
    return Pricing.price(flat, next(sessions));
  }

  /** A reading, and what the session costs with it. */
  @Benchmark
  @OperationsPerInvocation(READINGS)
  public void running(Blackhole hole) {
    RunningPrice running = new RunningPrice(calendar);
    for (Segment segment : next(sessions).segments()) {
      running.add(segment);
      hole.consume(running.total());
    }
  }

  @Benchmark
  public Price storedOf8Segments() {
    return Pricing.price(calendar, SessionFacts.parse(next(compact)));
  }

  @Benchmark
  public Price storedOf120Segments() {
    return Pricing.price(calendar, SessionFacts.parse(next(texts)));
  }

  private <T> T next(List<T> list) {
    call++;
    return list.get(call & (BenchSessions.SESSIONS - 1));
  }
}
