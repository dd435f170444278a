package org.ampay.power;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A limit that somebody else has set at a station.
 *
 * @param evseNo 0: the whole station
 * @param source as on the wire: {@code EMS}, {@code SO}, {@code CSO}, {@code Other}
 * @param json list of the schedules as sent
 */
public record LimitReport(
    int evseNo,
    String source,
    @Nullable Boolean gridCritical,
    List<Schedule> schedules,
    String json) {

  public LimitReport {
    schedules = List.copyOf(schedules);
  }
}
