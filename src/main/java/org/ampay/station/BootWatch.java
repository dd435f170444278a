package org.ampay.station;

import java.time.Instant;

/** Is told of each boot after it is stored; must be quick and must not block. */
@FunctionalInterface
public interface BootWatch {

  void booted(StationInfo station, BootReport report, Registration decision, Instant at);
}
