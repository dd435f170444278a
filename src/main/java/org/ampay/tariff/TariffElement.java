package org.ampay.tariff;

import java.util.List;

/**
 * Prices that hold where all the restrictions match.
 *
 * @param restrictions {@link Restrictions#NONE} when there are none
 */
public record TariffElement(List<PriceComponent> components, Restrictions restrictions) {

  private static final int MAX_COMPONENTS = 10;

  public TariffElement {
    components = List.copyOf(components);
    Checks.require(!components.isEmpty(), "price_components", "must not be empty");
    Checks.require(
        components.size() <= MAX_COMPONENTS,
        "price_components",
        "must have at most " + MAX_COMPONENTS);
  }
}
