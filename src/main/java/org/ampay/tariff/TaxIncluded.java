package org.ampay.tariff;

/** OCPI 2.3.0 TaxIncluded: whether the prices of a tariff hold the tax. */
public enum TaxIncluded {
  YES("YES"),
  NO("NO"),
  /** No taxes are applicable. */
  NOT_APPLICABLE("N/A");

  private final String wire;

  TaxIncluded(String wire) {
    this.wire = wire;
  }

  /** The value in OCPI. */
  public String wire() {
    return wire;
  }
}
