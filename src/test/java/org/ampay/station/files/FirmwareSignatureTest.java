package org.ampay.station.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.ampay.conformance.Proves;
import org.ampay.station.files.FirmwareImage.Verdict;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirmwareSignatureTest {

  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
  private static final byte[] BYTES = "the firmware".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.write(folder.resolve("image"), BYTES);
  }

  private static KeyPair keys(String algorithm, int size) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(size);
    return generator.generateKeyPair();
  }

  private static String pem(KeyPair keys, Instant end) throws Exception {
    X500Name name = new X500Name("CN=Manufacturer");
    String signer = keys.getPrivate().getAlgorithm().equals("EC") ? "ECDSA" : "RSA";
    byte[] der =
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(NOW.minus(Duration.ofDays(1))),
                Date.from(end),
                name,
                keys.getPublic())
            .build(new JcaContentSignerBuilder("SHA256with" + signer).build(keys.getPrivate()))
            .getEncoded();
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END CERTIFICATE-----\n";
  }

  private static String sign(KeyPair keys, String algorithm) throws Exception {
    Signature signer = Signature.getInstance(algorithm);
    if (algorithm.equals("RSASSA-PSS")) {
      signer.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    signer.initSign(keys.getPrivate());
    signer.update(BYTES);
    return Base64.getEncoder().encodeToString(signer.sign());
  }

  private Verdict check(KeyPair keys, String algorithm) throws Exception {
    return FirmwareSignature.check(
        file, pem(keys, NOW.plusSeconds(60)), sign(keys, algorithm), NOW);
  }

  @Test
  @Proves("A00.FR.707")
  void goodSignatures_ofEveryAlgorithm_areVerified() throws Exception {
    assertThat(check(keys("EC", 256), "SHA256withECDSA")).isEqualTo(Verdict.VERIFIED);
    KeyPair rsa = keys("RSA", 2_048);
    assertThat(check(rsa, "SHA256withRSA")).isEqualTo(Verdict.VERIFIED);
    assertThat(check(rsa, "RSASSA-PSS")).isEqualTo(Verdict.VERIFIED);
  }

  @Test
  void signatureOfOtherBytesOrAnotherKey_isBad() throws Exception {
    KeyPair keys = keys("EC", 256);
    String signature = sign(keys, "SHA256withECDSA");
    String pem = pem(keys, NOW.plusSeconds(60));
    Path other = Files.writeString(folder.resolve("other"), "another firmware");
    assertThat(FirmwareSignature.check(other, pem, signature, NOW))
        .isEqualTo(Verdict.BAD_SIGNATURE);
    String stranger = pem(keys("EC", 256), NOW.plusSeconds(60));
    assertThat(FirmwareSignature.check(file, stranger, signature, NOW))
        .isEqualTo(Verdict.BAD_SIGNATURE);
    assertThat(FirmwareSignature.check(file, pem, "not base64 at all!", NOW))
        .isEqualTo(Verdict.BAD_SIGNATURE);
  }

  @Test
  void endedOrUnreadableCertificate_isBad() throws Exception {
    KeyPair keys = keys("EC", 256);
    String signature = sign(keys, "SHA256withECDSA");
    assertThat(FirmwareSignature.check(file, pem(keys, NOW.minusSeconds(1)), signature, NOW))
        .isEqualTo(Verdict.BAD_CERTIFICATE);
    assertThat(FirmwareSignature.check(file, "no certificate", signature, NOW))
        .isEqualTo(Verdict.BAD_CERTIFICATE);
  }
}
