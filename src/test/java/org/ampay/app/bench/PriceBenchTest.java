package org.ampay.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ampay.tariff.LineDimension;
import org.ampay.tariff.Price;
import org.ampay.tariff.PriceLine;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.SessionFacts;
import org.junit.jupiter.api.Test;

/** That the bench measures what it says; how fast is for nobody to assert. */
class PriceBenchTest {

  @Test
  void bench_printsOneLineAFigure() {
    List<String> lines = new ArrayList<>();

    new PriceBench(Duration.ofMillis(1), Duration.ofMillis(1), 3, lines::add).run();

    assertThat(lines)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        "price of a 2 h session, 120 readings, 48-slot calendar: \\d+\\.\\d µs .*"),
            line -> assertThat(line).matches("running cost per reading: \\d+\\.\\d\\d µs .*"),
            line -> assertThat(line).matches("re-pricing from stored facts: [\\d,]+ sessions/s .*"),
            line -> assertThat(line).matches("re-pricing from stored facts: [\\d,]+ sessions/s .*"),
            line ->
                assertThat(line).matches("re-pricing from stored facts: [\\d,]+ sessions/s .*"));
  }

  @Test
  void sessions_areTwoHoursOf120ReadingsOverSeveralSlots() {
    for (SessionFacts facts : BenchSessions.sessions(120)) {
      assertThat(facts.segments()).hasSize(120);
      assertThat(facts.segments().getFirst().from().plus(Duration.ofHours(2)))
          .isEqualTo(facts.segments().getLast().to());
      Price price = Pricing.price(BenchSessions.calendarTariff(), facts);
      List<PriceLine> energy =
          price.lines().stream()
              .filter(line -> line.dimension() == LineDimension.ENERGY)
              .filter(line -> line.volume().signum() > 0)
              .toList();
      assertThat(energy.stream().map(line -> line.by().element()).distinct()).hasSizeBetween(3, 5);
      assertThat(price.lines()).anyMatch(line -> line.dimension() == LineDimension.SERVICE);
    }
  }
}
