package org.ampay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import org.ampay.conformance.Proves;
import org.ampay.conformance.Scenario;
import org.ampay.gateway.tls.RawHello;
import org.ampay.gateway.tls.RawHello.Reply;
import org.ampay.station.certs.TestAuthority;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * TLS of a server in a process of its own: the suites with a static RSA key are switched on only
 * before a JVM has used TLS at all.
 */
class TlsProcessTest {

  private static final int ECDHE_ECDSA_AES128 = 0xC02B;
  private static final int ECDHE_ECDSA_AES256 = 0xC02C;
  private static final int RSA_AES128 = 0x009C;
  private static final int RSA_AES256 = 0x009D;

  @TempDir static Path folder;

  private static RunningServer server;
  private static InetSocketAddress address;

  @BeforeAll
  static void start() throws IOException {
    TestAuthority authority = new TestAuthority("Servers", Instant.now());
    StringBuilder yaml = new StringBuilder("ocpp:\n  tls:\n    listen: 127.0.0.1:0\n");
    write(yaml, authority, "ecdsa", "EC", 256);
    write(yaml, authority, "rsa", "RSA", 2_048);
    Path config = Files.writeString(folder.resolve("tls.yaml"), yaml.toString());
    server = RunningServer.configured(Files.createDirectories(folder.resolve("data")), config);
    URI url = URI.create(server.ocppsUrl());
    assertThat(url.getScheme()).isEqualTo("wss");
    address = new InetSocketAddress(url.getHost(), url.getPort());
  }

  private static void write(
      StringBuilder yaml, TestAuthority authority, String name, String algorithm, int bits) {
    TestAuthority.Issued issued =
        authority.issue("CN=csms.example.com,O=Ampay", TestAuthority.keys(algorithm, bits));
    Path certificate = TestAuthority.pem(folder.resolve(name + ".crt"), issued.certificate());
    Path key = TestAuthority.pem(folder.resolve(name + ".key"), issued.key());
    yaml.append("    ").append(name).append("_certificate: ").append(certificate).append('\n');
    yaml.append("    ").append(name).append("_key: ").append(key).append('\n');
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  @Scenario("TC_A_04_CSMS")
  @Proves({"A00.FR.318", "A00.FR.508", "A00.FR.510"})
  void tcA04_theFourSuites_areOfferedWithProperCertificates() throws Exception {
    assertServed(ECDHE_ECDSA_AES128, "EC");
    assertServed(ECDHE_ECDSA_AES256, "EC");
    assertServed(RSA_AES128, "RSA");
    assertServed(RSA_AES256, "RSA");
  }

  @Test
  @Proves({"A00.FR.423"})
  void staticRsaWithoutGcm_staysOff() throws IOException {
    for (int suite : List.of(0x002F, 0x0035, 0x003C, 0x003D)) {
      assertThat(RawHello.say(address, RawHello.TLS12, List.of(suite), 0))
          .isEqualTo(new Reply.Alert(40));
    }
  }

  private static void assertServed(int suite, String algorithm)
      throws IOException, CertificateException {
    Reply.Hello hello = (Reply.Hello) RawHello.say(address, RawHello.TLS12, List.of(suite), 1, 0);
    assertThat(hello.suite()).isEqualTo(suite);
    assertThat(hello.version()).isEqualTo(RawHello.TLS12);
    assertThat(hello.compression()).isZero();
    X509Certificate certificate = hello.chain().getFirst();
    certificate.checkValidity();
    assertThat(certificate.getSubjectX500Principal().getName())
        .contains("CN=csms.example.com", "O=Ampay");
    assertThat(certificate.getSerialNumber().signum()).isPositive();
    assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo(algorithm);
    int bits =
        switch (certificate.getPublicKey()) {
          case RSAPublicKey rsa -> rsa.getModulus().bitLength();
          case ECPublicKey ec -> ec.getParams().getOrder().bitLength();
          default -> 0;
        };
    assertThat(bits).isGreaterThanOrEqualTo(algorithm.equals("EC") ? 224 : 2_048);
  }
}
