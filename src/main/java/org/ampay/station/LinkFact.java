package org.ampay.station;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.ampay.station.StationCredentials.Link;

/**
 * What a station's last TLS connection was like.
 *
 * @param profile under which it came in
 * @param version {@code TLSv1.3}
 */
public record LinkFact(
    long operatorId,
    long stationId,
    int profile,
    String version,
    String cipher,
    Optional<ClientCertificate> certificate,
    Instant at) {

  /**
   * The certificate that the station showed.
   *
   * @param serial hexadecimal
   */
  public record ClientCertificate(String subject, String issuer, String serial, Instant notAfter) {

    private static final int MAX_NAME = 500;
    private static final int MAX_SERIAL = 64;

    static ClientCertificate of(X509Certificate certificate) {
      BigInteger serial = certificate.getSerialNumber();
      return new ClientCertificate(
          cut(certificate.getSubjectX500Principal().getName(), MAX_NAME),
          cut(certificate.getIssuerX500Principal().getName(), MAX_NAME),
          cut(serial.toString(16), MAX_SERIAL),
          certificate.getNotAfter().toInstant());
    }

    private static String cut(String text, int most) {
      return text.length() <= most ? text : text.substring(0, most);
    }
  }

  static LinkFact of(StationInfo station, Link link, int profile, Instant at) {
    return new LinkFact(
        station.operatorId(),
        station.id(),
        profile,
        link.version(),
        link.cipher(),
        link.chain().stream().findFirst().map(ClientCertificate::of),
        at);
  }
}
