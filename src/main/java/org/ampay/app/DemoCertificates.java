package org.ampay.app;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.ampay.gateway.GatewaySettings.KeyPairFiles;
import org.ampay.station.certs.PemCertificates;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Certificates that the demo makes for itself, for this machine's own name only: no station in the
 * field would trust them.
 */
record DemoCertificates(KeyPairFiles ecdsa, KeyPairFiles rsa) {

  private static final Duration VALID = Duration.ofDays(90);
  private static final Duration SPARE = Duration.ofDays(7);
  private static final X500Name NAME = new X500Name("CN=localhost,O=Ampay demo");

  /** Those of the folder, made anew when there are none or they end soon. */
  static DemoCertificates readOrMake(Path folder) {
    try {
      Files.createDirectories(folder);
      return new DemoCertificates(
          pair(folder, "ecdsa", "EC", 256, "SHA256withECDSA"),
          pair(folder, "rsa", "RSA", 2_048, "SHA256withRSA"));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new SettingsException("cannot make the demo's certificates in " + folder + ": " + e);
    }
  }

  private static KeyPairFiles pair(
      Path folder, String name, String algorithm, int bits, String signature)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    Path certificate = folder.resolve(name + ".crt");
    Path key = folder.resolve(name + ".key");
    Instant now = new SystemTime().now();
    if (!Files.exists(key) || endsSoon(certificate, now)) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      KeyPair pair = generator.generateKeyPair();
      write(key, new JcaPKCS8Generator(pair.getPrivate(), null));
      write(certificate, selfSigned(pair, signature, now));
    }
    return new KeyPairFiles(certificate.toString(), key.toString());
  }

  private static boolean endsSoon(Path certificate, Instant now)
      throws IOException, GeneralSecurityException {
    if (!Files.exists(certificate)) {
      return true;
    }
    X509Certificate read = PemCertificates.read(Files.readAllBytes(certificate)).getFirst();
    return read.getNotAfter().toInstant().isBefore(now.plus(SPARE));
  }

  private static X509CertificateHolder selfSigned(KeyPair pair, String signature, Instant now)
      throws IOException, OperatorCreationException {
    GeneralName[] names = {
      new GeneralName(GeneralName.dNSName, "localhost"),
      new GeneralName(GeneralName.iPAddress, "127.0.0.1")
    };
    return new JcaX509v3CertificateBuilder(
            NAME,
            new BigInteger(64, new SecureRandom()).setBit(63),
            Date.from(now.minusSeconds(3_600)),
            Date.from(now.plus(VALID)),
            NAME,
            pair.getPublic())
        .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names))
        .addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
        .build(new JcaContentSignerBuilder(signature).build(pair.getPrivate()));
  }

  private static void write(Path file, Object content) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(content);
    }
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text.toString());
  }
}
