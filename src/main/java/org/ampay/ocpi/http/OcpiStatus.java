package org.ampay.ocpi.http;

/** What an envelope's {@code status_code} says, OCPI 2.2.1 §5. */
public enum OcpiStatus {
  SUCCESS(1000),
  CLIENT_ERROR(2000),
  INVALID_PARAMETERS(2001),
  NOT_ENOUGH_INFORMATION(2002),
  UNKNOWN_LOCATION(2003),
  UNKNOWN_TOKEN(2004),
  SERVER_ERROR(3000),
  CLIENT_API_UNUSABLE(3001),
  UNSUPPORTED_VERSION(3002),
  NO_MATCHING_ENDPOINTS(3003);

  private final int code;

  OcpiStatus(int code) {
    this.code = code;
  }

  /** Four digits. */
  public int code() {
    return code;
  }
}
