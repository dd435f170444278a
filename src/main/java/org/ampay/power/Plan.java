package org.ampay.power;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ampay.station.StationInfo.EvseInfo;
import org.jspecify.annotations.Nullable;

/**
 * Makes the schedule that an EV asked for: one schedule of one period (K15.FR.18), as much as the
 * EVSE, the EV and the limits of outside systems (K02.FR.01) allow, until it leaves. No other EV is
 * thought of.
 */
sealed interface Plan {

  BigDecimal VOLTS = BigDecimal.valueOf(230);

  /** The schedule. */
  record Made(Schedule schedule) implements Plan {}

  /** There can be none. */
  record Impossible(String reason) implements Plan {}

  /**
   * Plans.
   *
   * @param evse empty when the inventory does not know it
   * @param units that the station takes; empty: any
   */
  static Plan of(
      EvNeeds needs,
      Optional<EvseInfo> evse,
      Outside outside,
      Set<Schedule.Unit> units,
      Instant now) {
    return switch (needs.ask()) {
      case null -> new Impossible("the parameters of the requested energy transfer are missing");
      case EvNeeds.Ac ac -> ac(needs, ac, evse, outside, units, now);
      case EvNeeds.Dc dc -> dc(needs, dc, evse, outside, units, now);
    };
  }

  private static Plan ac(
      EvNeeds needs,
      EvNeeds.Ac ac,
      Optional<EvseInfo> evse,
      Outside outside,
      Set<Schedule.Unit> units,
      Instant now) {
    if (evse.filter(EvseInfo::direct).isPresent()) {
      return new Impossible("the EVSE has no alternating current");
    }
    int phases = evse.map(e -> Math.min(Math.max(e.phases(), 1), ac.phases())).orElse(ac.phases());
    BigDecimal volts = VOLTS.multiply(BigDecimal.valueOf(phases));
    BigDecimal amperes = lowest(lowest(ac.maxA(), powerOf(evse, volts)), outside.amperes());
    if (outside.watts() != null) {
      amperes = amperes.min(outside.watts().divide(volts, 1, RoundingMode.DOWN));
    }
    amperes = amperes.setScale(1, RoundingMode.DOWN);
    if (amperes.compareTo(ac.minA()) < 0 || amperes.signum() <= 0) {
      return new Impossible("less is left than the EV needs: " + amperes.toPlainString() + " A");
    }
    boolean inAmperes = units.isEmpty() || units.contains(Schedule.Unit.A);
    BigDecimal limit = inAmperes ? amperes : amperes.multiply(volts).setScale(0, RoundingMode.DOWN);
    return made(needs, inAmperes ? Schedule.Unit.A : Schedule.Unit.W, limit, phases, now);
  }

  private static Plan dc(
      EvNeeds needs,
      EvNeeds.Dc dc,
      Optional<EvseInfo> evse,
      Outside outside,
      Set<Schedule.Unit> units,
      Instant now) {
    if (evse.filter(e -> !e.direct()).isPresent()) {
      return new Impossible("the EVSE has no direct current");
    }
    if (!units.isEmpty() && !units.contains(Schedule.Unit.W)) {
      return new Impossible("the station takes no limits in watts");
    }
    BigDecimal watts = lowest(lowest(dc.maxW(), powerOf(evse, BigDecimal.ONE)), outside.watts());
    if (watts.signum() <= 0) {
      return new Impossible("no power is left");
    }
    return made(needs, Schedule.Unit.W, watts.setScale(0, RoundingMode.DOWN), null, now);
  }

  private static @Nullable BigDecimal powerOf(Optional<EvseInfo> evse, BigDecimal divisor) {
    return evse.filter(e -> e.maxPowerW() > 0)
        .map(e -> BigDecimal.valueOf(e.maxPowerW()).divide(divisor, 1, RoundingMode.DOWN))
        .orElse(null);
  }

  private static BigDecimal lowest(BigDecimal one, @Nullable BigDecimal other) {
    return other == null ? one : one.min(other);
  }

  private static Plan made(
      EvNeeds needs, Schedule.Unit unit, BigDecimal limit, @Nullable Integer phases, Instant now) {
    Instant start = now.truncatedTo(ChronoUnit.SECONDS);
    Instant leaves = needs.departure();
    Integer seconds =
        leaves == null || !leaves.isAfter(start)
            ? null
            : (Integer)
                (int) Math.min(Integer.MAX_VALUE, Duration.between(start, leaves).toSeconds());
    return new Made(
        new Schedule(
            1,
            start,
            seconds == null || seconds == 0 ? null : seconds,
            unit,
            List.of(new Schedule.Period(0, limit, phases, null)),
            null));
  }
}
