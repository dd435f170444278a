package org.ampay.tariff;

import java.math.BigDecimal;
import java.time.Instant;
import org.ampay.base.Energy;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a session in which nothing changes: energy flows evenly, power and current are
 * constant.
 *
 * @param to not before {@code from}; equal to it where something happened at one instant
 * @param kwh energy delivered, at most 12 digits behind the point
 * @param powerKw null when not reported: then the even flow of the energy stands for it
 * @param currentA summed over the phases; null when not reported: then no restriction on current
 *     matches
 * @param tariffId which of the snapshot's tariffs holds, null: the first
 */
public record Segment(
    Instant from,
    Instant to,
    SegmentState state,
    BigDecimal kwh,
    @Nullable BigDecimal powerKw,
    @Nullable BigDecimal currentA,
    @Nullable String tariffId) {

  private static final int KWH_DECIMALS = 12;
  private static final int DECIMALS = 6;
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

  public Segment {
    Checks.require(!from.isBefore(FIRST), "from", "must not be before 2000");
    Checks.require(!to.isBefore(from), "to", "must not be before from");
    Checks.require(!to.isAfter(LAST), "to", "must not be after 2200");
    Checks.amount(kwh, KWH_DECIMALS, "kwh");
    Checks.require(
        !state.isReservation() || kwh.signum() == 0, "kwh", "must be 0 in a reservation");
    Checks.amount(powerKw, DECIMALS, "power_kw");
    Checks.amount(currentA, DECIMALS, "current_a");
    kwh = plain(kwh);
    powerKw = powerKw == null ? null : plain(powerKw);
    currentA = currentA == null ? null : plain(currentA);
  }

  /** A segment of which only the energy is known. */
  public static Segment of(Instant from, Instant to, SegmentState state, Energy energy) {
    return new Segment(from, to, state, energy.toKwh(), null, null, null);
  }

  /** Equal numbers are written alike, so that equal facts are equal bytes. */
  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
