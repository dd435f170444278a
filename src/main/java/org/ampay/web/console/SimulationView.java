package org.ampay.web.console;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.billing.simulation.Run;
import org.ampay.billing.simulation.RunResult;
import org.ampay.billing.simulation.Sums;

/**
 * A run's result as a page shows it.
 *
 * @param bars by hour, in a drawing of {@link #WIDTH} by {@link #HEIGHT}
 */
public record SimulationView(
    Row all, List<Row> hours, List<Row> sites, List<Bar> bars, String top) {

  public static final int WIDTH = 720;
  public static final int HEIGHT = 180;

  private static final int HOURS = 24;
  private static final int BAR = 11;

  /**
   * Figures of a row.
   *
   * @param name of the hour or site
   */
  public record Row(
      String name,
      long sessions,
      long dearer,
      long cheaper,
      long equal,
      Energy energy,
      Money before,
      Money after,
      Money change,
      Money beforeExcl,
      Money afterExcl,
      Money changeExcl,
      String percent) {

    static Row of(String name, String currency, Sums sums) {
      return new Row(
          name,
          sums.sessions(),
          sums.dearer(),
          sums.cheaper(),
          sums.equal(),
          new Energy(sums.energyMwh()),
          new Money(currency, sums.beforeIncl()),
          new Money(currency, sums.afterIncl()),
          new Money(currency, sums.changeIncl()),
          new Money(currency, sums.beforeExcl()),
          new Money(currency, sums.afterExcl()),
          new Money(currency, sums.changeExcl()),
          SimulationView.percent(sums.beforeIncl(), sums.afterIncl()));
    }

    /** Green, red or nothing. */
    public String color() {
      return change.minor() == 0 ? "" : change.isNegative() ? "text-danger" : "text-success";
    }
  }

  /** Two bars of an hour, from below. */
  public record Bar(int x, int before, int after, int width) {}

  static SimulationView of(Run run, RunResult result) {
    String currency = run.currency();
    List<Row> hours = new ArrayList<>();
    long most = 1;
    for (int hour = 0; hour < HOURS; hour++) {
      Sums sums = result.hours().get(hour);
      hours.add(Row.of("%02d:00".formatted(hour), currency, sums));
      most = Math.max(most, Math.max(sums.beforeIncl(), sums.afterIncl()));
    }
    List<Bar> bars = new ArrayList<>();
    for (int hour = 0; hour < HOURS; hour++) {
      Sums sums = result.hours().get(hour);
      bars.add(
          new Bar(
              hour * WIDTH / HOURS + 3,
              height(sums.beforeIncl(), most),
              height(sums.afterIncl(), most),
              BAR));
    }
    return new SimulationView(
        Row.of("", currency, result.all()),
        hours,
        result.sites().stream()
            .map(s -> Row.of(s.name() == null ? "#" + s.siteId() : s.name(), currency, s.sums()))
            .toList(),
        bars,
        new Money(currency, most).toDecimal().toPlainString());
  }

  private static int height(long minor, long most) {
    return (int)
        BigDecimal.valueOf(Math.max(0, minor))
            .multiply(BigDecimal.valueOf(HEIGHT))
            .divide(BigDecimal.valueOf(most), 0, RoundingMode.HALF_UP)
            .longValue();
  }

  /** {@code +12.3 %}; nothing where there was nothing before. */
  static String percent(long before, long after) {
    if (before <= 0) {
      return "";
    }
    BigDecimal percent =
        BigDecimal.valueOf(after - before)
            .multiply(BigDecimal.valueOf(100))
            .divide(BigDecimal.valueOf(before), 1, RoundingMode.HALF_UP);
    String sign = percent.signum() > 0 ? "+" : percent.signum() < 0 ? "−" : "±";
    return sign + percent.abs().toPlainString() + " %";
  }
}
