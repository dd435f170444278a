package org.ampay.web.simulation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.jspecify.annotations.Nullable;

/**
 * A session that a person thinks up: perhaps reserved, then charging evenly, then perhaps staying.
 *
 * @param start of the charging
 * @param kwh in all
 * @param powerKw null: what the even flow of the energy means
 * @param charging how long; null: as long as the energy takes at that power
 * @param parking after the charging
 * @param reserved before the charging
 * @param expired nobody came in the time of the reservation: nothing is charged after it
 */
public record Trial(
    Instant start,
    BigDecimal kwh,
    @Nullable BigDecimal powerKw,
    @Nullable Duration charging,
    Duration parking,
    Duration reserved,
    boolean expired) {

  private static final Duration LONGEST = Duration.ofDays(31);
  private static final BigDecimal MOST_KWH = BigDecimal.valueOf(10_000);
  private static final BigDecimal MOST_KW = BigDecimal.valueOf(10_000);
  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3_600);

  public Trial {
    require(kwh.signum() >= 0 && kwh.compareTo(MOST_KWH) <= 0, "kwh", "must be 0 to 10000");
    require(
        powerKw == null || powerKw.signum() > 0 && powerKw.compareTo(MOST_KW) <= 0,
        "power",
        "must be above 0, at most 10000");
    if (charging != null) {
      bounded(charging, "minutes");
      require(
          kwh.signum() == 0 || charging.isPositive(), "minutes", "must be above 0 to charge any");
    }
    require(
        charging != null || powerKw != null || kwh.signum() == 0,
        "power",
        "is needed, or how long it charges");
    bounded(parking, "parking");
    bounded(reserved, "reserved");
    require(!expired || reserved.isPositive(), "reserved", "is needed for one that expires");
  }

  private static void bounded(Duration length, String field) {
    require(
        !length.isNegative() && length.compareTo(LONGEST) <= 0, field, "must be at most 31 days");
  }

  private static void require(boolean holds, String field, String reason) {
    if (!holds) {
      throw new InvalidInputException(field, reason);
    }
  }

  /** What a price depends on. */
  public SessionFacts facts() {
    List<Segment> segments = new ArrayList<>();
    if (reserved.isPositive()) {
      segments.add(
          segment(
              start.minus(reserved),
              start,
              expired ? SegmentState.RESERVATION_EXPIRED : SegmentState.RESERVATION,
              BigDecimal.ZERO));
    }
    if (!expired) {
      Instant full = start.plus(length());
      segments.add(segment(start, full, SegmentState.CHARGING, kwh));
      if (parking.isPositive()) {
        segments.add(segment(full, full.plus(parking), SegmentState.PARKING, BigDecimal.ZERO));
      }
    }
    return new SessionFacts(segments);
  }

  private Segment segment(Instant from, Instant to, SegmentState state, BigDecimal energy) {
    return new Segment(
        from, to, state, energy, state == SegmentState.CHARGING ? powerKw : null, null, null);
  }

  /** Whole seconds, the last one begun. */
  private Duration length() {
    if (charging != null) {
      return charging;
    }
    return powerKw == null || kwh.signum() == 0
        ? Duration.ZERO
        : Duration.ofSeconds(
            kwh.multiply(SECONDS_PER_HOUR).divide(powerKw, 0, RoundingMode.UP).longValueExact());
  }
}
