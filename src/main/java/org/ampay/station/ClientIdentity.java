package org.ampay.station;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ampay.station.certs.ClientChains;
import org.ampay.station.certs.ClientTrust;

/** Whether a client certificate is good, and whose it is (A00.FR.403 to 405, A00.FR.705). */
public final class ClientIdentity {

  private final ClientTrust trust;
  private final Set<String> organisations;

  /**
   * @param organisations names that the O of a certificate may have beside the operator's own
   */
  public ClientIdentity(ClientTrust trust, Set<String> organisations) {
    this.trust = trust;
    this.organisations =
        organisations.stream().map(ClientIdentity::folded).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Checks everything but the station's name; asks the authority, so it may block.
   *
   * @throws CertificateException saying what is wrong
   */
  void check(StationInfo station, String operator, List<X509Certificate> shown, Instant at)
      throws CertificateException {
    X509Certificate issuer = ClientChains.issuer(shown, trust.roots(station.operatorId()), at);
    X509Certificate own = shown.getFirst();
    Optional<String> organisation = ClientChains.subject(own, "O").map(ClientIdentity::folded);
    if (organisation
        .filter(name -> name.equals(folded(operator)) || organisations.contains(name))
        .isEmpty()) {
      throw new CertificateException("its O is not the operator's name");
    }
    if (trust.standing(station.operatorId(), own, issuer) == ClientTrust.Standing.REVOKED) {
      throw new CertificateException("it was revoked");
    }
  }

  /** Whether its CN is that name: identity or serial number, compared byte for byte. */
  boolean names(X509Certificate own, String name) {
    return ClientChains.subject(own, "CN").filter(name::equals).isPresent();
  }

  private static String folded(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
