package org.ampay.app.simulator;

import java.util.Random;

/**
 * A car on the cable. Its power ramps up within 20 s, stays at what car and outlet allow, and
 * tapers from 80 % state of charge on, to a tenth at 100 %.
 */
final class Vehicle {

  private static final double RAMP_SECONDS = 20;
  private static final double TAPER_FROM = 0.8;
  private static final double LAST_POWER = 0.1;
  private static final double LOSS = 0.92;

  private final double capacityWh;
  private final double maxAcPowerW;
  private final double maxDcPowerW;
  private final double target;
  private double soc;

  Vehicle(double capacityWh, double maxAcPowerW, double maxDcPowerW, double soc, double target) {
    this.capacityWh = capacityWh;
    this.maxAcPowerW = maxAcPowerW;
    this.maxDcPowerW = maxDcPowerW;
    this.soc = soc;
    this.target = target;
  }

  /** Any car of the street. */
  static Vehicle random(Random random) {
    double[] capacities = {38_000, 51_000, 60_500, 77_000, 82_000, 100_000};
    double[] acPowers = {6_600, 7_400, 11_000, 11_000, 22_000};
    double capacity = capacities[random.nextInt(capacities.length)];
    double ac = acPowers[random.nextInt(acPowers.length)];
    double dc = 60_000 + random.nextInt(140) * 1_000;
    return new Vehicle(
        capacity, ac, dc, 0.12 + random.nextDouble() * 0.4, 0.8 + random.nextDouble() * 0.2);
  }

  /**
   * What it draws now, watts.
   *
   * @param limitW the lowest of outlet and charging profile
   * @param secondsSinceStart since energy began to flow
   */
  double powerW(boolean direct, double limitW, double secondsSinceStart) {
    if (full()) {
      return 0;
    }
    double most = Math.min(direct ? maxDcPowerW : maxAcPowerW, limitW);
    double ramp = Math.min(1, (secondsSinceStart + 1) / RAMP_SECONDS);
    double taper =
        soc <= TAPER_FROM ? 1 : 1 - (1 - LAST_POWER) * (soc - TAPER_FROM) / (1 - TAPER_FROM);
    return most * ramp * (direct ? taper : Math.min(1, taper * 2));
  }

  void take(double energyWh) {
    soc = Math.min(1, soc + energyWh * LOSS / capacityWh);
  }

  boolean full() {
    return soc >= target;
  }

  double socPercent() {
    return soc * 100;
  }
}
