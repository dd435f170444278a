package org.ampay.station.certs;

import java.time.Instant;
import java.util.Optional;

/**
 * A SignCertificate of a station.
 *
 * @param csr as it came
 * @param reason why it was refused, rejected or failed; empty when all went well
 * @param chain PEM of what was signed
 */
public record SigningRequest(
    long id,
    long operatorId,
    long stationId,
    SigningUse use,
    String csr,
    State state,
    String reason,
    Optional<String> chain,
    Optional<Long> certificateId,
    Instant receivedAt,
    Instant changedAt) {

  /** How far it is. */
  public enum State {
    /** Answered Rejected: it breaks a rule. */
    REFUSED,
    /** Answered Accepted, to be signed. */
    RECEIVED,
    /** Signed, to be sent to the station. */
    SIGNED,
    /** The station took it. */
    INSTALLED,
    /** The station refused it and keeps its old one. */
    REJECTED,
    /** The authority refused, or the station cannot be told. */
    FAILED,
    /** The station sent a newer one before this was done. */
    SUPERSEDED;

    /** As stored and as the API writes it. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
