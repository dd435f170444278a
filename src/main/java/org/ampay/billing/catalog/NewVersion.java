package org.ampay.billing.catalog;

import java.time.Instant;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.Tariff;
import org.jspecify.annotations.Nullable;

/**
 * A wish to store prices.
 *
 * @param name null: as before; for a tariff's first version it is required
 * @param validFrom null: at once. May lie in the future
 */
public record NewVersion(@Nullable String name, Tariff tariff, @Nullable Instant validFrom) {

  /**
   * Checks itself.
   *
   * @throws InvalidInputException naming the field
   */
  public NewVersion {
    NewAssignment.checkTime("valid_from", validFrom);
  }
}
