package org.ampay.ocpi.cdr;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * A charging period: it lasts until the next one begins.
 *
 * @param dimensions at least one
 * @param tariffId the tariff that holds in it
 */
public record CdrPeriod(Instant start, List<Volume> dimensions, String tariffId) {

  /**
   * What was used.
   *
   * @param type CdrDimensionType
   * @param volume kWh, hours, kW or A; at most 4 digits behind the point
   */
  public record Volume(String type, BigDecimal volume) {}

  public CdrPeriod {
    dimensions = List.copyOf(dimensions);
  }
}
