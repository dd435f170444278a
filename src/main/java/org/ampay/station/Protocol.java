package org.ampay.station;

/** The OCPP versions that a station may speak. */
public enum Protocol {
  OCPP_16("1.6", "ocpp1.6"),
  OCPP_201("2.0.1", "ocpp2.0.1");

  private final String version;
  private final String subprotocol;

  Protocol(String version, String subprotocol) {
    this.version = version;
    this.subprotocol = subprotocol;
  }

  /** {@code 1.6}, {@code 2.0.1}: as stored and shown. */
  public String version() {
    return version;
  }

  /** The WebSocket subprotocol, {@code ocpp1.6}. */
  public String subprotocol() {
    return subprotocol;
  }

  /** The protocol of a stored version. */
  public static Protocol ofVersion(String version) {
    for (Protocol protocol : values()) {
      if (protocol.version.equals(version)) {
        return protocol;
      }
    }
    throw new IllegalArgumentException("unknown OCPP version '" + version + "'");
  }
}
