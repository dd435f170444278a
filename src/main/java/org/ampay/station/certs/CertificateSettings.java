package org.ampay.station.certs;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How certificates are dealt with.
 *
 * @param validity of a certificate that our own authority signs
 * @param renewBefore how long before its end a certificate is renewed, and shown as running out
 * @param renew whether renewals begin by themselves
 * @param additionalRootCheck whether stations want a new central root signed by the old one
 *     (AdditionalRootCertificateCheck)
 */
public record CertificateSettings(
    Duration validity,
    Duration renewBefore,
    boolean renew,
    boolean additionalRootCheck,
    Ocsp ocsp,
    Contracts contracts) {

  /**
   * Asking responders.
   *
   * @param timeout for a whole answer
   * @param privateAddresses whether a responder may live on a loopback or private address
   * @param nonceRequired whether an answer without our nonce is refused
   */
  public record Ocsp(Duration timeout, boolean privateAddresses, boolean nonceRequired) {}

  /**
   * The backend that gives vehicles their contract certificates.
   *
   * @param url empty: there is none, and such requests fail
   * @param token sent as a bearer token; empty: none
   */
  public record Contracts(Optional<URI> url, String token, Duration timeout) {

    /** Never shows the token. */
    @Override
    public String toString() {
      return "Contracts[url=" + url + "]";
    }
  }

  /** Of a new installation. */
  public static final CertificateSettings DEFAULT =
      new CertificateSettings(
          Duration.ofDays(365),
          Duration.ofDays(30),
          true,
          false,
          new Ocsp(Duration.ofSeconds(5), false, false),
          new Contracts(Optional.empty(), "", Duration.ofSeconds(10)));
}
