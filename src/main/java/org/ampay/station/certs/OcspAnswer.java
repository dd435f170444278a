package org.ampay.station.certs;

import java.time.Instant;

/** What an OCSP responder said, checked; or why there is no answer. */
public sealed interface OcspAnswer {

  /** The responder's word about a certificate. */
  enum Status {
    GOOD,
    REVOKED,
    UNKNOWN
  }

  /**
   * A signed answer that is in force.
   *
   * @param der the whole OCSPResponse (RFC 6960)
   * @param until when it is to be asked for again
   */
  record Obtained(Status status, byte[] der, Instant until) implements OcspAnswer {

    /** Never a dump of bytes. */
    @Override
    public String toString() {
      return "Obtained[" + status + ", " + der.length + " bytes, until " + until + "]";
    }
  }

  /** None that can be trusted. */
  record NotObtained(String reason) implements OcspAnswer {}
}
