package org.ampay.ocpi.cdr;

import org.ampay.tariff.LineDimension;

/** What a CDR's costs are split into; each has one field {@code total_…_cost}. */
public enum Bucket {
  FIXED("total_fixed_cost"),
  ENERGY("total_energy_cost"),
  TIME("total_time_cost"),
  PARKING("total_parking_cost"),
  RESERVATION("total_reservation_cost");

  private final String wire;

  Bucket(String wire) {
    this.wire = wire;
  }

  /** The field. */
  public String wire() {
    return wire;
  }

  /**
   * Where a bill's line goes: a service fee is energy, staying plugged in is parking. What changed
   * the sum is spread, see {@link CdrCosts}.
   *
   * @param reservation whether its tariff element is for reservations
   */
  static Bucket of(LineDimension dimension, boolean reservation) {
    if (reservation) {
      return RESERVATION;
    }
    return switch (dimension) {
      case ENERGY, SERVICE -> ENERGY;
      case TIME -> TIME;
      case PARKING_TIME, OCCUPANCY -> PARKING;
      case RESERVATION_TIME -> RESERVATION;
      case FLAT, CEILING, MIN_PRICE, MAX_PRICE, FLOOR, TIER, COUPON, POINTS, MINIMUM_SESSION ->
          FIXED;
    };
  }
}
