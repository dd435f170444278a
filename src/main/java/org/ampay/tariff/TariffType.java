package org.ampay.tariff;

/** OCPI TariffType: whom the tariff is for. */
public enum TariffType {
  AD_HOC_PAYMENT,
  PROFILE_CHEAP,
  PROFILE_FAST,
  PROFILE_GREEN,
  REGULAR
}
