package org.ampay.station.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.ampay.station.files.FirmwareImage.Verdict;

/**
 * Checks a manufacturer's signature before an update is offered (A00.FR.707): a station that finds
 * it bad has already loaded the file. SHA-256 with ECDSA, with RSA PSS, or with RSA PKCS 1.
 */
final class FirmwareSignature {

  private static final int BUFFER = 64 << 10;
  private static final int PSS_SALT_BYTES = 32;

  private FirmwareSignature() {}

  static Verdict check(Path firmware, String pem, String base64, Instant now) {
    X509Certificate certificate;
    byte[] signature;
    try {
      certificate = certificate(pem);
      certificate.checkValidity(Date.from(now));
    } catch (CertificateException e) {
      return Verdict.BAD_CERTIFICATE;
    }
    try {
      signature = Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return Verdict.BAD_SIGNATURE;
    }
    boolean good =
        algorithms(certificate).stream()
            .anyMatch(name -> verifies(name, certificate, signature, firmware));
    return good ? Verdict.VERIFIED : Verdict.BAD_SIGNATURE;
  }

  /** The first certificate of a PEM text. */
  static X509Certificate certificate(String pem) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    return (X509Certificate)
        factory.generateCertificate(
            new ByteArrayInputStream(pem.strip().getBytes(StandardCharsets.US_ASCII)));
  }

  private static List<String> algorithms(X509Certificate certificate) {
    return switch (certificate.getPublicKey().getAlgorithm()) {
      case "EC" -> List.of("SHA256withECDSA");
      case "RSA" -> List.of("RSASSA-PSS", "SHA256withRSA");
      case "RSASSA-PSS" -> List.of("RSASSA-PSS");
      default -> List.of();
    };
  }

  private static boolean verifies(
      String algorithm, X509Certificate certificate, byte[] signature, Path firmware) {
    try (InputStream bytes = Files.newInputStream(firmware)) {
      Signature check = Signature.getInstance(algorithm);
      if (algorithm.equals("RSASSA-PSS")) {
        check.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSS_SALT_BYTES, 1));
      }
      check.initVerify(certificate.getPublicKey());
      byte[] buffer = new byte[BUFFER];
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        check.update(buffer, 0, read);
      }
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // a signature of another shape is no signature by this algorithm
    } catch (IOException e) {
      throw new UncheckedIOException("the firmware could not be read", e);
    }
  }
}
