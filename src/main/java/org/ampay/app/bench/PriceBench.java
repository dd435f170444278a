package org.ampay.app.bench;

import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import org.ampay.tariff.FactsReader;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.RunningPrice;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.TariffSnapshot;

/** How fast sessions are priced: one line a figure, on one core, without reading or writing. */
public final class PriceBench {

  private static final int READINGS = 120;
  private static final int COMPACT = 8;
  private static final double MICROS_PER_SECOND = 1_000_000;
  private static final long MASK = BenchSessions.SESSIONS - 1L;

  private final TariffSnapshot calendar = BenchSessions.calendarTariff();
  private final TariffSnapshot flat = BenchSessions.flatTariff();
  private final List<SessionFacts> sessions = BenchSessions.sessions(READINGS);
  private final List<String> texts = texts(sessions);
  private final List<String> compact = texts(BenchSessions.sessions(COMPACT));
  private final Stopwatch watch;
  private final Consumer<String> out;

  /**
   * The bench.
   *
   * @param warmUp for each figure
   * @param round one of several of which the median is taken
   * @param out takes the lines
   */
  public PriceBench(Duration warmUp, Duration round, int rounds, Consumer<String> out) {
    this.watch = new Stopwatch(warmUp.toNanos(), round.toNanos(), rounds);
    this.out = out;
  }

  /** Measures and prints. */
  public void run() {
    double priced = watch.micros(i -> price(calendar, sessions.get(at(i))));
    double plain = watch.micros(i -> price(flat, sessions.get(at(i))));
    line(
        "price of a 2 h session, 120 readings, 48-slot calendar: %.1f µs (%.1f times a flat price)",
        priced, priced / plain);
    double running = watch.micros(i -> running(sessions.get(at(i)))) / READINGS;
    line("running cost per reading: %.2f µs (%.3f of pricing anew)", running, running / priced);
    FactsReader reader = FactsReader.of(calendar);
    stored(
        "120 readings, merged where the tariff allows", i -> total(reader.read(texts.get(at(i)))));
    stored("120 readings as they are", i -> total(SessionFacts.parse(texts.get(at(i)))));
    stored("8 readings as they are", i -> total(SessionFacts.parse(compact.get(at(i)))));
    if (watch.sink() == 0) {
      throw new IllegalStateException("nothing was priced");
    }
  }

  private void stored(String what, IntToLongFunction task) {
    line(
        "re-pricing from stored facts: %,.0f sessions/s on one core (2 h, %s)",
        MICROS_PER_SECOND / watch.micros(task), what);
  }

  /** As a simulation needs it: the sum without its lines. */
  private long total(SessionFacts facts) {
    return Pricing.total(calendar, facts).incl().round(2, RoundingMode.HALF_UP).longValue();
  }

  private static long price(TariffSnapshot snapshot, SessionFacts facts) {
    return Pricing.price(snapshot, facts).payable().minor();
  }

  /** As a display does it: the cost after every reading. */
  private long running(SessionFacts facts) {
    RunningPrice running = new RunningPrice(calendar);
    long sum = 0;
    for (Segment segment : facts.segments()) {
      running.add(segment);
      sum += running.total().minor();
    }
    return sum;
  }

  private void line(String format, Object... values) {
    out.accept(String.format(Locale.ROOT, format, values));
  }

  private static int at(int call) {
    return (int) (call & MASK);
  }

  private static List<String> texts(List<SessionFacts> sessions) {
    return sessions.stream().map(SessionFacts::toJson).toList();
  }
}
