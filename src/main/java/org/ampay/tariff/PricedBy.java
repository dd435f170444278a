package org.ampay.tariff;

/**
 * The price component that applied, and where it stands.
 *
 * @param tariffId OCPI id of the tariff, empty when it has none
 * @param element index in the tariff's elements; {@link #NO_ELEMENT} for occupancy
 * @param component index in the element's price components
 * @param price the component itself
 * @param reservation whether the element is for reservations
 * @param rule the restrictions in short text, empty when there are none
 */
public record PricedBy(
    String tariffId,
    int element,
    int component,
    PriceComponent price,
    boolean reservation,
    String rule) {

  /** Stands for no element. */
  public static final int NO_ELEMENT = -1;
}
