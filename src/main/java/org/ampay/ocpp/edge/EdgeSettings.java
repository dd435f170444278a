package org.ampay.ocpp.edge;

/**
 * What stations are told at their boot.
 *
 * @param heartbeatSeconds between Heartbeats of an accepted station
 * @param retrySeconds until a Pending or Rejected station boots again
 */
public record EdgeSettings(int heartbeatSeconds, int retrySeconds) {

  public EdgeSettings {
    if (heartbeatSeconds < 1 || retrySeconds < 1) {
      throw new IllegalArgumentException("heartbeatSeconds and retrySeconds must be positive");
    }
  }

  public static EdgeSettings defaults() {
    return new EdgeSettings(300, 60);
  }
}
