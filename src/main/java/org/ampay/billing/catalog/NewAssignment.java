package org.ampay.billing.catalog;

import java.time.Instant;
import org.ampay.tariff.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * A wish to assign a tariff.
 *
 * @param priority 0 unless somebody wants to override the order of the levels
 * @param validFrom null: from now on; may lie in the past
 * @param validTo null: without end; exclusive
 */
public record NewAssignment(
    TariffLevel level,
    long targetId,
    int priority,
    @Nullable Instant validFrom,
    @Nullable Instant validTo) {

  private static final int MAX_PRIORITY = 1_000;
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

  /**
   * Checks itself.
   *
   * @throws InvalidInputException naming the field
   */
  public NewAssignment {
    if (Math.abs(priority) > MAX_PRIORITY) {
      throw new InvalidInputException(
          "priority", "must be from -" + MAX_PRIORITY + " to " + MAX_PRIORITY);
    }
    checkTime("valid_from", validFrom);
    checkTime("valid_to", validTo);
    if (validFrom != null && validTo != null && !validTo.isAfter(validFrom)) {
      throw new InvalidInputException("valid_to", "must be after valid_from");
    }
  }

  /** One without end. */
  public NewAssignment(
      TariffLevel level, long targetId, int priority, @Nullable Instant validFrom) {
    this(level, targetId, priority, validFrom, null);
  }

  static void checkTime(String path, @Nullable Instant time) {
    if (time != null && (time.isBefore(FIRST) || time.isAfter(LAST))) {
      throw new InvalidInputException(path, "must lie between 2000 and 2200");
    }
  }
}
