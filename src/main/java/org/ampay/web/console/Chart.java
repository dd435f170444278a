package org.ampay.web.console;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ampay.base.Energy;
import org.ampay.web.read.SessionReadStore.ReadingRow;
import org.jspecify.annotations.Nullable;

/**
 * Points of a session's power and energy.
 *
 * @param points at most {@link #MOST_POINTS}, in the order of time
 */
record Chart(List<Point> points) {

  private static final int MOST_POINTS = 400;

  /**
   * @param minute since the start
   * @param kw measured, or else what the register gained since the reading before
   * @param kwh since the first reading
   * @param soc percent
   */
  record Point(
      BigDecimal minute,
      @Nullable BigDecimal kw,
      @Nullable BigDecimal kwh,
      @Nullable BigDecimal soc) {}

  static Chart of(Instant start, List<ReadingRow> unordered) {
    List<ReadingRow> readings =
        unordered.stream().sorted(Comparator.comparing(ReadingRow::at)).toList();
    List<Point> points = new ArrayList<>();
    Energy first = null;
    ReadingRow before = null;
    int step = Math.max(1, (readings.size() + MOST_POINTS - 1) / MOST_POINTS);
    for (int i = 0; i < readings.size(); i++) {
      ReadingRow reading = readings.get(i);
      if (first == null) {
        first = reading.register();
      }
      if (i % step == 0 || i == readings.size() - 1) {
        points.add(point(start, reading, first, before));
        before = reading;
      }
    }
    return new Chart(points);
  }

  private static Point point(
      Instant start, ReadingRow reading, @Nullable Energy first, @Nullable ReadingRow before) {
    Energy register = reading.register();
    BigDecimal kwh = register == null || first == null ? null : register.minus(first).toKwh();
    BigDecimal minute =
        BigDecimal.valueOf(Duration.between(start, reading.at()).toSeconds())
            .divide(BigDecimal.valueOf(60), 2, RoundingMode.HALF_UP);
    Integer soc = reading.socMilli();
    return new Point(
        minute, power(reading, before), kwh, soc == null ? null : BigDecimal.valueOf(soc, 3));
  }

  private static @Nullable BigDecimal power(ReadingRow reading, @Nullable ReadingRow before) {
    Long milliWatts = reading.powerMw();
    if (milliWatts != null) {
      return BigDecimal.valueOf(milliWatts, 6);
    }
    Energy register = reading.register();
    if (before == null || register == null || before.register() == null) {
      return null;
    }
    long seconds = Duration.between(before.at(), reading.at()).toSeconds();
    return seconds <= 0
        ? null
        : register
            .minus(before.register())
            .toKwh()
            .multiply(BigDecimal.valueOf(3_600))
            .divide(BigDecimal.valueOf(seconds), 3, RoundingMode.HALF_UP);
  }
}
