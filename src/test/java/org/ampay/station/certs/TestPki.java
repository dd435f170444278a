package org.ampay.station.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;

/** Certificates of others: roots, sub CAs, contract certificates, responders, requests. */
public final class TestPki {

  private static final AtomicLong SERIAL = new AtomicLong(1_000);

  private final Instant now;

  /**
   * @param now certificates hold from an hour before
   */
  public TestPki(Instant now) {
    this.now = now;
  }

  /** A certificate with its key. */
  public record Holder(X509Certificate certificate, PrivateKey key) {
    public String pem() {
      return Pem.of(certificate);
    }

    public CertificateHash hash(Holder issuer, String algorithm) {
      return CertificateHash.of(certificate, issuer.certificate(), algorithm);
    }
  }

  public static KeyPair ec() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public Holder root(String name) {
    return made(name, null, Kind.CA, Duration.ofDays(3_650), null);
  }

  public Holder sub(Holder issuer, String name) {
    return made(name, issuer, Kind.CA, Duration.ofDays(1_000), null);
  }

  /** A contract certificate that holds for a year. */
  public Holder leaf(Holder issuer, String name, @Nullable String responder) {
    return made(name, issuer, Kind.LEAF, Duration.ofDays(365), responder);
  }

  /** One that ended a minute ago. */
  public Holder ended(Holder issuer, String name, @Nullable String responder) {
    return made(name, issuer, Kind.LEAF, Duration.ofMinutes(-1), responder);
  }

  /** One that may sign OCSP answers for its issuer. */
  public Holder responder(Holder issuer, String name) {
    return made(name, issuer, Kind.RESPONDER, Duration.ofDays(30), null);
  }

  private enum Kind {
    CA,
    LEAF,
    RESPONDER
  }

  private Holder made(
      String name, @Nullable Holder issuer, Kind kind, Duration life, @Nullable String responder) {
    KeyPair pair = ec();
    X500Name subject = new X500Name("O=Test,CN=" + name);
    X500Name by =
        issuer == null
            ? subject
            : X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded());
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              by,
              BigInteger.valueOf(SERIAL.incrementAndGet()),
              Date.from(now.minus(Duration.ofHours(1))),
              Date.from(now.plus(life)),
              subject,
              pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(kind == Kind.CA));
      int usage = kind == Kind.CA ? KeyUsage.keyCertSign : KeyUsage.digitalSignature;
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      if (kind == Kind.RESPONDER) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning));
      }
      if (responder != null) {
        builder.addExtension(
            Extension.authorityInfoAccess,
            false,
            new AuthorityInformationAccess(
                AccessDescription.id_ad_ocsp,
                new GeneralName(GeneralName.uniformResourceIdentifier, responder)));
      }
      PrivateKey signer = issuer == null ? pair.getPrivate() : issuer.key();
      byte[] der =
          builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)).getEncoded();
      return new Holder(Pem.certificate(der), pair.getPrivate());
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A signing request of that subject, as X.500 text, signed with {@code signer}. */
  public static String csr(KeyPair pair, PrivateKey signer, String subject) {
    try {
      String algorithm =
          pair.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
      byte[] der =
          new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), pair.getPublic())
              .build(new JcaContentSignerBuilder(algorithm).build(signer))
              .getEncoded();
      return Pem.block("CERTIFICATE REQUEST", der);
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A proper request with a new P-256 key. */
  public static String csr(String subject) {
    KeyPair pair = ec();
    return csr(pair, pair.getPrivate(), subject);
  }
}
