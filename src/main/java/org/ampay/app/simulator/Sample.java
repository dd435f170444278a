package org.ampay.app.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * What a meter shows at an instant.
 *
 * @param registerWh Energy.Active.Import.Register, whole watt-hours as billing meters show them
 * @param socPercent of the car; DC only
 */
record Sample(Instant at, long registerWh, double powerW, double voltageV, double socPercent) {

  /** Amperes of one of {@code phases} phases, or of the DC side. */
  double currentA(int phases) {
    return powerW / voltageV / phases;
  }

  /** With one digit, as stations print it. */
  static String print(double value) {
    return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP).toPlainString();
  }
}
