package org.ampay.charging;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a driver orders of a session: "stop at 50 yuan". Null is no limit.
 *
 * @param amount with tax, in the session's currency
 * @param time from the session's start, whole seconds
 * @param socPercent state of charge, as far as the station tells it
 */
public record OrderLimits(
    @Nullable Money amount,
    @Nullable Energy energy,
    @Nullable Duration time,
    @Nullable Integer socPercent) {

  /** A limit that is reached. */
  public enum Kind {
    AMOUNT,
    ENERGY,
    TIME,
    SOC;

    private final String stored = name().toLowerCase(Locale.ROOT);

    /** As stored: {@code amount}. */
    public String stored() {
      return stored;
    }
  }

  /**
   * What a session will be when a stop that is sent now takes effect.
   *
   * @param cost empty: not known
   * @param socPercent as last told, null: not told
   */
  public record Ahead(
      Duration elapsed, Energy energy, Optional<Money> cost, @Nullable Integer socPercent) {}

  /** Whether there is no limit at all. */
  public boolean isEmpty() {
    return amount == null && energy == null && time == null && socPercent == null;
  }

  /** The first limit that is reached; empty: it goes on. */
  public Optional<Kind> reached(Ahead ahead) {
    if (amount != null
        && ahead.cost().filter(cost -> cost.currency().equals(amount.currency())).isPresent()
        && ahead.cost().get().minor() >= amount.minor()) {
      return Optional.of(Kind.AMOUNT);
    }
    if (energy != null && ahead.energy().compareTo(energy) >= 0) {
      return Optional.of(Kind.ENERGY);
    }
    if (time != null && ahead.elapsed().compareTo(time) >= 0) {
      return Optional.of(Kind.TIME);
    }
    return socPercent != null && ahead.socPercent() != null && ahead.socPercent() >= socPercent
        ? Optional.of(Kind.SOC)
        : Optional.empty();
  }
}
