package org.ampay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.ampay.conformance.Proves;
import org.ampay.gateway.GatewaySettings.KeyPairFiles;
import org.ampay.gateway.tls.RawHello;
import org.ampay.gateway.tls.RawHello.Reply;
import org.ampay.gateway.tls.StationTls;
import org.ampay.gateway.tls.TlsClients;
import org.ampay.gateway.tls.TlsException;
import org.ampay.station.certs.PemRoots;
import org.ampay.station.certs.TestAuthority;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway's TLS on real sockets with real certificates. */
class TlsTest {

  private static final String V201 = "Sec-WebSocket-Protocol: ocpp2.0.1";
  private static final int ECDHE_ECDSA_AES128_GCM = 0xC02B;
  private static final int ALERT_HANDSHAKE_FAILURE = 40;
  private static final int ALERT_PROTOCOL_VERSION = 70;

  @TempDir static Path folder;

  private static final RealTime TIME = new RealTime();
  private static final TestAuthority SERVERS = new TestAuthority("Servers", TIME.now());
  private static final TestAuthority STATIONS = new TestAuthority("Stations", TIME.now());
  private static TestGateway gateway;
  private static StationTls tls;
  private static InetSocketAddress address;

  @BeforeAll
  static void start() {
    Path roots = TestAuthority.pem(folder.resolve("roots.pem"), STATIONS.certificate());
    GatewaySettings.Tls listen =
        GatewaySettings.Tls.defaults().at(0).with(pair("EC", 256), pair("RSA", 2_048));
    GatewaySettings settings =
        TestGateway.settings().with(new GatewaySettings.Timeouts(2, 60, 20, 30, 30)).with(listen);
    gateway = new TestGateway(settings);
    tls =
        new StationTls(
            settings,
            new StationTls.Machine(
                new PemRoots(roots), TIME, ForkJoinPool.commonPool(), new SimpleMeterRegistry()));
    address = gateway.server.start(tls);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static KeyPairFiles pair(String algorithm, int bits) {
    TestAuthority.Issued issued =
        SERVERS.issue("CN=localhost,O=Ampay", TestAuthority.keys(algorithm, bits));
    return write(algorithm, issued);
  }

  private static KeyPairFiles write(String name, TestAuthority.Issued issued) {
    Path certificate = TestAuthority.pem(folder.resolve(name + ".crt"), issued.certificate());
    Path key = TestAuthority.pem(folder.resolve(name + ".key"), issued.key());
    return new KeyPairFiles(certificate.toString(), key.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  @Proves({"A00.FR.306", "A00.FR.312", "A00.FR.313"})
  void aStation_speaksThroughTls(String version) throws IOException {
    try (SSLSocket socket = station().socket(address, version);
        RawStation station = new RawStation(socket)) {
      int status =
          station.upgrade("/ocpp/SEC1", V201, RawStation.basic("SEC1", TestGateway.PASSWORD));
      assertThat(status).isEqualTo(101);
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
      assertThat(station.ask("[2,\"1\",\"Heartbeat\",{}]")).startsWith("[3,\"1\",");
      assertThat(gateway.entered.get("SEC1").version()).isEqualTo(version);
      assertThat(gateway.entered.get("SEC1").cipher())
          .isEqualTo(socket.getSession().getCipherSuite());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,EC",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,EC",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,RSA",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,RSA"
  })
  @Proves({"A00.FR.307", "A00.FR.421"})
  void theStationsSuites_chooseTheServersCertificate(String suite, String key) throws IOException {
    try (SSLSocket socket = station().socket(address, "TLSv1.2")) {
      socket.setEnabledCipherSuites(new String[] {suite});
      socket.startHandshake();
      assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
      assertThat(shown(socket).getPublicKey().getAlgorithm()).isEqualTo(key);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ecdsa_secp256r1_sha256,rsa_pss_rsae_sha256,EC",
    "rsa_pss_rsae_sha256,ecdsa_secp256r1_sha256,RSA"
  })
  void inTls13_theSignatureSchemesChoose(String first, String second, String key)
      throws IOException {
    try (SSLSocket socket = station().socket(address, "TLSv1.3")) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setSignatureSchemes(new String[] {first, second});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      assertThat(shown(socket).getPublicKey().getAlgorithm()).isEqualTo(key);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0300, RawHello.TLS10, RawHello.TLS11})
  @Proves({"A00.FR.314", "A00.FR.315", "A00.FR.418"})
  void olderThanTls12_isTurnedAway(int version) throws IOException {
    Reply reply = RawHello.say(address, version, List.of(ECDHE_ECDSA_AES128_GCM, 0xC009, 0x2F), 0);
    assertThat(reply).isEqualTo(new Reply.Alert(ALERT_PROTOCOL_VERSION));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x0005, // RSA, RC4
        0x000A, // RSA, 3DES
        0x002F, // RSA, AES-128-CBC
        0x0034, // anonymous
        0x003B, // no encryption
        0xC009, // ECDHE-ECDSA, AES-128-CBC
        0xC023 // ECDHE-ECDSA, AES-128-CBC-SHA256
      })
  @Proves({"A00.FR.320", "A00.FR.322", "A00.FR.425"})
  void onlyForbiddenSuites_areTurnedAway(int suite) throws IOException {
    assertThat(RawHello.say(address, RawHello.TLS12, List.of(suite), 0))
        .isEqualTo(new Reply.Alert(ALERT_HANDSHAKE_FAILURE));
  }

  @Test
  @Proves({"A00.FR.321", "A00.FR.424", "1.6/A00/3"})
  void compression_isNotUsed() throws IOException {
    Reply reply =
        RawHello.say(address, RawHello.TLS12, List.of(ECDHE_ECDSA_AES128_GCM, 0xC02F), 1, 0);
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Hello.class,
            hello -> {
              assertThat(hello.version()).isEqualTo(RawHello.TLS12);
              assertThat(hello.suite()).isEqualTo(ECDHE_ECDSA_AES128_GCM);
              assertThat(hello.compression()).isZero();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  @Proves({"A00.FR.409", "A00.FR.410", "A00.FR.415"})
  void aGoodClientCertificate_isHandedOn(String version) throws IOException {
    TestAuthority.Issued own = STATIONS.issue("CN=CERT1,O=Ampay");
    assertThat(upgrade(own, version)).isEqualTo(101);
    assertThat(gateway.entered.get("CERT1").chain()).isEqualTo(own.chain());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aBadClientCertificate_endsTheConnection(String version) throws IOException {
    String subject = "CN=CERT1,O=Ampay";
    Instant now = TIME.now();
    Duration day = Duration.ofDays(1);
    List<TestAuthority.Issued> bad = new ArrayList<>();
    bad.add(new TestAuthority("Strangers", now).issue(subject));
    bad.add(new TestAuthority("Stations", now).issue(subject)); // of the same name
    bad.add(STATIONS.issue(subject, ec(), now.minus(day.multipliedBy(9)), now.minus(day)));
    bad.add(STATIONS.issue(subject, ec(), now.plus(day), now.plus(day.multipliedBy(9))));
    bad.add(STATIONS.issue(subject, TestAuthority.keys("RSA", 1_024)));
    for (TestAuthority.Issued own : bad) {
      assertThat(upgrade(own, version)).isEqualTo(-1);
    }
    assertThat(upgrade(null, version)).isEqualTo(401);
  }

  @Test
  @Proves({"A00.FR.006"})
  void plainHttp_onTheTlsPort_isCutOff_andTlsOnThePlainPort() throws IOException {
    try (RawStation plain = new RawStation(address)) {
      assertThatThrownBy(() -> plain.upgrade("/ocpp/CP1", V201)).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(
            () -> {
              try (SSLSocket socket = station().socket(gateway.address)) {
                socket.startHandshake();
              }
            })
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 40})
  void aSlowHandshake_isCutOff(int bytes) throws IOException {
    byte[] begun = new byte[bytes];
    if (bytes > 4) {
      begun[0] = 22;
      begun[1] = 3;
      begun[2] = 1;
      begun[4] = 100;
    } else if (bytes > 0) {
      begun[0] = 22;
    }
    try (RawStation station = new RawStation(address)) {
      station.bytes(begun);
      assertThat(station.ends()).isTrue();
    }
  }

  @Test
  void aHandshakeDone_withoutARequest_isCutOff() throws IOException {
    try (SSLSocket socket = station().socket(address)) {
      socket.startHandshake();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void anEndlessHandshake_isCutOff_andOthersGoOn() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address);
      socket.setSoTimeout(10_000);
      boolean cut = false;
      try {
        for (int i = 0; i < 200 && !cut; i++) { // a hello of 16 MB, in records of 16 KiB
          socket.getOutputStream().write(record(i == 0));
        }
        byte[] reply = socket.getInputStream().readNBytes(7);
        cut = reply.length < 7 || reply[0] == 21;
      } catch (IOException e) {
        cut = true;
      }
      assertThat(cut).isTrue();
    }
    TestAuthority.Issued own = STATIONS.issue("CN=CERT1,O=Ampay");
    List<X509Certificate> chain = new ArrayList<>(own.chain());
    for (int i = 0; i < 40; i++) {
      chain.add(STATIONS.issue("CN=Padding " + i + " " + "x".repeat(900)).certificate());
    }
    assertThat(upgrade(new TestAuthority.Issued(chain, own.key()), "TLSv1.2")).isEqualTo(-1);
    assertThat(upgrade(own, "TLSv1.2")).isEqualTo(101);
  }

  private static byte[] record(boolean first) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {22, 3, 1, 0x3f, (byte) 0xf0});
    byte[] content = new byte[0x3ff0];
    if (first) {
      content[0] = 1;
      content[1] = (byte) 0xff;
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  @Test
  void renegotiation_endsTheConnection() throws IOException {
    try (SSLSocket socket = station().socket(address, "TLSv1.2");
        RawStation station = new RawStation(socket)) {
      assertThat(station.upgrade("/ocpp/CP1", V201)).isEqualTo(101);
      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                station.ask("[2,\"1\",\"Heartbeat\",{}]");
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  @Proves({"A00.FR.701"})
  void changedFiles_areTakenUp_brokenOnesAreNot() throws IOException {
    GatewaySettings settings =
        GatewaySettings.defaults()
            .with(
                GatewaySettings.Tls.defaults()
                    .with(
                        write("reload", SERVERS.issue("CN=first,O=Ampay", ec())),
                        KeyPairFiles.NONE));
    StationTls reloaded = tls(settings);
    assertThat(reloaded.daysLeft()).isBetween(58L, 60L);
    write("reload", SERVERS.issue("CN=2", ec(), TIME.now(), TIME.now().plus(Duration.ofDays(9))));
    reloaded.refresh();
    assertThat(reloaded.daysLeft()).isBetween(7L, 9L);
    Files.writeString(folder.resolve("reload.crt"), "nonsense");
    reloaded.refresh();
    assertThat(reloaded.daysLeft()).isBetween(7L, 9L);
  }

  @Test
  @Proves({"A00.FR.507"})
  void files_thatAreOfNoUse_areNamed() throws IOException {
    KeyPairFiles good = write("good", SERVERS.issue("CN=a,O=b", ec()));
    KeyPairFiles other = write("other", SERVERS.issue("CN=a,O=b", ec()));
    KeyPairFiles weak = write("weak", SERVERS.issue("CN=a,O=b", TestAuthority.keys("RSA", 1_024)));
    refuses(new KeyPairFiles(good.certificate(), other.key()), KeyPairFiles.NONE, "private key");
    refuses(KeyPairFiles.NONE, good, "not of RSA");
    refuses(KeyPairFiles.NONE, weak, "too weak");
    refuses(new KeyPairFiles(good.key(), good.key()), KeyPairFiles.NONE, "good.key");
    refuses(
        new KeyPairFiles(folder.resolve("none.crt").toString(), good.key()),
        KeyPairFiles.NONE,
        "none.crt");
  }

  private static void refuses(KeyPairFiles ecdsa, KeyPairFiles rsa, String text) {
    GatewaySettings settings =
        GatewaySettings.defaults().with(GatewaySettings.Tls.defaults().with(ecdsa, rsa));
    assertThatThrownBy(() -> tls(settings))
        .isInstanceOf(TlsException.class)
        .hasMessageContaining(text);
  }

  private static StationTls tls(GatewaySettings settings) {
    return new StationTls(
        settings,
        new StationTls.Machine(
            org.ampay.station.certs.ClientTrust.NONE,
            TIME,
            Runnable::run,
            new SimpleMeterRegistry()));
  }

  private static TlsClients station() {
    return new TlsClients(SERVERS.certificate(), null);
  }

  private static java.security.KeyPair ec() {
    return TestAuthority.keys("EC", 256);
  }

  private static X509Certificate shown(SSLSocket socket) throws IOException {
    return (X509Certificate) socket.getSession().getPeerCertificates()[0];
  }

  /** The HTTP status; -1 when the connection ends before. */
  private static int upgrade(TestAuthority.Issued own, String version) throws IOException {
    try (SSLSocket socket = new TlsClients(SERVERS.certificate(), own).socket(address, version);
        RawStation station = new RawStation(socket)) {
      return station.upgrade("/ocpp/CERT1", V201);
    } catch (IOException e) {
      return -1;
    }
  }
}
