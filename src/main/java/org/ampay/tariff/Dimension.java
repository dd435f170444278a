package org.ampay.tariff;

/** What a price component prices: OCPI's TariffDimensionType, and the service fee. */
public enum Dimension {
  ENERGY,
  FLAT,
  PARKING_TIME,
  /** A fee per kWh beside the electricity itself, with its own look-up, tax and step in Wh. */
  SERVICE,
  TIME
}
