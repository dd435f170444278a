package org.ampay.tariff;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When an element holds: all of it must match at the moment.
 *
 * @param kwh energy consumed so far
 * @param current ampere, summed over the phases
 * @param power kW
 * @param duration seconds since the session began, parking included
 * @param reservation null: an element of the session itself
 * @param calendarTiers tiers of the tariff's calendar; empty: whatever the tier
 */
public record Restrictions(
    LocalWindow window,
    Bounds kwh,
    Bounds current,
    Bounds power,
    Bounds duration,
    @Nullable ReservationKind reservation,
    Set<TouTier> calendarTiers) {

  public static final Restrictions NONE =
      new Restrictions(
          LocalWindow.ALWAYS, Bounds.NONE, Bounds.NONE, Bounds.NONE, Bounds.NONE, null);

  /** Restrictions without a calendar. */
  public Restrictions(
      LocalWindow window,
      Bounds kwh,
      Bounds current,
      Bounds power,
      Bounds duration,
      @Nullable ReservationKind reservation) {
    this(window, kwh, current, power, duration, reservation, Set.of());
  }

  public Restrictions {
    calendarTiers =
        calendarTiers.isEmpty()
            ? Set.of()
            : Collections.unmodifiableSet(EnumSet.copyOf(calendarTiers));
    named("kwh", kwh);
    named("current", current);
    named("power", power);
    named("duration", duration);
  }

  /** The window alone. */
  static Restrictions of(LocalWindow window) {
    return new Restrictions(window, Bounds.NONE, Bounds.NONE, Bounds.NONE, Bounds.NONE, null);
  }

  private static void named(String name, Bounds bounds) {
    BigDecimal min = bounds.min();
    BigDecimal max = bounds.max();
    Checks.amount(min, Bounds.DECIMALS, "min_" + name);
    Checks.amount(max, Bounds.DECIMALS, "max_" + name);
    if (max != null) {
      Checks.require(
          (min == null ? BigDecimal.ZERO : min).compareTo(max) < 0,
          "max_" + name,
          "must be above " + (min == null ? "0" : "min_" + name) + ", else it never matches");
    }
  }

  /** A half-open range: {@code min} inclusive, {@code max} exclusive; null is no bound. */
  public record Bounds(@Nullable BigDecimal min, @Nullable BigDecimal max) {

    static final int DECIMALS = 6;

    public static final Bounds NONE = new Bounds(null, null);

    boolean isNone() {
      return min == null && max == null;
    }
  }
}
