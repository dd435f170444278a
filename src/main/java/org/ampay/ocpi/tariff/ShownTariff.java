package org.ampay.ocpi.tariff;

import java.time.Instant;
import java.util.Set;

/**
 * A tariff that partners see, or saw once.
 *
 * @param fingerprint of all that it says
 * @param seenBy partners by id; {@link #ALL}: whoever has no price of its own; none: it is gone
 */
record ShownTariff(Key key, byte[] fingerprint, Set<Long> seenBy, Instant lastUpdated) {

  /** In place of a partner's id. */
  static final long ALL = 0;

  ShownTariff {
    seenBy = Set.copyOf(seenBy);
  }

  /** Which it is. */
  record Key(long operatorId, long tariffId, int version) {

    String id() {
      return OcpiTariffs.id(tariffId, version);
    }
  }
}
