package org.ampay.access.reservation;

/** Whether somebody charges at an EVSE; implemented by the room that knows of sessions. */
@FunctionalInterface
public interface EvseUse {

  /** From the database; may block. */
  boolean inUse(long stationId, int evse);
}
