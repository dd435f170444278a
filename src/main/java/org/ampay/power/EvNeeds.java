package org.ampay.power;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an EV asks for.
 *
 * @param maxTuples how many periods it takes in a schedule; null: it has not said
 * @param ask null: its parameters do not fit the way in which it wants its energy
 * @param departure when it wants to leave
 * @param json as sent
 */
public record EvNeeds(
    int evseNo,
    @Nullable Integer maxTuples,
    @Nullable Ask ask,
    @Nullable Instant departure,
    String json) {

  /** How it wants its energy. */
  public sealed interface Ask {}

  /**
   * Alternating current.
   *
   * @param minA amperes a phase below which it cannot charge
   * @param maxA amperes a phase
   */
  public record Ac(int phases, BigDecimal minA, BigDecimal maxA) implements Ask {}

  /** Direct current, watts. */
  public record Dc(BigDecimal maxW) implements Ask {}
}
