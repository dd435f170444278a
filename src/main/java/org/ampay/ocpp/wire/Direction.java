package org.ampay.ocpp.wire;

/** Who sends the request of a message. */
public enum Direction {
  FROM_STATION,
  TO_STATION,
  BOTH;

  /** A station may send the request. */
  public boolean fromStation() {
    return this != TO_STATION;
  }

  /** The central system may send the request. */
  public boolean toStation() {
    return this != FROM_STATION;
  }
}
