package org.ampay.station;

/** Checks what a station shows at the handshake. */
public interface StationCredentials {

  /** The outcome of the check. */
  enum Check {
    /** Let in. */
    OK,
    /** HTTP 401. */
    WRONG,
    /** HTTP 404. */
    UNKNOWN_STATION
  }

  /**
   * Checks Basic credentials against the station's security profile (0: none wanted; 1: password).
   *
   * @param identity from the URL
   * @param user of the Authorization header; empty when there was none
   * @param password raw bytes of it; empty when there was none
   */
  Check check(String identity, String user, byte[] password);
}
