package org.ampay.app.sandbox.wechat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Locale;
import java.util.random.RandomGenerator;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * WeChat's certificate of its key.
 *
 * @param serial upper-case hex
 */
record PlatformCertificate(String pem, String serial) {

  private static final int DAYS = 3_650;

  static byte[] make(KeyPair key, RandomGenerator random) {
    X500Principal name = new X500Principal("CN=Tenpay.com sandbox");
    Instant now = Instant.now();
    byte[] serial = new byte[19];
    random.nextBytes(serial);
    try {
      return new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(1, serial).setBit(150),
              Date.from(now.minus(1, ChronoUnit.DAYS)),
              Date.from(now.plus(DAYS, ChronoUnit.DAYS)),
              name,
              key.getPublic())
          .build(new JcaContentSignerBuilder("SHA256withRSA").build(key.getPrivate()))
          .getEncoded();
    } catch (OperatorCreationException | IOException e) {
      throw new IllegalStateException("a certificate cannot be made", e);
    }
  }

  static PlatformCertificate of(byte[] der) {
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      return new PlatformCertificate(
          Pem.of("CERTIFICATE", der),
          certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT));
    } catch (CertificateException e) {
      throw new IllegalStateException("a certificate that was kept cannot be read", e);
    }
  }
}
