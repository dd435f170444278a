package org.ampay.ocpi.location;

import java.util.Collection;

/** OCPI's Status of an EVSE, 2.2.1 §8.4.22. */
public enum EvseStatus {
  AVAILABLE,
  BLOCKED,
  CHARGING,
  INOPERATIVE,
  OUTOFORDER,
  PLANNED,
  REMOVED,
  RESERVED,
  UNKNOWN;

  /** What a connector's own word means, of any version of OCPP. */
  static EvseStatus ofConnector(String word) {
    return switch (word) {
      case "Available" -> AVAILABLE;
      // "In use" is what CHARGING says in OCPI, also before and after the energy flows.
      case "Preparing", "Charging", "SuspendedEV", "SuspendedEVSE", "Finishing", "Occupied" ->
          CHARGING;
      case "Reserved" -> RESERVED;
      case "Unavailable" -> INOPERATIVE;
      case "Faulted" -> OUTOFORDER;
      default -> UNKNOWN;
    };
  }

  /** The status of an EVSE by its connectors: who uses one uses the EVSE. */
  static EvseStatus together(Collection<EvseStatus> connectors) {
    for (EvseStatus status : new EvseStatus[] {CHARGING, RESERVED, AVAILABLE, BLOCKED}) {
      if (connectors.contains(status)) {
        return status;
      }
    }
    for (EvseStatus status : new EvseStatus[] {OUTOFORDER, INOPERATIVE}) {
      if (connectors.contains(status)) {
        return status;
      }
    }
    return UNKNOWN;
  }
}
