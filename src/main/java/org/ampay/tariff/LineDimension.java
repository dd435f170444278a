package org.ampay.tariff;

/** What a line of a price is for. */
public enum LineDimension {
  FLAT,
  ENERGY,
  /** The service fee per kWh. */
  SERVICE,
  TIME,
  PARKING_TIME,
  RESERVATION_TIME,
  /** The fee for staying plugged in (占位费). */
  OCCUPANCY,
  /** A kind of cost cut to its ceiling. */
  CEILING,
  /** Lifted to the minimum price. */
  MIN_PRICE,
  /** Cut to the maximum price. */
  MAX_PRICE,
  /** Lifted to 0, where negative prices went below. */
  FLOOR,
  /** Off for the driver's tier. */
  TIER,
  /** Off for a coupon or a campaign. */
  COUPON,
  /** Paid with points. */
  POINTS,
  /** Below the tariff's minimum session: nothing is billed. */
  MINIMUM_SESSION;

  /** Whether it is priced by the tariff itself and not a change of the sum. */
  public boolean isBase() {
    return switch (this) {
      case FLAT, ENERGY, SERVICE, TIME, PARKING_TIME, RESERVATION_TIME, OCCUPANCY -> true;
      case CEILING, MIN_PRICE, MAX_PRICE, FLOOR, TIER, COUPON, POINTS, MINIMUM_SESSION -> false;
    };
  }
}
