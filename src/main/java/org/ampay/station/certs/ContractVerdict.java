package org.ampay.station.certs;

/**
 * What was found out about a contract certificate.
 *
 * @param reason for people; empty when it is good
 */
public record ContractVerdict(Finding finding, String reason) {

  /** The finding, in the terms of C07. */
  public enum Finding {
    GOOD,
    /** C07.FR.15. */
    EXPIRED,
    /** C07.FR.16. */
    REVOKED,
    /** It cannot be verified, or its chain is broken (C07.FR.17). */
    CHAIN_ERROR
  }

  static ContractVerdict good() {
    return new ContractVerdict(Finding.GOOD, "");
  }
}
