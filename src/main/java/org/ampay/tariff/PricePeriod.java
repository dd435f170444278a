package org.ampay.tariff;

import java.time.Instant;

/**
 * An OCPI charging period: from one change of anything to the next.
 *
 * @param from rounded down to the nanosecond where an energy threshold lies between two
 * @param tariffId OCPI id of the tariff that held
 * @param kwh energy of the period, exact
 * @param hours length of the period, exact
 */
public record PricePeriod(
    Instant from, Instant to, SegmentState state, String tariffId, Exact kwh, Exact hours) {

  /** What the hours are called in a CDR. */
  public LineDimension timeDimension() {
    return timeDimension(state);
  }

  static LineDimension timeDimension(SegmentState state) {
    return switch (state) {
      case CHARGING -> LineDimension.TIME;
      case PARKING -> LineDimension.PARKING_TIME;
      case RESERVATION, RESERVATION_EXPIRED -> LineDimension.RESERVATION_TIME;
    };
  }

  /**
   * Whether the period has an energy volume to report: always when charging, else if any flowed.
   */
  public boolean hasEnergy() {
    return state == SegmentState.CHARGING || kwh.signum() > 0;
  }
}
