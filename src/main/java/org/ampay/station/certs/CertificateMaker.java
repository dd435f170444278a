package org.ampay.station.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Builds X.509 certificates with P-256 keys and SHA-256. */
final class CertificateMaker {

  private static final int SERIAL_BITS = 120;

  /** A clock that runs behind must not find a new certificate not yet valid. */
  private static final Duration BACKDATED = Duration.ofMinutes(10);

  private final SecureRandom random;

  CertificateMaker(SecureRandom random) {
    this.random = random;
  }

  /** Who signs: with its own certificate, or null when it signs itself. */
  record Signer(X500Name name, PublicKey publicKey, PrivateKey key) {

    static Signer of(X509Certificate certificate, PrivateKey key) {
      return new Signer(
          X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
          certificate.getPublicKey(),
          key);
    }
  }

  /** From when to when; the beginning is set back a little. */
  record Span(Instant from, Instant to) {}

  KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JRE has P-256", e);
    }
  }

  static X500Name name(String commonName, String organization) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.O, organization)
        .addRDN(BCStyle.CN, commonName)
        .build();
  }

  /**
   * A CA certificate.
   *
   * @param below how many further CAs may stand below it
   */
  X509Certificate ca(X500Name subject, PublicKey key, Signer signer, Span span, int below) {
    return build(
        subject,
        key,
        signer,
        span,
        builder -> {
          add(builder, Extension.basicConstraints, true, new BasicConstraints(below));
          add(
              builder,
              Extension.keyUsage,
              true,
              new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        });
  }

  /** A station's certificate for TLS, on the side or sides that its use has. */
  X509Certificate leaf(X500Name subject, PublicKey key, Signer signer, Span span, SigningUse use) {
    KeyPurposeId[] purposes =
        switch (use) {
          case STATION -> new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth};
          case V2G -> new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth};
          case COMBINED ->
              new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth};
        };
    return build(
        subject,
        key,
        signer,
        span,
        builder -> {
          add(builder, Extension.basicConstraints, true, new BasicConstraints(false));
          add(
              builder,
              Extension.keyUsage,
              true,
              new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyAgreement));
          add(builder, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
        });
  }

  private interface Extensions {
    void addTo(X509v3CertificateBuilder builder) throws IOException;
  }

  private X509Certificate build(
      X500Name subject, PublicKey key, Signer signer, Span span, Extensions extensions) {
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              signer.name(),
              new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
              Date.from(span.from().minus(BACKDATED)),
              Date.from(span.to()),
              subject,
              key);
      JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
      add(builder, Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(key));
      add(
          builder,
          Extension.authorityKeyIdentifier,
          false,
          ids.createAuthorityKeyIdentifier(signer.publicKey()));
      extensions.addTo(builder);
      byte[] der =
          builder
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.key()))
              .getEncoded();
      return Pem.certificate(der);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("a certificate cannot be made", e);
    }
  }

  private static void add(
      X509v3CertificateBuilder builder, ASN1ObjectIdentifier id, boolean critical, ASN1Encodable it)
      throws IOException {
    builder.addExtension(id, critical, it);
  }
}
