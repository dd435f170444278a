package org.ampay.ocpi.facts;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Charging periods: in order, and not longer than they last. */
final class PeriodSense {

  private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);

  /** Times are cut to seconds, volumes to four decimals. */
  private static final BigDecimal HOURS_OFF = new BigDecimal("0.0012");

  private final Sense sense;
  private final String path;
  private final JsonNode periods;

  PeriodSense(Sense sense, String path, JsonNode periods) {
    this.sense = sense;
    this.path = path;
    this.periods = periods;
  }

  void check(Instant start, Instant end) {
    Instant before = start;
    for (int i = 0; i < periods.size(); i++) {
      Instant from = Sense.time(periods.get(i).path("start_date_time"));
      Instant to =
          i + 1 < periods.size() ? Sense.time(periods.get(i + 1).path("start_date_time")) : end;
      String at = path + "[" + i + "]";
      sense.that(!from.isBefore(before), at + ".start_date_time", "oldest first wanted", from);
      sense.that(!from.isAfter(end), at + ".start_date_time", "before the end wanted", from);
      lasts(at, periods.get(i), hours(from, to));
      before = from;
    }
    if (!periods.isEmpty()) {
      JsonNode first = periods.get(0).path("start_date_time");
      sense.that(
          Sense.time(first).equals(start), path + "[0].start_date_time", start + " wanted", first);
    }
  }

  private void lasts(String at, JsonNode period, BigDecimal hours) {
    BigDecimal told = BigDecimal.ZERO;
    for (JsonNode dimension : period.path("dimensions")) {
      if (List.of("TIME", "PARKING_TIME").contains(dimension.path("type").asText())) {
        told = told.add(dimension.path("volume").decimalValue());
      }
    }
    sense.that(
        told.compareTo(hours.add(HOURS_OFF)) <= 0,
        at + ".dimensions",
        "hours wanted, at most " + hours,
        told);
  }

  BigDecimal sum(String type) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode period : periods) {
      for (JsonNode dimension : period.path("dimensions")) {
        if (dimension.path("type").asText().equals(type)) {
          sum = sum.add(dimension.path("volume").decimalValue());
        }
      }
    }
    return sum;
  }

  /** How far sums of volumes may be off by their rounding. */
  BigDecimal off() {
    return new BigDecimal("0.0001").multiply(BigDecimal.valueOf(periods.size() + 1L));
  }

  static BigDecimal hours(Instant from, Instant to) {
    return BigDecimal.valueOf(Duration.between(from, to).toMillis())
        .divide(MILLIS_PER_HOUR, 6, RoundingMode.HALF_UP);
  }
}
