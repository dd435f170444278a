package org.ampay.tariff;

/** OCPI TariffDimensionType: what a price component prices. */
public enum Dimension {
  ENERGY,
  FLAT,
  PARKING_TIME,
  TIME
}
