package org.ampay.tariff;

/** What a line of a price is for. */
public enum LineDimension {
  FLAT,
  ENERGY,
  TIME,
  PARKING_TIME,
  RESERVATION_TIME,
  /** Lifted to the minimum price. */
  MIN_PRICE,
  /** Cut to the maximum price. */
  MAX_PRICE
}
