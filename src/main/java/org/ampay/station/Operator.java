package org.ampay.station;

import org.ampay.base.Money;

/**
 * A charge point operator: the tenant.
 *
 * @param countryCode ISO 3166-1 alpha-2 and {@code partyId} (3 characters): its name in OCPI
 * @param currency ISO 4217
 * @param holdMinor what a session reserves in a wallet at its start, minor units
 */
public record Operator(
    long id, String name, String countryCode, String partyId, String currency, long holdMinor) {

  /** The operator that every installation has from the beginning. */
  public static final long DEFAULT_ID = 1;

  public Operator {
    Money.exponent(currency);
    if (holdMinor < 0) {
      throw new IllegalArgumentException("hold must not be negative: " + holdMinor);
    }
  }
}
