package org.ampay.charging;

/**
 * What stations show their drivers: those that show nothing are told nothing. Implemented by who
 * knows the stations' capabilities.
 */
@FunctionalInterface
public interface CostDisplays {

  /** From memory: asked at every message. */
  Display of(long stationId);
}
