package org.ampay.power;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a station said it can do (1.6 9.4; 2.0.1 SmartChargingCtrlr); null and empty: it has not
 * said.
 *
 * @param maxStackLevel the highest it takes
 * @param units the allowed ones
 * @param maxPeriods of a schedule
 * @param maxProfiles installed at a time
 * @param switchesPhases whether the EVSE reports ACPhaseSwitchingSupported
 */
public record StationLimits(
    @Nullable Integer maxStackLevel,
    Set<Schedule.Unit> units,
    @Nullable Integer maxPeriods,
    @Nullable Integer maxProfiles,
    boolean switchesPhases) {

  /** Nothing is known. */
  public static final StationLimits UNKNOWN = new StationLimits(null, Set.of(), null, null, false);

  /** Where they are known from. */
  public interface Source {

    /**
     * Those of a station, may block.
     *
     * @param evseNo whose phase switching is meant
     */
    StationLimits of(long stationId, int evseNo);
  }

  public StationLimits {
    units = Set.copyOf(units);
  }
}
