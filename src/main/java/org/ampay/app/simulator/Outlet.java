package org.ampay.app.simulator;

/**
 * An EVSE of a simulated station with its single connector.
 *
 * @param phases 1 or 3 for AC; 3 for DC (the grid side)
 * @param maxPowerW what it can deliver, watts
 */
public record Outlet(int evseNo, boolean direct, int phases, int maxPowerW) {

  public static Outlet dc(int evseNo, int maxPowerW) {
    return new Outlet(evseNo, true, 3, maxPowerW);
  }

  public static Outlet ac(int evseNo, int phases, int maxPowerW) {
    return new Outlet(evseNo, false, phases, maxPowerW);
  }
}
