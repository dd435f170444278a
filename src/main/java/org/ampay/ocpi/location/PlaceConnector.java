package org.ampay.ocpi.location;

import java.time.Instant;

/**
 * A connector of ours.
 *
 * @param id its number on the EVSE
 * @param standard ConnectorType of 2.3.0
 * @param format {@code SOCKET} or {@code CABLE}
 * @param powerType {@code AC_1_PHASE}, {@code AC_2_PHASE}, {@code AC_3_PHASE}, {@code DC}
 * @param voltage volt; between line and neutral for AC
 * @param amperage ampere
 * @param powerW watt; 0: not known
 */
public record PlaceConnector(
    String id,
    String standard,
    String format,
    String powerType,
    int voltage,
    int amperage,
    int powerW,
    Instant lastUpdated) {

  PlaceConnector at(Instant updated) {
    return new PlaceConnector(id, standard, format, powerType, voltage, amperage, powerW, updated);
  }
}
