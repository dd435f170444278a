package org.ampay.station.certs;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Judges the certificates that a station shows in the TLS handshake. */
public final class ClientChains {

  private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
  private static final String ANY_USAGE = "2.5.29.37.0";
  private static final int MAX_PATH = 6;

  private ClientChains() {}

  /**
   * Builds the path from the station's certificate to one of the authorities and checks it
   * (A00.FR.403): signatures, validity, key usage, key sizes (A00.FR.501 to 503).
   *
   * @param shown the station's own certificate first; the rest may help to build the path
   * @return the certificate that signed the station's own
   * @throws CertificateException when there is no such path, saying why
   */
  public static X509Certificate issuer(
      List<X509Certificate> shown, List<X509Certificate> roots, Instant at)
      throws CertificateException {
    if (shown.isEmpty()) {
      throw new CertificateException("no certificate was shown");
    }
    X509Certificate own = shown.getFirst();
    own.checkValidity(Date.from(at)); // says which of the two it is, as a path builder does not
    checkUsage(own);
    for (X509Certificate certificate : shown) {
      checkStrength(certificate);
    }
    return issuer(built(own, shown, roots, at));
  }

  private static PKIXCertPathBuilderResult built(
      X509Certificate own, List<X509Certificate> shown, List<X509Certificate> roots, Instant at)
      throws CertificateException {
    Set<TrustAnchor> anchors = new HashSet<>();
    for (X509Certificate root : roots) {
      anchors.add(new TrustAnchor(root, null));
    }
    if (anchors.isEmpty()) {
      throw new CertificateException("no authority for client certificates is configured");
    }
    try {
      X509CertSelector target = new X509CertSelector();
      target.setCertificate(own);
      PKIXBuilderParameters wanted = new PKIXBuilderParameters(anchors, target);
      wanted.setRevocationEnabled(false); // asked separately, and not while the handshake waits
      wanted.setDate(Date.from(at));
      wanted.setMaxPathLength(MAX_PATH);
      wanted.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(shown)));
      return (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(wanted);
    } catch (CertPathBuilderException e) {
      throw new CertificateException("no path to a trusted authority: " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new CertificateException("cannot be checked: " + e.getMessage(), e);
    }
  }

  private static X509Certificate issuer(PKIXCertPathBuilderResult path) {
    return path.getCertPath().getCertificates().size() > 1
        ? (X509Certificate) path.getCertPath().getCertificates().get(1)
        : path.getTrustAnchor().getTrustedCert();
  }

  private static void checkUsage(X509Certificate own) throws CertificateException {
    List<String> usages = own.getExtendedKeyUsage();
    if (usages != null && !usages.contains(CLIENT_AUTHENTICATION) && !usages.contains(ANY_USAGE)) {
      throw new CertificateException("not made for TLS clients");
    }
    if (own.getBasicConstraints() >= 0) {
      throw new CertificateException("an authority's certificate, not a station's");
    }
  }

  /**
   * Refuses keys below 112 bits of strength.
   *
   * @throws CertificateException RSA below 2048 bits, EC below 224, or another algorithm
   */
  public static void checkStrength(X509Certificate certificate) throws CertificateException {
    PublicKey key = certificate.getPublicKey();
    int bits =
        switch (key) {
          case RSAPublicKey rsa -> rsa.getModulus().bitLength();
          case ECPublicKey ec -> ec.getParams().getOrder().bitLength();
          default -> 0;
        };
    boolean strong = key instanceof RSAPublicKey ? bits >= 2_048 : bits >= 224;
    if (!strong) {
      throw new CertificateException(
          "its key (" + key.getAlgorithm() + ", " + bits + " bits) is too weak");
    }
  }

  /** The first value of an attribute of the subject, {@code O} or {@code CN}. */
  public static Optional<String> subject(X509Certificate certificate, String attribute) {
    try {
      List<Rdn> names =
          new LdapName(certificate.getSubjectX500Principal().getName()).getRdns().reversed();
      return names.stream()
          .filter(name -> name.getType().equalsIgnoreCase(attribute))
          .map(name -> String.valueOf(name.getValue()))
          .findFirst();
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }
}
