package org.ampay.station.certs;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Collection;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/**
 * Which signing requests we take: well formed, signed with the key they name, a key of at least 112
 * bits of strength (A00.FR.501: RSA 2048, EC 224), CN the station's identity or serial number
 * (A00.FR.405), O the operator's name where it is given (A00.FR.404).
 */
final class CsrRules {

  private static final int MIN_RSA_BITS = 2_048;
  private static final int MAX_RSA_BITS = 8_192;
  private static final int MIN_EC_BITS = 224;
  private static final int MAX_NAME_CHARS = 64;

  private CsrRules() {}

  /** What was asked for. */
  record Parsed(byte[] der, String commonName) {}

  /**
   * Reads and judges.
   *
   * @param names one of which the CN must be
   * @param organization which O must be when there is one
   * @throws BadCertificateException with the rule that it breaks
   */
  static Parsed check(String csr, SigningUse use, Collection<String> names, String organization) {
    byte[] der = der(csr);
    PKCS10CertificationRequest request = parsed(der);
    checkKey(publicKey(request));
    checkSignature(request);
    String commonName =
        name(request, BCStyle.CN)
            .orElseThrow(() -> new BadCertificateException("the subject has no CN"));
    if (commonName.length() > MAX_NAME_CHARS) {
      throw new BadCertificateException("the CN is longer than " + MAX_NAME_CHARS);
    }
    // Towards vehicles a station goes by its SECC identity, which is nobody else's to give.
    if (use != SigningUse.V2G && !names.contains(commonName)) {
      throw new BadCertificateException(
          "CN '" + commonName + "' is neither the station's identity nor its serial number");
    }
    name(request, BCStyle.O)
        .filter(o -> !o.equals(organization))
        .ifPresent(
            o -> {
              throw new BadCertificateException(
                  "O '" + o + "' is not the operator's name '" + organization + "'");
            });
    return new Parsed(der, commonName);
  }

  private static byte[] der(String csr) {
    var blocks = Pem.blocks(csr, "CERTIFICATE REQUEST");
    if (blocks.size() != 1) {
      throw new BadCertificateException("there are " + blocks.size() + " requests in the text");
    }
    return blocks.getFirst();
  }

  private static PKCS10CertificationRequest parsed(byte[] der) {
    try {
      return new PKCS10CertificationRequest(der);
    } catch (IOException | RuntimeException e) {
      throw new BadCertificateException("the bytes are no PKCS#10 request", e);
    }
  }

  /** The key of a parsed request. */
  static PublicKey publicKey(PKCS10CertificationRequest request) {
    try {
      var info = request.getSubjectPublicKeyInfo();
      String oid = info.getAlgorithm().getAlgorithm().getId();
      String algorithm = oid.startsWith("1.2.840.113549.1.1.") ? "RSA" : "EC";
      return KeyFactory.getInstance(algorithm)
          .generatePublic(new X509EncodedKeySpec(info.getEncoded()));
    } catch (GeneralSecurityException | IOException e) {
      throw new BadCertificateException("the key is neither RSA nor of a known curve", e);
    }
  }

  private static void checkKey(PublicKey key) {
    switch (key) {
      case RSAPublicKey rsa -> {
        int bits = rsa.getModulus().bitLength();
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
          throw new BadCertificateException(
              "the RSA key has "
                  + bits
                  + " bits, wanted are "
                  + MIN_RSA_BITS
                  + " to "
                  + MAX_RSA_BITS);
        }
      }
      case ECPublicKey ec -> {
        int bits = ec.getParams().getCurve().getField().getFieldSize();
        if (bits < MIN_EC_BITS) {
          throw new BadCertificateException(
              "the EC key has " + bits + " bits, wanted are at least " + MIN_EC_BITS);
        }
      }
      default -> throw new BadCertificateException("the key is neither RSA nor EC");
    }
  }

  private static void checkSignature(PKCS10CertificationRequest request) {
    try {
      var verifier =
          new JcaContentVerifierProviderBuilder().build(request.getSubjectPublicKeyInfo());
      if (!request.isSignatureValid(verifier)) {
        throw new BadCertificateException("the request's signature is not its key's");
      }
    } catch (OperatorCreationException | PKCSException | RuntimeException e) {
      if (e instanceof BadCertificateException bad) {
        throw bad;
      }
      throw new BadCertificateException("the request's signature cannot be checked", e);
    }
  }

  /** The O of a certificate's subject. */
  static Optional<String> organization(X509Certificate certificate) {
    return name(
        X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()), BCStyle.O);
  }

  private static Optional<String> name(
      PKCS10CertificationRequest request, ASN1ObjectIdentifier type) {
    return name(request.getSubject(), type);
  }

  private static Optional<String> name(X500Name subject, ASN1ObjectIdentifier type) {
    RDN[] found = subject.getRDNs(type);
    if (found.length > 1) {
      throw new BadCertificateException("the subject has a name twice");
    }
    return found.length == 0
        ? Optional.empty()
        : Optional.of(IETFUtils.valueToString(found[0].getFirst().getValue()))
            .map(String::strip)
            .filter(text -> !text.isEmpty());
  }
}
