package org.ampay.power;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A charging schedule of any version.
 *
 * @param id 0 in 1.6, which has none
 * @param start null: relative to the start of charging
 * @param durationSeconds null: the last period goes on
 * @param minRate in {@code unit}
 */
public record Schedule(
    int id,
    @Nullable Instant start,
    @Nullable Integer durationSeconds,
    Unit unit,
    List<Period> periods,
    @Nullable BigDecimal minRate) {

  /** What limits are given in: amperes a phase, or watts in all. */
  public enum Unit {
    A,
    W
  }

  /**
   * From a second of the schedule on.
   *
   * @param limit in the schedule's unit
   * @param phases null: three
   */
  public record Period(
      int startSeconds, BigDecimal limit, @Nullable Integer phases, @Nullable Integer phaseToUse) {}

  public Schedule {
    periods = List.copyOf(periods);
  }
}
