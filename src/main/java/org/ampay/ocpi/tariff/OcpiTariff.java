package org.ampay.ocpi.tariff;

import java.util.Set;
import org.ampay.tariff.Tariff;

/**
 * A tariff in the words of OCPI.
 *
 * @param tariff without extensions of ours
 * @param unsaid what is missing in it; empty: whoever prices by it gets our figures
 */
public record OcpiTariff(Tariff tariff, Set<Unsaid> unsaid) {

  public OcpiTariff {
    unsaid = Set.copyOf(unsaid);
  }
}
