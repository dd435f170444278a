package org.ampay.station.certs;

import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Certificates as PEM text: what configuration files and OCPP messages hold (A00.FR.507). */
public final class PemCertificates {

  private PemCertificates() {}

  /**
   * All certificates of a text, in its order.
   *
   * @throws CertificateException when there is none, or one that cannot be read
   */
  public static List<X509Certificate> read(byte[] pem) throws CertificateException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Certificate certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem))) {
      certificates.add((X509Certificate) certificate);
    }
    if (certificates.isEmpty()) {
      throw new CertificateException("there is no certificate in it");
    }
    return List.copyOf(certificates);
  }
}
