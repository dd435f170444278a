package org.ampay.station.certs;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * How OCPP names a certificate: hashes of its issuer's name and key, and its serial number, all in
 * hex. Kept as a station wrote them; compared without case and leading zeros.
 *
 * @param algorithm {@code SHA256}, {@code SHA384} or {@code SHA512}
 */
public record CertificateHash(
    String algorithm, String issuerNameHash, String issuerKeyHash, String serialNumber) {

  public CertificateHash {
    if (!algorithm.matches("SHA(256|384|512)")) {
      throw new IllegalArgumentException("hash algorithm " + algorithm);
    }
  }

  /** The name of a certificate; a root is its own issuer. */
  public static CertificateHash of(
      X509Certificate certificate, X509Certificate issuer, String algorithm) {
    return new CertificateHash(
        algorithm,
        hash(algorithm, certificate.getIssuerX500Principal().getEncoded()),
        keyHash(algorithm, issuer),
        Pem.serial(certificate));
  }

  /** Hash of the issuer's key: of the bit string without tag, length and unused bits (RFC 6960). */
  static String keyHash(String algorithm, X509Certificate issuer) {
    return hash(
        algorithm,
        SubjectPublicKeyInfo.getInstance(issuer.getPublicKey().getEncoded())
            .getPublicKeyData()
            .getOctets());
  }

  /** True when that certificate could have issued the named one. */
  boolean issuedBy(X509Certificate issuer) {
    return same(issuerKeyHash, keyHash(algorithm, issuer))
        && same(issuerNameHash, hash(algorithm, issuer.getSubjectX500Principal().getEncoded()));
  }

  /** True when both name the same certificate. */
  public boolean names(CertificateHash other) {
    return algorithm.equals(other.algorithm)
        && same(issuerNameHash, other.issuerNameHash)
        && same(issuerKeyHash, other.issuerKeyHash)
        && plain(serialNumber).equals(plain(other.serialNumber));
  }

  private static boolean same(String a, String b) {
    return a.equalsIgnoreCase(b);
  }

  private static String plain(String serial) {
    return serial.toLowerCase(Locale.ROOT).replaceFirst("^(0x)?0*", "");
  }

  static String hash(String algorithm, byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm.replace("SHA", "SHA-"));
      return HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JRE has " + algorithm, e);
    }
  }
}
