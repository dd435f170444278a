package org.ampay.charging;

/**
 * Which stations show their drivers what a session costs: those answer nothing else with it.
 * Implemented by who knows the stations' capabilities.
 */
@FunctionalInterface
public interface CostDisplays {

  /** From memory: asked at every message. */
  boolean shows(long stationId);
}
