package org.ampay.station.certs;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that makes real certificates for tests, around a moment. */
public final class TestAuthority {

  private static final AtomicLong SERIALS = new AtomicLong(1_000);

  /** A certificate with its key; its chain ends below the root. */
  public record Issued(List<X509Certificate> chain, PrivateKey key) {

    public X509Certificate certificate() {
      return chain.getFirst();
    }
  }

  private final X500Name name;
  private final KeyPair keys;
  private final X509Certificate certificate;
  private final Instant now;

  public TestAuthority(String commonName, Instant now) {
    this.name = new X500Name("CN=" + commonName + ",O=Test authority");
    this.keys = keys("EC", 256);
    this.now = now;
    this.certificate =
        signed(name, keys, now.minus(Duration.ofDays(300)), now.plus(Duration.ofDays(300)), true);
  }

  /** The root. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** A good certificate of an EC key. */
  public Issued issue(String subject) {
    return issue(subject, keys("EC", 256));
  }

  public Issued issue(String subject, KeyPair pair) {
    return issue(subject, pair, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(60)));
  }

  public Issued issue(String subject, KeyPair pair, Instant from, Instant until) {
    return new Issued(
        List.of(signed(new X500Name(subject), pair, from, until, false)), pair.getPrivate());
  }

  public static KeyPair keys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate signed(
      X500Name subject, KeyPair pair, Instant from, Instant until, boolean authority) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(SERIALS.incrementAndGet()),
              Date.from(from),
              Date.from(until),
              subject,
              pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      GeneralName[] names = {
        new GeneralName(GeneralName.dNSName, "localhost"),
        new GeneralName(GeneralName.iPAddress, "127.0.0.1")
      };
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes objects of Bouncy Castle or the JDK as PEM. */
  public static Path pem(Path file, Object... parts) {
    try {
      StringWriter text = new StringWriter();
      try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
        for (Object part : parts) {
          pem.writeObject(part);
        }
      }
      return Files.writeString(file, text.toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
