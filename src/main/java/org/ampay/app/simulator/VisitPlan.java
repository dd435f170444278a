package org.ampay.app.simulator;

import java.time.Duration;

/**
 * How people use an outlet, by the stations' clock.
 *
 * @param idleMin between two cars, at least
 * @param chargeMin of a session, at least
 * @param parkPercent how many of a hundred cars are soon full and stay
 */
public record VisitPlan(
    Duration idleMin, Duration idleMax, Duration chargeMin, Duration chargeMax, int parkPercent) {

  public VisitPlan {
    if (idleMin.compareTo(idleMax) > 0 || chargeMin.compareTo(chargeMax) > 0) {
      throw new IllegalArgumentException("the least must not be more than the most");
    }
  }

  /** Without parking. */
  public static VisitPlan of(
      Duration idleMin, Duration idleMax, Duration chargeMin, Duration chargeMax) {
    return new VisitPlan(idleMin, idleMax, chargeMin, chargeMax, 0);
  }
}
