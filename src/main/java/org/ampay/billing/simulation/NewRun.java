package org.ampay.billing.simulation;

import java.time.Duration;
import java.time.Instant;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.Tariff;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants to know.
 *
 * @param tariffId the stored tariff that it is about, null for a draft of a new one
 * @param version of that tariff, null: a draft
 * @param name of the tariff or draft, for the list
 * @param tariff with its calendar inside
 * @param from sessions that began then or later, by the station's clock
 * @param to and before this; at most {@link #LONGEST} later
 */
public record NewRun(
    @Nullable Long tariffId,
    @Nullable Integer version,
    String name,
    Tariff tariff,
    Basis basis,
    Instant from,
    Instant to,
    Places places) {

  /** Two years and the odd day. */
  public static final Duration LONGEST = Duration.ofDays(750);

  private static final int MAX_NAME = 100;

  public NewRun {
    require(from.isBefore(to), "to", "must be after from");
    require(
        !Duration.between(from, to).minus(LONGEST).isPositive(),
        "to",
        "must be at most " + LONGEST.toDays() + " days after from");
    require(
        !places.tariffOnly() || tariffId != null,
        "tariff_only",
        "needs a stored tariff: give its tariff_id");
    name = name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME - 1) + "…";
  }

  private static void require(boolean holds, String field, String reason) {
    if (!holds) {
      throw new InvalidInputException(field, reason);
    }
  }
}
