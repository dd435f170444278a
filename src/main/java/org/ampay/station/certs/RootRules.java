package org.ampay.station.certs;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** Which CA certificates may be uploaded. */
final class RootRules {

  private static final int KEY_CERT_SIGN = 5;

  private RootRules() {}

  /**
   * @throws BadCertificateException with the rule that it breaks
   */
  static void check(X509Certificate certificate, CertificateKind kind, Instant now) {
    if (!kind.storable()) {
      throw new BadCertificateException("a " + kind.word() + " is reported by stations only");
    }
    if (certificate.getBasicConstraints() < 0) {
      throw new BadCertificateException(
          "it is not the certificate of a CA (no basicConstraints CA:TRUE)");
    }
    boolean[] usage = certificate.getKeyUsage();
    if (usage != null && !usage[KEY_CERT_SIGN]) {
      throw new BadCertificateException("its key usage does not allow signing certificates");
    }
    if (certificate.getNotAfter().toInstant().isBefore(now)) {
      throw new BadCertificateException("it ended at " + certificate.getNotAfter().toInstant());
    }
    boolean central = kind == CertificateKind.CENTRAL || kind == CertificateKind.SUB_CA;
    if (!central && !signedBy(certificate, certificate)) {
      throw new BadCertificateException("it is not a root: it is not signed with its own key");
    }
    if (Pem.of(certificate).length() > Pem.MAX_CERTIFICATE_CHARS) {
      throw new BadCertificateException(
          "it is longer than InstallCertificate takes: " + Pem.MAX_CERTIFICATE_CHARS);
    }
  }

  static boolean signedBy(X509Certificate certificate, X509Certificate issuer) {
    if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      return false;
    }
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false; // the very question
    }
  }
}
