package org.ampay.billing.catalog;

import java.time.Instant;
import org.ampay.tariff.Tariff;
import org.jspecify.annotations.Nullable;

/**
 * An immutable version of a tariff.
 *
 * @param tariff its OCPI id is the stored tariff's id
 */
public record TariffVersion(
    long tariffId,
    int version,
    long operatorId,
    Tariff tariff,
    @Nullable Instant validFrom,
    Made made)
    implements Versioned {

  public String author() {
    return made.author().actor();
  }

  public Instant createdAt() {
    return made.at();
  }
}
