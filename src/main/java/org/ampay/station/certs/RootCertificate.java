package org.ampay.station.certs;

import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * A CA certificate that an operator uploaded.
 *
 * @param createdBy who uploaded it
 */
public record RootCertificate(
    long id,
    long operatorId,
    CertificateKind kind,
    String name,
    X509Certificate certificate,
    String createdBy,
    Instant createdAt) {

  public String subject() {
    return certificate.getSubjectX500Principal().getName();
  }

  public Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }
}
